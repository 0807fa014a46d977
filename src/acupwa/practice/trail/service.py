"""Write to the trail, and read it."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from acupwa.practice.trail import store
from acupwa.practice.trail.model import TrailFilter, TrailLine, What

ALL = TrailFilter()


def note_in_trail(
    db: Session,
    now: datetime,
    clinic_id: UUID,
    what: What,
    *,
    by: UUID | None = None,
    who: str = "",
    about: UUID | str = "",
) -> None:
    """`who` is the name as it is now: it stays when the account goes. Empty: the server's operator or a patient."""
    store.add_line(db, now, clinic_id, by, who, what, str(about))


def list_trail(
    db: Session,
    now: datetime,
    clinic_id: UUID,
    limit: int | None = None,
    before: UUID | None = None,
    only: TrailFilter = ALL,
) -> tuple[TrailLine, ...]:
    """The newest first."""
    return store.list_lines(db, clinic_id, limit, before, only)
