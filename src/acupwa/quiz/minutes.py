"""How long a check-in takes and how much of it is left, from what was measured (`make effort`). Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence

from acupwa.library.model import Library
from acupwa.quiz.model import FOLLOW_UP_SCREENS, SCREENS, Variant
from acupwa.sentences import say

_MINUTE = 60


def seconds_of(screens: Sequence[str], variant: Variant, library: Library) -> int:
    """Seconds that most people need for these screens. One that nobody has measured yet adds nothing."""
    measured = library.effort.follow_up if variant == "follow-up" else library.effort.full
    return sum(measured.get(screen, 0) for screen in screens)


def about_words(variant: Variant, library: Library) -> str:
    """How long a whole check-in takes, as it is told before one begins: whole minutes, rounded up."""
    screens = FOLLOW_UP_SCREENS if variant == "follow-up" else SCREENS
    return say("quiz.minutes.about", n=max(1, math.ceil(seconds_of(screens, variant, library) / _MINUTE)))


def left_words(seconds: int) -> str:
    """How long is left, in half minutes, rounded up: "2½ minutes left". Half a minute or less is less than one."""
    halves = math.ceil(seconds / (_MINUTE / 2))
    whole, half = divmod(halves, 2)
    if not whole:
        return say("quiz.minutes.hardly_any")
    return say("quiz.minutes.left_and_a_half", whole=whole) if half else say("quiz.minutes.left", n=whole)
