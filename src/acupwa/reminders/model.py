"""The values of reminders by web push. Frozen; moments are aware UTC."""

from __future__ import annotations

from datetime import time
from typing import Literal

import msgspec

# What a person may choose, in the order of the form.
Kind = Literal["day-before", "hour-before", "check-in", "sent"]
KINDS: tuple[Kind, ...] = ("day-before", "hour-before", "check-in", "sent")
# What a message says: `notice` stands in for what would not be true, or not be wise, to say; `test` is asked for.
Message = Literal["day-before", "hour-before", "check-in", "sent", "notice", "test"]


class QuietHours(msgspec.Struct, frozen=True):
    """On the clocks where the person is; they may cross midnight. The two differ."""

    begins: time
    ends: time


class Choices(msgspec.Struct, frozen=True, kw_only=True):
    """What to be reminded of, in the order of KINDS. `quiet` None: at any hour."""

    kinds: tuple[Kind, ...] = KINDS
    quiet: QuietHours | None = QuietHours(time(21), time(8))


class Reminders(msgspec.Struct, frozen=True, kw_only=True):
    """`choices` are those that begin, where nothing was chosen (`on` is False then)."""

    choices: Choices
    wanted: bool
    on: bool
    devices: int
    key: str
