"""The page that moves one session of a plan. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import ClassVar

import msgspec

from acupwa.library.model import Library
from acupwa.planner.as_seen import session_mark
from acupwa.planner.course import course_of
from acupwa.planner.course_view import SessionLine, session_lines
from acupwa.planner.lived_course import reviews_of_plan
from acupwa.planner.model import SavedPlan
from acupwa.planner.move import earliest_day
from acupwa.planner.plan import sessions_of
from acupwa.planner.story import day_spans
from acupwa.sentences import say
from acupwa.web.forms import FieldError, FormData
from acupwa.wording import gettext as _
from acupwa.wording import list_words, weekday_date_words

# As far as days off are told.
_WEEKS_AHEAD = timedelta(weeks=4)


class MovePage(msgspec.Struct, frozen=True, kw_only=True):
    """`last`: no session comes after this one. `day`, `time` and `which` stand in the fields, `to` beside them: where
    to go on. `ahead`: the next look or decision, and days off, to have in mind.
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
    ahead: tuple[str, ...]
    errors: tuple[FieldError, ...] = ()


def move_page(plan: SavedPlan, number: int, now: datetime, library: Library, to: str = "") -> MovePage:
    """Only this one is moved, unless it is said otherwise. `number` is that of a session that stands; `now` stands on the clocks of the plan's zone."""
    course = course_of(sessions_of(plan), plan.request, (), library.guidance)
    line = next(line for line in session_lines(course, library, {}) if line.number == number)
    day, _t, time = line.iso.partition("T")
    return MovePage(
        title=_("Move session {number}").format(number=number),
        session=msgspec.structs.replace(line, seen=session_mark(plan, number)),
        last=number == course.sessions[-1].number,
        day=max(day, earliest_day(plan, number, now, library.guidance).isoformat()),
        time=time,
        which="this",
        to="today" if to == "today" else "plan",
        days_apart=library.guidance.numbers.days_apart.value,
        ahead=tuple(_ahead(plan, number, now, library)),
    )


def _ahead(plan: SavedPlan, number: int, now: datetime, library: Library) -> Iterator[str]:
    days, titles = (
        {one.number: one.day for one in plan.standing},
        {one.id: one.title for one in library.guidance.reviews},
    )
    review = next((one for one in reviews_of_plan(plan, library.guidance) if one.after_session >= number), None)
    if review:
        day = weekday_date_words(days[review.after_session])
        yield say("planner.move.review", review=titles[review.kind], number=review.after_session, day=day)
    soon = [one for one in plan.request.days_off if now.date() <= one <= days[number] + _WEEKS_AHEAD]
    if soon:
        yield say("planner.move.days_off", days=list_words(day_spans(soon)))


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
