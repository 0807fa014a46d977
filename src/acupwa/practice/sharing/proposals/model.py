"""What a practitioner sends back to a patient: pages to read, a plan, a few words. The patient decides."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

import msgspec

from acupwa.planner.model import AskedPlan

Reply = Literal["open", "taken", "declined"]


class ProposedPlan(msgspec.Struct, frozen=True, kw_only=True):
    """A plan as the practitioner would have it; what the patient's own answers say is added when they take it.

    `time` is HH:MM, local to `time_zone`. `minutes` is one session, `price` for one in `currency` (ISO 4217).
    """

    first_day: date
    weekdays: tuple[str, ...]
    time: str
    time_zone: str
    per_week: int
    max_sessions: int
    minutes: int
    every_weeks: int = 1
    price: float | None = None
    currency: str | None = None


class ProposalDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What a practitioner chose to send. `pages` are slugs of the library."""

    note: str
    pages: tuple[str, ...]
    plan: AskedPlan | None


class ProposalContent(msgspec.Struct, frozen=True, kw_only=True):
    """What is stored, sealed. `pages` are slugs of the library; each part has its own reply, None when not sent."""

    practitioner_id: UUID
    clinic: str
    practitioner: str
    note: str
    pages: tuple[str, ...]
    plan: ProposedPlan | None = msgspec.field(name="offer")
    pages_reply: Reply | None = msgspec.field(name="pages_fate")
    plan_reply: Reply | None = msgspec.field(name="offer_fate")

    @property
    def open(self) -> bool:
        """Whether a part of it waits for a reply."""
        return "open" in (self.pages_reply, self.plan_reply)


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    share_id: UUID
    created_at: datetime
    content: ProposalContent


class ProposalExport(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal as it stands in the patient's export. `holds`: neither the share nor the sender is gone."""

    id: UUID
    holds: bool
    sent_at: datetime
    clinic: str
    practitioner: str
    note: str
    pages: tuple[str, ...]
    plan: ProposedPlan | None = msgspec.field(name="offer")
    pages_reply: Reply | None = msgspec.field(name="pages_fate")
    plan_reply: Reply | None = msgspec.field(name="offer_fate")

    @property
    def open(self) -> bool:
        return "open" in (self.pages_reply, self.plan_reply)
