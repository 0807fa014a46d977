"""How often a change of this size comes about with nothing really changed (docs/rules.md, "Chance"). Pure."""

from __future__ import annotations

import math

import msgspec

from acupwa.library.model import Chances, Library
from acupwa.sentences import say

# The study behind the chances lasted 28 days; our choice: up to six weeks its figures are told as they are.
LONGEST_MEASURED = 42


class ChanceChange(msgspec.Struct, frozen=True, kw_only=True):
    """`least` to `most` of 100 people move by `points` or more, up or down, in whom nothing has changed."""

    points: int
    least: int
    most: int
    source: str


def find_chance_change(key: str, change: float | None, days: int | None, library: Library) -> ChanceChange | None:
    """For a rating or PEG. Whole points, rounded down; above the largest known size, that one.

    None for no change of a point or more, and where nothing is known of this score. Unknown days count as few.
    """
    chances = _chances(key, days or 0, library)
    points = math.floor(abs(change or 0))
    if chances is None or points < min(chances.of_100):
        return None
    points = min(points, max(chances.of_100))
    least, most = chances.of_100[points]
    return ChanceChange(points=points, least=least, most=most, source=chances.source)


def chance_change_words(chance: ChanceChange | None, days: int | None) -> str:
    """What people's ordinary ups and downs do. It is no chance that this person has or has not changed."""
    if chance is None:
        return ""
    if chance.least == chance.most:
        said = say("results.change.chance", most=chance.most, points=chance.points)
    else:
        said = say("results.change.chance_range", least=chance.least, most=chance.most, points=chance.points)
    longer = say("results.change.chance_longer") if (days or 0) > LONGEST_MEASURED else ""
    return " ".join(part for part in (said, longer) if part)


def _chances(key: str, days: int, library: Library) -> Chances | None:
    """The line for this score, else the one for every other rating; of those the longest time that has passed."""
    for name in (key, "*"):
        fitting = [one for one in library.chances.values() if name in one.scores and one.from_days <= days]
        if fitting:
            return max(fitting, key=lambda one: one.from_days)
        if key in library.instruments:
            return None
    return None
