"""Steps of a plan, taken as the app takes them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from acupwa.library.model import Guidance, Library
from acupwa.planner.history import new_plan, with_step
from acupwa.planner.log import SessionNote, log_session
from acupwa.planner.model import AskedPlan, Course, Part, SavedPlan, SessionLog, Step
from acupwa.planner.move import Move, move_session
from acupwa.planner.plan import changed_step, made_step

ID = UUID("01a2238f-da56-755d-b3fe-ad04c2066413")


def stepped(plan: SavedPlan, found: Any) -> SavedPlan | str:
    """After a step; the plan itself where there is none, and the reason where it cannot be."""
    if found is None:
        return plan
    return with_step(plan, found) if isinstance(found, Step) else str(found)


def kept(
    asked: AskedPlan,
    course: Course,
    before: SavedPlan | None,
    now: datetime,
    library: Library,
    part: Part = Part(),
) -> SavedPlan:
    """As `planner.service.save_plan` keeps it."""
    if before is None:
        return new_plan(ID, made_step(course, asked, now, library))
    step = changed_step(before, course, asked, part, now, library)
    assert step is not None
    return with_step(before, step)


def logged(plan: SavedPlan, number: int, log: SessionLog | None, now: datetime) -> SavedPlan | str:
    return stepped(plan, log_session(plan, now, number=number, note=SessionNote(log=log)))


def moved(plan: SavedPlan, move: Move, now: datetime, guidance: Guidance) -> SavedPlan | str:
    return stepped(plan, move_session(plan, now, move=move, guidance=guidance))
