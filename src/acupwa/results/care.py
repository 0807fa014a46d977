"""What to do now: one card for each urgency, with the numbers of the person's country. Pure."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from acupwa.library.model import Call, Library, Urgency
from acupwa.quiz.help_lines import Phone, kinds_of, phones_for
from acupwa.quiz.safety import Raised
from acupwa.results.sentences import because_words
from acupwa.wording import gettext as _


class Sign(msgspec.Struct, frozen=True, kw_only=True):
    """A danger sign and what to do. `because` holds what was answered; empty when the sign says it."""

    says: str
    do: str
    because: tuple[str, ...] = ()


class Care(msgspec.Struct, frozen=True, kw_only=True):
    """One card for each urgency, the strictest first. `title` goes on after "Today: " and its like."""

    urgency: Urgency
    title: str
    signs: tuple[Sign, ...]
    call: tuple[Call, ...]
    phones: tuple[Phone, ...]


def care_cards(raised: Iterable[Raised], country: str | None, library: Library) -> tuple[Care, ...]:
    titles: dict[Urgency, str] = {
        "emergency-now": _("call for help now"),
        "same-day": _("get medical advice"),
        "within-days": _("see your doctor"),
    }
    cards = []
    for urgency, title in titles.items():
        here = [one for one in raised if one.urgency == urgency]
        if here:
            flags = tuple(library.red_flags[one.id] for one in here)
            phones = phones_for(flags, country, library)
            signs = tuple(sign_of(one, library) for one in here)
            cards.append(Care(urgency=urgency, title=title, signs=signs, call=kinds_of(flags), phones=phones))
    return tuple(cards)


def sign_of(raised: Raised, library: Library) -> Sign:
    flag = library.red_flags[raised.id]
    because = because_words(raised.because, library) if raised.derived else ()
    return Sign(says=flag.short, do=flag.do, because=because)
