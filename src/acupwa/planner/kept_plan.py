"""What a plan that this app keeps can be, for one that comes from elsewhere. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from acupwa.library.model.planner import PlannerNumbers
from acupwa.planner.field_reading import FIRST_YEAR, LAST_YEAR
from acupwa.planner.model import PlannedSession, PlanRequest, SavedPlan
from acupwa.planner.plan_reading import DEAREST, SESSION_MINUTES, TRAVEL_MINUTES


def impossible_in_plan(plan: SavedPlan, numbers: PlannerNumbers) -> Iterator[str]:
    """The fields of it, by their names in a file, that no form and no move of a session could have made."""
    yield from (f"request.{name}" for name in _impossible_in_request(plan.request, numbers))
    if not _days_off_fit(plan.own_days_off) or not set(plan.own_days_off) <= set(plan.request.days_off):
        yield "own_days_off"
    if not _sessions_fit(plan, numbers):
        yield "visits"


def _impossible_in_request(request: PlanRequest, numbers: PlannerNumbers) -> Iterator[str]:
    if not request.conditions or "none-yet" in request.conditions:
        yield "conditions"
    if request.age_band == "under-16":
        yield "age_band"
    if request.red_flags:
        # With a danger sign the gate is closed.
        yield "red_flags"
    if not _in_calendar(request.first_day):
        yield "first_day"
    if not _days_off_fit(request.days_off):
        yield "days_off"
    if not 1 <= request.per_week <= numbers.per_week_max.value:
        yield "per_week"
    if not 1 <= request.max_sessions <= numbers.sessions_ceiling.value:
        yield "max_sessions"
    if request.minutes not in SESSION_MINUTES:
        yield "minutes"
    if request.travel_minutes not in TRAVEL_MINUTES:
        yield "travel_minutes"
    if request.price is not None and not (0 <= request.price <= DEAREST and round(request.price, 2) == request.price):
        yield "price"


def _sessions_fit(plan: SavedPlan, numbers: PlannerNumbers) -> bool:
    """Numbered from 1, those that stand first, in the order of their days; one or more, and no more than there can be."""
    standing = plan.standing
    return (
        len(standing) >= 1
        and len(plan.sessions) <= numbers.sessions_ceiling.value
        and plan.sessions[: len(standing)] == standing
        and [one.number for one in plan.sessions] == list(range(1, len(plan.sessions) + 1))
        and all(one.minutes in SESSION_MINUTES and _in_calendar(one.day) for one in plan.sessions)
        and _phases_fit(standing)
        and _spread(standing, numbers)
    )


def _phases_fit(standing: Sequence[PlannedSession]) -> bool:
    phases = [one.phase for one in standing]
    return phases[0] == "course" and phases == sorted(phases)


def _spread(standing: Sequence[PlannedSession], numbers: PlannerNumbers) -> bool:
    apart = timedelta(days=numbers.days_apart.value)
    weeks = Counter(one.day.isocalendar()[:2] for one in standing)
    near = any(later.day - earlier.day < apart for earlier, later in pairwise(standing))
    return not near and max(weeks.values()) <= numbers.per_week_max.value


def _days_off_fit(days: Sequence[date]) -> bool:
    return all(map(_in_calendar, days)) and list(days) == sorted(set(days))


def _in_calendar(day: date) -> bool:
    return FIRST_YEAR <= day.year <= LAST_YEAR
