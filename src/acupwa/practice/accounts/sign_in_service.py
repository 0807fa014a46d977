"""Signing in and out, by password and code."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from acupwa.db import presses
from acupwa.db.attempts import Attempts, Wait, place_limits
from acupwa.db.encryption import fingerprints
from acupwa.db.presses import once
from acupwa.db.tokens import hash_token, new_token, unused_letters
from acupwa.person.codes import ALPHABET, LENGTH
from acupwa.practice.accounts import passkey_store, people_store, rules, sign_in_store, unsent_store
from acupwa.practice.accounts.known_device_service import new_device
from acupwa.practice.accounts.model import (
    How,
    NewSignIn,
    PasswordTry,
    Practitioner,
    SignedIn,
    SignIn,
    WrongTry,
)
from acupwa.practice.accounts.password_tries_service import (
    note_wrong_try,
    take_back,
    tell_wrong_tries,
)
from acupwa.practice.accounts.proof_service import need_proof
from acupwa.practice.accounts.trail_service import note
from acupwa.practice.accounts.way_back import UNSENT_FOR
from acupwa.practice.trail.model import What

# A passkey is two factors. A code was made by a sign-in that had shown all that is asked for.
_FULL: tuple[How, ...] = ("passkey", "code")
_CODES = Attempts("practice-code", rules.TRIES_WITHIN)


def sign_in(
    db: Session, now: datetime, practitioner: Practitioner, how: How, old_token: str, browser: str
) -> NewSignIn:
    """A new token in place of the browser's old one. The wrong tries before it are told once. Half in where a second
    factor is asked for.
    """
    failures = tell_wrong_tries(db, now, practitioner.email)
    if old_token:
        sign_in_store.delete_sign_in_of(db, hash_token(old_token))
    token = new_token()
    half = how not in _FULL and _asks_second(db, practitioner)
    sign_in_store.add_sign_in(
        db, now, practitioner.id, hash_token(token), how, browser[:40], failures, second_due=half, proved=how != "code"
    )
    if not half:
        note(db, now, practitioner, "signed-in", practitioner, about=how)
    return NewSignIn(token, new_device(db, practitioner.id), half)


def _asks_second(db: Session, who: Practitioner) -> bool:
    clinic = people_store.find_clinic(db, who.clinic_id)
    return who.by_app or (clinic is not None and clinic.second_factor)


def sign_in_with_password(
    db: Session, now: datetime, tried: PasswordTry, opens: bool, old_token: str, browser: str
) -> NewSignIn | WrongTry:
    """After the password was checked: `opens`. A wrong one stays booked, as does one whose account went meanwhile."""
    found = people_store.find_practitioner(db, tried.name) if opens else None
    if found is None:
        note_wrong_try(db, now, tried.name)
        return WrongTry()
    take_back(db, now, tried)
    return sign_in(db, now, found, "password", old_token, browser)


def find_visitor(db: Session, now: datetime, token: str) -> tuple[SignedIn, bool] | None:
    """Whoever is signed in with this token, and whether it is time to note that they were here (`note_visit`)."""
    found = sign_in_store.find_signed_in(db, hash_token(token), now - rules.SIGN_IN_LASTS, now - rules.SIGN_IN_IDLE)
    return (found[0], now - found[1] >= rules.SEEN_EVERY) if found else None


def find_signed_in(db: Session, now: datetime, token: str) -> SignedIn | None:
    found = find_visitor(db, now, token)
    return found[0] if found else None


def note_visit(db: Session, now: datetime, of: SignedIn) -> None:
    sign_in_store.touch_sign_in(db, of.sign_in_id, now)


def list_sign_ins(db: Session, now: datetime, of: SignedIn) -> tuple[SignIn, ...]:
    return sign_in_store.list_sign_ins(
        db, of.practitioner.id, of.sign_in_id, now - rules.SIGN_IN_LASTS, now - rules.SIGN_IN_IDLE
    )


def end_sign_in(db: Session, now: datetime, of: SignedIn, id: UUID) -> bool:
    ended = sign_in_store.end_sign_in(db, now, of.practitioner.id, id)
    if ended:
        what: What = "signed-out" if id == of.sign_in_id else "sign-in-ended"
        note(db, now, of.practitioner, what, of.practitioner)
    return ended


def end_other_sign_ins(db: Session, now: datetime, of: SignedIn) -> int:
    count = sign_in_store.end_other_sign_ins(db, now, of.practitioner.id, of.sign_in_id)
    if count:
        note(db, now, of.practitioner, "sign-in-ended", of.practitioner)
    return count


def set_password(db: Session, now: datetime, of: SignedIn, tried: PasswordTry | None, password_hash: str) -> bool:
    """A new password ends every other sign-in. False when the one that was tried (None: there was
    none) is not theirs any more."""
    if tried is None:
        need_proof(db, now, of)
    old_hash = tried.secret.password_hash if tried else None
    if not people_store.change_password(db, of.practitioner.id, old_hash, password_hash):
        return False
    if tried is not None:
        take_back(db, now, tried)
        sign_in_store.set_proved(db, now, of.sign_in_id)
    sign_in_store.end_other_sign_ins(db, now, of.practitioner.id, of.sign_in_id)
    sign_in_store.use_one_times_of(db, now, of.practitioner.id)
    note(db, now, of.practitioner, "password-set", of.practitioner)
    return True


def make_code(db: Session, now: datetime, of: SignedIn, press: str = "") -> str:
    """A code for an installed app, good once for ten minutes. The same for the same `press` (`db.presses`).

    Raises ProofNeeded.
    """
    need_proof(db, now, of)
    return once(db, now, press, lambda: _make_code(db, now, of), str)


def _make_code(db: Session, now: datetime, of: SignedIn) -> str:
    who, expires_at = of.practitioner, now + rules.LASTS["code"]
    code = unused_letters(
        ALPHABET,
        LENGTH,
        lambda code: sign_in_store.add_one_time(db, now, who.id, "code", _code_hashes(db, code)[0], expires_at),
    )
    note(db, now, who, "code-made", who)
    return code


def use_code(
    db: Session, now: datetime, code: str, old_token: str, browser: str, address: str
) -> NewSignIn | Wait | WrongTry:
    """A wrong code counts as a try; the right one opens however many there were."""
    limits = place_limits(db, "practice code from", address, rules.TRIES_OF_CODES)
    booked = _CODES.book(db, now, limits)
    hashes = _code_hashes(db, code)
    found = sign_in_store.find_one_time(db, hashes, ("code",), now)
    if found is None or not sign_in_store.use_one_time(db, now, hashes):
        return booked.wait or WrongTry()
    _CODES.take_back(db, booked.subjects)
    return sign_in(db, now, found.practitioner, "code", old_token, browser)


def forget_past(db: Session, now: datetime) -> int:
    """Delete sign-ins, one-time links and challenges that have passed their time; returns how many."""
    gone = sign_in_store.delete_sign_ins_past(db, now - rules.SIGN_IN_LASTS)
    return (
        gone
        + sign_in_store.delete_one_times_past(db, now)
        + passkey_store.delete_challenges_past(db, now)
        + presses.delete_past(db, now)
        + unsent_store.delete_past(db, now - UNSENT_FOR)
    )


def _code_hashes(db: Session, code: str) -> tuple[bytes, ...]:
    return fingerprints(db, "practice-code", code)
