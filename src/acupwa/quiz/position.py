"""Where a person is in a check-in, and about how long is left. Pure."""

from __future__ import annotations

import msgspec

from acupwa.library.model import Library
from acupwa.quiz.minutes import seconds_of
from acupwa.quiz.model import CheckIn
from acupwa.quiz.rules import screens_of


class Position(msgspec.Struct, frozen=True, kw_only=True):
    """Where the person is: screen `step` of `steps`, and how many seconds from its start to the end most people need."""

    step: int
    steps: int
    seconds: int


def position(check_in: CheckIn, screen: str, library: Library) -> Position:
    """True for this person's own path: only their screens count, in number and in time."""
    screens = screens_of(check_in)
    place = screens.index(screen)
    seconds = seconds_of(screens[place:], check_in.variant, library)
    return Position(step=place + 1, steps=len(screens), seconds=seconds)
