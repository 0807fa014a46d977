"""A trend as a picture: where its marks stand. Pure geometry; the template draws it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import pairwise
from typing import Literal

import msgspec

from acupwa.results.trend import Point, Trend
from acupwa.zones import days_between

WIDTH, HEIGHT = 340, 224
_LEFT, _RIGHT, _TOP, _BOTTOM = 30, 14, 14, 164
_SESSIONS_TOP, _SESSIONS_BOTTOM = 172, 184
_DATES = 216
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
    """The sessions between two check-ins, whose days nobody told: ticks evenly spread, or a bar where they are many.

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
    scale: tuple[Scale, ...]


def draw_trends(trends: Iterable[Trend]) -> tuple[TrendPicture, ...]:
    return tuple(draw_trend(one) for one in trends)


def draw_trend(trend: Trend) -> TrendPicture:
    """Time goes from left to right by days, 0 (the best) lies at the bottom."""
    first, last = trend.points[0].at, trend.points[-1].at
    return TrendPicture(
        width=WIDTH,
        height=HEIGHT,
        left=_LEFT,
        right=WIDTH - _RIGHT,
        top=_TOP,
        bottom=_BOTTOM,
        sessions_top=_SESSIONS_TOP,
        sessions_bottom=_SESSIONS_BOTTOM,
        dates_y=_DATES,
        radius=5 if len(trend.points) <= _MOST_APART else 3.5,
        band=_band(trend),
        marks=tuple(_marks(trend, first, last)),
        strokes=tuple(_strokes(trend, first, last)),
        sessions=tuple(_sessions(trend, first, last)),
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


def _sessions(trend: Trend, first: datetime, last: datetime) -> Iterator[Sessions]:
    for before, after in pairwise(trend.points):
        if after.sessions:
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
