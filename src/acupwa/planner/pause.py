"""A course that waits, and goes on. The rule: docs/rules.md, "A plan that is lived". Pure."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from acupwa.library.model import Guidance, Library
from acupwa.planner.gate import Gate
from acupwa.planner.log import to_come
from acupwa.planner.model import NoCourse, Pause, SavedPlan, Step
from acupwa.planner.plan import soonest_day, today_of
from acupwa.planner.rest import asked_from, rest_step

NotPaused = Literal["no-such-reason", "paused", "nothing-ahead"]
NotResumed = Literal["not-paused", "past"]


def pause_plan(plan: SavedPlan, now: datetime, *, reason: str, guidance: Guidance) -> Step | NotPaused:
    """The step that lets the sessions to come fall away until the course goes on."""
    if reason not in {one.id for one in guidance.pauses}:
        return "no-such-reason"
    if plan.pause:
        return "paused"
    ahead = to_come(plan, now)
    if not ahead:
        return "nothing-ahead"
    return Step(
        kind="paused", at=now, pause=Pause(reason=reason, since=now), dropped=tuple(one.number for one in ahead)
    )


def resume_plan(
    plan: SavedPlan, now: datetime, *, day: date, entry: Gate, library: Library
) -> Step | NoCourse | NotResumed:
    """The step that lays the sessions that are left from `day` on, where they are.

    Only through the gate, `entry`, which is open on a check-in alone that was finished since the course waits.
    """
    if plan.pause is None:
        return "not-paused"
    if day < today_of(plan, now):
        return "past"
    asked = asked_from(plan, max(day, soonest_day(plan, now)), library.guidance)
    return rest_step(plan, now, "resumed", asked, entry, library)
