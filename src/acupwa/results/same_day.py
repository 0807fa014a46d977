"""Two full check-ins of one day, as when the same one was answered on two phones: both are kept, and the person picks. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from acupwa.quiz.model import CheckIn
from acupwa.sentences import say
from acupwa.wording import date_words


class SameDay(msgspec.Struct, frozen=True, kw_only=True):
    """`other` leads to the other check-in; the two after it to where this one or the other can be deleted."""

    words: str
    other: str
    delete_this: str
    delete_other: str


def same_day(check_in: CheckIn, others: Sequence[CheckIn]) -> SameDay | None:
    """None for a check-in that is the only full one of its day. Of several others it is the latest."""
    day = _day_of(check_in)
    found = [one for one in others if _day_of(one) == day and one.id != check_in.id]
    if day is None or not found:
        return None
    other = max(found, key=lambda one: one.place)
    return SameDay(
        words=say("results.same_day.two", day=date_words(day)),
        other=f"/results/{other.id}",
        delete_this=f"/me/check-ins/{check_in.id}/delete",
        delete_other=f"/me/check-ins/{other.id}/delete",
    )


def _day_of(check_in: CheckIn) -> date | None:
    """None for a draft, and for a follow-up: several a day may be meant."""
    if check_in.variant != "full" or check_in.finished_at is None:
        return None
    return check_in.finished_at.date()
