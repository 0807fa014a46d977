"""What a practitioner sends back to a patient: pages to read, a plan, a few words. The patient decides."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

import msgspec

Fate = Literal["open", "taken", "declined"]


class Offer(msgspec.Struct, frozen=True, kw_only=True):
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
    price: float | None = None
    currency: str | None = None


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """What is stored, sealed. `pages` are slugs of the library; each part has its own fate, None when not sent."""

    practitioner_id: UUID
    clinic: str
    practitioner: str
    note: str
    pages: tuple[str, ...]
    offer: Offer | None
    pages_fate: Fate | None
    offer_fate: Fate | None


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    share_id: UUID
    created_at: datetime
    words: Words

    @property
    def open(self) -> bool:
        return "open" in (self.words.pages_fate, self.words.offer_fate)


class Proposed(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal as it stands in the patient's export. `holds`: neither the share nor the sender is gone."""

    id: UUID
    holds: bool
    sent_at: datetime
    clinic: str
    practitioner: str
    note: str
    pages: tuple[str, ...]
    offer: Offer | None
    pages_fate: Fate | None
    offer_fate: Fate | None

    @property
    def open(self) -> bool:
        return "open" in (self.pages_fate, self.offer_fate)
