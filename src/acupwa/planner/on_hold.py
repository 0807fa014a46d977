"""A course that waits: since when, why, and how much of it is left. The rule: docs/rules.md, "A plan that is lived". Pure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

import msgspec

from acupwa.library.model import Library, PauseReason
from acupwa.planner.course import free_days, sessions_wanted, waits_in
from acupwa.planner.model import Pause, SavedPlan
from acupwa.planner.plan import soonest_day
from acupwa.planner.rest import counted_in
from acupwa.wording import weekday_date_words
from acupwa.zones import day_in


class Cause(msgspec.Struct, frozen=True, kw_only=True):
    """`says` is what to do about it, `why` what needles have to do with it; `why` may be empty."""

    name: str
    says: str
    why: str


class Hold(msgspec.Struct, frozen=True, kw_only=True):
    """`causes` are those that the guidance has words for."""

    since: str
    causes: tuple[Cause, ...]
    left: int


def hold_of(plan: SavedPlan, library: Library) -> Hold | None:
    """None while the course runs."""
    if plan.pause is None:
        return None
    return Hold(
        since=weekday_date_words(day_in(plan.request.time_zone, plan.pause.since)),
        causes=causes_of(plan.pause, library),
        left=sessions_left(plan),
    )


def causes_of(pause: Pause, library: Library) -> tuple[Cause, ...]:
    """The one that it is kept under first."""
    words = {one.id: one for one in library.guidance.pauses}
    return tuple(_cause(words[id], library) for id in pause.reasons if id in words)


def causes_told(told: Collection[str], library: Library) -> tuple[Cause, ...]:
    """Those of these precautions, as when they are told after a session of a course that has ended."""
    return tuple(_cause(one, library) for one in library.guidance.pauses if one.in_log and one.precaution in told)


def _cause(reason: PauseReason, library: Library) -> Cause:
    precaution = library.precautions.get(reason.precaution or "")
    why = reason.why or (precaution.why if precaution else "")
    return Cause(name=reason.name, says=reason.says.strip(), why=why.strip())


def sessions_left(plan: SavedPlan) -> int:
    """How many of the sessions that were asked for, and that the money pays for, have no day."""
    missed = sum(one.log == "missed" and one.number >= plan.part.first for one in plan.standing)
    return max(0, sessions_wanted(plan.request, missed) - counted_in(plan))


def day_to_go_on(plan: SavedPlan, now: datetime, library: Library) -> date:
    """The next of the chosen weekdays on which a session can be."""
    soonest = soonest_day(plan, now)
    taken, waits = [one.day for one in plan.standing], waits_in(plan.part, counted_in(plan))
    return next(free_days(plan.request, library.guidance, first_day=soonest, taken=taken, waits=waits), soonest)
