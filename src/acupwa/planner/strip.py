"""The course as a strip of marks: what was, what comes next, where a review stands. Its words say the same. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

import msgspec

from acupwa.library.model import Library
from acupwa.planner.lived_course import course_of_plan
from acupwa.planner.log import SessionState, states_of
from acupwa.planner.model import Course, CourseSession, ReviewKind, SavedPlan
from acupwa.sentences import say
from acupwa.wording import date_words, ngettext, short_date_words
from acupwa.wording import gettext as _

_WEIGHT: dict[ReviewKind, int] = {"safety": 0, "light": 1, "decide": 2}


class StripMark(msgspec.Struct, frozen=True, kw_only=True):
    """One session. `review` is the weightiest after it, `review_words` its short name, both empty when there is none."""

    number: int
    day: str
    state: SessionState
    moved: bool
    extension: bool
    review: ReviewKind | Literal[""]
    review_words: str


class Strip(msgspec.Struct, frozen=True, kw_only=True):
    """`words` tell all of it to those who do not see it."""

    marks: tuple[StripMark, ...]
    words: str


def strip_of(plan: SavedPlan, now: datetime, library: Library) -> Strip:
    """`now` is aware."""
    course = course_of_plan(plan, library.guidance)
    moved = frozenset(session.number for session in plan.standing if session.moved)
    return course_strip(course, states_of(plan, now), moved)


def course_strip(course: Course, states: Mapping[int, SessionState], moved: frozenset[int] = frozenset()) -> Strip:
    """`states` by number; a session without one is still to come."""
    marks = tuple(_mark(session, course, states.get(session.number, "ahead"), moved) for session in course.sessions)
    return Strip(marks=marks, words=_words(course, marks))


def review_words(kind: ReviewKind) -> str:
    return {"safety": _("Safety"), "light": _("Look"), "decide": _("Decide")}[kind]


def _mark(session: CourseSession, course: Course, state: SessionState, moved: frozenset[int]) -> StripMark:
    here = [review.kind for review in course.reviews if review.after_session == session.number]
    review = max(here, key=lambda kind: _WEIGHT[kind], default=None)
    return StripMark(
        number=session.number,
        day=short_date_words(session.local.date()),
        state=state,
        moved=session.number in moved,
        extension=session.phase == "extension",
        review=review or "",
        review_words=review_words(review) if review else "",
    )


def _words(course: Course, marks: tuple[StripMark, ...]) -> str:
    days = [session.local.date() for session in course.sessions]
    count = ngettext("{count} session", "{count} sessions", len(days)).format(count=len(days))
    parts = [say("planner.strip.count", count=count, first=date_words(days[0]), last=date_words(days[-1]))]
    went, missed = (sum(mark.state == state for mark in marks) for state in ("went", "missed"))
    if went or missed:
        parts.append(say("planner.strip.so_far", went=went, missed=missed))
    parts += [
        say("planner.strip.next", number=mark.number, day=date_words(days[mark.number - 1]))
        for mark in marks
        if mark.state == "next"
    ]
    parts += [
        say(
            "planner.strip.review",
            review=review_words(review.kind),
            number=review.after_session,
            day=date_words(days[review.after_session - 1]),
        )
        for review in course.reviews
    ]
    return " ".join(parts)
