"""Accounts: made, invited, signed in, slowed down, ended. Each function is one unit of work."""

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from sqlmodel import Session

from acupwa.db.attempts import Attempts, Limit, Wait
from acupwa.db.encryption import fingerprints
from acupwa.db.tokens import hash_token, new_token, unused_letters
from acupwa.person.codes import ALPHABET, LENGTH, network_of
from acupwa.practice.accounts import rules, store
from acupwa.practice.accounts.model import (
    Clinic,
    How,
    OneTime,
    OneTimeKind,
    Passkey,
    Practitioner,
    Role,
    Secret,
    SignedIn,
    SignIn,
    StoredPasskey,
)
from acupwa.practice.accounts.passwords import NOBODY
from acupwa.practice.trail.service import note_in_trail

_ATTEMPTS = Attempts("sign-in", rules.TRIES_WITHIN)
_LINKS: tuple[OneTimeKind, ...] = ("invitation", "reset")


def has_accounts(db: Session, now: datetime) -> bool:
    return store.count_practitioners(db) > 0


# ------------------------------------------------------------------ who works here


def add_practitioner(
    db: Session,
    now: datetime,
    email: str,
    name: str = "",
    clinic: UUID | str = "",
    role: Role | None = None,
    by: Practitioner | None = None,
) -> str | None:
    """A new account with its invitation; returns the token of the link, shown now or never. None: it is there already.

    `clinic` is a key, or the name of a new one. The first of a clinic is its owner.
    """  # fmt: skip
    if store.find_practitioner(db, email) is not None:
        return None
    if isinstance(clinic, UUID):
        clinic_id, first = clinic, not store.list_practitioners(db, clinic)
    else:
        clinic_id, first = store.add_clinic(db, now, clinic).id, True
        note_in_trail(db, now, clinic_id, "clinic-made")
    made = store.add_practitioner(db, now, clinic_id, email, name, "owner" if first else role or "practitioner")
    return _invite(db, now, made, "invitation", by)


def invite_again(
    db: Session, now: datetime, email: str, kind: OneTimeKind, by: Practitioner | None = None
) -> str | None:
    """A new link in place of the one before; None when nobody has this address, or not in the clinic of `by`."""
    found = store.find_practitioner(db, email)
    if found is None or (by is not None and by.clinic_id != found.clinic_id):
        return None
    return _invite(db, now, found, kind, by)


def set_role(db: Session, now: datetime, email: str, role: Role, by: Practitioner) -> bool:
    """What they may do from now on. False for somebody of another clinic, and for oneself: an owner always stays."""
    found = store.find_practitioner(db, email)
    if found is None or by.clinic_id != found.clinic_id or by.id == found.id:
        return False
    if role != found.role:
        store.set_role(db, found.id, role)
        _note(db, now, found, "role-changed", by, about=found.email)
    return True


def remove_practitioner(db: Session, now: datetime, email: str, by: Practitioner | None = None) -> bool:
    """Ends every access at once. False when there is none, or it is the last owner who would go by their own hand."""
    found = store.find_practitioner(db, email)
    if found is None or (by is not None and (by.clinic_id != found.clinic_id or by.id == found.id)):
        return False
    store.remove_practitioner(db, now, found.id)
    _note(db, now, found, "removed", by, about=found.email)
    return True


def list_clinics(db: Session, now: datetime) -> tuple[Clinic, ...]:
    return store.list_clinics(db)


def get_clinic(db: Session, now: datetime, id: UUID) -> Clinic | None:
    return store.get_clinic(db, id)


def list_practitioners(db: Session, now: datetime, clinic_id: UUID) -> tuple[Practitioner, ...]:
    return store.list_practitioners(db, clinic_id)


def list_everyone(db: Session, now: datetime, clinic_id: UUID) -> tuple[Practitioner, ...]:
    """Also those who were removed."""
    return store.list_everyone(db, clinic_id)


