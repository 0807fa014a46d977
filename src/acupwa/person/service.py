"""Who this is, on which devices, what they agreed to, and forgetting them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from acupwa.db.attempts import Attempts, Limit, Wait
from acupwa.db.encryption import fingerprints
from acupwa.db.tokens import hash_token, new_token, unused_letters
from acupwa.person import store
from acupwa.person.codes import (
    ALPHABET,
    LENGTH,
    MOVE_FOR,
    PAUSE_FOR,
    TRIES_BY_ADDRESS,
    TRIES_BY_ALL,
    TRIES_WITHIN,
    network_of,
)
from acupwa.person.model import (
    Consent,
    Device,
    DeviceInUse,
    Handover,
    HandoverKind,
    Opened,
    Person,
    WrongCode,
)

_SEEN_EVERY = timedelta(days=1)
_ATTEMPTS = Attempts("code", TRIES_WITHIN)


def find_person(db: Session, now: datetime, token: str) -> Person | None:
    """The person of this token; notes once a day that they were here."""
    found = store.find_person(db, hash_token(token))
    if found is None:
        return None
    person, seen_at = found
    if now - seen_at >= _SEEN_EVERY:
        store.touch_person(db, person.id, hash_token(token), now)
    return person


def make_person(db: Session, now: datetime) -> tuple[Person, str]:
    """A new person and the token for their cookie; only its hash is kept."""
    person = store.add_person(db, now)
    return person, _new_device(db, now, person.id)


def find_zone(db: Session, now: datetime, person_id: UUID) -> str | None:
    """The IANA zone of this person's days, where it is known."""
    return store.find_zone(db, person_id)


def list_devices(db: Session, now: datetime, person_id: UUID, token: str) -> tuple[Device, ...]:
    """The browsers that can open this person's answers, the oldest first."""
    return store.list_devices(db, person_id, hash_token(token))


def forget_device(db: Session, now: datetime, token: str) -> None:
    """The browser of this token opens nothing any more; what is held of the person stays."""
    store.delete_device(db, hash_token(token))


def forget_other_devices(db: Session, now: datetime, person_id: UUID, token: str) -> int:
    """Only the browser of this token stays; returns how many are gone."""
    return store.delete_other_devices(db, person_id, hash_token(token))


def make_code(
    db: Session, now: datetime, person_id: UUID, kind: HandoverKind, check_in_id: UUID | None = None
) -> tuple[str, Handover]:
    """A new code in place of an earlier one of its kind. Only its hash is kept, so it is shown now or never."""
    store.delete_handovers_of(db, person_id, kind)
    expires_at = now + (PAUSE_FOR if kind == "pause" else MOVE_FOR)
    handover = Handover(person_id=person_id, kind=kind, check_in_id=check_in_id, expires_at=expires_at)
    code = unused_letters(
        ALPHABET, LENGTH, lambda code: store.add_handover(db, handover, _code_hashes(db, code)[0], now)
    )
    return code, handover


def use_code(
    db: Session, now: datetime, code: str, address: str, own: UUID | None, replace: bool
) -> Opened | DeviceInUse | WrongCode | Wait:
    """Open a person's answers in the browser that typed `code`, once.

    `own` is whom this browser belongs to now. It holds one person: with `replace` that person is deleted, else
    the code is left unused when it is another's.
    """
    place = fingerprints(db, "address", network_of(address))[0]
    wait = _ATTEMPTS.find_wait(db, now, [Limit(place, TRIES_BY_ADDRESS)])
    wait = wait or _ATTEMPTS.find_wait(db, now, [Limit(None, TRIES_BY_ALL)])
    if wait is not None:
        return wait
    hashes = _code_hashes(db, code)
    handover = store.find_handover(db, hashes, now)
    if handover is None:
        _ATTEMPTS.add(db, now, [place])
        return WrongCode()
    another = own is not None and own != handover.person_id
    if another and not replace:
        return DeviceInUse()
    if not store.delete_handover(db, hashes):
        return WrongCode()
    if own == handover.person_id:
        return Opened(handover=handover, token=None)
    if own is not None:
        store.delete_person(db, own)
    return Opened(handover=handover, token=_new_device(db, now, handover.person_id))


def list_handovers(db: Session, now: datetime, person_id: UUID) -> tuple[Handover, ...]:
    """The codes that were given out and still wait to be used."""
    return store.list_handovers(db, person_id, now)


def forget_codes_of(db: Session, now: datetime, person_id: UUID, check_in_id: UUID) -> None:
    store.delete_handovers_to(db, person_id, check_in_id)


def forget_codes(db: Session, now: datetime) -> int:
    """Delete codes and counts of tries that have passed their time; returns how many."""
    return store.delete_handovers_past(db, now) + _ATTEMPTS.delete_past(db, now)


def give_consent(db: Session, now: datetime, person_id: UUID, version: str, wording: str, language: str) -> None:
    consent = Consent(version=version, language=language, wording=wording, given_at=now)
    store.add_consent(db, person_id, consent)


def put_consents(db: Session, now: datetime, person_id: UUID, consents: Sequence[Consent]) -> None:
    """Add each as it is."""
    for consent in consents:
        store.add_consent(db, person_id, consent)


def list_consents(db: Session, now: datetime, person_id: UUID) -> tuple[Consent, ...]:
    return store.list_consents(db, person_id)


def forget_person(db: Session, now: datetime, person_id: UUID) -> None:
    """Delete the person and all that hangs on them, at once."""
    store.delete_person(db, person_id)


def forget_unseen(db: Session, now: datetime, days: int) -> int:
    """Delete everyone who was not here for `days` days; returns how many."""
    return store.delete_people_unseen_since(db, now - timedelta(days=days))


def _new_device(db: Session, now: datetime, person_id: UUID) -> str:
    token = new_token()
    store.add_device(db, person_id, hash_token(token), now)
    return token


def _code_hashes(db: Session, code: str) -> tuple[bytes, ...]:
    # A short code could be tried out against a plain hash: the key of this server stands between.
    return fingerprints(db, "code", code)
