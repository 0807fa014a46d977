"""A plan as it is kept, and how it changes: made anew, or one visit moved. Pure.

A visit keeps its number for ever, and so its place in a calendar; `sequence` grows with each change of it.
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
from acupwa.planner.model import Course, Phase, PlanRequest, Visit

NotMoved = Literal["past", "too-near-before", "too-near-after", "day-off", "week-full", "no-such-time", "no-room"]


class PlannedVisit(msgspec.Struct, frozen=True, kw_only=True):
    """One visit. `day` and `time` (HH:MM) are local to the plan's time zone."""

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
    visits: tuple[PlannedVisit, ...]
    own_days_off: tuple[date, ...]
    country: str | None
    content_version: str
    language: str
    created_at: datetime
    updated_at: datetime

    @property
    def standing(self) -> tuple[PlannedVisit, ...]:
        """The visits that were not cancelled, in order; also those that are over."""
        return tuple(visit for visit in self.visits if not visit.cancelled)


def planned_visits(course: Course, request: PlanRequest, before: SavedPlan | None = None) -> tuple[PlannedVisit, ...]:
    """The visits of a course, beside those of the plan that it replaces; what falls away is cancelled."""
    old = {visit.number: visit for visit in before.visits} if before else {}
    same_zone = before is not None and before.request.time_zone == request.time_zone
    made = []
    for visit in course.visits:
        fresh = PlannedVisit(
            number=visit.number,
            day=visit.local.date(),
            time=visit.local.strftime("%H:%M"),
            minutes=visit.minutes,
            phase=visit.phase,
        )
        made.append(_after(old.pop(visit.number, None), fresh, same_zone))
    return (*made, *(_cancelled(visit) for visit in old.values()))


def visits_of(plan: SavedPlan) -> tuple[Visit, ...]:
    """The visits that stand, as a course has them."""
    zone = ZoneInfo(plan.request.time_zone)
    return tuple(
        Visit(
            number=visit.number,
            local=visit.local,
            start=visit.local.replace(tzinfo=zone),
            minutes=visit.minutes,
            phase=visit.phase,
        )
        for visit in plan.standing
    )


def visits_over(plan: SavedPlan, today: date) -> tuple[Visit, ...]:
    """The visits before today: a change of the plan leaves them as they were."""
    return tuple(visit for visit in visits_of(plan) if visit.local.date() < today)


def move_visit(
    plan: SavedPlan,
    which: int,
    *,
    day: date,
    at: str,
    rest: bool,
    today: date,
    guidance: Guidance,
) -> tuple[PlannedVisit, ...] | NotMoved:
    """All visits with this one on another day; with `rest`, the later ones are spread anew after it.

    The gap, the days off and the most in a week are kept; the chosen weekdays bind only the later ones.
    """
    visits = plan.standing
    index = next(i for i, visit in enumerate(visits) if visit.number == which)
    earlier, later = visits[:index], visits[index + 1 :]
    fault = _why_not(plan, day, at, earlier, () if rest else later, today, guidance)
    if fault:
        return fault
    moved = _changed(visits[index], day, at)
    if rest:
        request = plan.request
        taken = [visit.day for visit in earlier] + [day]
        days = list(islice(free_days(request, guidance, first_day=day, taken=taken), len(later)))
        if len(days) < len(later):
            return "no-room"
        later = tuple(_changed(visit, new, request.time) for visit, new in zip(later, days, strict=True))
    return (*earlier, moved, *later, *(visit for visit in plan.visits if visit.cancelled))


def earliest_day(plan: SavedPlan, which: int, today: date, guidance: Guidance) -> date:
    """The first day to which a visit can be moved."""
    before = [visit.day for visit in plan.standing if visit.number < which]
    apart = timedelta(days=guidance.numbers.days_apart.value)
    return max([today, *(day + apart for day in before)])


def entries_of(plan: SavedPlan) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            number=visit.number,
            local=visit.local,
            minutes=visit.minutes,
            sequence=visit.sequence,
            cancelled=visit.cancelled,
        )
        for visit in plan.visits
    )


def _why_not(
    plan: SavedPlan,
    day: date,
    at: str,
    earlier: Sequence[PlannedVisit],
    later: Sequence[PlannedVisit],
    today: date,
    guidance: Guidance,
) -> NotMoved | None:
    apart = timedelta(days=guidance.numbers.days_apart.value)
    week = day - timedelta(days=day.weekday())
    in_week = sum(week <= visit.day < week + timedelta(days=7) for visit in (*earlier, *later))
    checks: tuple[tuple[bool, NotMoved], ...] = (
        (day < today, "past"),
        (bool(earlier) and day - earlier[-1].day < apart, "too-near-before"),
        (bool(later) and later[0].day - day < apart, "too-near-after"),
        (day in plan.request.days_off, "day-off"),
        (in_week >= guidance.numbers.per_week_max.value, "week-full"),
        (moment(day, time.fromisoformat(at), ZoneInfo(plan.request.time_zone)) is None, "no-such-time"),
    )
    return next((reason for fails, reason in checks if fails), None)


def _after(old: PlannedVisit | None, fresh: PlannedVisit, same_zone: bool) -> PlannedVisit:
    if old is None:
        return fresh
    same = (old.day, old.time, old.minutes) == (fresh.day, fresh.time, fresh.minutes) and not old.cancelled
    sequence = old.sequence if same and same_zone else old.sequence + 1
    return msgspec.structs.replace(fresh, sequence=sequence)


def _cancelled(visit: PlannedVisit) -> PlannedVisit:
    if visit.cancelled:
        return visit
    return msgspec.structs.replace(visit, cancelled=True, sequence=visit.sequence + 1)


def _changed(visit: PlannedVisit, day: date, at: str) -> PlannedVisit:
    if (visit.day, visit.time) == (day, at):
        return visit
    return msgspec.structs.replace(visit, day=day, time=at, sequence=visit.sequence + 1, moved=True)
