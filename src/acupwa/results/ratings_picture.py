"""The ratings as a picture: where each bar stands. Pure geometry; the template draws it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

WIDTH = 340
MOST = 10
_LEFT, _RIGHT = 8, 8
_ROW, _BAR_TOP, _BAR = 45, 24, 12
_SCALE = 26
_LONGEST_NAME = 28


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One rating, 0-10; None was passed over. `main` is the main outcome."""

    name: str
    value: int | None
    main: bool = False


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """A bar in units of the picture."""

    name: str
    value: int | None
    main: bool
    text_y: int
    y: int
    width: float


class Tick(msgspec.Struct, frozen=True):
    x: float
    number: int


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    width: int
    height: int
    left: int
    track: int
    bar_height: int
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    scale_top: int


def draw_ratings(lines: Sequence[Line]) -> Picture:
    """Bars from 0 to 10, one under the other, with the scale below."""
    track = WIDTH - _LEFT - _RIGHT
    bars = tuple(
        Bar(
            name=_short(line.name),
            value=line.value,
            main=line.main,
            text_y=index * _ROW + 18,
            y=index * _ROW + _BAR_TOP,
            width=round(track * (line.value or 0) / MOST, 1),
        )
        for index, line in enumerate(lines)
    )
    scale_top = len(bars) * _ROW
    return Picture(
        width=WIDTH,
        height=scale_top + _SCALE,
        left=_LEFT,
        track=track,
        bar_height=_BAR,
        bars=bars,
        ticks=tuple(Tick(round(_LEFT + track * number / MOST, 1), number) for number in (0, 5, 10)),
        scale_top=scale_top,
    )


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1].rstrip() + "…"
