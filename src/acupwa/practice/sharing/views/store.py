"""Views for a doctor and when they were opened. What is to be seen is sealed; of address and code there are hashes."""

import uuid
from datetime import datetime

from sqlalchemy import Column, ColumnElement, LargeBinary, delete, func, update
from sqlmodel import Field, Session, col, select

from acupwa.db.encryption import seal, unseal
from acupwa.db.tables import Row, UtcDateTime, new_key
from acupwa.practice.sharing.views.model import DoctorView, ViewCopy


class DoctorViewRow(Row, table=True):
    __tablename__ = "doctor_view"
    id: uuid.UUID = Field(primary_key=True, default_factory=new_key)
    person_id: uuid.UUID = Field(foreign_key="person.id", ondelete="CASCADE", index=True)
    check_in_id: uuid.UUID = Field(foreign_key="check_in.id", ondelete="CASCADE", index=True)
    address_hash: bytes = Field(sa_column=Column(LargeBinary(32), nullable=False, unique=True))
    code_hash: bytes = Field(sa_column=Column(LargeBinary(32), nullable=False))
    wrong: int
    created_at: datetime = Field(sa_type=UtcDateTime)
    ends_at: datetime = Field(sa_type=UtcDateTime, index=True)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class DoctorLookRow(Row, table=True):
    __tablename__ = "doctor_look"
    id: uuid.UUID = Field(primary_key=True, default_factory=new_key)
    view_id: uuid.UUID = Field(foreign_key="doctor_view.id", ondelete="CASCADE", index=True)
    at: datetime = Field(sa_type=UtcDateTime)


def add_view(
    db: Session, person_id: uuid.UUID, check_in_id: uuid.UUID, view: DoctorView, address_hash: bytes, code_hash: bytes
) -> None:
    db.add(
        DoctorViewRow(
            id=view.id,
            person_id=person_id,
            check_in_id=check_in_id,
            address_hash=address_hash,
            code_hash=code_hash,
            wrong=0,
            created_at=view.created_at,
            ends_at=view.ends_at,
            sealed=seal(db, view.copy),
        )
    )
    db.flush()


def list_of_person(db: Session, person_id: uuid.UUID) -> tuple[DoctorView, ...]:
    """The newest first."""
    query = select(DoctorViewRow).where(DoctorViewRow.person_id == person_id)
    return tuple(_view(db, row) for row in db.exec(query.order_by(col(DoctorViewRow.id).desc())))


def count_of_person(db: Session, person_id: uuid.UUID) -> int:
    """Ended ones too."""
    return db.exec(select(func.count()).where(DoctorViewRow.person_id == person_id)).one()


def find_of_person(db: Session, person_id: uuid.UUID, id: uuid.UUID) -> DoctorView | None:
    query = select(DoctorViewRow).where(DoctorViewRow.id == id, DoctorViewRow.person_id == person_id)
    row = db.exec(query).first()
    return _view(db, row) if row else None


def find_by_address(db: Session, address_hash: bytes) -> tuple[DoctorView, bytes] | None:
    """With the hash of its code."""
    row = db.exec(select(DoctorViewRow).where(DoctorViewRow.address_hash == address_hash)).first()
    return (_view(db, row), bytes(row.code_hash)) if row else None


def book_try(db: Session, id: uuid.UUID, most: int) -> bool:
    """Counted before it is looked at, in one step. False when as many as may be were wrong, or it was ended."""
    mine = (col(DoctorViewRow.id) == id, col(DoctorViewRow.wrong) < most, col(DoctorViewRow.ended_at).is_(None))
    return db.exec(update(DoctorViewRow).where(*mine).values(wrong=DoctorViewRow.wrong + 1)).rowcount == 1


def add_look(db: Session, id: uuid.UUID, now: datetime) -> None:
    """By the right code, whose try is taken back."""
    mine = col(DoctorViewRow.id) == id
    db.exec(update(DoctorViewRow).where(mine).values(wrong=DoctorViewRow.wrong - 1))
    db.add(DoctorLookRow(view_id=id, at=now))


def put_code(db: Session, person_id: uuid.UUID, id: uuid.UUID, code_hash: bytes) -> bool:
    """In place of the one before. False when it was ended or is not theirs."""
    query = update(DoctorViewRow).where(*_standing(person_id, id))
    return db.exec(query.values(code_hash=code_hash, wrong=0)).rowcount == 1


def end_view(db: Session, person_id: uuid.UUID, id: uuid.UUID, now: datetime) -> None:
    """Nothing is left of what was to be seen."""
    nothing = seal(db, ViewCopy(answered_at=now, parts=()))
    db.exec(update(DoctorViewRow).where(*_standing(person_id, id)).values(ended_at=now, sealed=nothing))


def delete_past(db: Session, now: datetime) -> int:
    return db.exec(delete(DoctorViewRow).where(col(DoctorViewRow.ends_at) <= now)).rowcount


def _standing(person_id: uuid.UUID, id: uuid.UUID) -> tuple[ColumnElement[bool], ...]:
    mine = (col(DoctorViewRow.id) == id, col(DoctorViewRow.person_id) == person_id)
    return (*mine, col(DoctorViewRow.ended_at).is_(None))


def _view(db: Session, row: DoctorViewRow) -> DoctorView:
    looks = select(DoctorLookRow.at).where(DoctorLookRow.view_id == row.id).order_by(col(DoctorLookRow.id))
    return DoctorView(
        id=row.id,
        created_at=row.created_at,
        ends_at=row.ends_at,
        ended_at=row.ended_at,
        wrong=row.wrong,
        copy=unseal(db, row.sealed, ViewCopy),
        looks=tuple(db.exec(looks)),
    )
