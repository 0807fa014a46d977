"""The table of the trail. Rows are added; the database refuses to change or delete one."""

import uuid
from datetime import datetime

from sqlmodel import Field, Session, col, select

from acupwa.db.tables import Row, UtcDateTime, new_key
from acupwa.practice.trail.model import TrailFilter, TrailLine, bounds_of


class TrailRow(Row, table=True):
    __tablename__ = "trail"
    id: uuid.UUID = Field(primary_key=True, default_factory=new_key)
    clinic_id: uuid.UUID
    practitioner_id: uuid.UUID | None = None
    who: str
    what: str
    about: str
    at: datetime = Field(sa_type=UtcDateTime)


def add_line(
    db: Session,
    now: datetime,
    clinic_id: uuid.UUID,
    practitioner_id: uuid.UUID | None,
    who: str,
    what: str,
    about: str,
) -> None:
    row = TrailRow(clinic_id=clinic_id, who=who[:80], what=what, about=about[:200], at=now)
    row.practitioner_id = practitioner_id
    db.add(row)


def list_lines(
    db: Session, clinic_id: uuid.UUID, limit: int, before: uuid.UUID | None, only: TrailFilter
) -> tuple[TrailLine, ...]:
    """The newest first; `before` is the last line of the page before."""
    query = select(TrailRow).where(TrailRow.clinic_id == clinic_id)
    if before is not None:
        query = query.where(col(TrailRow.id) < before)
    if only.what is not None:
        query = query.where(TrailRow.what == only.what)
    if only.by is not None:
        query = query.where(TrailRow.practitioner_id == only.by)
    if only.day is not None:
        bounds = bounds_of(only.day, only.zone)
        if bounds is None:
            return ()
        query = query.where(col(TrailRow.at) >= bounds[0], col(TrailRow.at) < bounds[1])
    return tuple(map(_line, db.exec(query.order_by(col(TrailRow.id).desc()).limit(limit))))


def list_of_kind(db: Session, clinic_id: uuid.UUID, what: str) -> tuple[TrailLine, ...]:
    """Few of a kind are made, so that all of them are wanted: the oldest first."""
    query = select(TrailRow).where(TrailRow.clinic_id == clinic_id, TrailRow.what == what)
    return tuple(map(_line, db.exec(query.order_by(col(TrailRow.id)))))


def _line(row: TrailRow) -> TrailLine:
    return TrailLine(id=row.id, by=row.practitioner_id, who=row.who, what=row.what, about=row.about, at=row.at)
