"""A figure with its unit, and whether it stands among others. Pure.

A figure is a number of something: `105 people`, `35 to 36 percent`, `1 in 10,000`, `half an hour`, `twice a week`. A
number written out counts where it carries a unit. Numbers that only name something are none: `LI4`, `PHQ-4`, `type 2`,
`0 to 10`, `under 16`, the end of a rating scale. docs/content.md has the rule for writers.
"""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from typing import Literal

import msgspec

from acupwa.content_check.figure_words import FRACTIONS, ROUND_NUMBERS

Nearness = Literal["exact", "about", "above", "below"]
_WITHIN = Fraction(15, 100)
_TELLING = 20
_ALMOST_A_SHARE = Fraction(5, 100)
_MEASURED = frozenset({"share", "minutes", "days", "months", "a week", "a day", "a month", "year", "times"})


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """`value` in the unit's base (hours count in minutes, weeks in days, years in months); shares and percents are
    the unit `share`, 0 to 1 and `of` people, sessions … where that is said. A year of the calendar is the unit `year`.
    `unit` is None where the text names none that we know. `step` is the worth of the last digit shown.
    """

    value: Fraction
    unit: str | None
    words: str
    of: str | None = None
    near: Nearness = "exact"
    step: Fraction = Fraction(1)
    parts: tuple[Fraction, Fraction] | None = None


def stands_in(figure: Figure, sources: Collection[Figure]) -> bool:
    """Whether one of `sources` says the same, with the same unit; `about` allows honest rounding, else it is exact."""
    same = [source for source in sources if _same(figure, source)]
    # Where a source says of whom, another that leaves it out does not overrule it.
    said_of = {source.of for source in same if source.of}
    if same and (not figure.of or not said_of or figure.of in said_of):
        return True
    # "43 in 31,822" may stand there as 43 of this and 31,822 of that; "1 in 10" may not.
    if figure.parts is None or figure.parts[1] in ROUND_NUMBERS or figure.parts[1] < _TELLING:
        return False
    values = {source.value for source in sources if source.unit != "share"}
    return all(part in values for part in figure.parts)


def _same(figure: Figure, source: Figure) -> bool:
    # A source that names no unit ("of eight trials, six found …") may count anything, but no time and no share.
    countable = source.unit is None and figure.unit not in _MEASURED
    if figure.unit is not None and figure.unit != source.unit and not countable:
        return False
    return _is_near(figure, source.value)


def _is_near(figure: Figure, value: Fraction) -> bool:
    shown = figure.value
    if value == shown:
        return True
    match figure.near:
        case "about":
            if figure.words.split()[-1] in FRACTIONS and figure.unit == "share":
                return abs(value - shown) <= _ALMOST_A_SHARE
            return abs(value - shown) <= min(figure.step / 2, shown * _WITHIN)
        case "above":
            return shown < value < shown + figure.step
        case "below":
            return shown - figure.step < value < shown
    return False
