"""Where the marks of the picture of a course stand. Its words and its table twin say the same. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

import msgspec

from acupwa.planner.model import Course, ReviewKind, Visit
from acupwa.wording import date_words, ngettext, short_date_words
from acupwa.wording import gettext as _

IN_A_ROW = 5
CELL, ROW, TOP = 68, 104, 28
RADIUS = 22
LONG_BREAK = 10


class Dot(msgspec.Struct, frozen=True, kw_only=True):
    """One visit. `mark` names its review, `over` a visit that has been."""

    number: int
    x: int
    y: int
    day: str
    mark: ReviewKind | None
    mark_words: str
    extension: bool
    over: bool


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """From one visit to the next in a row; `long` when ten days or more lie between them."""

    x: int
    to_x: int
    y: int
    long: bool


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    width: int
    height: int
    dots: tuple[Dot, ...]
    lines: tuple[Line, ...]
    words: str
    has_long: bool
    has_extension: bool


def draw(course: Course, over: int) -> Picture:
    """`over`: how many of the visits have been."""
    dots = tuple(_dot(visit, course, over) for visit in course.visits)
    lines = tuple(_lines(dots, course.visits))
    return Picture(
        width=IN_A_ROW * CELL,
        height=ROW * ((len(dots) - 1) // IN_A_ROW + 1),
        dots=dots,
        lines=lines,
        words=_words(course),
        has_long=any(line.long for line in lines),
        has_extension=any(dot.extension for dot in dots),
    )


def mark_words(kind: ReviewKind) -> str:
    return {"safety": _("Safety"), "light": _("Look"), "decide": _("Decide")}[kind]


def _dot(visit: Visit, course: Course, over: int) -> Dot:
    row, place = divmod(visit.number - 1, IN_A_ROW)
    mark = _mark(visit.number, course)
    return Dot(
        number=visit.number,
        x=place * CELL + CELL // 2,
        y=row * ROW + TOP,
        day=short_date_words(visit.local.date()),
        mark=mark,
        mark_words=mark_words(mark) if mark else "",
        extension=visit.phase == "extension",
        over=visit.number <= over,
    )


def _mark(number: int, course: Course) -> ReviewKind | None:
    """The weightiest review after a visit."""
    kinds: dict[Literal["safety", "light", "decide"], int] = {"safety": 0, "light": 1, "decide": 2}
    here = [review.kind for review in course.reviews if review.after_session == number]
    return max(here, key=lambda kind: kinds[kind], default=None)


def _lines(dots: Sequence[Dot], visits: Sequence[Visit]) -> list[Line]:
    pairs = zip(pairwise(dots), pairwise(visits), strict=True)
    return [
        Line(
            x=one.x + RADIUS,
            to_x=two.x - RADIUS,
            y=one.y,
            long=(later.local.date() - earlier.local.date()).days >= LONG_BREAK,
        )
        for (one, two), (earlier, later) in pairs
        if one.y == two.y
    ]


def _words(course: Course) -> str:
    days = [visit.local.date() for visit in course.visits]
    count = ngettext("{count} visit", "{count} visits", len(days)).format(count=len(days))
    whole = _("{count}, from {first} to {last}.").format(
        count=count, first=date_words(days[0]), last=date_words(days[-1])
    )
    reviews = (
        _("{review} after visit {number}, on {day}.").format(
            review=mark_words(review.kind),
            number=review.after_session,
            day=date_words(days[review.after_session - 1]),
        )
        for review in course.reviews
    )
    return " ".join((whole, *reviews))
