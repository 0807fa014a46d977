"""Days off that come up while a course runs. The rule: docs/rules.md, "A plan that is lived". Pure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Literal

from msgspec.structs import replace

from acupwa.library.model import Library
from acupwa.planner.history import steps_of
from acupwa.planner.log import to_come
from acupwa.planner.model import AskedPlan, NoCourse, SavedPlan, Step
from acupwa.planner.plan import sessions_of, soonest_day
from acupwa.planner.rest import rest_step
from acupwa.planner.safety import gate_of_request

NotTaken = Literal["no-days", "nothing-new", "no-room"]


def take_days_off(
    plan: SavedPlan, now: datetime, *, days: Collection[date], library: Library
) -> Step | NotTaken | None:
    """The step that keeps the plan free of these days too. The first session that falls on one of them, and those after
    it, are laid anew; all before stay. Not one may be lost by it. None for the second of two presses.
    """
    new = set(days) - set(plan.own_days_off)
    if not days:
        return "no-days"
    if not new:
        return None if steps_of(plan)[-1].kind == "days-off" else "nothing-new"
    asked = AskedPlan(
        request=replace(plan.request, days_off=tuple(sorted(new | set(plan.request.days_off)))),
        own_days_off=tuple(sorted(new | set(plan.own_days_off))),
        country=plan.country,
    )
    hit = next((one for one in to_come(plan, now) if one.day in new), None)
    if hit is None:
        return Step(kind="days-off", at=now, asked=asked)
    kept = tuple(one for one in sessions_of(plan) if one.number < hit.number)
    # As many as there were, and none before the first that moves.
    as_many = sum(one.counts for one in kept) + sum(one.number >= hit.number for one in plan.standing)
    first = max(asked.request.first_day, soonest_day(plan, now), hit.day)
    ahead = replace(asked, request=replace(asked.request, first_day=first, max_sessions=as_many))
    step = rest_step(plan, now, "days-off", ahead, gate_of_request(plan.request, library), library, kept=kept)
    return "no-room" if isinstance(step, NoCourse) or step.dropped else replace(step, asked=asked)
