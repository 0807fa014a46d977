"""The figures of a text: its numbers with what they count. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise

from acupwa.content_check.figure_words import (
    AGE_BAND_EDGES,
    APPROXIMATE,
    FRACTIONS,
    MONTHS,
    MULTIPLIERS,
    NAMED_BY_NUMBER,
    NUMBER_WORDS,
    PERIODS,
    ROUND_NUMBERS,
    STOP_WORDS,
    TIMES_WORDS,
    UNITS,
)
from acupwa.content_check.figures import Figure, Nearness
from acupwa.content_check.number_reader import Number, NumberReader

_AGE_BEFORE = ("under", "over", "aged", "age", "below")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_MAY_HOLD_ONE = re.compile(
    r"\d|\b(?:" + "|".join({*NUMBER_WORDS, *TIMES_WORDS, *FRACTIONS, *MULTIPLIERS}) + r")\b", re.IGNORECASE
)


def figures_in(text: str) -> tuple[Figure, ...]:
    """Every figure that a reader meets, in order. What stands between quotation marks is others' words."""
    return _read(_QUOTED.sub(" … ", text), every=False)


def numbers_in(text: str) -> tuple[Figure, ...]:
    """Every number of a source, also those written out without a unit and those quoted."""
    return _read(text, every=True)


def _read(text: str, *, every: bool) -> tuple[Figure, ...]:
    return tuple(_FigureReader(text).figures(every=every)) if _MAY_HOLD_ONE.search(text) else ()


class _FigureReader(NumberReader):
    def figures(self, *, every: bool) -> Iterable[Figure]:
        numbers = list(self.numbers())
        for number in numbers:
            self._settle_unit(number)
        self._join(numbers)
        for number in numbers:
            if number.dropped or self._names_something(number):
                continue
            if number.written and not every and not self._written_counts(number):
                continue
            yield self._figure(number)

    # ------------------------------------------------------------ units

    def _settle_unit(self, number: Number) -> None:
        number.end = number.after
        if number.unit == "share":
            self._share_of_time(number)
        elif number.unit == "times":
            self._rate(number, number.after)
        elif self._is_year(number):
            number.unit = "year"
        else:
            self._unit_after(number)
            before = UNITS.get(self.word(number.first - 1))
            if number.unit is None and before and before[0] in ("days", "months") and not number.written:
                # "by day 28", "at week 12"
                number.unit, number.scale = before[0], Fraction(before[1])

    def _share_of_time(self, number: Number) -> None:
        """Half an hour is thirty minutes; half a point is no share of people."""
        at = number.after + (self.word(number.after) in ("a", "an"))
        unit = UNITS.get(self.word(at))
        if unit and (unit[0] in ("minutes", "days", "months", "point")):
            number.unit, number.scale, number.end = unit[0], Fraction(unit[1]), at + 1
            number.step = Fraction(1, 10)
        elif self.word(number.after) == "of":
            number.of = self._noun_after(number.after + 1)

    def _unit_after(self, number: Number) -> None:
        at = number.after + (self.mark(number.after) in ("-", "‑"))
        if self.mark(at) == "%" or self.word(at) == "percent" or self.words_are(at, "per", "cent"):
            number.unit, number.scale = "share", Fraction(1, 100)
            number.end = at + (2 if self.word(at) == "per" else 1)
            if self.word(number.end) == "of":
                number.of = self._noun_after(number.end + 1)
            return
        if self._rate(number, at):
            return
        for place in range(at, at + 6):
            word = self.word(place)
            if not word and self.mark(place) == "-":
                continue
            if word in UNITS and not self._rate(number, place + 1):
                unit, scale = UNITS[word]
                number.unit, number.scale, number.end = unit, Fraction(scale), place + 1
            if not word or word in STOP_WORDS or word in NUMBER_WORDS or number.unit:
                return

    def _rate(self, number: Number, at: int) -> bool:
        """So many a week: of visits, or of nothing said."""
        before = UNITS.get(self.word(at - 1), ("",))[0]
        if before not in ("", "session", "times", "day") and at > number.after:
            return False
        if self.word(at) in ("a", "per", "each", "every") and self.word(at + 1) in PERIODS:
            number.unit, number.end = PERIODS[self.word(at + 1)], at + 2
        elif self.word(at) in ("weekly", "daily", "monthly"):
            number.unit, number.end = {"w": "a week", "d": "a day", "m": "a month"}[self.word(at)[0]], at + 1
        else:
            return False
        number.scale = Fraction(1)
        return True

    def _noun_after(self, at: int) -> str | None:
        for place in range(at, at + 4):
            word = self.word(place)
            if word in UNITS:
                return UNITS[word][0]
            if not word or (word in STOP_WORDS and word not in ("the", "all", "these", "those")):
                return None
        return None

    def _is_year(self, number: Number) -> bool:
        four_digits = not number.written and re.fullmatch(r"(19|20)\d\d", self.tokens[number.first][1])
        return bool(four_digits) and UNITS.get(self.word(number.after), ("study",))[0] == "study"

    # ------------------------------------------------------------ numbers beside each other

    def _join(self, numbers: list[Number]) -> None:
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
                and two.value not in ROUND_NUMBERS
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

    def _join_range(self, one: Number, two: Number, between: tuple[str, ...]) -> None:
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

    def _is_of(self, one: Number, two: Number, between: tuple[str, ...]) -> bool:
        """`Of 10,000 people about 170 had …`."""
        return self.word(one.first - 1) == "of" and one.value in ROUND_NUMBERS and not between and two.unit is None

    def _is_share(self, one: Number, two: Number, between: tuple[str, ...]) -> bool:
        """`1 in 10,000 people`, `3 out of 10`, `9.4 per 100`; not `8 visits in 12 weeks`, not `in 2019`."""
        if between == ("of",) and two.value in ROUND_NUMBERS[1:]:
            return 0 < one.value < two.value and two.unit in (None, "people", "session")
        joints = (("in",), ("in", "every"), ("out", "of"), ("per",), ("for", "every"), ("of", "every"), ("in", "about"))
        timed = two.unit in ("minutes", "days", "months", "year", "share")
        return between in joints and not timed and 0 < one.value < two.value and one.end == one.after

    # ------------------------------------------------------------ what is no figure

    def _names_something(self, number: Number) -> bool:
        before, after = self.word(number.first - 1), self.word(number.after)
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
        return number.value == 95 and self.word(number.end) in ("ci", "confidence")

    def _written_counts(self, number: Number) -> bool:
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
        return not (number.unit == "times" and self.word(number.first) == "once")

    # ------------------------------------------------------------ out

    def _figure(self, number: Number) -> Figure:
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
        before = [self.word(place) for place in range(first - 4, first)]
        for size in (3, 2, 1):
            found = APPROXIMATE.get(" ".join(before[-size:]))
            if found:
                return found
        return "exact"
