"""A practitioner's notes to themselves about a share. They go with it."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from acupwa.practice.accounts.model import SignedIn
from acupwa.practice.sharing.notes import store
from acupwa.practice.sharing.shares.service import hold_open


def read_note(db: Session, now: datetime, by: SignedIn, share_id: UUID) -> str:
    """Their own, empty when there is none; a colleague's is not shown."""
    return store.read_note(db, share_id, by.practitioner.id)


def save_note(db: Session, now: datetime, by: SignedIn, share_id: UUID, note: str) -> bool:
    """False when the share is not there any more. An empty note deletes."""
    if hold_open(db, now, by.clinic.id, share_id) is None:
        return False
    store.put_note(db, share_id, by.practitioner.id, note)
    return True


def delete_notes(db: Session, now: datetime, share_id: UUID) -> None:
    """Everyone's."""
    store.delete_notes(db, share_id)
