"""A link that a practitioner gives to patients."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from acupwa.quiz.model import Variant

Kind = Literal["reusable", "personal"]
Ended = Literal["withdrawn", "expired", "used"]
IntervalUnit = Literal["weeks", "sessions"]


class Interval(msgspec.Struct, frozen=True, kw_only=True):
    """How many weeks or sessions after a share the patient is asked again."""

    every: int
    unit: IntervalUnit


class NewLink(msgspec.Struct, frozen=True, kw_only=True):
    """What a practitioner chose for a link. `days` until it ends, 0 for no end; `again` None: never."""

    kind: Kind
    variant: Variant
    share_days: int
    days: int
    alias: str = ""
    note: str = ""
    again: Interval | None = None


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """`share_days`: how long the clinic may look at what is shared. `opened` and `done` count people, not answers.

    `again` None: the patient is never asked again. `sender_left`: whoever made it works here no more.
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
    again: Interval | None = None
    alias: str = ""
    note: str = ""
    sender_left: bool = False


class NamedLink(Link, frozen=True, kw_only=True):
    """A link with the names of who gives it: the clinic, its line of contact, the practitioner."""

    clinic: str
    contact: str
    practitioner: str


class FoundLink(msgspec.Struct, frozen=True, kw_only=True):
    """A link by its code. `ended`: why it opens no more, None when it opens."""

    link: NamedLink
    ended: Ended | None


class OpenedLink(msgspec.Struct, frozen=True, kw_only=True):
    """That a patient opened a link; `id` is the key of this note, not of the link."""

    id: UUID
    link_id: UUID
    opened_at: datetime


class ShareRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A clinic's open request to share: a link that a patient opened and has not answered yet."""

    link: NamedLink
    opened_at: datetime


class PutOff(msgspec.Struct, frozen=True, kw_only=True):
    """A request to share that was answered by a check-in, of which nothing was shared yet."""

    link_id: UUID
    clinic: str
    check_in_id: UUID

    @property
    def preview(self) -> str:
        """The address of what would be shared."""
        return f"/me/share/{self.check_in_id}/{self.link_id}"


class ShareRequestExport(msgspec.Struct, frozen=True, kw_only=True):
    """The same as it stands in the patient's export."""

    clinic: str
    opened_at: datetime
