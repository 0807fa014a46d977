"""The inbox of a clinic: find by alias. Looking, marking and notes stand with the shares."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from acupwa.practice.accounts.model import SignedIn
from acupwa.practice.inbox.rules import fitting
from acupwa.practice.links.model import Link
from acupwa.practice.links.service import find_link, list_links

# Aliases are sealed, so a search opens each: a link is made by hand, and a clinic has far fewer than shares.
MOST_LINKS = 5_000


def find_links(db: Session, now: datetime, by: SignedIn, typed: str) -> tuple[Link, ...]:
    """Those of the clinic whose alias holds what was typed, the newest first."""
    return fitting(list_links(db, now, by.clinic.id, MOST_LINKS), typed)


def names_of(db: Session, now: datetime, by: SignedIn, ids: tuple[UUID, ...]) -> tuple[str, ...]:
    """The aliases of these links, of those that are the clinic's own."""
    found = (find_link(db, now, by.clinic.id, id) for id in ids)
    return tuple(dict.fromkeys(one.alias for one in found if one))
