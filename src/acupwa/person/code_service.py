"""The short codes that open one's own answers on another phone: made, looked at, used once."""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from sqlmodel import Session

from acupwa.db.attempts import Attempts, Limit, Wait, place_limits, shared_limit
from acupwa.db.encryption import fingerprints
from acupwa.db.tables import new_key
from acupwa.person import store
from acupwa.person.codes import (
    MOVE_FOR,
    OLD_LENGTH,
    PAUSE_FOR,
    SAME_CODE_FOR,
    TRIES_BY_ADDRESS,
    TRIES_BY_ALL,
    TRIES_WITHIN,
    code_letters,
)
from acupwa.person.model import Handover, HandoverKind, Opened, WrongCode
from acupwa.person.service import new_device, one_at_a_time

_CODES = Attempts("code", TRIES_WITHIN)


@one_at_a_time
def make_code(
    db: Session, now: datetime, person_id: UUID, kind: HandoverKind, check_in_id: UUID | None = None, days: int = 0
) -> tuple[str, Handover]:
    """A new code in place of an earlier one of its kind. Only its hash is kept.

    A paused check-in has one code, for as long as it waits: who pauses it again is given the same, with its whole time
    before it. `days` is how long an unfinished check-in is kept: no code says that it opens one for longer.
    Any other code is the same within seconds: of a button that was pressed twice, the page that is shown may be the
    answer to either press.
    """
    expires_at = now + (min(PAUSE_FOR, timedelta(days=days)) if kind == "pause" else MOVE_FOR)
    found = _find_code(db, now, person_id, kind, check_in_id)
    if found is not None:
        id, code, handover, made_at = found
        if kind == "pause":
            store.renew_handover(db, id, expires_at)
            return code, msgspec.structs.replace(handover, expires_at=expires_at)
        if now - made_at < SAME_CODE_FOR:
            return code, handover
    store.delete_handovers_of(db, person_id, kind)
    handover = Handover(person_id=person_id, kind=kind, check_in_id=check_in_id, expires_at=expires_at)
    while True:
        id = new_key()
        code = _codes_of(db, id)[0]
        if store.add_handover(db, id, handover, _code_hashes(db, code)[0], now):
            return code, handover


def find_code(
    db: Session, now: datetime, person_id: UUID, kind: HandoverKind, check_in_id: UUID | None = None
) -> tuple[str, Handover] | None:
    """The newest code of its kind as long as it opens something, for the page that shows it again; None after that."""
    found = _find_code(db, now, person_id, kind, check_in_id)
    return found[1:3] if found else None


def look_at_code(db: Session, now: datetime, code: str, address: str) -> Handover | WrongCode | Wait:
    """What a code would open. It is not used by that; a wrong one counts as a try."""
    booked = _CODES.book(db, now, _code_limits(db, address))
    # Of those that are short enough to be guessed, also the right one waits.
    if len(code) == OLD_LENGTH and (booked.wait or booked.slow):
        return booked.wait or Wait(int(TRIES_WITHIN.total_seconds()))
    handover = store.find_handover(db, _code_hashes(db, code), now)
    if handover is None:
        return booked.wait or WrongCode(slow=booked.slow)
    _CODES.take_back(db, booked.subjects)
    return handover


def use_code(db: Session, now: datetime, code: str, found: Handover, own: UUID | None) -> Opened | WrongCode:
    """Open a person's answers in the browser that typed `code`, once; `found` is what it opens.

    `own` is whom this browser belongs to now. It holds one person: another one is deleted.
    """
    if not store.delete_handover(db, _code_hashes(db, code)):
        return WrongCode()
    if own == found.person_id:
        return Opened(handover=found, token=None)
    if own is not None:
        store.delete_person(db, own)
    return Opened(handover=found, token=new_device(db, now, found.person_id))


def list_handovers(db: Session, now: datetime, person_id: UUID) -> tuple[Handover, ...]:
    """The codes that were given out and still wait to be used."""
    return store.list_handovers(db, person_id, now)


def forget_codes_of(db: Session, now: datetime, person_id: UUID, check_in_id: UUID) -> None:
    store.delete_handovers_to(db, person_id, check_in_id)


def forget_codes(db: Session, now: datetime) -> int:
    """Delete codes that have passed their time; returns how many."""
    return store.delete_handovers_past(db, now)


def _find_code(
    db: Session, now: datetime, person_id: UUID, kind: HandoverKind, check_in_id: UUID | None
) -> tuple[UUID, str, Handover, datetime] | None:
    """The newest one of its kind that still opens something, with its key and when it was made."""
    newest = store.find_newest_handover(db, person_id, kind)
    if newest is None or newest[1].check_in_id != check_in_id or newest[1].expires_at <= now:
        return None
    id, handover, made_at = newest
    codes = _codes_of(db, id)
    shown = next((code for code in codes if store.find_handover(db, _code_hashes(db, code), now) == handover), None)
    return (id, shown, handover, made_at) if shown else None


def _codes_of(db: Session, handover_id: UUID) -> tuple[str, ...]:
    """Letters that nobody without the key of this server can tell from random ones: as a code has them now, then as
    it may have been given out, with an earlier key or as a short one.
    """
    codes = [code_letters(one) for one in fingerprints(db, "code of", str(handover_id))]
    return (*codes, *(code[:OLD_LENGTH] for code in codes))


def _code_limits(db: Session, address: str) -> tuple[Limit, ...]:
    return (
        *place_limits(db, "address", address, TRIES_BY_ADDRESS),
        shared_limit(db, "address", "everywhere", TRIES_BY_ALL),
    )


def _code_hashes(db: Session, code: str) -> tuple[bytes, ...]:
    # A short code could be tried out against a plain hash: the key of this server stands between.
    return fingerprints(db, "code", code)
