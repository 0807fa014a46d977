"""The last step of a plan taken back. The rule: docs/rules.md, "A plan that is lived". Pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Literal

from acupwa.planner.history import last_step, steps_of
from acupwa.planner.model import SavedPlan, Step

# Later, sessions would come back without a check, or where they can be no more.
FRESH = timedelta(days=1)
NotUndone = Literal["nothing", "too-late", "another"]


def undo_last(plan: SavedPlan, now: datetime) -> Step | Literal["nothing", "too-late"]:
    """The step that undoes the last one that stands."""
    last = last_step(plan)
    if last is None:
        return "nothing"
    return Step(kind="undone", at=now) if can_be_undone(last, now) else "too-late"


def mark_of(plan: SavedPlan) -> str:
    """Names the newest step, in whichever zone its time stands: a button made before another step was taken undoes nothing."""
    steps = steps_of(plan)
    return f"{len(steps)}-{steps[-1].at.astimezone(UTC):%Y%m%dT%H%M%S}"


def undo_marked(plan: SavedPlan, now: datetime, *, mark: str) -> Step | NotUndone | None:
    """The step that undoes the newest one, which is `mark`; None for the second of two presses."""
    if mark == mark_of(plan):
        return undo_last(plan, now)
    return None if steps_of(plan)[-1].kind == "undone" else "another"


def can_be_undone(step: Step, now: datetime) -> bool:
    """A note that let no session fall away, at any time; all else, on the day after it at the latest."""
    return now - step.at <= FRESH or (step.kind == "logged" and not step.pause and not step.dropped)


def undo_waiting(plan: SavedPlan, now: datetime, *, number: int) -> Step | None:
    """The step that undoes the last one, where that noted something of session `number` for which the course waits."""
    last = last_step(plan)
    if last is None or last.kind != "logged" or last.number != number or not last.pause:
        return None
    return Step(kind="undone", at=now) if can_be_undone(last, now) else None
