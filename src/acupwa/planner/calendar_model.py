"""What is kept of a person's calendar. Frozen; times are UTC."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import msgspec

from acupwa.planner.ics import CalendarChoices, Entry


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """The secret address that is on: since when, and when a calendar last asked there (noted once an hour)."""

    made_at: datetime
    fetched_at: datetime | None = None


class DeletedPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What was to come of a plan when it was deleted at `at`: the feed shows it as cancelled for a while.

    The sequences of its entries are those that tell of the cancellation.
    """

    id: UUID
    time_zone: str
    entries: tuple[Entry, ...]
    at: datetime


class KeptCalendar(msgspec.Struct, frozen=True, kw_only=True):
    """`addresses`: how many secret addresses were made so far. `token_hash` is that of the one that is on.

    `raised`: by id of a plan, how much is added to its sequences, as it was deleted once and brought in again.
    """

    choices: CalendarChoices = CalendarChoices()
    chosen_at: datetime | None = None
    deleted: tuple[DeletedPlan, ...] = ()
    raised: Mapping[str, int] = {}
    addresses: int = 0
    feed: Feed | None = None
    token_hash: bytes | None = None


class CalendarExport(msgspec.Struct, frozen=True, kw_only=True):
    """What goes into the file of a person's data. The address does not: of it nothing is kept but a fingerprint."""

    choices: CalendarChoices
    feed: Feed | None