def who_left(db: Session, now: datetime, ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of `ids` who work nowhere here any more."""
    return frozenset(id for id in ids if store.get_practitioner(db, id) is None)


def save_clinic(db: Session, now: datetime, clinic: Clinic, by: Practitioner) -> None:
    store.save_clinic(db, clinic)
    _note(db, now, by, "clinic-changed", by)


def save_name(db: Session, now: datetime, practitioner_id: UUID, name: str) -> None:
    store.set_name(db, practitioner_id, name)


# ------------------------------------------------------------------ sign in


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
        found = store.find_practitioner(db, name)
        if found is not None and _ATTEMPTS.count(db, now, subjects[0]) == rules.TRIES_OF_PAIR:
            _note(db, now, found, "sign-in-slowed", None, about=found.email)


def ask_reset(db: Session, now: datetime, email: str, address: str) -> tuple[Practitioner, str] | Wait | None:
    """Whoever has this address, and the token of a new link for them; None when nobody has it, or got enough of them.

    Each asking counts as a wrong try does.
    """
    name = f"reset {email}"
    wait = must_wait(db, now, address, name)
    if wait is not None:
        return wait
    count_failure(db, now, address, name)
    asked = _ATTEMPTS.count(db, now, _subjects(db, address, name)[2])
    found = store.find_practitioner(db, email)
    if found is None or asked > rules.RESETS_BY_MAIL:
        return None
    return found, _invite(db, now, found, "reset", None)


def find_secret(db: Session, now: datetime, email: str) -> Secret:
    """What to check a password against; for an unknown address one that takes as long and never fits."""
    found = store.find_password(db, email)
    if found is None:
        return Secret(practitioner_id=None, password_hash=NOBODY)
    return Secret(practitioner_id=found[0], password_hash=found[1])


def sign_in(
    db: Session, now: datetime, practitioner: Practitioner, how: How, old_token: str, browser: str, address: str
) -> str:
    """A new token in place of the browser's old one. The wrong tries before it are told once, and forgotten."""
    pair, _place, all_of_name, _everyone = _subjects(db, address, practitioner.email)
    failures = _ATTEMPTS.count(db, now, all_of_name)
    _ATTEMPTS.delete_of(db, pair)
    _ATTEMPTS.delete_of(db, all_of_name)
    if old_token:
        store.delete_sign_in_of(db, hash_token(old_token))
    token = new_token()
    store.add_sign_in(db, now, practitioner.id, hash_token(token), how, browser[:40], failures)
    _note(db, now, practitioner, "signed-in", practitioner, about=how)
    return token


def sign_in_with_password(
    db: Session, now: datetime, email: str, old_token: str, browser: str, address: str
) -> str | None:
    """After the password was found to fit. None when the account went meanwhile."""
    found = store.find_practitioner(db, email)
    return None if found is None else sign_in(db, now, found, "password", old_token, browser, address)


def find_signed_in(db: Session, now: datetime, token: str) -> SignedIn | None:
    """Whoever is signed in with this token; notes now and then that they were here."""
    found = store.find_signed_in(db, hash_token(token), now - rules.SIGN_IN_LASTS, now - rules.SIGN_IN_IDLE)
    if found is None:
        return None
    signed_in, seen_at = found
    if now - seen_at >= rules.SEEN_EVERY:
        store.touch_sign_in(db, signed_in.sign_in_id, now)
    return signed_in


def list_sign_ins(db: Session, now: datetime, of: SignedIn) -> tuple[SignIn, ...]:
    return store.list_sign_ins(
        db, of.practitioner.id, of.sign_in_id, now - rules.SIGN_IN_LASTS, now - rules.SIGN_IN_IDLE
    )


def end_sign_in(db: Session, now: datetime, of: SignedIn, id: UUID) -> bool:
    ended = store.delete_sign_in(db, of.practitioner.id, id)
    if ended:
        what = "signed-out" if id == of.sign_in_id else "sign-in-ended"
        _note(db, now, of.practitioner, what, of.practitioner)
    return ended


def end_other_sign_ins(db: Session, now: datetime, of: SignedIn) -> int:
    count = store.delete_other_sign_ins(db, of.practitioner.id, of.sign_in_id)
    if count:
        _note(db, now, of.practitioner, "sign-in-ended", of.practitioner)
    return count


# ------------------------------------------------------------------ one-time links, codes, passwords


def find_one_time_link(db: Session, now: datetime, token: str) -> OneTime | None:
    """Whose invitation or reset this is. Looking at it does not use it."""
    return store.find_one_time(db, (hash_token(token),), _LINKS, now)


def use_one_time_link(
    db: Session,
    now: datetime,
    token: str,
    name: str,
    password_hash: str,
    old_token: str,
    browser: str,
    address: str,
) -> str | None:
    """Set the password, end all other sign-ins, sign in; returns the new token. None: used, or past its time."""
    found = store.find_one_time(db, (hash_token(token),), _LINKS, now)
    if found is None or not store.delete_one_time(db, (hash_token(token),)):
        return None
    who = found.practitioner
    store.delete_one_times_of(db, who.id)
    store.delete_other_sign_ins(db, who.id, None)
    store.set_password(db, who.id, password_hash)
    if name:
        store.set_name(db, who.id, name)
        who = msgspec.structs.replace(who, name=name)
    _note(db, now, who, "password-set", who)
    how: How = "invitation" if found.kind == "invitation" else "reset"
    return sign_in(db, now, who, how, old_token, browser, address)


def set_password(db: Session, now: datetime, of: SignedIn, password_hash: str) -> None:
    """A new password ends every other sign-in."""
    store.set_password(db, of.practitioner.id, password_hash)
    store.delete_other_sign_ins(db, of.practitioner.id, of.sign_in_id)
    store.delete_one_times_of(db, of.practitioner.id)
    _note(db, now, of.practitioner, "password-set", of.practitioner)


def has_password(db: Session, now: datetime, practitioner_id: UUID) -> bool:
    return store.has_password(db, practitioner_id)


def make_code(db: Session, now: datetime, of: SignedIn) -> str:
    """Six letters for an installed app, good once for ten minutes."""
    who, expires_at = of.practitioner, now + rules.LASTS["code"]
    code = unused_letters(
        ALPHABET,
        LENGTH,
        lambda code: store.add_one_time(db, now, who.id, "code", _code_hashes(db, code)[0], expires_at),
    )
    _note(db, now, who, "code-made", who)
    return code


def use_code(db: Session, now: datetime, code: str, old_token: str, browser: str, address: str) -> str | Wait | None:
    """Sign in with a code; None when it fits nothing."""
    wait = must_wait(db, now, address)
    if wait is not None:
        return wait
    hashes = _code_hashes(db, code)
    found = store.find_one_time(db, hashes, ("code",), now)
    if found is None or not store.delete_one_time(db, hashes):
        count_failure(db, now, address)
        return None
    return sign_in(db, now, found.practitioner, "code", old_token, browser, address)


# ------------------------------------------------------------------ passkeys


def make_challenge(db: Session, now: datetime, practitioner_id: UUID | None) -> bytes:
    store.delete_past(db, now)
    challenge = secrets.token_bytes(32)
    store.add_challenge(db, challenge, practitioner_id, now + rules.CHALLENGE_FOR)
    return challenge


def take_challenge(db: Session, now: datetime, challenge: bytes, practitioner_id: UUID | None) -> bool:
    return store.take_challenge(db, challenge, practitioner_id, now)


def list_passkeys(db: Session, now: datetime, practitioner_id: UUID) -> tuple[Passkey, ...]:
    return store.list_passkeys(db, practitioner_id)


def known_credentials(db: Session, now: datetime, practitioner_id: UUID) -> tuple[bytes, ...]:
    return store.list_credential_ids(db, practitioner_id)


def add_passkey(db: Session, now: datetime, of: SignedIn, stored: StoredPasskey, name: str) -> bool:
    added = store.add_passkey(db, now, stored, name)
    if added:
        _note(db, now, of.practitioner, "passkey-added", of.practitioner)
    return added


def remove_passkey(db: Session, now: datetime, of: SignedIn, id: UUID) -> bool:
    """False when it is not theirs, or the only way left to sign in."""
    last = len(store.list_passkeys(db, of.practitioner.id)) == 1
    if last and not store.has_password(db, of.practitioner.id):
        return False
    removed = store.delete_passkey(db, of.practitioner.id, id)
    if removed:
        _note(db, now, of.practitioner, "passkey-removed", of.practitioner)
    return removed


def find_passkey(db: Session, now: datetime, credential_id: bytes) -> StoredPasskey | None:
    return store.find_passkey(db, credential_id)


def sign_in_with_passkey(
    db: Session, now: datetime, stored: StoredPasskey, sign_count: int, old_token: str, browser: str, address: str
) -> str | None:
    """After its answer was found to hold. None when the account went meanwhile."""
    if store.find_passkey(db, stored.credential_id) is None:
        return None
    store.touch_passkey(db, stored.credential_id, sign_count, now)
    found = store.get_practitioner(db, stored.practitioner_id)
    return None if found is None else sign_in(db, now, found, "passkey", old_token, browser, address)


def forget_past(db: Session, now: datetime) -> int:
    """Delete sign-ins, one-time links, challenges and wrong tries that have passed their time; returns how many."""
    gone = store.delete_sign_ins_past(db, now - rules.SIGN_IN_LASTS, now - rules.SIGN_IN_IDLE)
    return gone + store.delete_past(db, now) + _ATTEMPTS.delete_past(db, now)


# ------------------------------------------------------------------ shared


def _invite(db: Session, now: datetime, who: Practitioner, kind: OneTimeKind, by: Practitioner | None) -> str:
    token = new_token()
    store.add_one_time(db, now, who.id, kind, hash_token(token), now + rules.LASTS[kind])
    _note(db, now, who, "invited" if kind == "invitation" else "reset-made", by, about=who.email)
    return token


def _note(db: Session, now: datetime, of: Practitioner, what: str, by: Practitioner | None, about: str = "") -> None:
    note_in_trail(
        db,
        now,
        of.clinic_id,
        what,  # type: ignore[arg-type]
        by=by.id if by else None,
        who=shown_name(by) if by else "",
        about=about,
    )


def shown_name(practitioner: Practitioner) -> str:
    return practitioner.name or practitioner.email


def _subjects(db: Session, address: str, name: str) -> Sequence[bytes]:
    """Hashes of: this name from this place, this place, this name, everyone."""
    place = network_of(address)
    texts = (f"pair {place} {name}", f"place {place}", f"name {name}", "everyone")
    return tuple(fingerprints(db, "failed-try", text)[0] for text in texts)


def _code_hashes(db: Session, code: str) -> tuple[bytes, ...]:
    return fingerprints(db, "practice-code", code)
