"""What a code that fits would open, as it is told before it does. Pure."""

from __future__ import annotations

from datetime import datetime

import msgspec


class CodeContents(msgspec.Struct, frozen=True, kw_only=True):
    """What a code that fits would open: since when, how many check-ins, in how many browsers they are open by now.

    `occupied`: this browser holds other answers, which would go.
    """

    begun_at: datetime
    check_ins: int
    browsers: int
    occupied: bool
