"""What a ticked box sends. Pure."""

from __future__ import annotations

TICKED, UNTICKED = ("1", "on", "yes", "true"), ("", "0", "off", "no", "false")
TICKS = (*TICKED, *UNTICKED)


def read_tick(text: str) -> bool | None:
    """None for anything else: it is never taken for a tick."""
    word = text.lower()
    return True if word in TICKED else (False if word in UNTICKED else None)
