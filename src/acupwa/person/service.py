"""Who this is, what they agreed to, and forgetting them."""

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from acupwa.person import store
from acupwa.person.model import Consent, Person

TOKEN_BYTES = 32
_SEEN_EVERY = timedelta(days=1)


def find_person(session: Session, now: datetime, token: str) -> Person | None:
    """The person of this token; notes once a day that they were here."""
    found = store.find_person(session, _hash(token))
    if found is None:
        return None
    person, seen_at = found
    if now - seen_at >= _SEEN_EVERY:
        store.touch_person(session, person.id, now)
    return person


def make_person(session: Session, now: datetime) -> tuple[Person, str]:
    """A new person and the token for their cookie; only its hash is kept."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    return store.add_person(session, _hash(token), now), token


def give_consent(
    session: Session, now: datetime, person_id: UUID, version: str, wording: str, language: str
) -> None:
    consent = Consent(version=version, language=language, wording=wording, given_at=now)
    store.add_consent(session, person_id, consent)


def list_consents(session: Session, now: datetime, person_id: UUID) -> tuple[Consent, ...]:
    return store.list_consents(session, person_id)


def forget_person(session: Session, now: datetime, person_id: UUID) -> None:
    """Delete the person and all that hangs on them, at once."""
    store.delete_person(session, person_id)


def forget_unseen(session: Session, now: datetime, days: int) -> int:
    """Delete everyone who was not here for `days` days; returns how many."""
    return store.delete_people_unseen_since(session, now - timedelta(days=days))


def _hash(token: str) -> bytes:
    # A 256-bit random token needs no slow hash.
    return hashlib.sha256(token.encode()).digest()
