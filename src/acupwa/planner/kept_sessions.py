"""Whether the sessions of a plan can be those of a course, after any steps that a person may have taken. Pure.

What a course keeps always is looked at here: the gap, the weeks, the ceilings, the days off, the clocks. That the
sessions are those which the steps laid is looked at by the steps themselves (`planner.kept_plan`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from acupwa.library.model import Guidance
from acupwa.planner.course import FORTNIGHT, clock_time, moment, most_in_part, search_weeks, week_of
from acupwa.planner.field_reading import DAYS_AHEAD
from acupwa.planner.model import Phase, PlannedSession, SavedPlan
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
    if not (_in_line(plan, guidance) and _within_ceilings(plan, guidance)):
        yield "visits"
        return
    for place, session in enumerate(plan.sessions):
        faults = (*_impossible_in_any(session, plan, guidance), *_impossible_ahead(session, plan))
        yield from (f"visits[{place}].{name}" for name in faults)


def _in_line(plan: SavedPlan, guidance: Guidance) -> bool:
    """Numbered from 1, those that stand first, in the order of their days, as far apart as sessions must be."""
    standing, numbers = plan.standing, guidance.numbers
    apart = timedelta(days=numbers.days_apart.value)
    weeks = Counter(week_of(one.day) for one in standing)
    return (
        len(plan.sessions) >= 1
        and plan.sessions[: len(standing)] == standing
        and [one.number for one in standing] == list(range(1, len(standing) + 1))
        and sorted(one.number for one in plan.sessions) == list(range(1, len(plan.sessions) + 1))
        and all(later.day - earlier.day >= apart for earlier, later in pairwise(standing))
        and max(weeks.values(), default=0) <= numbers.per_week_max.value
    )


def _within_ceilings(plan: SavedPlan, guidance: Guidance) -> bool:
    """No part has more sessions than there may be; those that were missed do not count, unless they were planned again
    and gone to after all.
    """
    counted = Counter(
        _part(one.phase) for one in plan.standing if one.log != "missed" and one.number >= plan.part.first
    )
    again = sum(step.kind == "replanned" for step in plan.steps)
    return all(count <= most_in_part(phase, guidance) + again for phase, count in counted.items())


def _part(phase: Phase) -> Phase:
    return "course" if phase == "extension" else phase


def _impossible_in_any(session: PlannedSession, plan: SavedPlan, guidance: Guidance) -> Iterator[str]:
    # The longer of the two: what was cancelled is of an earlier request.
    last = last_day_to_choose(plan) + timedelta(weeks=search_weeks(FORTNIGHT, guidance))
    if not first_day_of(plan) <= session.day <= last:
        yield "day"
    if (
        moment(session.day, clock_time(session.time), ZoneInfo(plan.request.time_zone)) is None
        and not session.cancelled
    ):
        yield "time"
    if session.minutes not in SESSION_MINUTES:
        yield "minutes"
    # A move and a cancellation are changes.
    if not max(session.moved, session.cancelled) <= session.sequence <= MOST_CHANGES:
        yield "sequence"
    if session.left_open and not _can_be_left_open(session, session.left_open, plan):
        yield "left_open"
    yield from _impossible_in_note(session, plan)


def _impossible_ahead(session: PlannedSession, plan: SavedPlan) -> Iterator[str]:
    """Of one that was still to come when the plan was last changed."""
    if session.day > _last_changed(plan) and not session.cancelled and session.day in plan.request.days_off:
        yield "day"


def _can_be_left_open(session: PlannedSession, began: datetime, plan: SavedPlan) -> bool:
    """It was on a day of the plan, and changed after it began."""
    return session.sequence > 0 and first_day_of(plan) - _DAY <= began.date() and began <= plan.updated_at


def _impossible_in_note(session: PlannedSession, plan: SavedPlan) -> Iterator[str]:
    """Noted from its day on, wherever on earth, and by a change of the plan."""
    if session.log and session.cancelled:
        yield "log"
    if (session.log is None) != (session.logged_at is None):
        yield "logged_at"
    elif session.logged_at:
        day = (session.logged_at.astimezone(UTC) + _EAST).date()
        if session.day > day or not plan.created_at <= session.logged_at <= plan.updated_at:
            yield "logged_at"
    if session.log != "went" and (session.felt or session.followed or session.told):
        yield "felt"
    if session.followed and not session.told:
        yield "told"


def _last_changed(plan: SavedPlan) -> date:
    """The day of its last change, where on earth that was latest."""
    return (plan.updated_at.astimezone(UTC) + _EAST).date()
