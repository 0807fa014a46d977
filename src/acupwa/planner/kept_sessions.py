"""Whether the sessions of a plan can be those of its request, after any changes that a person may have made. Pure.

Three kinds stand in a plan. Those that were over when it was last made are as they were then. Those that were moved
since keep what a move keeps. All others are where `planner.course` put them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from acupwa.library.model import Guidance
from acupwa.planner.course import (
    FORTNIGHT,
    clock_time,
    free_days,
    moment,
    open_days,
    phase_of,
    search_weeks,
    sessions_wanted,
    week_of,
    weeks_between,
)
from acupwa.planner.field_reading import DAYS_AHEAD
from acupwa.planner.model import PlannedSession, PlanRequest, SavedPlan
from acupwa.planner.plan_reading import SESSION_MINUTES

# Each change of a session is a press: nobody makes as many of one.
MOST_CHANGES = 10_000
_DAY = timedelta(days=1)
# The clocks of the world show days between these two, beside Greenwich.
_WEST, _EAST = timedelta(hours=12), timedelta(hours=14)


def first_day_of(plan: SavedPlan) -> date:
    """The day on which it was made, where on earth that was earliest: nothing of it lies before."""
    return (plan.created_at.astimezone(UTC) - _WEST).date()


def last_day_to_choose(plan: SavedPlan) -> date:
    """The last day that a form took, on the day on which the plan was last changed."""
    return _last_changed(plan) + timedelta(days=DAYS_AHEAD)


def impossible_in_sessions(plan: SavedPlan, guidance: Guidance) -> Iterator[str]:
    """The places of what cannot be, the first first. The request of the plan is one that can be."""
    if not _in_line(plan, guidance):
        yield "visits"
        return
    over, standing = _most_over(plan, guidance), plan.standing
    free = tuple(open_days(plan.request, guidance))
    for place, session in enumerate(plan.sessions):
        faults = [*_impossible_in_any(session, plan, guidance)]
        if place < len(standing):
            faults += _impossible_in_standing(session, plan.request, free, over=place < over)
        yield from (f"visits[{place}].{name}" for name in faults)
    yield from (f"visits[{place}].day" for place in _misplaced(plan, over, free, guidance))
    yield from (f"visits[{place}].day" for place in _crowded(standing, over, plan.request.per_week))
    if not _count_fits(plan, over, free, guidance):
        yield "visits"


def _in_line(plan: SavedPlan, guidance: Guidance) -> bool:
    """Numbered from 1, those that stand first, in the order of their days, as far apart as sessions must be."""
    standing, numbers = plan.standing, guidance.numbers
    apart = timedelta(days=numbers.days_apart.value)
    weeks = Counter(week_of(one.day) for one in standing)
    return (
        len(standing) >= 1
        and len(plan.sessions) <= numbers.sessions_ceiling.value
        and plan.sessions[: len(standing)] == standing
        and [one.number for one in plan.sessions] == list(range(1, len(plan.sessions) + 1))
        and all(later.day - earlier.day >= apart for earlier, later in pairwise(standing))
        and max(weeks.values()) <= numbers.per_week_max.value
    )


def _impossible_in_any(session: PlannedSession, plan: SavedPlan, guidance: Guidance) -> Iterator[str]:
    # The longer of the two: what was cancelled is of an earlier request.
    last = last_day_to_choose(plan) + timedelta(weeks=search_weeks(FORTNIGHT, guidance))
    if not first_day_of(plan) <= session.day <= last:
        yield "day"
    if session.minutes not in SESSION_MINUTES:
        yield "minutes"
    if session.phase != phase_of(session.number, guidance):
        yield "phase"
    # A move and a cancellation are changes.
    if not max(session.moved, session.cancelled) <= session.sequence <= MOST_CHANGES:
        yield "sequence"
    if session.left_open and not _can_be_left_open(session, session.left_open, plan):
        yield "left_open"
    yield from _impossible_in_log(session, plan)


def _can_be_left_open(session: PlannedSession, began: datetime, plan: SavedPlan) -> bool:
    """It was on a day of the plan, and changed after it began."""
    return session.sequence > 0 and first_day_of(plan) - _DAY <= began.date() and began <= plan.updated_at


def _impossible_in_log(session: PlannedSession, plan: SavedPlan) -> Iterator[str]:
    """Noted from its day on, wherever on earth, and by a change of the plan."""
    if session.log and session.cancelled:
        yield "log"
    if (session.log is None) != (session.logged_at is None):
        yield "logged_at"
    elif session.logged_at:
        day = (session.logged_at.astimezone(UTC) + _EAST).date()
        if session.day > day or not plan.created_at <= session.logged_at <= plan.updated_at:
            yield "logged_at"


def _impossible_in_standing(
    session: PlannedSession, request: PlanRequest, free: Sequence[date], *, over: bool
) -> Iterator[str]:
    """`over`: it may have been over when the plan was last made, under another request."""
    if session.minutes != request.minutes and not over:
        yield "minutes"
    if session.moved:
        if session.day in request.days_off:
            yield "day"
        if moment(session.day, clock_time(session.time), ZoneInfo(request.time_zone)) is None:
            yield "time"
    elif not over:
        if session.time != request.time:
            yield "time"
        if session.day not in free:
            yield "day"


def _most_over(plan: SavedPlan, guidance: Guidance) -> int:
    """How many sessions, at the most, were over or noted when the plan was last made."""
    noted = max((one.number for one in plan.standing if one.log), default=0)
    return max(noted, _most_before(plan, guidance))


def _most_before(plan: SavedPlan, guidance: Guidance) -> int:
    """The same of those whose day was before that of the last change."""
    first, last = first_day_of(plan), _last_changed(plan) - _DAY
    if plan.updated_at == plan.created_at or last < first:
        return 0
    most = 1 + (last - first).days // guidance.numbers.days_apart.value
    standing = plan.standing[:most]
    return next(
        (place for place, one in enumerate(standing) if not (one.moved or one.log or _over(one, plan))), len(standing)
    )


def _over(session: PlannedSession, plan: SavedPlan) -> bool:
    """Whether it can have been over when the plan was made anew, from its first day on.

    In another zone it may be two days later, and then each session counts as changed.
    """
    before = plan.request.first_day + 2 * _DAY if session.sequence else plan.request.first_day
    return session.day < min(before, _last_changed(plan))


def _misplaced(plan: SavedPlan, over: int, free: Sequence[date], guidance: Guidance) -> Iterator[int]:
    """The places of sessions that the planner would have put on another day.

    Up to the first that was moved, it is known what it saw. From there on there was room in every week at least.
    """
    standing = plan.standing
    as_laid = next((place for place, one in enumerate(standing) if one.moved), len(standing))
    days = free_days(plan.request, guidance, taken=[one.day for one in standing[:over]])
    yield from (place for place in range(over, as_laid) if standing[place].day != next(days, None))
    for place, (earlier, later) in enumerate(pairwise(standing), 1):
        if place > as_laid and place >= over and not (earlier.moved or later.moved):
            room = _next_room(earlier.day, free, plan.request, guidance)
            if room is not None and room < later.day:
                yield place


def _crowded(standing: Sequence[PlannedSession], over: int, per_week: int) -> Iterator[int]:
    """The places of sessions that make more of a week than was asked for, without having been moved there."""
    weeks = Counter(week_of(one.day) for one in standing if not one.moved)
    for place, session in enumerate(standing):
        if place >= over and not session.moved and weeks[week_of(session.day)] > per_week:
            yield place


def _count_fits(plan: SavedPlan, over: int, free: Sequence[date], guidance: Guidance) -> bool:
    """As many as were asked for: more where so many were over, fewer where no day was left."""
    standing, most = plan.standing, sessions_wanted(plan.request)
    if len(standing) >= most:
        return len(standing) in (most, over)
    if any(one.moved for one in standing):
        return standing[-1].moved or _next_room(standing[-1].day, free, plan.request, guidance) is None
    days = [one.day for one in standing]
    return next(free_days(plan.request, guidance, taken=days), None) is None


def _next_room(day: date, free: Sequence[date], request: PlanRequest, guidance: Guidance) -> date | None:
    """The first free day in a later week that counts: whoever came before, there was room for a session."""
    apart, every = timedelta(days=guidance.numbers.days_apart.value), request.every_weeks
    weeks = ((one, weeks_between(day, one)) for one in free if one - day >= apart)
    return next((one for one, later in weeks if later > 0 and later % every == 0), None)


def _last_changed(plan: SavedPlan) -> date:
    """The day of its last change, where on earth that was latest."""
    return (plan.updated_at.astimezone(UTC) + _EAST).date()
