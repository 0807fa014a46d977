"""A trend as a picture: where its marks stand. Pure geometry; the template draws it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Literal

import msgspec

from acupwa.results.happened import Change, Happened
from acupwa.results.trend import Point, Trend
from acupwa.zones import days_between

WIDTH, HEIGHT = 340, 224
_LEFT, _RIGHT, _TOP, _BOTTOM = 30, 14, 14, 164
_SESSIONS_TOP, _SESSIONS_BOTTOM = 172, 184
_DATES = 216
# A row of its own for what changed, where something did.
_CHANGES = 206
_ROW = 22
SPARK_WIDTH, SPARK_HEIGHT, _SPARK_EDGE = 88, 36, 5
# Our choice: what lies between two answers six weeks apart is not known, and the line says so by its dashes.
LONG_DAYS = 42
_NARROWEST_TICKS = 4
# More marks than this would hide the line between them.
_MOST_APART = 24
_NARROWEST_NUMBER = 16

Shape = Literal["as-usual", "lower", "higher"]


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """One answer. `shape` tells without colour whether it is clearly lower or higher than the start."""

    x: float
    y: float
    shape: Shape
    in_start: bool


class Stroke(msgspec.Struct, frozen=True, kw_only=True):
    x: float
    y: float
    to_x: float
    to_y: float
    long: bool


class Sessions(msgspec.Struct, frozen=True, kw_only=True):
    """The sessions between two check-ins: on their days, or where nobody told these, ticks evenly spread, or a bar where
    they are many.

    `count` is shown where there is room, at `x`.
    """

    count: int | None
    x: float
    ticks: tuple[float, ...]
    bar: tuple[float, float] | None


class UsualBand(msgspec.Struct, frozen=True, kw_only=True):
    """The band of ordinary ups and downs: within it, no clear change from the start."""

    y: float
    height: float
    start_y: float


class ChangeMark(msgspec.Struct, frozen=True):
    """A flare or a medicine, at the check-in at which it was told."""

    x: float
    y: float
    change: Change


class Scale(msgspec.Struct, frozen=True):
    y: float
    number: int


class TrendPicture(msgspec.Struct, frozen=True, kw_only=True):
    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    sessions_top: int
    sessions_bottom: int
    dates_y: int
    radius: float
    band: UsualBand | None
    marks: tuple[Mark, ...]
    strokes: tuple[Stroke, ...]
    sessions: tuple[Sessions, ...]
    changes: tuple[ChangeMark, ...]
    scale: tuple[Scale, ...]


class Spark(msgspec.Struct, frozen=True):
    """A trend in the size of a word: a line through its answers in each stretch without a gap, and its newest answer."""

    lines: tuple[str, ...]
    x: float
    y: float
    width: int = SPARK_WIDTH
    height: int = SPARK_HEIGHT


def draw_trends(trends: Iterable[Trend], happened: Happened = Happened()) -> tuple[TrendPicture, ...]:
    return tuple(draw_trend(one, happened) for one in trends)


def draw_trend(trend: Trend, happened: Happened = Happened()) -> TrendPicture:
    """Time goes from left to right by days, 0 (the best) lies at the bottom."""
    first, last = trend.points[0].at, trend.points[-1].at
    changes = tuple(
        ChangeMark(_x(one.at, first, last), _CHANGES, one.change) for one in happened.changes if first < one.at <= last
    )
    more = _ROW if changes else 0
    return TrendPicture(
        width=WIDTH,
        height=HEIGHT + more,
        left=_LEFT,
        right=WIDTH - _RIGHT,
        top=_TOP,
        bottom=_BOTTOM,
        sessions_top=_SESSIONS_TOP,
        sessions_bottom=_SESSIONS_BOTTOM,
        dates_y=_DATES + more,
        radius=5 if len(trend.points) <= _MOST_APART else 3.5,
        band=_band(trend),
        marks=tuple(_marks(trend, first, last)),
        strokes=tuple(_strokes(trend, first, last)),
        sessions=tuple(_sessions(trend, first, last, happened.sessions)),
        changes=changes,
        scale=tuple(Scale(_y(number, trend.most), number) for number in (0, trend.most // 2, trend.most)),
    )


def _x(at: datetime, first: datetime, last: datetime) -> float:
    inner_left, inner_right = _LEFT + 12, WIDTH - _RIGHT - 12
    whole = (last - first).total_seconds()
    if not whole:
        return (inner_left + inner_right) / 2
    return round(inner_left + (inner_right - inner_left) * (at - first).total_seconds() / whole, 1)


def _y(value: float, most: int) -> float:
    return round(_BOTTOM - (_BOTTOM - _TOP) * value / most, 1)


def _band(trend: Trend) -> UsualBand | None:
    if trend.thresholds is None:
        return None
    # A hair inside the bound: an answer that is a clear change never lies in the band.
    half = trend.thresholds.clear - 0.05
    top = _y(min(trend.most, trend.start.value + half), trend.most)
    bottom = _y(max(0, trend.start.value - half), trend.most)
    return UsualBand(y=top, height=round(bottom - top, 1), start_y=_y(trend.start.value, trend.most))


def _marks(trend: Trend, first: datetime, last: datetime) -> Iterator[Mark]:
    begun = trend.start.at
    for point in trend.points:
        if point.value is not None:
            yield Mark(
                x=_x(point.at, first, last),
                y=_y(point.value, trend.most),
                shape=_shape(point),
                in_start=point.at <= begun,
            )


def _shape(point: Point) -> Shape:
    match point.meaning:
        case "better":
            return "lower"
        case "worse":
            return "higher"
    return "as-usual"


def _strokes(trend: Trend, first: datetime, last: datetime) -> Iterator[Stroke]:
    """From each answer to the next; none across a check-in without one."""
    for before, after in pairwise(trend.points):
        if before.value is not None and after.value is not None:
            yield Stroke(
                x=_x(before.at, first, last),
                y=_y(before.value, trend.most),
                to_x=_x(after.at, first, last),
                to_y=_y(after.value, trend.most),
                long=days_between(before.at, after.at) > LONG_DAYS,
            )


def draw_spark(trend: Trend) -> Spark | None:
    """None where there are no two answers to draw a line between."""
    answered = [point for point in trend.points if point.value is not None]
    if len(answered) < 2:
        return None
    runs: list[list[str]] = [[]]
    for point in trend.points:
        if point.value is None:
            runs.append([])
        else:
            runs[-1].append("{} {}".format(*_small(point, trend)))
    x, y = _small(answered[-1], trend)
    return Spark(tuple("M" + "L".join(run) for run in runs if len(run) > 1), x, y)


def _small(point: Point, trend: Trend) -> tuple[float, float]:
    first, last = trend.points[0].at, trend.points[-1].at
    whole = (last - first).total_seconds() or 1
    across = (point.at - first).total_seconds() / whole
    up = (point.value or 0) / trend.most
    return (
        round(_SPARK_EDGE + (SPARK_WIDTH - 2 * _SPARK_EDGE) * across, 1),
        round(SPARK_HEIGHT - _SPARK_EDGE - (SPARK_HEIGHT - 2 * _SPARK_EDGE) * up, 1),
    )


def _sessions(trend: Trend, first: datetime, last: datetime, noted: Sequence[datetime]) -> Iterator[Sessions]:
    """On their days where the person noted them; else as many as were told, spread between two check-ins."""
    for before, after in pairwise(trend.points):
        own = [day for day in noted if before.at < day <= after.at]
        if own:
            ticks = tuple(_x(day, first, last) for day in own)
            yield Sessions(count=len(own), x=round(sum(ticks) / len(ticks), 1), ticks=ticks, bar=None)
        elif after.sessions:
            yield _between(after.sessions, _x(before.at, first, last), _x(after.at, first, last))


def _between(count: int, left: float, right: float) -> Sessions:
    room, apart = right - left, (right - left) / (count + 1)
    spread = apart >= _NARROWEST_TICKS
    return Sessions(
        count=count if room >= _NARROWEST_NUMBER else None,
        x=round((left + right) / 2, 1),
        ticks=tuple(round(left + apart * nth, 1) for nth in range(1, count + 1)) if spread else (),
        bar=None if spread else (round(left + min(2, room / 4), 1), round(right - min(2, room / 4), 1)),
    )
