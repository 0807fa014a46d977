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
# Less than a minute would not outlast a phone that sleeps.
_LEAST_SECONDS = 60


class ToSend(msgspec.Struct, frozen=True, kw_only=True):
    """A message on its way to `subscriptions`; None: to all that there are."""

    says: Message
    until: datetime
    ends: datetime
    subscriptions: tuple[UUID, ...] | None = None


def to_send(due: Sequence[Due], again: Sequence[Again], now: datetime) -> tuple[ToSend, ...]:
    """What is to go now: what fell due, and what is tried again. A newer one takes the place of an older one."""
    fresh = {one.says: ToSend(says=one.says, until=one.until, ends=one.ends) for one in due}
    old = [
        ToSend(says=one.says, until=one.until, ends=one.ends, subscriptions=one.subscriptions)
        for one in again
        if one.next <= now <= one.until and one.says not in fresh
    ]
    return (*old, *fresh.values())


def waiting(again: Sequence[Again], due: Sequence[Due], now: datetime) -> tuple[Again, ...]:
    """What is tried again, but not yet."""
    fresh = {one.says for one in due}
    return tuple(one for one in again if now < one.next <= one.until and one.says not in fresh)


def try_again(one: ToSend, missed: Sequence[UUID], wait: float, now: datetime) -> Again | None:
    """None where it would be too late by then."""
    at = now + timedelta(seconds=wait)
    if not missed or at > one.until:
        return None
    return Again(says=one.says, subscriptions=tuple(missed), next=at, until=one.until, ends=one.ends)


def message_of(says: Message, ends: datetime, now: datetime) -> PushMessage:
    most = HOUR_BEFORE_SECONDS if says in _AT_ONCE else MOST_SECONDS
    left = int((ends - now).total_seconds())
    urgent = says in _AT_ONCE
    return PushMessage(says=says, seconds=max(min(most, left), _LEAST_SECONDS), urgency="high" if urgent else "normal")
