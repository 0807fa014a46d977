"""What to do now: the red flags of one urgency together, with the numbers that stand at them. Pure."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from acupwa.library.model import Call, Library, Urgency
from acupwa.quiz.help_lines import Phone, kinds_of, phones_for
from acupwa.quiz.model import Answers
from acupwa.quiz.reason_words import because_words
from acupwa.quiz.safety import URGENCIES, RaisedFlag, derive


class Sign(msgspec.Struct, frozen=True, kw_only=True):
    """A red flag and what to do. `because` holds what was answered; empty when the sign itself was ticked."""

    says: str
    do: str
    because: tuple[str, ...] = ()


class Care(msgspec.Struct, frozen=True, kw_only=True):
    """The red flags of one urgency, and the numbers that stand at them (`call` are their kinds)."""

    urgency: Urgency
    signs: tuple[Sign, ...]
    call: tuple[Call, ...]
    phones: tuple[Phone, ...]


def care_of(answers: Answers, country: str | None, library: Library) -> tuple[Care, ...]:
    """A card for each urgency that the answers raise, ticked or derived, the strictest first."""
    return make_care(derive(answers, library).red_flags, country, library)


def make_care(raised: Iterable[RaisedFlag], country: str | None, library: Library) -> tuple[Care, ...]:
    """A card for each urgency of these red flags, the strictest first. `country` is a code, None when not known."""
    raised = tuple(raised)
    return tuple(
        _card(urgency, here, country, library)
        for urgency in URGENCIES
        if (here := [one for one in raised if one.urgency == urgency])
    )


def sign_of(raised: RaisedFlag, library: Library) -> Sign:
    flag = library.red_flags[raised.id]
    because = because_words(raised.because, library) if raised.derived else ()
    return Sign(says=flag.short, do=flag.do, because=because)


def _card(urgency: Urgency, raised: Iterable[RaisedFlag], country: str | None, library: Library) -> Care:
    flags = tuple(library.red_flags[one.id] for one in raised)
    signs = tuple(sign_of(one, library) for one in raised)
    return Care(urgency=urgency, signs=signs, call=kinds_of(flags), phones=phones_for(flags, country, library))
