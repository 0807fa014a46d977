"""Figures in a text, with their units, and whether one stands among others. Pure.

A figure is a number of something: `105 people`, `35 to 36 percent`, `1 in 10,000`, `half an hour`, `twice a week`. A
number written out counts where it carries a unit. Numbers that only name something are none: `LI4`, `PHQ-4`, `type 2`,
`0 to 10`, `under 16`, the end of a rating scale. docs/content.md has the rule for writers.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from fractions import Fraction
from itertools import pairwise
from typing import Literal

import msgspec

from acupwa.content_check.figure_words import (
    AGE_BAND_EDGES,
    APPROXIMATE,
    FRACTIONS,
    MONTHS,
    MULTIPLIERS,
    NAMED_BY_NUMBER,
    NUMBER_WORDS,
    PERIODS,
    STOP_WORDS,
    TENS,
    TIMES_WORDS,
    UNITS,
)

Nearness = Literal["exact", "about", "above", "below"]
_WITHIN = Fraction(15, 100)
_TELLING = 20
_ALMOST_A_SHARE = Fraction(5, 100)
_AGE_BEFORE = ("under", "over", "aged", "age", "below")
_AFTER_SHARE = ("of", "less", "fewer", "more", "better", "lower", "higher", "each")
_BEFORE_SHARE = ("about", "by", "than", "nearly", "almost", "over", "only", "to")
_TOKEN = re.compile(
    r"(?P<name>[^\W\d_]+[-‑]?\d[\w-]*|\d+[-‑]?[A-Z]\w*|\d+(?:st|nd|rd|th)\b)"
    r"|(?P<number>\d{1,3}(?:[,\u00a0\u202f\u2009]\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?)"
    r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)"
    r"|(?P<mark>[^\w\s])"
)


_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_MAY_HOLD_ONE = re.compile(
    r"\d|\b(?:" + "|".join({*NUMBER_WORDS, *TIMES_WORDS, *FRACTIONS, *MULTIPLIERS}) + r")\b", re.IGNORECASE
)
_BEGINS_NUMBER = frozenset({*NUMBER_WORDS, *TIMES_WORDS, "half", "a"})
_MEASURED = frozenset({"share", "minutes", "days", "months", "a week", "a day", "a month", "year", "times"})
_ROUND = (10, 100, 1_000, 10_000, 100_000, 1_000_000)


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


def figures_in(text: str) -> tuple[Figure, ...]:
    """Every figure that a reader meets, in order. What stands between quotation marks is others' words."""
    return _read(_QUOTED.sub(" … ", text), every=False)


def numbers_in(text: str) -> tuple[Figure, ...]:
    """Every number of a source, also those written out without a unit and those quoted."""
    return _read(text, every=True)


def _read(text: str, *, every: bool) -> tuple[Figure, ...]:
    return tuple(_Text(text).figures(every=every)) if _MAY_HOLD_ONE.search(text) else ()


def stands_in(figure: Figure, sources: Collection[Figure]) -> bool:
    """Whether one of `sources` says the same, with the same unit; `about` allows honest rounding, else it is exact."""
    same = [source for source in sources if _same(figure, source)]
    # Where a source says of whom, another that leaves it out does not overrule it.
    said_of = {source.of for source in same if source.of}
    if same and (not figure.of or not said_of or figure.of in said_of):
        return True
    # "43 in 31,822" may stand there as 43 of this and 31,822 of that; "1 in 10" may not.
    if figure.parts is None or figure.parts[1] in _ROUND or figure.parts[1] < _TELLING:
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


class _Number(msgspec.Struct):
    """A number as read, before its unit is settled. `first` and `after` are places among the tokens."""

    value: Fraction
    step: Fraction
    first: int
    after: int
    written: bool
    unit: str | None = None
    scale: Fraction = Fraction(1)
    of: str | None = None
    end: int = 0
    dropped: bool = False
    begins: int | None = None
    parts: tuple[Fraction, Fraction] | None = None


