"""A plan as it is kept, and its sessions when it is made anew. Pure.

A session keeps its number for ever, and so its place in a calendar; `sequence` grows with each change of it.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from acupwa.planner.course import clock_time
from acupwa.planner.ics import Entry
from acupwa.planner.model import Course, CourseSession, Phase, PlanRequest
from acupwa.quiz.model import CheckIn


class PlannedSession(msgspec.Struct, frozen=True, kw_only=True):
    """One session. `day` and `time` (HH:MM) are local to the plan's time zone."""

    number: int
    day: date
    time: str
    minutes: int
    phase: Phase
    sequence: int = 0
    cancelled: bool = False
    moved: bool = False

    @property
    def local(self) -> datetime:
        return datetime.combine(self.day, clock_time(self.time))


class AskedPlan(msgspec.Struct, frozen=True, kw_only=True):
    """A plan before its course is made. `country` (ISO 3166-1) when its public holidays are to be left out.

    The days off of `request` are `own_days_off` and those holidays.
    """

    request: PlanRequest
    own_days_off: tuple[date, ...]
    country: str | None


class SavedPlan(msgspec.Struct, frozen=True, kw_only=True):
    """`request` is what was asked for; its days off are `own_days_off` and the public holidays of `country`.

    `country` (ISO 3166-1) is None when no holidays are left out. Times are UTC.
    """

    id: UUID
    request: PlanRequest
    sessions: tuple[PlannedSession, ...] = msgspec.field(name="visits")
    own_days_off: tuple[date, ...]
    country: str | None
    content_version: str
    language: str
    created_at: datetime
    updated_at: datetime

    @property
    def standing(self) -> tuple[PlannedSession, ...]:
        """The sessions that were not cancelled, in order; also those that are over."""
        return tuple(session for session in self.sessions if not session.cancelled)


class PlannerState(msgspec.Struct, frozen=True, kw_only=True):
    """What the planner knows of a person: their last finished check-in and their plan, if there are such."""

    check_in: CheckIn | None = None
    plan: SavedPlan | None = None


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


def sessions_over(plan: SavedPlan, today: date) -> tuple[CourseSession, ...]:
    """The sessions before today: a change of the plan leaves them as they were."""
    return tuple(session for session in sessions_of(plan) if session.local.date() < today)


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
    return msgspec.structs.replace(fresh, sequence=sequence)


def _cancelled(session: PlannedSession) -> PlannedSession:
    if session.cancelled:
        return session
    return msgspec.structs.replace(session, cancelled=True, sequence=session.sequence + 1)
