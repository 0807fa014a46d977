"""What a way through the app asks of a person, counted, and how much it may be.

A word is what stands between two spaces and has a letter or a figure in it, so a row of eleven numbers is eleven words.
A tap is what a person must do: a radio, a tick, a button, a link; a list to choose from is two (open, choose), a date or
a time three (open, choose, done), a text field one and its letters.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

WORDS_A_MINUTE = 200
SECONDS_A_TAP = 1.0
SECONDS_A_LETTER = 0.3
LIST_TAPS = 2
DATE_TAPS = 3


@dataclass
class Effort:
    """`words` are all that were seen; of these `listed` stand in lists of signs and precautions, `review` in a review.

    `screens`: height of the pages in phone screens.
    """

    words: int = 0
    listed: int = 0
    review: int = 0
    taps: int = 0
    letters: int = 0
    screens: float = 0.0

    @property
    def seconds(self) -> float:
        return self._seconds(self.words)

    @property
    def other_words(self) -> int:
        """Words outside the lists of signs and precautions and the review."""
        return self.words - self.listed - self.review

    @property
    def other_seconds(self) -> float:
        return self._seconds(self.other_words)

    def _seconds(self, words: int) -> float:
        return words / WORDS_A_MINUTE * 60 + self.taps * SECONDS_A_TAP + self.letters * SECONDS_A_LETTER


@dataclass
class Visit:
    """One page as it was gone through. `at` is its address without ids; `parts` are words by the part of the page."""

    at: str
    effort: Effort = field(default_factory=Effort)
    parts: dict[str, int] = field(default_factory=dict)


def total(visits: Iterable[Visit]) -> Effort:
    found = Effort()
    for visit in visits:
        for name in vars(found):
            setattr(found, name, getattr(found, name) + getattr(visit.effort, name))
    return found


@dataclass(frozen=True)
class Limit:
    """At most `most` of `what`, a field or property of an Effort."""

    what: str
    most: float

    def is_kept(self, effort: Effort) -> bool:
        return round(getattr(effort, self.what), 1) <= self.most

    def words(self, effort: Effort) -> str:
        return f"{self.what.replace('_', ' ')} {getattr(effort, self.what):.4g}/{self.most:g}"


EVERYTHING = (Limit("taps", 32), Limit("words", 1150), Limit("seconds", 380), Limit("other_words", 600))
SKIPPED = (Limit("taps", 18),)
SAVED_PLAN = (Limit("taps", 5),)
FOLLOW_UP = (
    Limit("taps", 12),
    Limit("other_words", 210),
    Limit("other_seconds", 75),
    Limit("words", 470),
    Limit("seconds", 155),
    Limit("screens", 4),
)
RESULT = (Limit("screens", 3.5),)
PLAN = (Limit("screens", 3),)
LOG = (Limit("taps", 3),)
TODAY = (Limit("taps", 0),)


NOT_THERE = "not there"


def not_gone(way: str, *, offered: bool) -> Line:
    """A way that is not there. A fault, unless the rules offer it to nobody like this person."""
    return Line(way, faults=(NOT_THERE,) if offered else ())


@dataclass(frozen=True)
class Line:
    """One way as one person went it. `faults` are what else is wrong; a way that was not gone has no `visits`."""

    way: str
    limits: tuple[Limit, ...] = ()
    visits: tuple[Visit, ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def effort(self) -> Effort:
        return total(self.visits)

    @property
    def over(self) -> tuple[str, ...]:
        effort = self.effort
        return (*(limit.words(effort) for limit in self.limits if not limit.is_kept(effort)), *self.faults)
