"""Who this is, on which devices, what they agreed to, and forgetting them."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from uuid import UUID

from sqlmodel import Session

from acupwa.db.attempts import Attempts, Limit, Wait
from acupwa.db.encryption import fingerprints
from acupwa.db.tables import new_key
from acupwa.db.tokens import hash_token, new_token
from acupwa.db.work import Gone
from acupwa.person import store
from acupwa.person.codes import (
    MOVE_FOR,
    PAUSE_FOR,
    SAME_CODE_FOR,
    TRIES_BY_ADDRESS,
    TRIES_BY_ALL,
    TRIES_WITHIN,
    code_letters,
    network_of,
)
from acupwa.person.model import (
    MOST_CONSENTS,
    Consent,
    Device,
    DeviceInUse,
    Handover,
    HandoverKind,
    Opened,
    Person,
    WrongCode,
)
from acupwa.zones import known_zone, only_zone_of

P = ParamSpec("P")
T = TypeVar("T")
_SEEN_EVERY = timedelta(days=1)
_ATTEMPTS = Attempts("code", TRIES_WITHIN)


def one_at_a_time(
    function: Callable[Concatenate[Session, datetime, UUID, P], T],
) -> Callable[Concatenate[Session, datetime, UUID, P], T]:
    """For what reads and then writes something of a person: it holds them first (`hold`)."""

    @wraps(function)
    def held(db: Session, now: datetime, person_id: UUID, /, *args: P.args, **kwargs: P.kwargs) -> T:
        hold(db, now, person_id)
        return function(db, now, person_id, *args, **kwargs)

    return held


def hold(db: Session, now: datetime, person_id: UUID) -> None:
    """Two works that hold the same person never run at once. Raises Gone when the person was deleted meanwhile."""
    if not store.hold_person(db, person_id):
        raise Gone


def find_visitor(db: Session, now: datetime, token: str) -> tuple[Person, bool] | None:
    """The person of this token, and whether it is time to note that they were here (`note_visit`): once a day."""
    found = store.find_person(db, hash_token(token))
    return (found[0], now - found[1] >= _SEEN_EVERY) if found else None


def find_person(db: Session, now: datetime, token: str) -> Person | None:
    found = find_visitor(db, now, token)
    return found[0] if found else None


def note_visit(db: Session, now: datetime, person_id: UUID, token: str) -> None:
    """They were here, with the browser of this token."""
    store.touch_person(db, person_id, hash_token(token), now)


def make_person(db: Session, now: datetime, token: str | None = None) -> tuple[Person, str]:
    """A new person and the token for their cookie; only its hash is kept.

    With a `token` that the browser holds already, two presses at once make one person: both get the same.
    """
    token = token or new_token()
    with db.begin_nested() as attempt:
        person = store.add_person(db, now)
        if store.add_device(db, person.id, hash_token(token), now):
            return person, token
        attempt.rollback()
    found = store.find_person(db, hash_token(token))
    if found is None:
        raise Gone
    return found[0], token


def add_device(db: Session, now: datetime, person_id: UUID, token: str) -> None:
    """The browser that holds `token` opens this person's answers. Raises Gone when it opens another's."""
    if not store.add_device(db, person_id, hash_token(token), now):
        found = store.find_person(db, hash_token(token))
        if found is None or found[0].id != person_id:
            raise Gone


def keep_zone(db: Session, now: datetime, person_id: UUID, zone: str | None) -> None:
    """Their phone's zone, or their plan's: the last one told holds. A name that no clock knows is passed over."""
    if known := known_zone(zone):
        store.put_zone(db, person_id, known)


def suggest_zone(db: Session, now: datetime, person_id: UUID, country: str | None) -> None:
    """Their country's, where neither phone nor plan told one and the country has but one."""
    if zone := only_zone_of(country):
        store.fill_zone(db, person_id, zone)


def find_zone(db: Session, now: datetime, person_id: UUID) -> str | None:
    """Whose days theirs are; None when it is not known, or nobody is there."""
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


@one_at_a_time
def make_code(
    db: Session, now: datetime, person_id: UUID, kind: HandoverKind, check_in_id: UUID | None = None
) -> tuple[str, Handover]:
    """A new code in place of an earlier one of its kind. Only its hash is kept.

    Within seconds it is the same code: of a button that was pressed twice, the page that is shown may be the answer
    to either press.
    """
    newest = store.find_newest_handover(db, person_id, kind, now - SAME_CODE_FOR)
    if newest is not None and newest[1].check_in_id == check_in_id:
        return _code_of(db, newest[0]), newest[1]
    store.delete_handovers_of(db, person_id, kind)
    expires_at = now + (PAUSE_FOR if kind == "pause" else MOVE_FOR)
    handover = Handover(person_id=person_id, kind=kind, check_in_id=check_in_id, expires_at=expires_at)
    while True:
        id = new_key()
        code = _code_of(db, id)
        if store.add_handover(db, id, handover, _code_hashes(db, code)[0], now):
            return code, handover


def find_code(
    db: Session, now: datetime, person_id: UUID, kind: HandoverKind, check_in_id: UUID | None = None
) -> tuple[str, Handover] | None:
    """The newest code of its kind as long as it opens something, for the page that shows it again; None after that."""
    newest = store.find_newest_handover(db, person_id, kind, now - max(PAUSE_FOR, MOVE_FOR))
    if newest is None or newest[1].check_in_id != check_in_id or newest[1].expires_at <= now:
        return None
    # Given out before the newest key, it was made with another.
    codes = (code_letters(one) for one in fingerprints(db, "code of", str(newest[0])))
    shown = next((code for code in codes if store.find_handover(db, _code_hashes(db, code), now) == newest[1]), None)
    return (shown, newest[1]) if shown else None


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


def give_consent(
    db: Session,
    now: datetime,
    person_id: UUID,
    version: str,
    wording: str,
    language: str,
    pressed_at: datetime | None = None,
) -> None:
    """Kept each time, up to MOST_CONSENTS; from then on only where these words were not agreed to before.

    `pressed_at` is when the button was pressed, where that was before it came in; never after.
    """
    kept = store.list_consents(db, person_id)
    same = any((one.version, one.wording, one.withdrawn_at) == (version, wording, None) for one in kept)
    if len(kept) < MOST_CONSENTS or not same:
        given_at = min(pressed_at or now, now)
        store.add_consent(
            db, person_id, Consent(version=version, language=language, wording=wording, given_at=given_at)
        )


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


def _code_of(db: Session, handover_id: UUID) -> str:
    """Letters that nobody without the key of this server can tell from random ones."""
    return code_letters(fingerprints(db, "code of", str(handover_id))[0])


def _code_hashes(db: Session, code: str) -> tuple[bytes, ...]:
    # A short code could be tried out against a plain hash: the key of this server stands between.
    return fingerprints(db, "code", code)
