"""The course as a strip of marks: what was, what comes next, where a review stands. Its words say the same. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

import msgspec

from acupwa.library.model import Library
from acupwa.planner.lived_course import course_of_plan
from acupwa.planner.log import SessionState, states_of
from acupwa.planner.model import Course, CourseSession, Phase, ReviewKind, SavedPlan
from acupwa.planner.on_hold import sessions_left
from acupwa.sentences import say
from acupwa.wording import date_words, ngettext, short_date_words
from acupwa.wording import gettext as _

_WEIGHT: dict[ReviewKind, int] = {"safety": 0, "light": 1, "decide": 2}


class StripMark(msgspec.Struct, frozen=True, kw_only=True):
    """One session. `part_words` name the part of the course that begins with it: more, a taper, a short one. `review` is the weightiest after it, `review_words` its short name, both empty when there is none."""

    number: int
    day: str
    state: SessionState
    moved: bool
    extension: bool
    part_words: str = ""
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
    return course_strip(course, states_of(plan, now), moved, held=sessions_left(plan) if plan.pause else 0)


def course_strip(
    course: Course, states: Mapping[int, SessionState], moved: frozenset[int] = frozenset(), *, held: int = 0
) -> Strip:
    """`states` by number; a session without one is still to come. `held` more have no day while the course waits."""
    marks = tuple(_mark(session, course, states.get(session.number, "ahead"), moved) for session in course.sessions)
    waiting = tuple(_held_mark(len(marks) + n) for n in range(1, held + 1))
    return Strip(marks=(*marks, *waiting), words=_words(course, marks, held))


def review_words(kind: ReviewKind) -> str:
    """Short, to stand below a mark; heard: `_heard_words`."""
    return {"safety": _("Safety"), "light": _("Look"), "decide": _("Decide")}[kind]


def _heard_words(kind: ReviewKind) -> str:
    return {"safety": _("Safety check"), "light": _("First look"), "decide": _("Your decision")}[kind]


def _mark(session: CourseSession, course: Course, state: SessionState, moved: frozenset[int]) -> StripMark:
    here = [review.kind for review in course.reviews if review.after_session == session.number]
    review = max(here, key=lambda kind: _WEIGHT[kind], default=None)
    return StripMark(
        number=session.number,
        day=short_date_words(session.local.date()),
        state=state,
        moved=session.number in moved,
        extension=session.phase == "extension",
        part_words=part_words(session.phase) if _begins_part(session, course) else "",
        review=review or "",
        review_words=review_words(review) if review else "",
    )


def part_words(phase: Phase) -> str:
    return {"course": "", "extension": _("Extra"), "taper": _("Further apart"), "short": _("Short course")}[phase]


def _begins_part(session: CourseSession, course: Course) -> bool:
    before = [one for one in course.sessions if one.number < session.number]
    return not before or before[-1].phase != session.phase


def _held_mark(number: int) -> StripMark:
    return StripMark(number=number, day="", state="held", moved=False, extension=False, review="", review_words="")


def _words(course: Course, marks: tuple[StripMark, ...], held: int) -> str:
    on_hold = [say("planner.hold.strip", n=held)] if held else []
    return " ".join((*_session_words(course, marks), *on_hold)) or say("planner.strip.none")


def _session_words(course: Course, marks: tuple[StripMark, ...]) -> list[str]:
    if not marks:
        return []
    days = [session.local.date() for session in course.sessions]
    count = ngettext("{count} session", "{count} sessions", len(days)).format(count=len(days))
    parts = [say("planner.strip.count", count=count, first=date_words(days[0]), last=date_words(days[-1]))]
    went, missed = (sum(mark.state == state for mark in marks) for state in ("went", "missed"))
    if went or missed:
        parts.append(say("planner.strip.so_far", went=went, missed=missed))
    parts += [say("planner.strip.part", part=mark.part_words, number=mark.number) for mark in marks if mark.part_words]
    parts += [
        say("planner.strip.next", number=mark.number, day=date_words(days[mark.number - 1]))
        for mark in marks
        if mark.state == "next"
    ]
    parts += [
        say(
            "planner.strip.review",
            review=_heard_words(review.kind),
            number=review.after_session,
            day=date_words(days[review.after_session - 1]),
        )
        for review in course.reviews
    ]
    return parts
