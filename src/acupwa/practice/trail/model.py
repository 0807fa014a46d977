"""One line of the trail: who did what, when. What a patient said is never in it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

What = Literal[
    "clinic-made", "invited", "reset-made", "removed", "role-changed", "name-changed", "clinic-changed",
    "signed-in", "signed-out", "sign-in-ended", "sign-in-failed", "sign-in-slowed", "password-set",
    "passkey-added", "passkey-removed", "passkeys-dropped", "code-made",
    "proved", "second-factor-set", "second-factor-off", "clinic-second-factor",
    "link-made", "link-withdrawn", "share-received", "share-withdrawn", "share-opened", "share-beside",
    "share-copied", "share-marked", "proposal-sent", "trail-exported",
]  # fmt: skip


class TrailLine(msgspec.Struct, frozen=True, kw_only=True):
    """`by` is the key of the account that did it, None for the server's operator or a patient; `who` its name as it
    was then. `about` names an account or the key of a link or share.
    """

    id: UUID
    by: UUID | None
    who: str
    what: str
    about: str
    at: datetime


class TrailFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which lines are asked for; None for all of them. `day` is one day by the clocks of `zone`."""

    what: str | None = None
    by: UUID | None = None
    day: date | None = None
    zone: str = "UTC"


def bounds_of(day: date, zone: str) -> tuple[datetime, datetime] | None:
    """The first moment of this day in `zone`, and the first after it; None at the ends of the calendar."""
    try:
        first, after = (datetime.combine(one, time(), ZoneInfo(zone)) for one in (day, day + timedelta(days=1)))
        return first.astimezone(UTC), after.astimezone(UTC)
    except OverflowError:
        return None
