"""The words that the readers of figures know: numbers written out, units, and what stands near a number. Only data."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = {
    word: 10 * tens
    for tens, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2)
}
NUMBER_WORDS: dict[str, int] = {word: number for number, word in enumerate(_ONES)} | TENS | {"dozen": 12}
MULTIPLIERS = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}
FRACTIONS = {
    "half": Fraction(1, 2),
    "third": Fraction(1, 3),
    "thirds": Fraction(1, 3),
    "quarter": Fraction(1, 4),
    "quarters": Fraction(1, 4),
    "fifth": Fraction(1, 5),
    "fifths": Fraction(1, 5),
    "tenth": Fraction(1, 10),
}
TIMES_WORDS = {"once": 1, "twice": 2, "thrice": 3, "double": 2, "doubled": 2, "twofold": 2, "threefold": 3}
MONTHS = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
)
# `1 in 10,000`: what rates are told of.
ROUND_NUMBERS = (10, 100, 1_000, 10_000, 100_000, 1_000_000)
PERIODS = {"week": "a week", "day": "a day", "month": "a month"}


def _units() -> dict[str, tuple[str, int]]:
    """Word → (unit, how many of the unit's base it is)."""
    one_each = {
        "people": "person people patient patients participant participants adult adults woman women man men child "
        "children user users volunteer volunteers subject subjects worker workers teenager teenagers nurse nurses "
        "case cases",
        "study": "trial trials study studies rct rcts review reviews survey surveys paper papers report reports "
        "meta-analysis meta-analyses",
        "session": "session sessions visit visits treatment treatments consultation consultations appointment "
        "appointments",
        "point": "point points",
        "needle": "needle needles",
        "times": "times fold",
        "pound": "pound pounds",
        "dollar": "dollar dollars",
        "mm": "mm millimetre millimetres",
        "cm": "cm centimetre centimetres",
        "mg": "mg milligram milligrams",
        "hertz": "hz hertz",
        "joint": "joint joints",
        "attack": "attack attacks relapse relapses flare flares",
        "animal": "rat rats mouse mice animal animals",
        "country": "country countries",
        "group": "group groups",
        "state": "state states",
    }
    units = {word: (unit, 1) for unit, words in one_each.items() for word in words.split()}
    for unit, sizes in {
        "minutes": {"minute": 1, "min": 1, "mins": 1, "hour": 60, "h": 60},
        "days": {"day": 1, "week": 7, "fortnight": 14},
        "months": {"month": 1, "year": 12},
    }.items():
        units |= {word: (unit, size) for word, size in sizes.items()}
        units |= {f"{word}s": (unit, size) for word, size in sizes.items() if len(word) > 3}
    return units


UNITS = _units()

# A unit is not looked for beyond these.
STOP_WORDS = frozenset(
    [
        "a",
        "an",
        "kept",
        "gave",
        "left",
        "the",
        "in",
        "of",
        "for",
        "with",
        "at",
        "from",
        "by",
        "on",
        "to",
        "than",
        "then",
        "after",
        "before",
        "and",
        "or",
        "but",
        "who",
        "which",
        "that",
        "is",
        "are",
        "was",
        "were",
        "be",
        "had",
        "has",
        "have",
        "did",
        "do",
        "does",
        "not",
        "no",
        "if",
        "when",
        "while",
        "as",
        "into",
        "over",
        "under",
        "per",
        "between",
        "out",
        "this",
        "these",
        "those",
        "its",
        "their",
        "each",
        "kept gave left told",
        "said",
        "got",
        "were",
        "can",
        "may",
        "might",
        "could",
        "should",
        "would",
        "felt",
        "all",
    ]
)

# "type 2", "step 3": the number is a name.
NAMED_BY_NUMBER = frozenset(
    [
        "type",
        "omega",
        "vitamin",
        "interleukin",
        "level",
        "stage",
        "step",
        "page",
        "part",
        "question",
        "grade",
        "class",
        "phase",
        "number",
        "factor",
        "decision",
        "version",
    ]
)

# The ages at which the quiz and the law treat people otherwise.
AGE_BAND_EDGES = frozenset({16, 17, 18})

APPROXIMATE: dict[str, Literal["about", "above", "below"]] = {
    **dict.fromkeys(("about", "around", "roughly", "close to", "some", "about a", "about one"), "about"),
    **dict.fromkeys(("more than", "over", "at least", "just over", "above", "well over"), "above"),
    **dict.fromkeys(
        ("fewer than", "less than", "under", "nearly", "almost", "just under", "up to", "below", "at most"), "below"
    ),
}
