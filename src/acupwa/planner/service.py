"""A person's plan: found beside their last check-in, kept, changed, deleted."""

from datetime import date, datetime
from uuid import UUID

import msgspec
from sqlmodel import Session

from acupwa.db.tables import new_key
from acupwa.library.model import Library
from acupwa.planner import store
from acupwa.planner.model import Course
from acupwa.planner.plan import AskedPlan, NotMoved, SavedPlan, move_session, planned_sessions
from acupwa.quiz.model import CheckIn
from acupwa.quiz.service import latest_finished


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Where a person stands: their last finished check-in and their plan, if there are such."""

    check_in: CheckIn | None = None
    plan: SavedPlan | None = None


def find_standing(db: Session, now: datetime, person_id: UUID) -> Standing:
    return Standing(check_in=latest_finished(db, now, person_id), plan=store.find_plan(db, person_id))


def current_plan(db: Session, now: datetime, person_id: UUID) -> SavedPlan | None:
    return store.find_plan(db, person_id)


def owner_of_plan(db: Session, now: datetime, id: UUID) -> UUID | None:
    """Whose plan this is, when it is on this server."""
    return store.owner_of(db, id)


def put_plan(db: Session, now: datetime, person_id: UUID, plan: SavedPlan) -> None:
    """This plan, as it is, in place of any other."""
    store.put_plan(db, person_id, plan)


def save_plan(
    db: Session,
    now: datetime,
    person_id: UUID,
    asked: AskedPlan,
    course: Course,
    library: Library,
) -> SavedPlan:
    """Keeps a new plan, or changes the one there is; then its sessions keep their places in a calendar."""
    before = store.find_plan(db, person_id)
    plan = SavedPlan(
        id=before.id if before else new_key(),
        request=asked.request,
        sessions=planned_sessions(course, asked.request, before),
        own_days_off=asked.own_days_off,
        country=asked.country,
        content_version=library.version,
        language=library.language,
        created_at=before.created_at if before else now,
        updated_at=now,
    )
    store.put_plan(db, person_id, plan)
    return plan


def move(
    db: Session,
    now: datetime,
    person_id: UUID,
    which: int,
    day: date,
    at: str,
    rest: bool,
    today: date,
    library: Library,
) -> SavedPlan | NotMoved | None:
    """Moves one session; says why not, or gives None when there is no such session."""
    plan = store.find_plan(db, person_id)
    if plan is None or all(session.number != which for session in plan.standing):
        return None
    sessions = move_session(plan, which, day=day, at=at, rest=rest, today=today, guidance=library.guidance)
    if isinstance(sessions, str):
        return sessions
    moved = msgspec.structs.replace(plan, sessions=sessions, updated_at=now)
    store.put_plan(db, person_id, moved)
    return moved


def delete_plan(db: Session, now: datetime, person_id: UUID) -> None:
    store.delete_plan(db, person_id)
