"""The page that moves one session of a plan. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

import msgspec

from acupwa.library.model import Library
from acupwa.planner.course import course_of
from acupwa.planner.course_view import SessionLine, session_lines
from acupwa.planner.model import SavedPlan
from acupwa.planner.move import earliest_day
from acupwa.planner.plan import sessions_of
from acupwa.web.forms import FieldError, FormData
from acupwa.wording import gettext as _


class MovePage(msgspec.Struct, frozen=True, kw_only=True):
    """`last`: no session comes after this one. `day`, `time` and `which` stand in the fields, `to` beside them: where
    to go on.
    """

    template: ClassVar[str] = "planner/move.html"
    title: str
    session: SessionLine
    last: bool
    day: str
    time: str
    which: str
    to: str
    days_apart: int
    errors: tuple[FieldError, ...] = ()


def move_page(plan: SavedPlan, number: int, now: datetime, library: Library, to: str = "") -> MovePage:
    """Only this one is moved, unless it is said otherwise. `number` is that of a session that stands; `now` stands on the clocks of the plan's zone."""
    course = course_of(sessions_of(plan), plan.request, (), library.guidance)
    line = next(line for line in session_lines(course, library, {}) if line.number == number)
    day, _t, time = line.iso.partition("T")
    return MovePage(
        title=_("Move session {number}").format(number=number),
        session=line,
        last=number == course.sessions[-1].number,
        day=max(day, earliest_day(plan, number, now, library.guidance).isoformat()),
        time=time,
        which="this",
        to="today" if to == "today" else "plan",
        days_apart=library.guidance.numbers.days_apart.value,
    )


def with_errors(page: MovePage, form: FormData, errors: tuple[FieldError, ...]) -> MovePage:
    """The page with what was typed, and what to do about it."""
    return msgspec.structs.replace(
        page,
        day=form.one("day"),
        time=form.one("time"),
        which=form.one("which"),
        to="today" if form.one("to") == "today" else "plan",
        errors=errors,
    )
