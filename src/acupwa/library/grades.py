"""The written rule for strength and direction (docs/content.md): how high a claim may be graded. Pure.

A claim stands on the studies that count, measured its outcome and made its comparison. Animal and laboratory work,
work on more than acupuncture, and retracted or superseded studies count for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from acupwa.library.model import Certainty, Claim, Comparator, Comparison, Study

RANK: dict[Certainty, int] = {"none": 0, "very-low": 1, "low": 2, "moderate": 3, "high": 4}
REVIEWS = ("systematic-review", "meta-analysis", "network-meta-analysis")
_NO_CHANCE = ("cohort", "observational", "case-series", "survey", "narrative-review", "guideline")
# Advice and overviews repeat what studies found: they may carry a very low grade, and their word is no result.
OPINIONS = ("guideline", "narrative-review")
PEOPLE_FOR_HIGH = 1_000
PEOPLE_FOR_MODERATE = 200
PEOPLE_FOR_LOW = 50

_FAMILIES: dict[Comparison, frozenset[Comparator]] = {
    "sham-or-minimal-needling": frozenset({"sham", "minimal-needling"}),
    "no-acupuncture": frozenset({"usual-care", "none", "waitlist", "drug-alone"}),
}
_NO_SINGLE_ONE: frozenset[Comparison] = frozenset({"mixed", "other", "any"})
# A study may name the marker of the blood; a claim is about all of them.
_INFLAMMATION = frozenset({"crp", "esr", "il-6", "tnf-a"})


def counted(studies: Iterable[Study]) -> tuple[Study, ...]:
    """The studies that may carry a grade for patients."""
    return tuple(s for s in studies if s.about_people and s.alone and s.status == "current")


def is_sham_type(comparison: Comparison) -> bool:
    """Whether it is with sham, with minimal needling, or with either."""
    return comparison in ("sham", "minimal-needling", "sham-or-minimal-needling")


def is_about_harm(claim: Claim) -> bool:
    """Harms are counted, whatever acupuncture was compared with."""
    return claim.direction == "harm" or claim.outcome == "safety"


def comparisons(claim: Claim, study: Study) -> tuple[Comparator, ...]:
    """The comparisons of the study that are the claim's."""
    meant = _FAMILIES.get(claim.comparator)
    return tuple(one for one in study.comparators if (one in meant if meant else one == claim.comparator))


def measured(study: Study) -> frozenset[str]:
    """Its outcomes, as claims name them."""
    return frozenset("inflammation" if one in _INFLAMMATION else one for one in study.outcomes)


def why_not_carried(claim: Claim, study: Study) -> str:
    """Why the study cannot carry the claim, in words for its writer; empty if it can."""
    if not counted((study,)):
        return "does not count: animals, a laboratory, more than acupuncture alone, or taken back"
    if claim.condition not in (*study.conditions, "general"):
        return "is not about this condition"
    if claim.outcome not in measured(study):
        return "does not list this outcome"
    free = is_about_harm(claim) or claim.comparator in _NO_SINGLE_ONE
    if not free and not comparisons(claim, study):
        return "is not known to have made this comparison"
    return ""


def found_no_difference(claim: Claim, study: Study) -> bool:
    """Whether the study found no difference in the claim's own comparison."""
    if claim.comparator in _NO_SINGLE_ONE:
        return study.result == "no-difference"
    return any(study.result_against(one) == "no-difference" for one in comparisons(claim, study))


def people_of(claim: Claim, study: Study) -> int | None:
    """Who took part in the claim's comparison: everyone, where that was not told apart; None if it was not read."""
    in_comparison = [study.people[one] for one in comparisons(claim, study) if one in study.people]
    return sum(in_comparison) if in_comparison else study.participants


def people_in(claim: Claim, studies: Iterable[Study]) -> int:
    """How many people at the least: reviews hold trials and each other, so nobody is counted twice.

    The larger of the largest review and the sum of the single studies. A number that was not read counts as 0.
    """
    found = [(study, people_of(claim, study) or 0) for study in studies]
    reviews = (people for study, people in found if study.kind in REVIEWS)
    return max(max(reviews, default=0), sum(people for study, people in found if study.kind not in REVIEWS))


def highest_certainty(claim: Claim, studies: Sequence[Study]) -> Certainty:
    """The highest strength that these studies allow the claim; those that do not carry it are left out."""
    basis = [s for s in studies if not why_not_carried(claim, s)]
    if not basis:
        return "none"
    if is_about_harm(claim):
        return _highest_of_harm(basis)
    reviews = [s for s in basis if s.kind in REVIEWS]
    trials = [s for s in basis if s.kind == "rct"]
    if is_sham_type(claim.comparator):
        results = {s.result_against(one) for s in basis for one in comparisons(claim, s)}
        clear = len(results) == 1 and not results & {"mixed", None}
        if clear and people_in(claim, reviews) >= PEOPLE_FOR_HIGH:
            return "high"
        if people_in(claim, reviews + trials) >= PEOPLE_FOR_MODERATE and (reviews or len(trials) >= 2):
            return "moderate"
    by_chance = [s for s in basis if s.kind not in _NO_CHANCE]
    return "low" if reviews or people_in(claim, by_chance) >= PEOPLE_FOR_LOW else "very-low"


def _highest_of_harm(basis: Sequence[Study]) -> Certainty:
    """A survey of thousands may carry a moderate grade, though no trial has shown the harm."""
    surveys = sum(s.kind in ("survey", "observational", "cohort") for s in basis)
    if surveys >= 2 or any(s.kind in REVIEWS for s in basis):
        return "moderate"
    return "low" if surveys or any(s.kind == "rct" for s in basis) else "very-low"
