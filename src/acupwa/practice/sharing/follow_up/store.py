"""Who is to be asked again, and how often they were. Sealed but for whose it is."""

import uuid
from datetime import datetime

from sqlalchemy import Column, LargeBinary, delete, update
from sqlmodel import Field, Session, col, select

from acupwa.db.encryption import seal, unseal
from acupwa.db.tables import Row, UtcDateTime, new_key
from acupwa.practice.sharing.follow_up.model import FollowUp, FollowUpState


class FollowUpRow(Row, table=True):
    __tablename__ = "follow_up"
    id: uuid.UUID = Field(primary_key=True, default_factory=new_key)
    person_id: uuid.UUID = Field(foreign_key="person.id", ondelete="CASCADE", index=True)
    share_id: uuid.UUID = Field(foreign_key="share.id", ondelete="CASCADE", index=True)
    created_at: datetime = Field(sa_type=UtcDateTime)
    sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


def add(db: Session, now: datetime, person_id: uuid.UUID, share_id: uuid.UUID, state: FollowUpState) -> None:
    db.add(FollowUpRow(person_id=person_id, share_id=share_id, created_at=now, sealed=seal(db, state)))
    db.flush()


def list_of_person(db: Session, person_id: uuid.UUID) -> tuple[FollowUp, ...]:
    """The newest first."""
    rows = db.exec(select(FollowUpRow).where(FollowUpRow.person_id == person_id).order_by(col(FollowUpRow.id).desc()))
    return tuple(
        FollowUp(
            id=row.id, share_id=row.share_id, created_at=row.created_at, state=unseal(db, row.sealed, FollowUpState)
        )
        for row in rows
    )


def hold(db: Session, person_id: uuid.UUID) -> None:
    """Whoever else writes about them comes after this transaction, and reads what this one wrote."""
    query = select(FollowUpRow.id).where(FollowUpRow.person_id == person_id).order_by(col(FollowUpRow.id))
    db.exec(query.with_for_update()).all()


def put_state(db: Session, id: uuid.UUID, state: FollowUpState) -> None:
    db.exec(update(FollowUpRow).where(col(FollowUpRow.id) == id).values(sealed=seal(db, state)))


def delete_of_person(db: Session, person_id: uuid.UUID, id: uuid.UUID) -> bool:
    query = delete(FollowUpRow).where(col(FollowUpRow.id) == id, col(FollowUpRow.person_id) == person_id)
    return db.exec(query).rowcount == 1


def delete_of_share(db: Session, share_id: uuid.UUID) -> None:
    db.exec(delete(FollowUpRow).where(col(FollowUpRow.share_id) == share_id))
