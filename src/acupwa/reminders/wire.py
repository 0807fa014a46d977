"""How a reminder goes over the wire, and what becomes of those that did not arrive. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from acupwa.reminders.model import Again, Due, Message
from acupwa.web.push_message import PushMessage

_AT_ONCE = ("hour-before", "test")
# A phone that is off may be on again within these.
MOST_SECONDS, HOUR_BEFORE_SECONDS = 24 * 3600, 3600


class ToSend(msgspec.Struct, frozen=True, kw_only=True):
    """A message on its way to `subscriptions`; None: to all that there are. A test is of no `due`."""

    says: Message
    ends: datetime
    due: Due | None = None
    subscriptions: tuple[UUID, ...] | None = None


def to_send(due: Sequence[Due], again: Sequence[Again], now: datetime) -> tuple[ToSend, ...]:
    """What is to go now: what fell due, and what is tried again. A newer one takes the place of an older one."""
    fresh = {one.says: ToSend(says=one.says, ends=one.ends, due=one) for one in due}
    old = [
        ToSend(says=one.due.says, ends=one.due.ends, due=one.due, subscriptions=one.subscriptions)
        for one in again
        if one.next <= now and one.due.says not in fresh
    ]
    return (*old, *fresh.values())


def waiting(again: Sequence[Again], due: Sequence[Due], now: datetime) -> tuple[Again, ...]:
    """What is tried again, but not yet."""
    fresh = {one.says for one in due}
    return tuple(one for one in again if now < one.next <= one.due.until and one.due.says not in fresh)


def try_again(one: ToSend, missed: Sequence[UUID], wait: float, now: datetime) -> Again | None:
    """None where it would be too late by then."""
    at = now + timedelta(seconds=wait)
    if one.due is None or not missed or at > one.due.until:
        return None
    return Again(due=one.due, subscriptions=tuple(missed), next=at)


def message_of(says: Message, ends: datetime, now: datetime) -> PushMessage:
    """Nobody is given it after it `ends`: it may be quiet then."""
    urgent = says in _AT_ONCE
    left = int((ends - now).total_seconds())
    most = HOUR_BEFORE_SECONDS if urgent else MOST_SECONDS
    return PushMessage(says=says, seconds=max(min(most, left), 0), urgency="high" if urgent else "normal")
