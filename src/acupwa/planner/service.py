"""A person's plan: found beside their last check-in, kept, changed, deleted."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TypeVar
from uuid import UUID

from sqlmodel import Session

from acupwa.db.tables import new_key
from acupwa.library.model import Library
from acupwa.person.service import keep_zone, one_at_a_time
from acupwa.planner import store
from acupwa.planner.deleted_plans_service import keep_for_feed
from acupwa.planner.gate_of_state import check_in_for_gate
from acupwa.planner.history import new_plan, stepped
from acupwa.planner.log import sessions_between
from acupwa.planner.model import AskedPlan, Course, Part, SavedPlan, Step
from acupwa.planner.plan import PlannerState, changed_step, made_step
from acupwa.planner.preview import PlanPreview
from acupwa.planner.stage_entry import Barred, entry_for_stages
from acupwa.quiz.model import LoggedSessions
from acupwa.quiz.service import list_check_ins

R = TypeVar("R")


def find_state(db: Session, now: datetime, person_id: UUID, library: Library) -> PlannerState:
    check_ins = list_check_ins(db, now, person_id)
    check_in = check_in_for_gate(check_ins, library)
    return PlannerState(check_in=check_in, check_ins=check_ins, plan=store.find_plan(db, person_id))


def current_plan(db: Session, now: datetime, person_id: UUID) -> SavedPlan | None:
    return store.find_plan(db, person_id)


def sessions_since(db: Session, now: datetime, person_id: UUID, since: datetime) -> LoggedSessions:
    """What their plan and its log tell of the sessions since then."""
    plan = store.find_plan(db, person_id)
    return sessions_between(plan, since, now) if plan else LoggedSessions()


def owner_of_plan(db: Session, now: datetime, id: UUID) -> UUID | None:
    """Whose plan this is, when it is on this server."""
    return store.owner_of(db, id)


@one_at_a_time
def put_plan(db: Session, now: datetime, person_id: UUID, plan: SavedPlan) -> None:
    """This plan, as it is, in place of any other."""
    before = store.find_plan(db, person_id)
    if before and before.id != plan.id:
        keep_for_feed(db, now, person_id, before)
    store.put_plan(db, person_id, plan)
    keep_zone(db, now, person_id, plan.request.time_zone)


@one_at_a_time
def save_plan(
    db: Session,
    now: datetime,
    person_id: UUID,
    asked: AskedPlan,
    course: Course,
    library: Library,
    part: Part = Part(),
) -> SavedPlan | None:
    """Keeps a new plan, or changes the one there is; then its sessions keep their places in a calendar.

    None, and nothing is kept, when the course leaves out what has been: a session was noted since it was made.
    """
    before = store.find_plan(db, person_id)
    if before is None:
        plan = new_plan(new_key(), made_step(course, asked, now, library))
    else:
        step = changed_step(before, course, asked, part, now, library)
        if step is None:
            return None
        plan = stepped(before, step)
    store.put_plan(db, person_id, plan)
    keep_zone(db, now, person_id, asked.request.time_zone)
    return plan


@one_at_a_time
def save_own_plan(
    db: Session, now: datetime, person_id: UUID, found: PlanPreview, library: Library
) -> SavedPlan | None:
    """Keeps what the person's own form gave. None, and nothing is kept, where it no longer can be."""
    barred = isinstance(entry_for_stages(find_state(db, now, person_id, library), library, now), Barred)
    if barred or not isinstance(found.made, Course):
        return None
    return save_plan(db, now, person_id, found.asked, found.made, library, found.part)


@one_at_a_time
def take_step(
    db: Session, now: datetime, person_id: UUID, find: Callable[[SavedPlan, datetime], Step | R | None]
) -> SavedPlan | R | None:
    """Finds the next step of the person's plan as it stands, and keeps it; else what `find` says against it.

    None when they have no plan. The plan stays as it is where `find` gives None.
    """
    plan = store.find_plan(db, person_id)
    return _take(db, now, person_id, plan, find) if plan else None


@one_at_a_time
def take_gated_step(
    db: Session, now: datetime, person_id: UUID, find: Callable[..., Step | R | None], library: Library
) -> SavedPlan | R | Barred | None:
    """The same for a step that lays new sessions: `find` is given the gate too, as `entry`. What bars it, when it is not
    open.
    """
    state = find_state(db, now, person_id, library)
    if state.plan is None:
        return None
    entry = entry_for_stages(state, library, now)
    if isinstance(entry, Barred):
        return entry
    return _take(db, now, person_id, state.plan, partial(find, entry=entry))


def _take(
    db: Session, now: datetime, person_id: UUID, plan: SavedPlan, find: Callable[[SavedPlan, datetime], Step | R | None]
) -> SavedPlan | R:
    found = find(plan, now)
    if found is None:
        return plan
    if not isinstance(found, Step):
        return found
    after = stepped(plan, found)
    if after is not plan:
        store.put_plan(db, person_id, after)
    return after


@one_at_a_time
def delete_plan(db: Session, now: datetime, person_id: UUID) -> None:
    plan = store.find_plan(db, person_id)
    if plan:
        keep_for_feed(db, now, person_id, plan)
    store.delete_plan(db, person_id)
