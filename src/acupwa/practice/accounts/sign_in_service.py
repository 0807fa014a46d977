"""Signing in and out, by password and code; slowed down after wrong tries."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from acupwa.db import presses
from acupwa.db.attempts import Attempts, Limit, Wait
from acupwa.db.encryption import fingerprints
from acupwa.db.presses import once
from acupwa.db.tokens import hash_token, new_token, unused_letters
from acupwa.person.codes import ALPHABET, LENGTH, network_of
from acupwa.practice.accounts import passkey_store, people_store, rules, sign_in_store, unsent_store
from acupwa.practice.accounts.model import How, NewSignIn, Practitioner, Secret, SignedIn, SignIn, WrongTry
from acupwa.practice.accounts.passwords import NOBODY
from acupwa.practice.accounts.trail_service import note
from acupwa.practice.accounts.way_back import UNSENT_FOR
from acupwa.practice.trail.model import What

_ATTEMPTS = Attempts("sign-in", rules.TRIES_WITHIN)


def must_wait(db: Session, now: datetime, address: str, name: str = "") -> Wait | None:
    """Whether wrong tries from this place, or for this name, have to cool down first. Alike for unknown names."""
    pair, place, all_of_name, everyone = _subjects(db, address, name)
    limits = [Limit(place, rules.TRIES_OF_PLACE), Limit(everyone, rules.TRIES_OF_ALL)]
    if name:
        limits += [Limit(pair, rules.TRIES_OF_PAIR), Limit(all_of_name, rules.TRIES_OF_NAME)]
    return _ATTEMPTS.find_wait(db, now, limits)


def count_failure(db: Session, now: datetime, address: str, name: str = "") -> None:
    """The try after which the next ones wait stands in the trail, where the name is one of an account."""
    subjects = _subjects(db, address, name)
    _ATTEMPTS.add(db, now, subjects if name else (subjects[1], subjects[3]))
    if name:
        found = people_store.find_practitioner(db, name)
        if found is not None and _ATTEMPTS.count(db, now, subjects[0]) == rules.TRIES_OF_PAIR:
            note(db, now, found, "sign-in-slowed", None, about=found.email)


def count_tries(db: Session, now: datetime, name: str) -> int:
    """Wrong tries for this name, from everywhere."""
    return _ATTEMPTS.count(db, now, _subjects(db, "", name)[2])


def find_secret(db: Session, now: datetime, address: str, name: str) -> Secret | Wait:
    """What to check a password against; for an unknown address one that takes as long and never fits."""
    wait = must_wait(db, now, address, name)
    return _secret_of(db, name) if wait is None else wait


def find_own_secret(db: Session, now: datetime, of: SignedIn, address: str) -> Secret | Wait | None:
    """What to check one's own password against before it is changed; None while there is none."""
    wait = must_wait(db, now, address, of.practitioner.email)
    if wait is not None or not people_store.has_password(db, of.practitioner.id):
        return wait
    return _secret_of(db, of.practitioner.email)


def sign_in(
    db: Session, now: datetime, practitioner: Practitioner, how: How, old_token: str, browser: str, address: str
) -> str:
    """A new token in place of the browser's old one. The wrong tries before it are told once, and forgotten."""
    pair, _place, all_of_name, _everyone = _subjects(db, address, practitioner.email)
    failures = _ATTEMPTS.count(db, now, all_of_name)
    _ATTEMPTS.delete_of(db, pair)
    _ATTEMPTS.delete_of(db, all_of_name)
    if old_token:
        sign_in_store.delete_sign_in_of(db, hash_token(old_token))
    token = new_token()
    sign_in_store.add_sign_in(db, now, practitioner.id, hash_token(token), how, browser[:40], failures)
    note(db, now, practitioner, "signed-in", practitioner, about=how)
    return token


def sign_in_with_password(
    db: Session, now: datetime, name: str, opens: bool, old_token: str, browser: str, address: str
) -> NewSignIn | WrongTry:
    """After the password was checked: `opens`. A wrong one counts, as does one whose account went meanwhile."""
    found = people_store.find_practitioner(db, name) if opens else None
    if found is None:
        count_failure(db, now, address, name)
        return WrongTry()
    return NewSignIn(sign_in(db, now, found, "password", old_token, browser, address))


def find_visitor(db: Session, now: datetime, token: str) -> tuple[SignedIn, bool] | None:
    """Whoever is signed in with this token, and whether it is time to note that they were here (`note_visit`)."""
    found = sign_in_store.find_signed_in(db, hash_token(token), now - rules.SIGN_IN_LASTS, now - rules.SIGN_IN_IDLE)
    return (found[0], now - found[1] >= rules.SEEN_EVERY) if found else None


def find_signed_in(db: Session, now: datetime, token: str) -> SignedIn | None:
    found = find_visitor(db, now, token)
    return found[0] if found else None


def knows_browser(db: Session, now: datetime, token: str) -> bool:
    """Whether somebody signed in with this token, perhaps long ago."""
    return bool(token) and unsent_store.find_owner(db, hash_token(token)) is not None


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


def set_password(db: Session, now: datetime, of: SignedIn, old: Secret | None, password_hash: str) -> bool:
    """A new password ends every other sign-in. False when the `old` one (None: there was none) is not theirs any more."""
    old_hash = old.password_hash if old else None
    if not people_store.change_password(db, of.practitioner.id, old_hash, password_hash):
        return False
    sign_in_store.end_other_sign_ins(db, now, of.practitioner.id, of.sign_in_id)
    sign_in_store.use_one_times_of(db, now, of.practitioner.id)
    note(db, now, of.practitioner, "password-set", of.practitioner)
    return True


def make_code(db: Session, now: datetime, of: SignedIn, press: str = "") -> str:
    """Six letters for an installed app, good once for ten minutes. The same for the same `press` (`db.presses`)."""
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
    wait = must_wait(db, now, address)
    if wait is not None:
        return wait
    hashes = _code_hashes(db, code)
    found = sign_in_store.find_one_time(db, hashes, ("code",), now)
    if found is None or not sign_in_store.use_one_time(db, now, hashes):
        count_failure(db, now, address)
        return WrongTry()
    return NewSignIn(sign_in(db, now, found.practitioner, "code", old_token, browser, address))


def forget_past(db: Session, now: datetime) -> int:
    """Delete sign-ins, one-time links, challenges and wrong tries that have passed their time; returns how many."""
    gone = sign_in_store.delete_sign_ins_past(db, now - rules.SIGN_IN_LASTS)
    return (
        gone
        + sign_in_store.delete_one_times_past(db, now)
        + passkey_store.delete_challenges_past(db, now)
        + _ATTEMPTS.delete_past(db, now)
        + presses.delete_past(db, now)
        + unsent_store.delete_past(db, now - UNSENT_FOR)
    )


def _secret_of(db: Session, email: str) -> Secret:
    found = people_store.find_password(db, email)
    if found is None:
        return Secret(practitioner_id=None, password_hash=NOBODY)
    return Secret(practitioner_id=found[0], password_hash=found[1])


def _subjects(db: Session, address: str, name: str) -> Sequence[bytes]:
    """Hashes of: this name from this place, this place, this name, everyone."""
    place = network_of(address)
    texts = (f"pair {place} {name}", f"place {place}", f"name {name}", "everyone")
    return tuple(fingerprints(db, "failed-try", text)[0] for text in texts)


def _code_hashes(db: Session, code: str) -> tuple[bytes, ...]:
    return fingerprints(db, "practice-code", code)
