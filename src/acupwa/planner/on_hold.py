"""A course that waits: since when, why, and how much of it is left. The rule: docs/rules.md, "A plan that is lived". Pure."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from acupwa.library.model import Library
from acupwa.planner.course import free_days, waits_in
from acupwa.planner.model import SavedPlan
from acupwa.planner.plan import soonest_day
from acupwa.planner.rest import counted_in
from acupwa.wording import weekday_date_words
from acupwa.zones import day_in


class Hold(msgspec.Struct, frozen=True, kw_only=True):
    """`says` is what to do about the reason, `why` what needles have to do with it; both may be empty."""

    since: str
    reason: str
    says: str
    why: str
    left: int


def hold_of(plan: SavedPlan, library: Library) -> Hold | None:
    """None while the course runs."""
    if plan.pause is None:
        return None
    reason = next((one for one in library.guidance.pauses if one.id == plan.pause.reason), None)
    precaution = library.precautions.get(reason.precaution) if reason and reason.precaution else None
    return Hold(
        since=weekday_date_words(day_in(plan.request.time_zone, plan.pause.since)),
        reason=reason.name if reason else "",
        says=reason.says.strip() if reason else "",
        why=precaution.why.strip() if precaution else "",
        left=sessions_left(plan),
    )


def sessions_left(plan: SavedPlan) -> int:
    """How many of the sessions that were asked for have no day."""
    return max(0, plan.request.max_sessions - counted_in(plan))


def day_to_go_on(plan: SavedPlan, now: datetime, library: Library) -> date:
    """The next of the chosen weekdays on which a session can be."""
    soonest = soonest_day(plan, now)
    taken, waits = [one.day for one in plan.standing], waits_in(plan.part, counted_in(plan))
    return next(free_days(plan.request, library.guidance, first_day=soonest, taken=taken, waits=waits), soonest)
