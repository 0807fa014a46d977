"""The inbox of a clinic: find by alias, note for oneself. Looking and marking stand with the shares."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from acupwa.practice.accounts.model import SignedIn
from acupwa.practice.inbox import store
from acupwa.practice.inbox.rules import fitting
from acupwa.practice.links.model import Link
from acupwa.practice.links.service import get_link, list_links
from acupwa.practice.sharing.shares.model import Share
from acupwa.practice.sharing.shares.service import find_open

# Aliases are sealed, so a search opens each: a link is made by hand, and a clinic has far fewer than shares.
MOST_LINKS = 5_000


def find_links(db: Session, now: datetime, by: SignedIn, typed: str) -> tuple[Link, ...]:
    """Those of the clinic whose alias holds what was typed, the newest first."""
    return fitting(list_links(db, now, by.clinic.id, MOST_LINKS), typed)


def names_of(db: Session, now: datetime, by: SignedIn, ids: tuple[UUID, ...]) -> tuple[str, ...]:
    """The aliases of these links, of those that are the clinic's own."""
    found = (get_link(db, now, by.clinic.id, id) for id in ids)
    return tuple(dict.fromkeys(one.link.alias for one in found if one))


def read_note(db: Session, now: datetime, by: SignedIn, share_id: UUID) -> str:
    """Their own; a colleague's is not shown."""
    return store.find_note(db, share_id, by.practitioner.id)


def find_for_note(db: Session, now: datetime, by: SignedIn, share_id: UUID) -> tuple[Share, str] | None:
    """The share, of which no answer is to be shown, and the note that stands there."""
    share = find_open(db, now, by.clinic.id, share_id)
    return (share, store.find_note(db, share_id, by.practitioner.id)) if share else None


def save_note(db: Session, now: datetime, by: SignedIn, share_id: UUID, note: str) -> bool:
    """False when the share is not there any more. An empty note deletes."""
    if find_open(db, now, by.clinic.id, share_id) is None:
        return False
    store.put_note(db, share_id, by.practitioner.id, note)
    return True
