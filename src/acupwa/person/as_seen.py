"""A press that waited on a phone meets the thing as it is by now. The rule: docs/rules.md, "Pressed with no network". Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import datetime
from typing import Literal

# done before: by this very press, or by another that made the same of it.
Weighed = Literal["do", "done-before", "changed"]


def mark_of(*parts: object) -> str:
    """Of the state of one thing: the same for the same state, and says nothing of it."""
    return hashlib.blake2s("\n".join(map(str, parts)).encode(), digest_size=8).hexdigest()


def weigh(*, now: str, seen: Collection[str], is_so: bool) -> Weighed:
    """`now` marks the thing as it is, `seen` as it was for whoever pressed: as the page showed it, and as the press before
    it on the same phone left it. `is_so`: it is by now what the press would make of it.
    """
    if now in seen:
        return "do"
    return "done-before" if is_so else "changed"


def moment_of(pressed: datetime | None, *, now: datetime, earliest: datetime) -> datetime:
    """When it was pressed, as far as the clock of a phone can be right: not after `now`, not before `earliest`."""
    return now if pressed is None else max(min(pressed, now), min(earliest, now))
