"""Write to the trail, and read it."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from acupwa.practice.trail import store
from acupwa.practice.trail.model import TrailFilter, TrailLine, What
from acupwa.practice.trail.removed import read_removed

ALL = TrailFilter()
# Lines of one reading: about ten milliseconds of work.
PAGE = 500


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
    db: Session, now: datetime, clinic_id: UUID, limit: int = PAGE, before: UUID | None = None, only: TrailFilter = ALL
) -> tuple[TrailLine, ...]:
    """The newest first: a page of them, so that nobody waits while a trail of years is read."""
    return store.list_lines(db, clinic_id, limit, before, only)


def emails_of_removed(db: Session, now: datetime, clinic_id: UUID) -> dict[UUID, str]:
    """The addresses of those who were removed, by the keys of their accounts: an account loses its own at that moment."""
    return dict(filter(None, (read_removed(line.about) for line in store.list_of_kind(db, clinic_id, "removed"))))
