"""A person's plan: found beside their last check-in, kept, changed, deleted."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec
from sqlmodel import Session

from acupwa.db.tables import new_key
from acupwa.library.model import Library
from acupwa.person.service import keep_zone, one_at_a_time
from acupwa.planner import store
from acupwa.planner.deleted_plans_service import keep_for_feed
from acupwa.planner.log import log_session, note_left_open, sessions_between
from acupwa.planner.model import AskedPlan, Course, SavedPlan, SessionLog
from acupwa.planner.move import Move, NotMoved, move_session
from acupwa.planner.plan import PlannerState, planned_sessions, sessions_over
from acupwa.quiz.model import CheckIn, LoggedSessions
from acupwa.quiz.service import find_latest_finished, list_check_ins
from acupwa.quiz.standing_signs import with_unended


def find_state(db: Session, now: datetime, person_id: UUID, library: Library) -> PlannerState:
    check_in = find_for_gate(db, now, person_id, library)
    check_ins = list_check_ins(db, now, person_id)
    return PlannerState(check_in=check_in, check_ins=check_ins, plan=store.find_plan(db, person_id))


def find_for_gate(db: Session, now: datetime, person_id: UUID, library: Library) -> CheckIn | None:
    """The last finished check-in, with the danger signs that no other has ended: no plan is made beside one."""
    newest = find_latest_finished(db, now, person_id)
    return with_unended(newest, list_check_ins(db, now, person_id), library) if newest else None


def list_finished(db: Session, now: datetime, person_id: UUID) -> tuple[CheckIn, ...]:
    """All finished check-ins of the person, the newest first."""
    return tuple(one for one in list_check_ins(db, now, person_id) if one.finished)


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
) -> SavedPlan | None:
    """Keeps a new plan, or changes the one there is; then its sessions keep their places in a calendar.

    None, and nothing is kept, when the course leaves out what has been: a session was logged since it was made.
    """
    before = store.find_plan(db, person_id)
    stays = sessions_over(before, now) if before else ()
    if course.sessions[: len(stays)] != stays:
        return None
    sessions = planned_sessions(course, asked.request, before)
    plan = SavedPlan(
        id=before.id if before else new_key(),
        request=asked.request,
        sessions=note_left_open(sessions, before, now) if before else sessions,
        own_days_off=asked.own_days_off,
        country=asked.country,
        content_version=library.version,
        language=library.language,
        created_at=before.created_at if before else now,
        updated_at=now,
    )
    store.put_plan(db, person_id, plan)
    keep_zone(db, now, person_id, asked.request.time_zone)
    return plan


@one_at_a_time
def move(db: Session, now: datetime, person_id: UUID, asked: Move, library: Library) -> SavedPlan | NotMoved | None:
    """Moves one session; says why not, or gives None when there is no such session."""
    plan = store.find_plan(db, person_id)
    if plan is None or all(session.number != asked.number for session in plan.standing):
        return None
    sessions = move_session(plan, asked, library.guidance)
    if isinstance(sessions, str):
        return sessions
    moved = msgspec.structs.replace(plan, sessions=note_left_open(sessions, plan, now), updated_at=now)
    store.put_plan(db, person_id, moved)
    return moved


@one_at_a_time
def log(
    db: Session, now: datetime, person_id: UUID, number: int, choice: SessionLog | None
) -> SavedPlan | Literal["not-yet"] | None:
    """Keeps what became of session `number`, None takes it back. Gives None when there is no such session."""
    plan = store.find_plan(db, person_id)
    if plan is None or all(session.number != number for session in plan.standing):
        return None
    logged = log_session(plan, number, choice, now)
    if logged != "not-yet" and logged != plan:
        store.put_plan(db, person_id, logged)
    return logged


@one_at_a_time
def delete_plan(db: Session, now: datetime, person_id: UUID) -> None:
    plan = store.find_plan(db, person_id)
    if plan:
        keep_for_feed(db, now, person_id, plan)
    store.delete_plan(db, person_id)