class _Text:
    """Reads one text. Tokens are (kind, words, start, end)."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = [
            (str(found.lastgroup), found[0].casefold().replace("’", "'"), found.start(), found.end())
            for found in _TOKEN.finditer(text)
        ]

    def figures(self, *, every: bool) -> Iterable[Figure]:
        numbers = list(self._numbers())
        for number in numbers:
            self._settle_unit(number)
        self._join(numbers)
        for number in numbers:
            if number.dropped or self._names_something(number):
                continue
            if number.written and not every and not self._written_counts(number):
                continue
            yield self._figure(number)

    # ------------------------------------------------------------ numbers

    def _numbers(self) -> Iterable[_Number]:
        at = 0
        while at < len(self.tokens):
            kind, word, *_ = self.tokens[at]
            may_begin = kind == "number" or (kind == "word" and word in _BEGINS_NUMBER)
            number = self._number_at(at) if may_begin else None
            if number is None:
                at += 1
            else:
                yield number
                at = number.after

    def _number_at(self, at: int) -> _Number | None:
        number = self._digits_at(at) or self._fraction_at(at) or self._words_at(at)
        if number is None:
            return None
        if self._word(number.after) in MULTIPLIERS:
            times = MULTIPLIERS[self._word(number.after)]
            number.value, number.step, number.after = number.value * times, number.step * times, number.after + 1
        if self._words_are(number.after, "and", "a", "half"):
            number.value, number.step, number.after = number.value + Fraction(1, 2), Fraction(1, 2), number.after + 3
        return number

    def _digits_at(self, at: int) -> _Number | None:
        if self.tokens[at][0] != "number":
            return None
        digits = re.sub(r"[,\u00a0\u202f\u2009]", "", self.tokens[at][1])
        whole, _, decimals = digits.partition(".")
        zeros = len(whole) - len(whole.rstrip("0")) if not decimals and int(whole) else 0
        step = Fraction(1, 10 ** len(decimals)) if decimals else Fraction(10**zeros)
        return _Number(Fraction(digits), step, at, at + 1, written=False)

    def _fraction_at(self, at: int) -> _Number | None:
        """half, a third, two thirds, a quarter."""
        first = self._word(at)
        many = 1 if first == "a" else NUMBER_WORDS.get(first)
        if first == "half" and self._word(at - 1) not in ("other", "second", "first"):
            return _Number(Fraction(1, 2), Fraction(1, 2), at, at + 1, written=True, unit="share")
        ordinal = first == "a" and not (self._word(at + 2) in _AFTER_SHARE or self._word(at - 1) in _BEFORE_SHARE)
        if many and not ordinal and self._word(at + 1) in FRACTIONS and self._word(at + 1) != "half":
            value = many * FRACTIONS[self._word(at + 1)]
            return _Number(value, value / many, at, at + 2, written=True, unit="share")
        return None

    def _words_at(self, at: int) -> _Number | None:
        word = self._word(at)
        if word in TIMES_WORDS:
            return _Number(Fraction(TIMES_WORDS[word]), Fraction(1), at, at + 1, written=True, unit="times")
        if word in ("a", "one") and self._word(at + 1) in MULTIPLIERS:
            return _Number(Fraction(1), Fraction(1), at, at + 1, written=True)
        if word not in NUMBER_WORDS:
            return None
        value, after = NUMBER_WORDS[word], at + 1
        if word in TENS and self._mark(after) == "-" and 0 < NUMBER_WORDS.get(self._word(after + 1), 0) < 10:
            value, after = value + NUMBER_WORDS[self._word(after + 1)], after + 2
        return _Number(Fraction(value), Fraction(1), at, after, written=True)

    # ------------------------------------------------------------ units

    def _settle_unit(self, number: _Number) -> None:
        number.end = number.after
        if number.unit == "share":
            self._share_of_time(number)
        elif number.unit == "times":
            self._rate(number, number.after)
        elif self._is_year(number):
            number.unit = "year"
        else:
            self._unit_after(number)
            before = UNITS.get(self._word(number.first - 1))
            if number.unit is None and before and before[0] in ("days", "months") and not number.written:
                # "by day 28", "at week 12"
                number.unit, number.scale = before[0], Fraction(before[1])

    def _share_of_time(self, number: _Number) -> None:
        """Half an hour is thirty minutes; half a point is no share of people."""
        at = number.after + (self._word(number.after) in ("a", "an"))
        unit = UNITS.get(self._word(at))
        if unit and (unit[0] in ("minutes", "days", "months", "point")):
            number.unit, number.scale, number.end = unit[0], Fraction(unit[1]), at + 1
            number.step = Fraction(1, 10)
        elif self._word(number.after) == "of":
            number.of = self._noun_after(number.after + 1)

    def _unit_after(self, number: _Number) -> None:
        at = number.after + (self._mark(number.after) in ("-", "‑"))
        if self._mark(at) == "%" or self._word(at) == "percent" or self._words_are(at, "per", "cent"):
            number.unit, number.scale = "share", Fraction(1, 100)
            number.end = at + (2 if self._word(at) == "per" else 1)
            if self._word(number.end) == "of":
                number.of = self._noun_after(number.end + 1)
            return
        if self._rate(number, at):
            return
        for place in range(at, at + 6):
            word = self._word(place)
            if not word and self._mark(place) == "-":
                continue
            if word in UNITS and not self._rate(number, place + 1):
                unit, scale = UNITS[word]
                number.unit, number.scale, number.end = unit, Fraction(scale), place + 1
            if not word or word in STOP_WORDS or word in NUMBER_WORDS or number.unit:
                return

    def _rate(self, number: _Number, at: int) -> bool:
        """So many a week: of visits, or of nothing said."""
        before = UNITS.get(self._word(at - 1), ("",))[0]
        if before not in ("", "session", "times", "day") and at > number.after:
            return False
        if self._word(at) in ("a", "per", "each", "every") and self._word(at + 1) in PERIODS:
            number.unit, number.end = PERIODS[self._word(at + 1)], at + 2
        elif self._word(at) in ("weekly", "daily", "monthly"):
            number.unit, number.end = {"w": "a week", "d": "a day", "m": "a month"}[self._word(at)[0]], at + 1
        else:
            return False
        number.scale = Fraction(1)
        return True

    def _noun_after(self, at: int) -> str | None:
        for place in range(at, at + 4):
            word = self._word(place)
            if word in UNITS:
                return UNITS[word][0]
            if not word or (word in STOP_WORDS and word not in ("the", "all", "these", "those")):
                return None
        return None

    def _is_year(self, number: _Number) -> bool:
        four_digits = not number.written and re.fullmatch(r"(19|20)\d\d", self.tokens[number.first][1])
        return bool(four_digits) and UNITS.get(self._word(number.after), ("study",))[0] == "study"

    # ------------------------------------------------------------ numbers beside each other

    def _join(self, numbers: list[_Number]) -> None:
        for one, two in reversed(list(pairwise(numbers))):
            between = tuple(token[1] for token in self.tokens[one.end : two.first])
            if between[-1:] == ("about",):
                between = between[:-1]
            if between in (("to",), ("-",), ("–",), ("‑",), ("or",), ("and",), (",",), (",", "and"), ("-", "to", "-")):
                self._join_range(one, two, between)
            elif self._is_of(one, two, between):
                two.of, one.dropped = one.unit, True
                two.unit, two.scale, two.parts = "share", 1 / one.value, (two.value, one.value)
            elif (
                one.unit is None
                and two.value not in _ROUND
                and between in (("of",), ("of", "the"), ("of", "all"), ("of", "these"))
            ):
                if two.unit not in ("year", "share"):
                    one.unit, one.parts = two.unit, (one.value, two.value)
            elif one.unit in (None, "people", "session") and self._is_share(one, two, between):
                one.of, two.dropped = two.unit, True
                one.unit, one.scale, one.parts = "share", 1 / two.value, (one.value, two.value)
                one.end = max(two.end, two.after)
            elif two.value in (10, 100) and between[-2:] == ("out", "of"):
                two.dropped = True

    def _join_range(self, one: _Number, two: _Number, between: tuple[str, ...]) -> None:
        if between in (("to",), ("-",), ("–",), ("or",)):
            two.begins = one.first
        if one.value == 0 and two.value in (10, 100) and two.unit in (None, "point", "scale"):
            one.dropped = two.dropped = True
        elif one.unit is None and two.unit != "year" and not ("," in between and two.unit in PERIODS.values()):
            one.unit, one.scale, one.of = two.unit, two.scale, two.of
            if two.parts and two.unit == "share":
                one.parts = (one.value, two.parts[1])
        elif one.unit == "year" and two.unit is None and between != (",",):
            two.dropped = True

    def _is_of(self, one: _Number, two: _Number, between: tuple[str, ...]) -> bool:
        """`Of 10,000 people about 170 had …`."""
        return self._word(one.first - 1) == "of" and one.value in _ROUND and not between and two.unit is None

    def _is_share(self, one: _Number, two: _Number, between: tuple[str, ...]) -> bool:
        """`1 in 10,000 people`, `3 out of 10`, `9.4 per 100`; not `8 visits in 12 weeks`, not `in 2019`."""
        if between == ("of",) and two.value in _ROUND[1:]:
            return 0 < one.value < two.value and two.unit in (None, "people", "session")
        joints = (("in",), ("in", "every"), ("out", "of"), ("per",), ("for", "every"), ("of", "every"), ("in", "about"))
        timed = two.unit in ("minutes", "days", "months", "year", "share")
        return between in joints and not timed and 0 < one.value < two.value and one.end == one.after

    # ------------------------------------------------------------ what is no figure

    def _names_something(self, number: _Number) -> bool:
        before, after = self._word(number.first - 1), self._word(number.after)
        if after in MONTHS and number.value <= 31 and not number.written:
            return True
        if not number.written and number.unit is None and before in NAMED_BY_NUMBER:
            return True
        if number.unit in (None, "people") and number.value in AGE_BAND_EDGES and not number.written:
            next_words = tuple(token[1] for token in self.tokens[number.after : number.after + 2])
            two_before = tuple(token[1] for token in self.tokens[max(0, number.first - 2) : number.first])
            if (
                before in _AGE_BEFORE
                or two_before in (("16", "and"), ("16", "or"))
                or next_words in (("or", "over"), ("and", "over"), ("or", "17"), ("and", "17"))
            ):
                return True
        # The interval's own name: "95% CI".
        return number.value == 95 and self._word(number.end) in ("ci", "confidence")

    def _written_counts(self, number: _Number) -> bool:
        if number.unit is None:
            return False
        # "One trial", "one person", "one visit" are an article; "once" and "a second time" count nothing.
        if number.value == 1 and number.unit not in (
            "share",
            "minutes",
            "days",
            "months",
            "a week",
            "a day",
            "a month",
        ):
            return False
        return not (number.unit == "times" and self._word(number.first) == "once")

    # ------------------------------------------------------------ out

    def _figure(self, number: _Number) -> Figure:
        last = self.tokens[max(number.end, number.after) - 1][3]
        return Figure(
            value=number.value * number.scale,
            unit=number.unit,
            words=" ".join(self.text[self.tokens[number.first][2] : last].split()),
            of=number.of if number.unit == "share" else None,
            near=self._nearness(number.first if number.begins is None else number.begins),
            step=number.step * number.scale,
            parts=number.parts,
        )

    def _nearness(self, first: int) -> Nearness:
        """A word before the number, also before the first of a range."""
        before = [self._word(place) for place in range(first - 4, first)]
        for size in (3, 2, 1):
            found = APPROXIMATE.get(" ".join(before[-size:]))
            if found:
                return found
        return "exact"

    def _word(self, at: int) -> str:
        return self.tokens[at][1] if 0 <= at < len(self.tokens) and self.tokens[at][0] == "word" else ""

    def _mark(self, at: int) -> str:
        return self.tokens[at][1] if 0 <= at < len(self.tokens) and self.tokens[at][0] == "mark" else ""

    def _words_are(self, at: int, *words: str) -> bool:
        return all(self._word(at + place) == word for place, word in enumerate(words))
