"""A link that a practitioner gives to patients."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from acupwa.quiz.model import Variant

Kind = Literal["reusable", "personal"]
Ended = Literal["withdrawn", "expired", "used"]
AgainIn = Literal["weeks", "sessions"]


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """`share_days`: how long the clinic may look at what is shared. `opened` and `done` count people, not answers.

    `again_every` weeks or sessions after each share the patient is asked again; None: never.
    """

    id: UUID
    clinic_id: UUID
    practitioner_id: UUID
    code: str
    kind: Kind
    variant: Variant
    share_days: int
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    opened: int = 0
    done: int = 0
    again_every: int | None = None
    again_in: AgainIn | None = None
    alias: str = ""
    note: str = ""


class Asking(msgspec.Struct, frozen=True, kw_only=True):
    """A link with who asks by it."""

    link: Link
    clinic: str
    contact: str
    practitioner: str


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """A link that a patient opened and has not answered yet."""

    asking: Asking
    opened_at: datetime


class AskedBy(msgspec.Struct, frozen=True, kw_only=True):
    """The same as it stands in the patient's export."""

    clinic: str
    opened_at: datetime
