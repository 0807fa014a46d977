"""Where the marks of the picture of a course stand. Its words and its table twin say the same. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

import msgspec

from acupwa.planner.model import Course, CourseSession, ReviewKind
from acupwa.sentences import say
from acupwa.wording import date_words, ngettext, short_date_words
from acupwa.wording import gettext as _

IN_A_ROW = 5
CELL, ROW, TOP = 68, 104, 28
RADIUS = 22
LONG_BREAK = 10


class Dot(msgspec.Struct, frozen=True, kw_only=True):
    """One session. `mark` names its review, `over` a session that has been."""

    number: int
    x: int
    y: int
    day: str
    mark: ReviewKind | None
    mark_words: str
    extension: bool
    over: bool


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """From one session to the next in a row; `long` when ten days or more lie between them."""

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
    """`over`: how many of the sessions have been."""
    dots = tuple(_dot(session, course, over) for session in course.sessions)
    lines = tuple(_lines(dots, course.sessions))
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


def _dot(session: CourseSession, course: Course, over: int) -> Dot:
    row, place = divmod(session.number - 1, IN_A_ROW)
    mark = _mark(session.number, course)
    return Dot(
        number=session.number,
        x=place * CELL + CELL // 2,
        y=row * ROW + TOP,
        day=short_date_words(session.local.date()),
        mark=mark,
        mark_words=mark_words(mark) if mark else "",
        extension=session.phase == "extension",
        over=session.number <= over,
    )


def _mark(number: int, course: Course) -> ReviewKind | None:
    """The weightiest review after a session."""
    kinds: dict[Literal["safety", "light", "decide"], int] = {"safety": 0, "light": 1, "decide": 2}
    here = [review.kind for review in course.reviews if review.after_session == number]
    return max(here, key=lambda kind: kinds[kind], default=None)


def _lines(dots: Sequence[Dot], sessions: Sequence[CourseSession]) -> list[Line]:
    pairs = zip(pairwise(dots), pairwise(sessions), strict=True)
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
    days = [session.local.date() for session in course.sessions]
    count = ngettext("{count} session", "{count} sessions", len(days)).format(count=len(days))
    whole = say("planner.picture.count", count=count, first=date_words(days[0]), last=date_words(days[-1]))
    reviews = (
        say(
            "planner.picture.review",
            review=mark_words(review.kind),
            number=review.after_session,
            day=date_words(days[review.after_session - 1]),
        )
        for review in course.reviews
    )
    return " ".join((whole, *reviews))
