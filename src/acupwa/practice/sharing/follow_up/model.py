"""A follow-up: asked again some weeks or sessions after a share, with no mail, as we have no address of a patient."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import msgspec

from acupwa.practice.links.model import IntervalUnit


class FollowUpState(msgspec.Struct, frozen=True, kw_only=True):
    """What is stored, sealed. `shown_on` are the days of the reminders, `opened` is for good."""

    link_id: UUID
    clinic: str
    every: int
    unit: IntervalUnit
    shared_on: date
    shown_on: tuple[date, ...] = msgspec.field(default=(), name="told")
    opened: bool = False


class FollowUp(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    share_id: UUID
    created_at: datetime
    state: FollowUpState


class FollowUpExport(msgspec.Struct, frozen=True, kw_only=True):
    """The same as it stands in the patient's export."""

    clinic: str
    every: int
    unit: IntervalUnit
    shared_on: date
    shown_on: tuple[date, ...]
    opened: bool
