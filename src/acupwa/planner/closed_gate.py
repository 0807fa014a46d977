"""Why there is no plan, as pages show it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from acupwa.library.model import Library
from acupwa.planner.gate import advice_for
from acupwa.planner.words import reason_words
from acupwa.quiz.care import Care, make_care
from acupwa.quiz.help_lines import CountryNumbers, numbers_by_country
from acupwa.quiz.model import CheckIn
from acupwa.quiz.reason import Reason
from acupwa.quiz.standing_signs import country_of_signs, newest_first, standing_signs


class ClosedGate(msgspec.Struct, frozen=True, kw_only=True):
    """`care` are the danger signs that stand, with what to do and the numbers to call.

    `elsewhere` are the numbers of every country, when the person's is not known.
    """

    because: tuple[str, ...]
    instead: tuple[str, ...]
    care: tuple[Care, ...] = ()
    country: str | None = None
    elsewhere: tuple[CountryNumbers, ...] = ()


def closed_gate(because: Iterable[Reason], library: Library) -> ClosedGate:
    """Of a request: which signs of a person stand still is not known."""
    reasons = tuple(because)
    return ClosedGate(
        because=tuple(reason_words(reason, library) for reason in reasons), instead=advice_for(reasons, library)
    )


def closed_to(check_ins: Sequence[CheckIn], because: Iterable[Reason], library: Library) -> ClosedGate:
    """Of a person, by all check-ins of theirs. It says to call for the signs alone that Today tells of."""
    reasons, standing = tuple(because), standing_signs(check_ins, library)
    country = country_of_signs(standing.told_in, newest_first(check_ins))
    care = make_care(standing.raised, country, library)
    return msgspec.structs.replace(
        closed_gate(reasons, library),
        instead=advice_for(reasons, library, standing.all_keys),
        care=care,
        country=country,
        elsewhere=numbers_by_country(library) if care and country is None else (),
    )
