"""The numbers of a text: digits, fractions, and those written out. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

import msgspec

from acupwa.content_check.figure_words import FRACTIONS, MULTIPLIERS, NUMBER_WORDS, TENS, TIMES_WORDS

_AFTER_SHARE = ("of", "less", "fewer", "more", "better", "lower", "higher", "each")
_BEFORE_SHARE = ("about", "by", "than", "nearly", "almost", "over", "only", "to")
_BEGINS_NUMBER = frozenset({*NUMBER_WORDS, *TIMES_WORDS, "half", "a"})
_TOKEN = re.compile(
    r"(?P<name>[^\W\d_]+[-‑]?\d[\w-]*|\d+[-‑]?[A-Z]\w*|\d+(?:st|nd|rd|th)\b)"
    r"|(?P<number>\d{1,3}(?:[,\u00a0\u202f\u2009]\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?)"
    r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)"
    r"|(?P<mark>[^\w\s])"
)


class Number(msgspec.Struct):
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


class NumberReader:
    """Reads one text. Tokens are (kind, words, start, end)."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = [
            (str(found.lastgroup), found[0].casefold().replace("’", "'"), found.start(), found.end())
            for found in _TOKEN.finditer(text)
        ]

    def numbers(self) -> Iterable[Number]:
        """Every number, in order."""
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

    def _number_at(self, at: int) -> Number | None:
        number = self._digits_at(at) or self._fraction_at(at) or self._words_at(at)
        if number is None:
            return None
        if self.word(number.after) in MULTIPLIERS:
            times = MULTIPLIERS[self.word(number.after)]
            number.value, number.step, number.after = number.value * times, number.step * times, number.after + 1
        if self.words_are(number.after, "and", "a", "half"):
            number.value, number.step, number.after = number.value + Fraction(1, 2), Fraction(1, 2), number.after + 3
        return number

    def _digits_at(self, at: int) -> Number | None:
        if self.tokens[at][0] != "number":
            return None
        digits = re.sub(r"[,\u00a0\u202f\u2009]", "", self.tokens[at][1])
        whole, _, decimals = digits.partition(".")
        zeros = len(whole) - len(whole.rstrip("0")) if not decimals and int(whole) else 0
        step = Fraction(1, 10 ** len(decimals)) if decimals else Fraction(10**zeros)
        return Number(Fraction(digits), step, at, at + 1, written=False)

    def _fraction_at(self, at: int) -> Number | None:
        """half, a third, two thirds, a quarter."""
        first = self.word(at)
        many = 1 if first == "a" else NUMBER_WORDS.get(first)
        if first == "half" and self.word(at - 1) not in ("other", "second", "first"):
            return Number(Fraction(1, 2), Fraction(1, 2), at, at + 1, written=True, unit="share")
        ordinal = first == "a" and not (self.word(at + 2) in _AFTER_SHARE or self.word(at - 1) in _BEFORE_SHARE)
        if many and not ordinal and self.word(at + 1) in FRACTIONS and self.word(at + 1) != "half":
            value = many * FRACTIONS[self.word(at + 1)]
            return Number(value, value / many, at, at + 2, written=True, unit="share")
        return None

    def _words_at(self, at: int) -> Number | None:
        word = self.word(at)
        if word in TIMES_WORDS:
            return Number(Fraction(TIMES_WORDS[word]), Fraction(1), at, at + 1, written=True, unit="times")
        if word in ("a", "one") and self.word(at + 1) in MULTIPLIERS:
            return Number(Fraction(1), Fraction(1), at, at + 1, written=True)
        if word not in NUMBER_WORDS:
            return None
        value, after = NUMBER_WORDS[word], at + 1
        if word in TENS and self.mark(after) == "-" and 0 < NUMBER_WORDS.get(self.word(after + 1), 0) < 10:
            value, after = value + NUMBER_WORDS[self.word(after + 1)], after + 2
        return Number(Fraction(value), Fraction(1), at, after, written=True)

    def word(self, at: int) -> str:
        """The word at this place among the tokens, or nothing."""
        return self.tokens[at][1] if 0 <= at < len(self.tokens) and self.tokens[at][0] == "word" else ""

    def mark(self, at: int) -> str:
        """The punctuation at this place, or nothing."""
        return self.tokens[at][1] if 0 <= at < len(self.tokens) and self.tokens[at][0] == "mark" else ""

    def words_are(self, at: int, *words: str) -> bool:
        return all(self.word(at + place) == word for place, word in enumerate(words))
