"""How long each screen of a check-in takes."""

from __future__ import annotations

from acupwa.library.model.base import Content


class Effort(Content, frozen=True, kw_only=True):
    """Seconds that a screen takes most people, by its id, in a full check-in and in a follow-up. Measured, not set."""

    full: dict[str, int]
    follow_up: dict[str, int]
