"""What studies found, for the person's conditions and their main symptom. Pure."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from acupwa.library.model import Claim, Library
from acupwa.quiz.model import Answers
from acupwa.reading.sources import StudyLink, study_links
from acupwa.reading.study_words import outcome_words

CLAIMS_PER_CONDITION = 3
STUDIES_PER_CLAIM = 3
# What a claim is about (outcomes.yaml), by the rating that it answers; the same word needs no entry.
OUTCOMES_OF_RATING: dict[str, tuple[str, ...]] = {
    "sleep-trouble": ("sleep",),
    "thinking": ("brain-fog",),
    "overall": ("quality-of-life",),
    "activity": ("function", "disability"),
    "walking": ("function",),
    "spasm": ("spasticity",),
    "swollen-joints": ("disease-activity",),
    "flare": ("disease-activity", "relapse"),
}


class ClaimLine(msgspec.Struct, frozen=True, kw_only=True):
    claim: Claim
    outcome: str
    studies: tuple[StudyLink, ...]
    more_studies: int


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What studies found for one condition; `slug` is the page with all of it, if there is one."""

    condition: str
    claims: tuple[ClaimLine, ...]
    slug: str | None


def findings(answers: Answers, library: Library) -> tuple[Found, ...]:
    """The first claims of each condition that has any."""
    main = answers.main_symptom
    by_condition = {one: claims for one in answers.conditions if (claims := claims_for(one, main, library))}
    lines = _claim_lines([claim for claims in by_condition.values() for claim in claims], library)
    return tuple(
        Found(
            condition=library.conditions[condition].name,
            claims=tuple(lines[claim.id] for claim in claims),
            slug=_evidence_page(condition, library),
        )
        for condition, claims in by_condition.items()
    )


def claims_for(condition: str, main_symptom: str | None, library: Library) -> tuple[Claim, ...]:
    """The first claims of a condition: on the main symptom, then on what a person feels, then the rest."""
    wanted = _outcomes_of(main_symptom) if main_symptom else ()
    felt = {outcome for key in library.ratings for outcome in _outcomes_of(key)}
    of_condition = [claim for claim in library.claims.values() if claim.condition == condition]
    ordered = sorted(of_condition, key=lambda claim: (claim.outcome not in wanted, claim.outcome not in felt))
    return tuple(ordered[:CLAIMS_PER_CONDITION])


def _outcomes_of(rating: str) -> tuple[str, ...]:
    return (rating, *OUTCOMES_OF_RATING.get(rating, ()))


def _claim_lines(claims: Sequence[Claim], library: Library) -> dict[str, ClaimLine]:
    studies = study_links(claims, library)
    outcomes = {claim.outcome: outcome_words(claim.outcome, library) for claim in claims}
    return {
        claim.id: ClaimLine(
            claim=claim,
            outcome=outcomes[claim.outcome],
            studies=studies[claim.id][:STUDIES_PER_CLAIM],
            more_studies=len(studies[claim.id][STUDIES_PER_CLAIM:]),
        )
        for claim in claims
    }


def _evidence_page(condition: str, library: Library) -> str | None:
    pages = (
        page.slug
        for page in library.pages.values()
        if page.head.kind == "evidence" and condition in page.head.conditions
    )
    return next(pages, None)
