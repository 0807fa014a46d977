"""Presses that waited on a phone: each is done once, however often and however late it comes."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from acupwa.db.tokens import hash_token
from acupwa.person import queued_press_store as store
from acupwa.web.queued_press import KNOWN_FOR, QueuedPress


def is_done(db: Session, now: datetime, person_id: UUID, press: QueuedPress) -> bool:
    """Whoever asks holds the person (`one_at_a_time`)."""
    return store.find_left(db, person_id, hash_token(press.key)) is not None


def seen_by(db: Session, now: datetime, person_id: UUID, press: QueuedPress) -> tuple[str, ...]:
    """The marks of what was seen: as the page showed the thing, and as the press before it left that, where it is done."""
    left = store.find_left(db, person_id, hash_token(press.after)) if press.after else None
    return (press.seen,) if left is None else (press.seen, left)


def note_done(db: Session, now: datetime, person_id: UUID, press: QueuedPress, left: str) -> None:
    """`left` marks the thing as it is after it."""
    store.add_done(db, now, person_id, hash_token(press.key), left)


def forget_queued_presses(db: Session, now: datetime) -> int:
    """Those that nothing is known of any more; returns how many."""
    return store.delete_past(db, now - KNOWN_FOR)
