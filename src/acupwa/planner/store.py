"""The table of plans: one to a person. What was asked and planned is sealed."""

import uuid
from datetime import date, datetime

import msgspec
from sqlmodel import Field, Session, col, delete, select

from acupwa.db.encryption import seal, unseal
from acupwa.db.tables import Row, UtcDateTime
from acupwa.planner.model import Part, Pause, PlannedSession, PlanRequest, SavedPlan, Step

ACTIVE = "active"


class PlanRow(Row, table=True):
    __tablename__ = "plan"
    id: uuid.UUID = Field(primary_key=True)
    person_id: uuid.UUID = Field(foreign_key="person.id", ondelete="CASCADE", index=True)
    status: str = Field(max_length=12)
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)
    content_version: str
    language: str
    sealed: bytes


class _Sealed(msgspec.Struct, frozen=True):
    request: PlanRequest
    sessions: tuple[PlannedSession, ...] = msgspec.field(name="visits")
    own_days_off: tuple[date, ...]
    country: str | None
    part: Part = Part()
    pause: Pause | None = None
    ended_at: datetime | None = None
    steps: tuple[Step, ...] = ()


def find_plan(db: Session, person_id: uuid.UUID) -> SavedPlan | None:
    row = _find_row(db, person_id)
    if row is None:
        return None
    kept = unseal(db, row.sealed, _Sealed)
    return SavedPlan(
        id=row.id,
        request=kept.request,
        sessions=kept.sessions,
        own_days_off=kept.own_days_off,
        country=kept.country,
        content_version=row.content_version,
        language=row.language,
        created_at=row.created_at,
        updated_at=row.updated_at,
        part=kept.part,
        pause=kept.pause,
        ended_at=kept.ended_at,
        steps=kept.steps,
    )


def put_plan(db: Session, person_id: uuid.UUID, plan: SavedPlan) -> None:
    """Adds the plan, or writes over the person's plan of the same id."""
    row = _find_row(db, person_id)
    if row is None or row.id != plan.id:
        delete_plan(db, person_id)
        row = PlanRow(
            id=plan.id,
            person_id=person_id,
            status=ACTIVE,
            created_at=plan.created_at,
            updated_at=plan.updated_at,
            content_version=plan.content_version,
            language=plan.language,
            sealed=b"",
        )
    row.updated_at = plan.updated_at
    row.content_version = plan.content_version
    row.language = plan.language
    kept = _Sealed(
        plan.request,
        plan.sessions,
        plan.own_days_off,
        plan.country,
        part=plan.part,
        pause=plan.pause,
        ended_at=plan.ended_at,
        steps=plan.steps,
    )
    row.sealed = seal(db, kept)
    db.add(row)
    db.flush()


def owner_of(db: Session, id: uuid.UUID) -> uuid.UUID | None:
    return db.exec(select(PlanRow.person_id).where(PlanRow.id == id)).first()


def delete_plan(db: Session, person_id: uuid.UUID) -> None:
    db.exec(delete(PlanRow).where(col(PlanRow.person_id) == person_id))


def _find_row(db: Session, person_id: uuid.UUID) -> PlanRow | None:
    newest_first = col(PlanRow.id).desc()
    return db.exec(select(PlanRow).where(PlanRow.person_id == person_id).order_by(newest_first)).first()
