"""What is done to an account, as a line of the trail; and who stands in it."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from acupwa.practice.accounts import people_store
from acupwa.practice.accounts.model import Practitioner
from acupwa.practice.accounts.trail_model import Doer
from acupwa.practice.trail.model import What
from acupwa.practice.trail.service import emails_of_removed, note_in_trail


def note(db: Session, now: datetime, of: Practitioner, what: What, by: Practitioner | None, about: str = "") -> None:
    note_in_trail(db, now, of.clinic_id, what, by=by.id if by else None, who=by.shown_name if by else "", about=about)


def list_doers(db: Session, now: datetime, clinic_id: UUID) -> tuple[Doer, ...]:
    """Everyone who ever had an account in this clinic, in the order in which they came."""
    removed = emails_of_removed(db, now, clinic_id)
    return tuple(
        # Who was removed has no address any more.
        Doer(id=one.id, name=one.name, email=one.email)
        if "@" in one.email
        else Doer(id=one.id, name=one.name, email=removed.get(one.id, ""), removed=True)
        for one in people_store.list_everyone(db, clinic_id)
    )
