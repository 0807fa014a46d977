"""What studies found, for the person's conditions and their main symptom. Pure."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from acupwa.library.model import Claim, Library
from acupwa.quiz.model import Answers
from acupwa.quiz.reason_words import because_words
from acupwa.reading.sources import alias_map, study_name
from acupwa.reading.study_words import outcome_words

CLAIMS_PER_CONDITION = 3
STUDIES_PER_CLAIM = 3
# What a claim is about (outcomes.yaml), by the rating that it answers; the same word needs no entry.
OUTCOMES_OF_RATING: dict[str, tuple[str, ...]] = {
    "thinking": ("brain-fog",),
    "overall": ("quality-of-life",),
    "activity": ("function", "disability"),
    "walking": ("function",),
    "spasm": ("spasticity",),
    "swollen-joints": ("disease-activity",),
    "flare": ("disease-activity", "relapse"),
}


class StudyLink(msgspec.Struct, frozen=True, kw_only=True):
    href: str
    label: str


class ClaimLine(msgspec.Struct, frozen=True, kw_only=True):
    claim: Claim
    outcome: str
    studies: tuple[StudyLink, ...]
    more_studies: int


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What studies found for one condition; `slug` is the page with all of it, if there is one."""

    condition: str
    claims: tuple[ClaimLine, ...]
    because: tuple[str, ...]
    slug: str | None


def findings(answers: Answers, library: Library) -> tuple[Found, ...]:
    """The first claims of each condition that has any."""
    return tuple(
        Found(
            condition=library.conditions[condition].name,
            claims=tuple(_claim_line(claim, library) for claim in claims),
            because=because_words(_reasons_of(condition, claims, answers.main_symptom), library),
            slug=_evidence_page(condition, library),
        )
        for condition in answers.conditions
        if (claims := claims_for(condition, answers.main_symptom, library))
    )


def claims_for(condition: str, main_symptom: str | None, library: Library) -> tuple[Claim, ...]:
    """The first claims of a condition: on the main symptom, then on what a person feels, then the rest."""
    wanted = _outcomes_of(main_symptom) if main_symptom else ()
    felt = {outcome for key in library.ratings for outcome in _outcomes_of(key)}
    of_condition = [claim for claim in library.claims.values() if claim.condition == condition]
    ordered = sorted(of_condition, key=lambda claim: (claim.outcome not in wanted, claim.outcome not in felt))
    return tuple(ordered[:CLAIMS_PER_CONDITION])


def _reasons_of(condition: str, claims: Sequence[Claim], main_symptom: str | None) -> list[str]:
    reasons = [f"conditions:{condition}"]
    if main_symptom and claims[0].outcome in _outcomes_of(main_symptom):
        reasons.append(f"main_symptom:{main_symptom}")
    return reasons


def _outcomes_of(rating: str) -> tuple[str, ...]:
    return (rating, *OUTCOMES_OF_RATING.get(rating, ()))


def _claim_line(claim: Claim, library: Library) -> ClaimLine:
    aliases = alias_map(library)
    studies = [library.studies[aliases.get(study, study)] for study in claim.studies]
    shown = studies[:STUDIES_PER_CLAIM]
    return ClaimLine(
        claim=claim,
        outcome=outcome_words(claim.outcome, library),
        studies=tuple(StudyLink(href=f"/studies/{one.id}", label=study_name(one)) for one in shown),
        more_studies=len(studies) - len(shown),
    )


def _evidence_page(condition: str, library: Library) -> str | None:
    pages = (
        page.slug
        for page in library.pages.values()
        if page.head.kind == "evidence" and condition in page.head.conditions
    )
    return next(pages, None)
