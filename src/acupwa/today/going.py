"""How it is going: the main problem from its start to now, in figures, a small picture and a sentence. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise

import msgspec

from acupwa.library.model import Library
from acupwa.quiz.model import CheckIn
from acupwa.quiz.reason_words import symptom_words
from acupwa.quiz.retired_answers import known_check_in
from acupwa.results.trend import Point, Trend, trends_of
from acupwa.results.trend_words import words_of_trends
from acupwa.wording import number_words

WIDTH, HEIGHT = 220, 72
_EDGE = 8


class Spot(msgspec.Struct, frozen=True):
    x: float
    y: float


class Spark(msgspec.Struct, frozen=True, kw_only=True):
    """Time goes from left to right by days, 0 (the best) lies at the bottom. `lines` break where nothing was answered."""

    width: int
    height: int
    spots: tuple[Spot, ...]
    lines: tuple[tuple[Spot, Spot], ...]
    words: str


class Going(msgspec.Struct, frozen=True, kw_only=True):
    """`spark` is None before there are two answers."""

    name: str
    first: str
    last: str
    says: str
    spark: Spark | None


def going_of(check_ins: Sequence[CheckIn], library: Library) -> Going | None:
    """None without a main problem that was rated. `check_ins` stand in any order, on the clocks of the person."""
    trends = trends_of([known_check_in(one, library) for one in check_ins if one.finished], library)
    main = next((one for one in trends if one.main and one.key in library.ratings), None)
    if main is None:
        return None
    name = symptom_words(main.key, library, main.problem_words)
    (words,) = words_of_trends([(name, main)], library)
    values = [one.value for one in main.points if one.value is not None]
    return Going(
        name=name,
        first=number_words(main.start.value),
        last=number_words(values[-1]),
        says=words.standing,
        spark=_spark(main, words.picture) if len(values) > 1 else None,
    )


def _spark(trend: Trend, words: str) -> Spark:
    first, last = trend.points[0].at, trend.newest.at
    spots = {place: _spot(one, trend, first, last) for place, one in enumerate(trend.points) if one.value is not None}
    return Spark(width=WIDTH, height=HEIGHT, spots=tuple(spots.values()), lines=tuple(_lines(spots)), words=words)


def _spot(point: Point, trend: Trend, first: datetime, last: datetime) -> Spot:
    whole = (last - first).total_seconds()
    part = (point.at - first).total_seconds() / whole if whole else 0.5
    height = (point.value or 0) / trend.most
    return Spot(round(_EDGE + (WIDTH - 2 * _EDGE) * part, 1), round(HEIGHT - _EDGE - (HEIGHT - 2 * _EDGE) * height, 1))


def _lines(spots: dict[int, Spot]) -> Iterator[tuple[Spot, Spot]]:
    for one, other in pairwise(spots):
        if other == one + 1:
            yield spots[one], spots[other]
