"""Passwords that are tried: booked before they are checked, so that guessing has to wait and nobody is kept out by others."""

import sys
from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlmodel import Session

from acupwa.db.attempts import Attempts, Limit, Wait, place_limits, shared_limit
from acupwa.db.encryption import fingerprints
from acupwa.networks import networks_of
from acupwa.practice.accounts import people_store, rules
from acupwa.practice.accounts.known_device_service import device_of
from acupwa.practice.accounts.model import PasswordTry, Secret, SignedIn
from acupwa.practice.accounts.passwords import NOBODY
from acupwa.practice.accounts.trail_service import note
from acupwa.practice.trail.model import What

_TRIES = Attempts("password", rules.TRIES_WITHIN)
# At these numbers of wrong tries for one account its trail gets a line: strangers cannot fill it.
_TOLD_AT: dict[int, What] = {
    1: "sign-in-failed",
    rules.TRIES_OF_PAIR: "sign-in-slowed",
    rules.TRIES_OF_NAME: "sign-in-slowed",
}


def try_password(db: Session, now: datetime, name: str, address: str, device: str) -> PasswordTry | Wait:
    """Book a try for this name, and what to check the password against; alike for a name that nobody has.

    `device` is what this browser shows of an earlier sign-in by the same name.
    """
    found = people_store.find_practitioner(db, name)
    known = device_of(db, device, found.id if found else None)
    limits: Sequence[Limit] = [Limit(subject=known, most=rules.TRIES_OF_DEVICE)] if known else ()
    booked = _TRIES.book(db, now, limits)
    if known is None or booked.wait:
        limits = _stranger_limits(db, name, address)
        booked = _TRIES.book(db, now, limits)
    if booked.wait:
        return booked.wait
    return PasswordTry(
        name=name,
        secret=_secret_of(db, name),
        subjects=booked.subjects,
        slow=booked.slow,
        place=None if known else networks_of(address)[-1],
    )


def try_own_password(db: Session, now: datetime, of: SignedIn) -> PasswordTry | Wait | None:
    """Before something of one's own account changes: None while it has no password. Nobody else fills this counter."""
    if not people_store.has_password(db, of.practitioner.id):
        return None
    subject = fingerprints(db, "failed-try", f"own {of.practitioner.id}")[0]
    booked = _TRIES.book(db, now, [Limit(subject=subject, most=rules.TRIES_OF_DEVICE)])
    if booked.wait:
        return booked.wait
    return PasswordTry(
        name=of.practitioner.email,
        secret=_secret_of(db, of.practitioner.email),
        subjects=(subject,),
    )


def find_own_secret(db: Session, now: datetime, of: SignedIn) -> Secret:
    """What one's own password is checked against, without a try."""
    return _secret_of(db, of.practitioner.email)


def take_back(db: Session, now: datetime, tried: PasswordTry) -> None:
    """It was the right one."""
    _TRIES.take_back(db, tried.subjects)


def note_wrong_try(db: Session, now: datetime, name: str) -> None:
    """A wrong one is told to whoever signs in next by this name, and stands in the trail of an account."""
    told = _told(db, name)
    _TRIES.book(db, now, [told])
    found = people_store.find_practitioner(db, name)
    what = _TOLD_AT.get(_TRIES.count(db, now, told.subject))
    if found is not None and what is not None:
        note(db, now, found, what, None, about=found.email)


def tell_wrong_tries(db: Session, now: datetime, name: str) -> int:
    """How many wrong tries there were since the last sign-in, or within the hour; from now on they are told."""
    subject = _told(db, name).subject
    count = _TRIES.count(db, now, subject)
    _TRIES.delete_of(db, subject)
    return count


def _stranger_limits(db: Session, name: str, address: str) -> Sequence[Limit]:
    """Only tries for this very name from this place can make it wait: what others there try, or for other names, slows."""
    of_place = place_limits(db, "failed-try", address, rules.TRIES_OF_PLACE, "place ")
    return (
        *place_limits(db, "failed-try", address, rules.TRIES_OF_PAIR, f"pair {name} "),
        *(msgspec.structs.replace(one, refuses=False) for one in of_place),
        shared_limit(db, "failed-try", f"of name {name}", rules.TRIES_OF_NAME),
        shared_limit(db, "failed-try", "everyone", rules.TRIES_OF_ALL),
    )


def _told(db: Session, name: str) -> Limit:
    return Limit(subject=fingerprints(db, "failed-try", f"name {name}")[0], most=sys.maxsize, refuses=False)


def _secret_of(db: Session, email: str) -> Secret:
    found = people_store.find_password(db, email)
    if found is None:
        return Secret(practitioner_id=None, password_hash=NOBODY)
    return Secret(practitioner_id=found[0], password_hash=found[1])
