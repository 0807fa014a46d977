"""What to do now: the red flags of one urgency together, with the numbers that stand at them. Pure."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from acupwa.library.model import Call, Library, Urgency
from acupwa.quiz.groups import group_words
from acupwa.quiz.help_lines import Phone, kinds_of, phones_for
from acupwa.quiz.model import Answers
from acupwa.quiz.reason_words import because_words
from acupwa.quiz.safety import URGENCIES, RaisedFlag, derive, strictest
from acupwa.sentences import say


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


def danger_found(answers: Answers, library: Library) -> tuple[str, ...]:
    """In one sentence what the strictest danger sign asks for, for a phone that sent answers with no page open; else empty."""
    match strictest((one.id for one in derive(answers, library).red_flags), library):
        case "emergency-now":
            return (say("quiz.found.emergency"),)
        case "same-day":
            return (say("quiz.found.same_day"),)
        case "within-days":
            return (say("quiz.found.within_days"),)
    return ()


def make_care(raised: Iterable[RaisedFlag], country: str | None, library: Library) -> tuple[Care, ...]:
    """A card for each urgency of these red flags, the strictest first. `country` is a code, None when not known."""
    raised = counted(raised)
    return tuple(
        _card(urgency, here, country, library)
        for urgency in URGENCIES
        if (here := [one for one in raised if one.urgency == urgency])
    )


def counted(raised: Iterable[RaisedFlag]) -> tuple[RaisedFlag, ...]:
    """Of a group in which nothing was chosen the strictest signs alone: it is said once, and never more mildly."""
    raised = tuple(raised)
    first = {one.in_group: one.urgency for one in reversed(raised)}
    return tuple(one for one in raised if not one.in_group or one.urgency == first[one.in_group])


def signs_of(raised: Iterable[RaisedFlag], library: Library) -> tuple[Sign, ...]:
    """The signs of one urgency. A group in which nothing was chosen stands as itself, not sign by sign."""
    return tuple(dict.fromkeys(_sign_of(one, library) for one in raised))


def _sign_of(raised: RaisedFlag, library: Library) -> Sign:
    if raised.in_group:
        return Sign(says=group_words(raised.in_group, library), do=do_for_a_group(raised.urgency))
    flag = library.red_flags[raised.id]
    because = because_words(raised.because, library) if raised.derived else ()
    return Sign(says=flag.short, do=flag.do, because=because)


def do_for_a_group(urgency: Urgency) -> str:
    """What to do for a group of signs in which nothing was chosen: its strictest sign counts."""
    match urgency:
        case "emergency-now":
            return say("quiz.groups.emergency")
        case "same-day":
            return say("quiz.groups.same_day")
        case "within-days":
            return say("quiz.groups.within_days")


def _card(urgency: Urgency, raised: Iterable[RaisedFlag], country: str | None, library: Library) -> Care:
    flags = tuple(library.red_flags[one.id] for one in raised)
    return Care(
        urgency=urgency,
        signs=signs_of(raised, library),
        call=kinds_of(flags),
        phones=phones_for(flags, country, library),
    )
