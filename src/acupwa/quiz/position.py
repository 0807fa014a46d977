"""Where a person is in a check-in, and about how long is left. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec

from acupwa.library.model import Library, Screen
from acupwa.quiz.model import CheckIn
from acupwa.quiz.rules import screens_of


class Position(msgspec.Struct, frozen=True, kw_only=True):
    """Where the person is: screen `step` of `steps`, and about how many whole minutes are left."""

    step: int
    steps: int
    minutes: int


def position(check_in: CheckIn, screen: str, library: Library) -> Position:
    """True for this person's own path: only their screens count, in number and in minutes."""
    screens = screens_of(check_in)
    place = screens.index(screen)
    minutes = _minutes_by_screen(library.quiz.follow_up)
    if check_in.variant == "full":
        minutes |= _minutes_by_screen(library.quiz.screens)
    left = sum(minutes[one] for one in screens[place:])
    return Position(step=place + 1, steps=len(screens), minutes=max(1, math.ceil(left - 0.25)))


def _minutes_by_screen(screens: Sequence[Screen]) -> dict[str, float]:
    after = [*(screen.minutes_left for screen in screens[1:]), 0.0]
    return {screen.id: screen.minutes_left - then for screen, then in zip(screens, after, strict=True)}
