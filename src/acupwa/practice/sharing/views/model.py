"""What a doctor without an account may see: one summary, by an address and a code, for a few days."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from acupwa.practice.sharing.shares.model import Part

CodeFault = Literal["wrong", "unreadable"]


class ViewCopy(msgspec.Struct, frozen=True, kw_only=True):
    """Just what the person left in, and whose clocks its days go by."""

    answered_at: datetime
    parts: tuple[Part, ...]
    zone: str = "UTC"


class DoctorView(msgspec.Struct, frozen=True, kw_only=True):
    """`wrong`: how many wrong codes were typed. `looks`: when it was opened by the right one."""

    id: UUID
    created_at: datetime
    ends_at: datetime
    ended_at: datetime | None
    wrong: int
    copy: ViewCopy
    looks: tuple[datetime, ...] = ()


class ViewPreview(msgspec.Struct, frozen=True, kw_only=True):
    """All of a check-in that a doctor could see. `full`: there are as many views as one person may have at once."""

    check_in_id: UUID
    copy: ViewCopy
    full: bool = False


class ViewKeys(msgspec.Struct, frozen=True, kw_only=True):
    """What opens a view, shown once: only hashes are kept. `address` is empty where the code alone is new."""

    view: DoctorView
    code: str
    address: str = ""
