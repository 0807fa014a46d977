"""A plan as it is kept, and how it changes: made anew, or one session moved. Pure.

A session keeps its number for ever, and so its place in a calendar; `sequence` grows with each change of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from acupwa.library.model import Guidance
from acupwa.planner.course import clock_time, free_days, moment
from acupwa.planner.ics import Entry
from acupwa.planner.model import Course, CourseSession, Phase, PlanRequest

NotMoved = Literal["past", "too-near-before", "too-near-after", "day-off", "week-full", "no-such-time", "no-room"]


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
    """A request as read from the form. `country` when its public holidays are to be left out.

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


def move_session(
    plan: SavedPlan,
    which: int,
    *,
    day: date,
    at: str,
    rest: bool,
    today: date,
    guidance: Guidance,
) -> tuple[PlannedSession, ...] | NotMoved:
    """All sessions with this one on another day; with `rest`, the later ones are spread anew after it.

    The gap, the days off and the most in a week are kept; the chosen weekdays bind only the later ones.
    """
    sessions = plan.standing
    index = next(i for i, session in enumerate(sessions) if session.number == which)
    earlier, later = sessions[:index], sessions[index + 1 :]
    fault = _why_not(plan, day, at, earlier, () if rest else later, today, guidance)
    if fault:
        return fault
    moved = _changed(sessions[index], day, at)
    if rest:
        request = plan.request
        taken = [session.day for session in earlier] + [day]
        days = list(islice(free_days(request, guidance, first_day=day, taken=taken), len(later)))
        if len(days) < len(later):
            return "no-room"
        later = tuple(_changed(session, new, request.time) for session, new in zip(later, days, strict=True))
    return (*earlier, moved, *later, *(session for session in plan.sessions if session.cancelled))


def earliest_day(plan: SavedPlan, which: int, today: date, guidance: Guidance) -> date:
    """The first day to which a session can be moved."""
    before = [session.day for session in plan.standing if session.number < which]
    apart = timedelta(days=guidance.numbers.days_apart.value)
    return max([today, *(day + apart for day in before)])


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


def _why_not(
    plan: SavedPlan,
    day: date,
    at: str,
    earlier: Sequence[PlannedSession],
    later: Sequence[PlannedSession],
    today: date,
    guidance: Guidance,
) -> NotMoved | None:
    apart = timedelta(days=guidance.numbers.days_apart.value)
    week = day - timedelta(days=day.weekday())
    in_week = sum(week <= session.day < week + timedelta(days=7) for session in (*earlier, *later))
    checks: tuple[tuple[bool, NotMoved], ...] = (
        (day < today, "past"),
        (bool(earlier) and day - earlier[-1].day < apart, "too-near-before"),
        (bool(later) and later[0].day - day < apart, "too-near-after"),
        (day in plan.request.days_off, "day-off"),
        (in_week >= guidance.numbers.per_week_max.value, "week-full"),
        (moment(day, time.fromisoformat(at), ZoneInfo(plan.request.time_zone)) is None, "no-such-time"),
    )
    return next((reason for fails, reason in checks if fails), None)


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


def _changed(session: PlannedSession, day: date, at: str) -> PlannedSession:
    if (session.day, session.time) == (day, at):
        return session
    return msgspec.structs.replace(session, day=day, time=at, sequence=session.sequence + 1, moved=True)
