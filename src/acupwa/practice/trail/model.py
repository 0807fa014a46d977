"""One line of the trail: who did what, when. What a patient said is never in it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

import msgspec

What = Literal[
    "clinic-made", "invited", "reset-made", "removed", "role-changed", "clinic-changed",
    "signed-in", "signed-out", "sign-in-ended", "sign-in-slowed", "password-set", "passkey-added", "passkey-removed",
    "code-made",
    "link-made", "link-withdrawn", "share-received", "share-withdrawn", "share-opened", "share-copied", "share-marked",
    "proposal-sent", "trail-exported",
]  # fmt: skip


class TrailLine(msgspec.Struct, frozen=True, kw_only=True):
    """`about` names an account or the key of a link or share."""

    id: UUID
    who: str
    what: str
    about: str
    at: datetime


class TrailFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which lines are asked for; None for all of them. `day` is one day in UTC."""

    what: str | None = None
    by: UUID | None = None
    day: date | None = None
