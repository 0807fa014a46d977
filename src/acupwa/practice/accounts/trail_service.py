"""What is done to an account, as a line of the trail."""

from datetime import datetime

from sqlmodel import Session

from acupwa.practice.accounts.model import Practitioner
from acupwa.practice.trail.model import What
from acupwa.practice.trail.service import note_in_trail


def note(db: Session, now: datetime, of: Practitioner, what: What, by: Practitioner | None, about: str = "") -> None:
    note_in_trail(db, now, of.clinic_id, what, by=by.id if by else None, who=by.shown_name if by else "", about=about)
