"""What to do now: one card for each urgency, with the numbers of the person's country. Pure."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from acupwa.library.model import Library, Urgency
from acupwa.quiz.safety import Raised
from acupwa.quiz.words import Phone, phones_of
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
    phones: tuple[Phone, ...]


def care_cards(raised: Iterable[Raised], country: str | None, library: Library) -> tuple[Care, ...]:
    titles: dict[Urgency, str] = {
        "emergency-now": _("call for help now"),
        "same-day": _("get medical advice"),
        "within-days": _("see your doctor"),
    }
    cards = []
    for urgency, title in titles.items():
        signs = tuple(_sign(one, library) for one in raised if one.urgency == urgency)
        if signs:
            crisis = any(library.red_flags[one.id].crisis for one in raised if one.urgency == urgency)
            phones = _phones_for(urgency, crisis, country, library)
            cards.append(Care(urgency=urgency, title=title, signs=signs, phones=phones))
    return tuple(cards)


def _phones_for(urgency: Urgency, crisis: bool, country: str | None, library: Library) -> tuple[Phone, ...]:
    kinds = {"emergency-now": ("emergency",), "same-day": ("urgent",), "within-days": ()}[urgency]
    return tuple(
        phone for kind in (*kinds, *(("crisis",) if crisis else ())) for phone in phones_of(kind, country, library)
    )


def _sign(raised: Raised, library: Library) -> Sign:
    flag = library.red_flags[raised.id]
    because = because_words(raised.because, library) if raised.derived else ()
    return Sign(says=flag.short, do=flag.do, because=because)
