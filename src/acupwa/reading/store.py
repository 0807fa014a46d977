"""The table of reading lists: one sealed value a person."""

import uuid
from datetime import datetime

import msgspec
from sqlalchemy import Column, LargeBinary
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, Session

from acupwa.db.encryption import seal, unseal
from acupwa.db.tables import Row, UtcDateTime
from acupwa.reading.model import KeptList, LastPress, ListState, StoredList


class ReadingListRow(Row, table=True):
    """A person's marks, as one encrypted value."""

    __tablename__ = "reading_list"
    person_id: uuid.UUID = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE")
    updated_at: datetime = Field(sa_type=UtcDateTime)
    sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


def find_list(db: Session, person_id: uuid.UUID) -> StoredList | None:
    row = db.get(ReadingListRow, person_id)
    return unseal(db, row.sealed, StoredList) if row else None


def save_list(
    db: Session, now: datetime, person_id: uuid.UUID, marks: ListState, last: LastPress | None = None
) -> None:
    """Write it anew or over the old one: two first presses at once must not collide."""
    values = {"updated_at": now, "sealed": seal(db, StoredList(**msgspec.structs.asdict(marks), last=last))}
    insert = sqlite.insert if db.get_bind().dialect.name == "sqlite" else postgresql.insert
    row = insert(ReadingListRow).values(person_id=person_id, **values)
    db.exec(row.on_conflict_do_update(index_elements=["person_id"], set_=values))


def find_kept(db: Session, person_id: uuid.UUID) -> KeptList | None:
    row = db.get(ReadingListRow, person_id)
    if row is None:
        return None
    return KeptList(updated_at=row.updated_at, marks=unseal(db, row.sealed, StoredList).marks)
