"""Why there is no plan, as pages show it. Pure."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from acupwa.library.model import Library
from acupwa.planner.gate import advice_for
from acupwa.planner.words import reason_words
from acupwa.quiz.care import Care, care_of
from acupwa.quiz.help_lines import CountryNumbers, numbers_by_country
from acupwa.quiz.model import Answers
from acupwa.quiz.reason import Reason
from acupwa.quiz.retired_answers import known_answers


class ClosedGate(msgspec.Struct, frozen=True, kw_only=True):
    """`care` are the red flags among the reasons, with what to do and the numbers to call.

    `elsewhere` are the numbers of every country, when the person's is not known.
    """

    because: tuple[str, ...]
    instead: tuple[str, ...]
    care: tuple[Care, ...] = ()
    country: str | None = None
    elsewhere: tuple[CountryNumbers, ...] = ()


def closed_gate(because: Iterable[Reason], library: Library, answers: Answers | None = None) -> ClosedGate:
    """`answers` are those of the check-in that stands against a plan."""
    reasons = tuple(because)
    care = care_of(known_answers(answers, library), answers.country, library) if answers else ()
    unknown = bool(care) and answers is not None and answers.country is None
    return ClosedGate(
        because=tuple(reason_words(reason, library) for reason in reasons),
        instead=advice_for(reasons, library),
        care=care,
        country=answers.country if answers else None,
        elsewhere=numbers_by_country(library) if unknown else (),
    )
