"""Passkeys: added, removed, signed in with."""

import secrets
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from acupwa.practice.accounts import passkey_store, people_store, rules
from acupwa.practice.accounts.model import Passkey, SignedIn, StoredPasskey
from acupwa.practice.accounts.sign_in_service import sign_in
from acupwa.practice.accounts.trail_service import note


def make_challenge(db: Session, now: datetime, practitioner_id: UUID | None) -> bytes:
    passkey_store.delete_challenges_past(db, now)
    challenge = secrets.token_bytes(32)
    passkey_store.add_challenge(db, challenge, practitioner_id, now + rules.CHALLENGE_FOR)
    return challenge


def take_challenge(db: Session, now: datetime, challenge: bytes, practitioner_id: UUID | None) -> bool:
    return passkey_store.take_challenge(db, challenge, practitioner_id, now)


def list_passkeys(db: Session, now: datetime, practitioner_id: UUID) -> tuple[Passkey, ...]:
    return passkey_store.list_passkeys(db, practitioner_id)


def known_credentials(db: Session, now: datetime, practitioner_id: UUID) -> tuple[bytes, ...]:
    return passkey_store.list_credential_ids(db, practitioner_id)


def add_passkey(db: Session, now: datetime, of: SignedIn, stored: StoredPasskey, name: str) -> bool:
    added = passkey_store.add_passkey(db, now, stored, name)
    if added:
        note(db, now, of.practitioner, "passkey-added", of.practitioner)
    return added


def remove_passkey(db: Session, now: datetime, of: SignedIn, id: UUID) -> bool:
    """False when it is not theirs, or the only way left to sign in."""
    last = len(passkey_store.list_passkeys(db, of.practitioner.id)) == 1
    if last and not people_store.has_password(db, of.practitioner.id):
        return False
    removed = passkey_store.delete_passkey(db, of.practitioner.id, id)
    if removed:
        note(db, now, of.practitioner, "passkey-removed", of.practitioner)
    return removed


def find_passkey(db: Session, now: datetime, credential_id: bytes) -> StoredPasskey | None:
    return passkey_store.find_passkey(db, credential_id)


def sign_in_with_passkey(
    db: Session, now: datetime, stored: StoredPasskey, sign_count: int, old_token: str, browser: str, address: str
) -> str | None:
    """After its answer was found to hold. None when the account went meanwhile."""
    if passkey_store.find_passkey(db, stored.credential_id) is None:
        return None
    passkey_store.touch_passkey(db, stored.credential_id, sign_count, now)
    found = people_store.find_practitioner_by_id(db, stored.practitioner_id)
    return None if found is None else sign_in(db, now, found, "passkey", old_token, browser, address)
