"""A plan as it is kept, and its sessions when it is made anew. Pure.

A session keeps its number for ever, and so its place in a calendar; `sequence` grows with each change of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import msgspec

from acupwa.planner.ics import Entry
from acupwa.planner.model import Course, CourseSession, PlannedSession, PlanRequest, SavedPlan
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


def country_of(check_ins: Iterable[CheckIn]) -> str | None:
    """The first that any of them tells, as a code."""
    return next((one.answers.country for one in check_ins if one.answers.country), None)


def planned_sessions(
    course: Course, request: PlanRequest, before: SavedPlan | None = None
) -> tuple[PlannedSession, ...]:
    """The sessions of a course, beside those of the plan that it replaces; what falls away is cancelled."""
    old = {session.number: session for session in before.sessions} if before else {}
    same_zone = before is not None and before.request.time_zone == request.time_zone
    made = []
    for session in course.sessions:
        fresh = PlannedSession(
            number=session.number,
            day=session.local.date(),
            time=session.local.strftime("%H:%M"),
            minutes=session.minutes,
            phase=session.phase,
        )
        made.append(_after(old.pop(session.number, None), fresh, same_zone))
    return (*made, *(_cancelled(session) for session in old.values()))


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
        )
        for session in plan.standing
    )


def now_of(plan: SavedPlan, now: datetime) -> datetime:
    """The same moment on the clocks where the sessions are."""
    return in_zone(now, plan.request.time_zone)


def today_of(plan: SavedPlan, now: datetime) -> date:
    """The day at `now` where the sessions are."""
    return now_of(plan, now).date()


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


def _after(old: PlannedSession | None, fresh: PlannedSession, same_zone: bool) -> PlannedSession:
    if old is None:
        return fresh
    same = (old.day, old.time, old.minutes) == (fresh.day, fresh.time, fresh.minutes) and not old.cancelled
    sequence = old.sequence if same and same_zone else old.sequence + 1
    return msgspec.structs.replace(fresh, sequence=sequence, log=old.log, logged_at=old.logged_at)


def _cancelled(session: PlannedSession) -> PlannedSession:
    if session.cancelled:
        return session
    return msgspec.structs.replace(session, cancelled=True, sequence=session.sequence + 1)
