"""A plan as it is kept, and its sessions when it is made anew. Pure.

A session keeps its number for ever, and so its place in a calendar; `sequence` grows with each change of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from acupwa.library.model import Library
from acupwa.planner.ics import Entry
from acupwa.planner.model import AskedPlan, Course, CourseSession, Laid, Part, SavedPlan, Step
from acupwa.quiz.model import CheckIn
from acupwa.zones import in_zone


class PlannerState(msgspec.Struct, frozen=True, kw_only=True):
    """What the planner knows of a person: their last finished check-in, with the danger signs of others that stand,
    their plan and the time zone that their phone told, if there are such. `check_ins` are all of theirs, drafts too.
    """

    check_in: CheckIn | None = None
    check_ins: tuple[CheckIn, ...] = ()
    plan: SavedPlan | None = None
    zone: str | None = None

    @property
    def finished(self) -> tuple[CheckIn, ...]:
        """The newest first."""
        return tuple(one for one in self.check_ins if one.finished)


def country_of(check_ins: Iterable[CheckIn]) -> str | None:
    """The first that any of them tells, as a code."""
    return next((one.answers.country for one in check_ins if one.answers.country), None)


def made_step(course: Course, asked: AskedPlan, now: datetime, library: Library) -> Step:
    """The first step of a new plan."""
    return Step(
        kind="made",
        at=now,
        asked=asked,
        content_version=library.version,
        language=library.language,
        laid=laid_of(course.sessions),
    )


def changed_step(
    plan: SavedPlan, course: Course, asked: AskedPlan, part: Part, now: datetime, library: Library
) -> Step | None:
    """The plan made anew. None when the course leaves out what has been: a session was noted since it was made."""
    over = sessions_of(plan) if plan.ended_at else sessions_over(plan, now)
    stays = course.sessions[: len(over)]
    if [(one.number, one.start) for one in stays] != [(one.number, one.start) for one in over]:
        return None
    return Step(
        kind="changed",
        at=now,
        asked=asked,
        content_version=library.version,
        language=library.language,
        part=part,
        laid=laid_of(course.sessions[len(over) :]),
        dropped=tuple(one.number for one in plan.standing if one.number > len(course.sessions)),
    )


def laid_of(sessions: Iterable[CourseSession]) -> tuple[Laid, ...]:
    return tuple(
        Laid(
            number=session.number,
            day=session.local.date(),
            time=session.local.strftime("%H:%M"),
            minutes=session.minutes,
            phase=session.phase,
        )
        for session in sessions
    )


def sessions_of(plan: SavedPlan) -> tuple[CourseSession, ...]:
    """The sessions that stand, as a course has them."""
    zone = ZoneInfo(plan.request.time_zone)
    return tuple(
        CourseSession(
            number=session.number,
            local=session.local,
            start=session.local.replace(tzinfo=zone),
            minutes=session.minutes,
            phase=session.phase,
            counts=session.log != "missed" and session.number >= plan.part.first,
        )
        for session in plan.standing
    )


def now_of(plan: SavedPlan, now: datetime) -> datetime:
    """The same moment on the clocks where the sessions are."""
    return in_zone(now, plan.request.time_zone)


def today_of(plan: SavedPlan, now: datetime) -> date:
    """The day at `now` where the sessions are."""
    return now_of(plan, now).date()


def soonest_day(plan: SavedPlan, now: datetime) -> date:
    """The first day on which a session can still be laid: tomorrow once the plan's time of today has come."""
    here = now_of(plan, now)
    return here.date() + timedelta(days=here.strftime("%H:%M") >= plan.request.time)


def sessions_over(plan: SavedPlan, now: datetime) -> tuple[CourseSession, ...]:
    """The sessions that a change of the plan leaves as they were: those before the day of `now`, and today's when it
    was logged.
    """
    today = today_of(plan, now)
    over = max((one.number for one in plan.standing if one.day < today or one.log), default=0)
    return tuple(session for session in sessions_of(plan) if session.number <= over)


def entries_of(plan: SavedPlan) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            number=session.number,
            local=session.local,
            minutes=session.minutes,
            sequence=session.sequence,
            cancelled=session.cancelled,
        )
        for session in plan.sessions
    )
