"""The written rule for certainty and direction (docs/content.md): how high a claim may be graded.

Animal and laboratory work, work on more than acupuncture, and retracted or superseded studies do not count.
"""

from __future__ import annotations

from collections.abc import Iterable

from acupwa.library.model import Certainty, Claim, Study

RANK: dict[Certainty, int] = {"none": 0, "very-low": 1, "low": 2, "moderate": 3, "high": 4}
_REVIEWS = ("systematic-review", "meta-analysis", "network-meta-analysis")
_UNCONTROLLED = ("cohort", "observational", "case-series", "survey", "narrative-review", "guideline")
PEOPLE_FOR_HIGH = 1_000
PEOPLE_FOR_MODERATE = 200
PEOPLE_FOR_LOW = 50


def counted(studies: Iterable[Study]) -> tuple[Study, ...]:
    """The studies that may carry a grade for patients."""
    return tuple(s for s in studies if s.about_people and s.alone and s.status == "current")


def highest_certainty(studies: Iterable[Study]) -> Certainty:
    """The highest certainty that these studies allow for an effect."""
    basis = counted(studies)
    if not basis:
        return "none"
    sham_reviews = [s for s in basis if s.kind in _REVIEWS and s.sham_controlled]
    sham_trials = [s for s in basis if s.kind == "rct" and s.sham_controlled]
    people = max((s.participants or 0 for s in basis), default=0)
    if any((s.participants or 0) >= PEOPLE_FOR_HIGH and s.result != "mixed" for s in sham_reviews):
        return "high"
    enough = sum(s.participants or 0 for s in sham_reviews + sham_trials) >= PEOPLE_FOR_MODERATE
    if enough and (sham_reviews or len(sham_trials) >= 2):
        return "moderate"
    if all(s.kind in _UNCONTROLLED for s in basis) or (len(basis) == 1 and 0 < people < PEOPLE_FOR_LOW):
        return "very-low"
    return "low"


def highest_certainty_of_harm(studies: Iterable[Study]) -> Certainty:
    """Harms are counted in surveys, not shown by trials: a survey of thousands may carry a moderate grade."""
    basis = counted(studies)
    if not basis:
        return "none"
    reviews = any(s.kind in _REVIEWS for s in basis)
    surveys = sum(s.kind in ("survey", "observational", "cohort") for s in basis)
    if reviews or surveys >= 2:
        return "moderate"
    return "low" if surveys or any(s.kind == "rct" for s in basis) else "very-low"


def grade_faults(claim: Claim, studies: Iterable[Study]) -> Iterable[str]:
    """Why the grade of a claim breaks the rule, in words for its writer."""
    cited = tuple(studies)
    basis = counted(cited)
    harm = claim.direction == "harm" or claim.outcome == "safety"
    limit = highest_certainty_of_harm(cited) if harm else highest_certainty(cited)
    if claim.direction == "nothing-found":
        if claim.certainty != "none":
            yield "direction nothing-found goes with certainty none"
        return
    if not claim.studies:
        yield "a claim needs a study, or the direction nothing-found"
        return
    if RANK[claim.certainty] > RANK[limit]:
        yield f"certainty {claim.certainty} is above what its studies allow ({limit})"
    if claim.certainty == "none" and basis:
        yield "certainty none goes with nothing-found only"
    if claim.direction == "helps":
        if RANK[claim.certainty] < RANK["moderate"]:
            yield "direction helps needs certainty moderate or high"
        if any(s.sham_controlled and s.result == "no-difference" for s in basis):
            yield "direction helps, but a sham-controlled study among its own found no difference"
    if claim.direction == "no-better-than-sham" and not any(s.sham_controlled for s in basis):
        yield "direction no-better-than-sham needs a sham-controlled study"
