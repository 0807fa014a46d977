"""What a request says of a press that may have waited on a phone: which it is, what the page showed, when it was. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime

import msgspec

_KEY = re.compile(r"[A-Za-z0-9._~:/+=-]{1,80}", re.ASCII)
_SEEN = re.compile(r"([0-9a-f.]{1,80}|any)(?: after ([A-Za-z0-9._~:/+=-]{1,80}))?", re.ASCII)
_LONGEST_TIME = 40
# Of a page that is the same for everyone.
ANY = "any"


class QueuedPress(msgspec.Struct, frozen=True, kw_only=True):
    """`key` names this press alone. `seen` marks the thing as the page showed it, ANY for a page that shows no state; `after` is the key of the press on the
    same thing that this phone had made before, if there was one. `at` (UTC): when it was pressed, if the phone says so.
    """

    key: str
    seen: str
    after: str = ""
    at: datetime | None = None


class ChangedSince(Exception):
    """What a press was about is no longer as it was seen. `says`: what it is now, and what the press wanted. Nothing was done."""

    def __init__(self, says: str) -> None:
        super().__init__()
        self.says = says


def queued_press(headers: Mapping[str, str]) -> QueuedPress | None:
    """None for a press that does not say what it saw: it counts as it comes."""
    key, said = headers.get("idempotency-key", ""), headers.get("acupwa-seen", "")
    seen = _SEEN.fullmatch(said)
    if seen is None or not _KEY.fullmatch(key):
        return None
    return QueuedPress(key=key, seen=seen[1], after=seen[2] or "", at=_time(headers.get("acupwa-pressed-at", "")))


def _time(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text[:_LONGEST_TIME])
        return at.astimezone(UTC) if at.tzinfo else None
    except (ValueError, OverflowError):
        return None
