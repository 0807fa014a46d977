"""Checks on graded claims: none says more than the rule allows, and no result is kept out by not naming it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from acupwa.library.grades import (
    OPINIONS,
    PEOPLE_FOR_MODERATE,
    RANK,
    REVIEWS,
    comparisons,
    counted,
    found_no_difference,
    highest_certainty,
    is_about_harm,
    is_sham_type,
    measured,
    people_in,
    why_not_carried,
)
from acupwa.library.model import Claim, Study
from acupwa.library.sentence_check import HOME


def claim_faults(claim: Claim, studies: Mapping[str, Study], language: str = HOME) -> Iterable[str]:
    """Why a claim breaks the rule, in words for its writer. `studies` has every study, by id and alias.

    What a claim must name is looked for in the language that it is written in first.
    """
    cited = [studies[id] for id in claim.studies]
    yield from _name_faults(claim, studies)
    yield from _comparison_faults(claim)
    if language == HOME and _is_minimal(claim, cited) and "minimal needling" not in claim.says:
        yield "says must name minimal needling: its needles go in, so it is no sham"
    if claim.direction == "nothing-found":
        yield from _nothing_found_faults(claim, studies)
        return
    if not claim.studies:
        yield "a claim needs a study, or the direction nothing-found"
        return
    for study in cited:
        if reason := why_not_carried(claim, study):
            yield f"{study.id} cannot carry it: {reason}"
    limit = highest_certainty(claim, cited)
    if RANK[claim.certainty] > RANK[limit]:
        yield f"certainty {claim.certainty} is above what its studies allow ({limit})"
    if claim.certainty == "none":
        yield "certainty none goes with nothing-found only"
    yield from _direction_faults(claim, cited, studies)


def left_out(claims: Collection[Claim], studies: Iterable[Study]) -> Iterable[tuple[str, str]]:
    """(id of a claim, reason) for each study against sham that no claim on its condition and outcome names.

    So a null cannot be kept out by not citing it: it is under `studies`, or under `not_used` with a reason.
    """
    by_place: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        if not is_about_harm(claim):
            by_place.setdefault((claim.condition, claim.outcome), []).append(claim)
    for study in (one for one in counted(studies) if one.kind not in OPINIONS):
        for place in ((condition, outcome) for condition in study.conditions for outcome in measured(study)):
            here = by_place.get(place, [])
            if here and study.sham_controlled and not any(_names_against_sham(claim, study) for claim in here):
                yield here[0].id, f"no claim against sham names {study.id}, under studies or under not_used"


def _names_against_sham(claim: Claim, study: Study) -> bool:
    ids = {study.id, *study.aliases}
    return is_sham_type(claim.comparator) and bool(
        comparisons(claim, study) and ids & {*claim.studies, *claim.not_used}
    )


def _name_faults(claim: Claim, studies: Mapping[str, Study]) -> Iterable[str]:
    listed = [studies[id].id for id in (*claim.studies, *claim.near, *claim.not_used)]
    for id in sorted({id for id in listed if listed.count(id) > 1}):
        yield f"{id} is listed twice"
    for id in claim.near:
        if claim.direction != "nothing-found" and not why_not_carried(claim, studies[id]):
            yield f"{id} can carry it: list it under studies, or under not_used with a reason"
    for id, reason in claim.not_used.items():
        if not reason.strip():
            yield f"not_used: {id} needs a reason"
        if why_not := why_not_carried(claim, studies[id]):
            yield f"not_used: {id} cannot carry it anyway: {why_not}"


def _is_minimal(claim: Claim, cited: Sequence[Study]) -> bool:
    return any("minimal-needling" in comparisons(claim, study) for study in cited)


def _comparison_faults(claim: Claim) -> Iterable[str]:
    if claim.comparator == "any" and claim.direction != "nothing-found":
        yield "comparator any goes with nothing-found only"
    if claim.comparator == "other" and not claim.comparison_note.strip():
        yield "comparator other needs a comparison_note"


def _nothing_found_faults(claim: Claim, studies: Mapping[str, Study]) -> Iterable[str]:
    if claim.certainty != "none":
        yield "direction nothing-found goes with certainty none"
    if claim.studies:
        yield "direction nothing-found goes with no study under studies; put what comes close under near"
    if claim.outcome == "safety":
        return
    for id in _peers(claim, studies):
        if id not in claim.not_used:
            yield f"direction nothing-found, but {id} can carry it"


def _direction_faults(claim: Claim, cited: Sequence[Study], studies: Mapping[str, Study]) -> Iterable[str]:
    nulls = [study.id for study in cited if found_no_difference(claim, study)]
    if claim.direction in ("helps", "may-help"):
        named = {studies[id].id for id in (*claim.studies, *claim.not_used)}
        for id, study in _peers(claim, studies).items():
            if id not in named and found_no_difference(claim, study):
                yield f"{id} found no difference: name it under studies, or under not_used with a reason"
    if claim.direction == "helps":
        if RANK[claim.certainty] < RANK["moderate"]:
            yield "direction helps needs certainty moderate or high"
        if nulls:
            yield f"direction helps, but {', '.join(nulls)} found no difference"
    if claim.direction == "no-better-than-sham":
        yield from _no_better_faults(claim, cited)


def _no_better_faults(claim: Claim, cited: Sequence[Study]) -> Iterable[str]:
    """To find nothing in a few people is no proof that there is nothing."""
    if not is_sham_type(claim.comparator):
        yield "direction no-better-than-sham needs a comparison with sham"
        return
    # The word of an overview is no result, and without a lot drawn there is no comparison.
    basis = [study for study in cited if comparisons(claim, study) and study.kind in (*REVIEWS, "rct")]
    if not any(study.kind in REVIEWS for study in basis) and people_in(claim, basis) < PEOPLE_FOR_MODERATE:
        yield f"direction no-better-than-sham needs a review or {PEOPLE_FOR_MODERATE} people in all; else it is unclear"
    results = {study.result_against(one) for study in basis for one in comparisons(claim, study)}
    if not results & {"no-difference", "mixed"}:
        yield "direction no-better-than-sham, but none of its studies found no difference"
    for study in basis:
        found = {study.result_against(one) for one in comparisons(claim, study)}
        if study.kind in REVIEWS and found == {"benefit"}:
            yield f"direction no-better-than-sham, but {study.id}, a review, found a benefit"


def _peers(claim: Claim, studies: Mapping[str, Study]) -> dict[str, Study]:
    """Every study of the library, by its own id, that is about the claim's condition and can carry it."""
    return {
        study.id: study
        for study in studies.values()
        if claim.condition in study.conditions and study.kind not in OPINIONS and not why_not_carried(claim, study)
    }
