"""Passkeys: added, removed, signed in with."""

import secrets
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from acupwa.db.attempts import Attempts, Wait, place_limits
from acupwa.practice.accounts import passkey_store, people_store, rules, second_factor_store
from acupwa.practice.accounts.challenge_service import is_good, use_challenge
from acupwa.practice.accounts.model import HalfIn, NewSignIn, Passkey, Practitioner, SignedIn, StoredPasskey, WrongTry
from acupwa.practice.accounts.passkeys import PasskeyFault, challenge_in, check_new, check_sign_in, credential_in
from acupwa.practice.accounts.proof_service import keep_proof, need_proof
from acupwa.practice.accounts.second_factor_service import complete
from acupwa.practice.accounts.sign_in_service import sign_in
from acupwa.practice.accounts.trail_service import note

_TRIES = Attempts("passkey", rules.TRIES_WITHIN)


def make_challenge(db: Session, now: datetime, practitioner_id: UUID) -> bytes:
    """The question for a new passkey of this account."""
    passkey_store.delete_challenges_past(db, now)
    challenge = secrets.token_bytes(32)
    passkey_store.add_challenge(db, challenge, practitioner_id, now + rules.CHALLENGE_FOR)
    return challenge


def ask_challenge(db: Session, now: datetime, of: SignedIn) -> bytes:
    """The question for a new passkey. Raises ProofNeeded."""
    need_proof(db, now, of)
    return make_challenge(db, now, of.practitioner.id)


def prove_by_passkey(db: Session, now: datetime, of: SignedIn, answer: str, origin: str) -> bool:
    """Whether one of their own passkeys gave this answer; then this sign-in has shown who it is."""
    proved = _owner_of_answer(db, now, answer, origin) == of.practitioner.id
    if proved:
        keep_proof(db, now, of)
    return proved


def list_passkeys(db: Session, now: datetime, practitioner_id: UUID) -> tuple[Passkey, ...]:
    return passkey_store.list_passkeys(db, practitioner_id)


def known_credentials(db: Session, now: datetime, practitioner_id: UUID) -> tuple[bytes, ...]:
    return passkey_store.list_credential_ids(db, practitioner_id)


def add_passkey(db: Session, now: datetime, of: SignedIn, answer: str, origin: str, name: str) -> bool:
    """False when the answer of the browser does not hold; what it was asked is used up by it all the same.

    Raises ProofNeeded.
    """
    need_proof(db, now, of)
    return _add(db, now, of.practitioner, answer, origin, name)


def add_first_passkey(
    db: Session, now: datetime, half: HalfIn, answer: str, origin: str, name: str
) -> NewSignIn | WrongTry:
    """The clinic asks for a second factor, and they have none yet: with their first passkey they are in."""
    who = half.practitioner
    people_store.hold_practitioner(db, who.id)
    if passkey_store.list_passkeys(db, who.id) or second_factor_store.find_app(db, who.id):
        return WrongTry()
    return complete(db, now, half) if _add(db, now, who, answer, origin, name) else WrongTry()


def _add(db: Session, now: datetime, who: Practitioner, answer: str, origin: str, name: str) -> bool:
    try:
        challenge = challenge_in(answer)
        if not passkey_store.take_challenge(db, challenge, who.id, now):
            return False
        made = check_new(answer, origin, challenge)
    except PasskeyFault:
        return False
    stored = StoredPasskey(
        practitioner_id=who.id,
        credential_id=made.credential_id,
        public_key=made.public_key,
        sign_count=made.sign_count,
    )
    added = passkey_store.add_passkey(db, now, stored, name)
    if added:
        note(db, now, who, "passkey-added", who)
    return added


def remove_passkey(db: Session, now: datetime, of: SignedIn, id: UUID) -> bool:
    """False when it is not theirs, or the only way left to sign in as the clinic asks for. Raises ProofNeeded."""
    need_proof(db, now, of)
    last = len(passkey_store.list_passkeys(db, of.practitioner.id)) == 1
    alone = not people_store.has_password(db, of.practitioner.id)
    if last and (alone or (of.clinic.second_factor and not of.practitioner.by_app)):
        return False
    removed = passkey_store.delete_passkey(db, of.practitioner.id, id)
    if removed:
        note(db, now, of.practitioner, "passkey-removed", of.practitioner)
    return removed


def sign_in_with_passkey(
    db: Session, now: datetime, answer: str, origin: str, old_token: str, browser: str, address: str
) -> NewSignIn | Wait | WrongTry:
    """An answer that does not hold counts as a try; one that does opens however many there were."""
    limits = place_limits(db, "passkey from", address, rules.TRIES_OF_CODES)
    booked = _TRIES.book(db, now, limits)
    practitioner_id = _owner_of_answer(db, now, answer, origin)
    found = people_store.find_practitioner_by_id(db, practitioner_id) if practitioner_id else None
    if found is None:
        return booked.wait or WrongTry()
    _TRIES.take_back(db, booked.subjects)
    return sign_in(db, now, found, "passkey", old_token, browser)


def _owner_of_answer(db: Session, now: datetime, answer: str, origin: str) -> UUID | None:
    """Whose passkey gave this answer, with its use noted. None when it does not hold, or answers nothing we asked."""
    try:
        challenge = challenge_in(answer)
        stored = passkey_store.find_passkey(db, credential_in(answer))
        if stored is None or not is_good(db, now, challenge):
            return None
        count = check_sign_in(answer, origin, challenge, stored)
    except PasskeyFault:
        return None
    if not use_challenge(db, now, challenge):
        return None
    passkey_store.touch_passkey(db, stored.credential_id, count, now)
    return stored.practitioner_id
