"""What a request says of a press that may have waited on a phone: which it is, what the page showed, when it was. Pure.

When it was, and how far that is believed: docs/rules.md, "When it was answered or pressed".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import msgspec

_KEY = re.compile(r"[A-Za-z0-9._~:/+=-]{1,80}", re.ASCII)
_SEEN = re.compile(r"([0-9a-f.]{1,80}|any)(?: after ([A-Za-z0-9._~:/+=-]{1,80}))?", re.ASCII)
_AGO = re.compile(r"-?[0-9]{1,14}", re.ASCII)
_LONGEST_TIME = 40
# As long as the cookie of a person, without which nothing is sent: no press comes later.
KNOWN_FOR = timedelta(days=400)
# Our choice: as much as a clock that runs fast may be ahead. It was pressed just now then.
FAST = timedelta(minutes=5)
# Of a page that is the same for everyone.
ANY = "any"


class PressedAt(msgspec.Struct, frozen=True):
    """`at` (UTC) is never later than now. `known`: the phone's clock can be right; else `at` is when it came in."""

    at: datetime
    known: bool = True


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


def queued_press(headers: Mapping[str, str], now: datetime) -> QueuedPress | None:
    """None for a press that does not say what it saw: it counts as it comes."""
    key, said = headers.get("idempotency-key", ""), headers.get("acupwa-seen", "")
    seen = _SEEN.fullmatch(said)
    if seen is None or not _KEY.fullmatch(key):
        return None
    pressed = pressed_at(headers, now)
    return QueuedPress(key=key, seen=seen[1], after=seen[2] or "", at=pressed.at if pressed else None)


def pressed_at(headers: Mapping[str, str], now: datetime) -> PressedAt | None:
    """None for what does not say when it was pressed: it counts as it comes."""
    said = headers.get("acupwa-pressed-at", "")
    if not said:
        return None
    at = _moment(said, now)
    if at is None or not now - KNOWN_FOR <= at <= now + FAST:
        return PressedAt(now, known=False)
    return PressedAt(min(at, now))


def _moment(text: str, now: datetime) -> datetime | None:
    """By the clock of the phone, or as the milliseconds since, with a minus: these are right whatever its clock says."""
    try:
        if _AGO.fullmatch(text):
            return now + timedelta(milliseconds=int(text))
        at = datetime.fromisoformat(text[:_LONGEST_TIME])
        return at.astimezone(UTC) if at.tzinfo else None
    except (ValueError, OverflowError):
        return None
