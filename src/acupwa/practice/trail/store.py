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
    db.add(
        TrailRow(clinic_id=clinic_id, practitioner_id=practitioner_id, who=who, what=what, about=about[:200], at=now)
    )


def list_lines(
    db: Session, clinic_id: uuid.UUID, limit: int | None, before: uuid.UUID | None, only: TrailFilter
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
    query = query.order_by(col(TrailRow.id).desc())
    rows = db.exec(query.limit(limit) if limit else query)
    return tuple(TrailLine(id=row.id, who=row.who, what=row.what, about=row.about, at=row.at) for row in rows)
