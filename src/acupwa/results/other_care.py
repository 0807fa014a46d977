"""Danger signs on the summary that are no emergency: those have the red card. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from acupwa.library.model import Library
from acupwa.quiz.care import Care, make_care
from acupwa.quiz.model import CheckIn
from acupwa.quiz.safety import EMERGENCY, URGENCIES, RaisedFlag
from acupwa.results.red_card import SignsTold
from acupwa.results.signs_elsewhere import ToldIn


class ToldCare(Care, frozen=True, kw_only=True):
    """`day` is that of the other check-in that tells of the signs; None for the own ones."""

    day: date | None = None


def other_care(
    own: Iterable[RaisedFlag], told_in: Iterable[ToldIn], country: str | None, library: Library
) -> tuple[ToldCare, ...]:
    """A card for each urgency and check-in, the strictest first."""
    told = ((None, own), *((there.day, there.raised) for there in told_in))
    cards = [
        ToldCare(urgency=one.urgency, signs=one.signs, call=one.call, phones=one.phones, day=day)
        for day, raised in told
        for one in make_care(raised, country, library)
        if one.urgency != EMERGENCY
    ]
    return tuple(sorted(cards, key=lambda one: URGENCIES.index(one.urgency)))


def retired_sign(check_in: CheckIn, told_in: Iterable[ToldIn], *, retired: bool) -> SignsTold | None:
    """Where a sign was ticked that has no words any more; `retired`: in this check-in."""
    if retired:
        return SignsTold(signs=(), change=f"/quiz/{check_in.id}/review#older")
    there = next((one for one in told_in if one.retired), None)
    if there is None:
        return None
    return SignsTold(
        signs=(), day=there.day, change=f"/quiz/{there.check_in.id}/review#older" if there.to_change else ""
    )
