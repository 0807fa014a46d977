"""The table of calendars: one to a person. What they chose and what was to come of deleted plans is sealed."""

import uuid
from datetime import datetime
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Column, LargeBinary, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, Session, col, select

from acupwa.db.encryption import seal, unseal
from acupwa.db.tables import Row, UtcDateTime
from acupwa.planner.calendar_model import Feed, KeptCalendar


class CalendarRow(Row, table=True):
    """`token_hash` of the secret address that is on, which was made at `created_at`. `clears_at`: when the first of
    what is kept of deleted plans has had its time.
    """

    __tablename__ = "calendar"
    person_id: uuid.UUID = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE")
    token_hash: bytes | None = Field(sa_column=Column(LargeBinary(32), nullable=True, unique=True))
    created_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    fetched_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    clears_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


def find_calendar(db: Session, person_id: uuid.UUID) -> KeptCalendar | None:
    own = select(CalendarRow).where(CalendarRow.person_id == person_id)
    row = db.exec(own, execution_options={"populate_existing": True}).first()
    return _kept(db, row) if row else None


def find_by_hash(db: Session, token_hash: bytes) -> tuple[uuid.UUID, KeptCalendar] | None:
    """Whose secret address this is, and what is kept of their calendar."""
    row = db.exec(select(CalendarRow).where(CalendarRow.token_hash == token_hash)).first()
    return (row.person_id, _kept(db, row)) if row else None


def put_calendar(db: Session, person_id: uuid.UUID, kept: KeptCalendar, clears_at: datetime | None) -> None:
    """Anew, or over what is there."""
    values = {
        "token_hash": kept.token_hash,
        "created_at": kept.feed.made_at if kept.feed else None,
        "fetched_at": kept.feed.fetched_at if kept.feed else None,
        "clears_at": clears_at,
        "sealed": seal(db, _sealed(kept)),
    }
    insert = sqlite.insert if db.get_bind().dialect.name == "sqlite" else postgresql.insert
    row = insert(CalendarRow).values(person_id=person_id, **values)
    db.exec(row.on_conflict_do_update(index_elements=["person_id"], set_=values))


def note_fetched(db: Session, token_hash: bytes, at: datetime) -> None:
    db.exec(update(CalendarRow).where(col(CalendarRow.token_hash) == token_hash).values(fetched_at=at))


def list_to_clear(db: Session, now: datetime, most: int) -> list[tuple[uuid.UUID, bytes, KeptCalendar]]:
    """Those that hold something of a deleted plan that has had its time, with what is sealed as it stands."""
    rows = db.exec(
        select(CalendarRow).where(col(CalendarRow.clears_at) <= now).order_by(col(CalendarRow.person_id)).limit(most)
    )
    return [(row.person_id, bytes(row.sealed), _kept(db, row)) for row in rows]


def put_cleared(
    db: Session, person_id: uuid.UUID, before: bytes, kept: KeptCalendar, clears_at: datetime | None
) -> bool:
    """False when somebody changed it meanwhile: then it stays as they wrote it."""
    same = update(CalendarRow).where(col(CalendarRow.person_id) == person_id, col(CalendarRow.sealed) == before)
    values: dict[str, Any] = {"sealed": seal(db, _sealed(kept)), "clears_at": clears_at}
    return db.exec(same.values(**values).execution_options(synchronize_session=False)).rowcount == 1


def _kept(db: Session, row: CalendarRow) -> KeptCalendar:
    feed = Feed(made_at=row.created_at, fetched_at=row.fetched_at) if row.token_hash and row.created_at else None
    return replace(unseal(db, row.sealed, KeptCalendar), feed=feed, token_hash=row.token_hash)


def _sealed(kept: KeptCalendar) -> KeptCalendar:
    """What has no column of its own."""
    return replace(kept, feed=None, token_hash=None)
