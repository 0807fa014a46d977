"""The time of a test."""

from __future__ import annotations

from datetime import UTC, datetime


class Clock:
    """A clock that tests turn. `now` is aware UTC."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now
