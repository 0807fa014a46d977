"""The values of reminders by web push. Frozen; moments are aware UTC."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Literal
from uuid import UUID

import msgspec

# What a person may choose, in the order of the form.
Kind = Literal["day-before", "hour-before", "check-in", "sent"]
KINDS: tuple[Kind, ...] = ("day-before", "hour-before", "check-in", "sent")
# What a message says: `notice` stands in for what would not be true, or not be wise, to say; `test` is asked for.
Message = Literal["day-before", "hour-before", "check-in", "sent", "notice", "test"]
NotSubscribed = Literal["not-wanted", "too-many"]
# Of one person.
MOST_DEVICES = 10


class QuietHours(msgspec.Struct, frozen=True):
    """By the person's clocks; they may cross midnight. The two differ."""

    begins: time
    ends: time


class Choices(msgspec.Struct, frozen=True, kw_only=True):
    """What to be reminded of, in the order of KINDS. `quiet` None: at any hour."""

    kinds: tuple[Kind, ...] = KINDS
    quiet: QuietHours | None = QuietHours(time(21), time(8))


class Reminders(msgspec.Struct, frozen=True, kw_only=True):
    """`choices` are those that begin, where nothing was chosen (`wanted` is False then). `devices`: how many phones get
    them; `on` when any does, `here` when the one that asks is among them. A phone whose address was lost may come back
    while they are `wanted`. `key` is the public key that a browser subscribes with, base64url; empty until this server has
    made one (`service.make_sender`), None where it cannot be read.
    """

    choices: Choices
    wanted: bool
    on: bool
    devices: int
    key: str | None
    here: bool = False


class KeptReminders(msgspec.Struct, frozen=True, kw_only=True):
    """The same as it stands in a person's file: no address of a phone is in it."""

    kinds: tuple[Kind, ...]
    quiet_from: str | None
    quiet_to: str | None
    devices: int


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """A reminder that goes out at `at`, not after `until`, and is of no use after `ends`. `says` is what it tells. `id` is
    that of what a clinic sent.
    """

    kind: Kind
    at: datetime
    until: datetime
    ends: datetime
    says: Message
    id: UUID | None = None


class Again(msgspec.Struct, frozen=True, kw_only=True):
    """A message that these phones did not get yet: it is tried again from `next` on, while `due` stands."""

    due: Due
    subscriptions: tuple[UUID, ...]
    next: datetime


class Clock(msgspec.Struct, frozen=True, kw_only=True):
    """How far a person's reminders have been looked through. `noticed`: it was told that the plan is on hold, and it
    still is. `seen`: of what clinics sent lately, what a look has found already.
    """

    choices: Choices
    looked_until: datetime
    noticed: bool = False
    again: tuple[Again, ...] = ()
    seen: tuple[UUID, ...] = ()


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What clinics sent, by its id and when, and the days on which one of them asks again."""

    sent: tuple[tuple[UUID, datetime], ...] = ()
    asked: tuple[date, ...] = ()


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """What a look finds: what goes out now, what did not arrive and stands still, how many are too late, when to look
    again, and what is kept of it.
    """

    due: tuple[Due, ...]
    again: tuple[Again, ...]
    late: int
    next: datetime
    noticed: bool
    seen: tuple[UUID, ...]
