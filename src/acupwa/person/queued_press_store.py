"""The table of presses that waited on a phone and are done."""

import uuid
from datetime import datetime

from sqlalchemy import Column, LargeBinary, UniqueConstraint, delete
from sqlmodel import Field, Session, col, select

from acupwa.db.encryption import seal, unseal
from acupwa.db.tables import Row, UtcDateTime, new_key


class QueuedPressRow(Row, table=True):
    __tablename__ = "queued_press"
    __table_args__ = (UniqueConstraint("person_id", "key_hash"),)
    id: uuid.UUID = Field(primary_key=True, default_factory=new_key)
    person_id: uuid.UUID = Field(foreign_key="person.id", ondelete="CASCADE")
    key_hash: bytes = Field(sa_column=Column(LargeBinary(32), nullable=False))
    at: datetime = Field(sa_type=UtcDateTime, index=True)
    sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


def find_left(db: Session, person_id: uuid.UUID, key_hash: bytes) -> str | None:
    """The mark of the thing as this press left it; None where it was not done."""
    mine = (QueuedPressRow.person_id == person_id, QueuedPressRow.key_hash == key_hash)
    sealed = db.exec(select(QueuedPressRow.sealed).where(*mine)).first()
    return None if sealed is None else unseal(db, sealed, str)


def add_done(db: Session, now: datetime, person_id: uuid.UUID, key_hash: bytes, left: str) -> None:
    db.add(QueuedPressRow(person_id=person_id, key_hash=key_hash, at=now, sealed=seal(db, left)))
    db.flush()


def delete_past(db: Session, until: datetime) -> int:
    return db.exec(delete(QueuedPressRow).where(col(QueuedPressRow.at) <= until)).rowcount
