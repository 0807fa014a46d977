"""Who this is, on which devices, what they agreed to, and forgetting them."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from uuid import UUID

from sqlmodel import Session

from acupwa.db.attempts import Attempts, Limit, TooMany, place_limits, shared_limit
from acupwa.db.tokens import hash_token, new_token
from acupwa.db.work import Gone
from acupwa.person import store
from acupwa.person.model import (
    MOST_CONSENTS,
    Consent,
    Device,
    Newcomer,
    Person,
    Visitor,
)
from acupwa.zones import known_zone, only_zone_of

P = ParamSpec("P")
T = TypeVar("T")
_SEEN_EVERY = _BACK_AFTER = timedelta(days=1)
# Each new person is a few rows: whoever makes them at will would fill the disk. A clinic's waiting room is one place.
NEW_BY_PLACE, NEW_WITHIN = 120, timedelta(minutes=1)
NEW_BY_ALL, NEW_BY_ALL_WITHIN = 20_000, timedelta(hours=1)
_NEW = Attempts("person", NEW_WITHIN)
_ALL_NEW = Attempts("people", NEW_BY_ALL_WITHIN)


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
    """Two works that hold the same person never run at once. Raises Gone when the person was deleted meanwhile.

    As something of theirs is about to change, whoever looks at them (`look_service`) looks anew.
    """
    if not store.hold_person(db, person_id, now):
        raise Gone


def find_visitor(db: Session, now: datetime, token: str) -> Visitor | None:
    """The person of this token. That they were here (`note_visit`) is noted once a day."""
    found = store.find_person(db, hash_token(token))
    if found is None:
        return None
    person, device = found
    to_note, back = now - device.seen_at >= _SEEN_EVERY, now - device.created_at >= _BACK_AFTER
    return Visitor(person=person, to_note=to_note, back=back)


def find_person(db: Session, now: datetime, token: str) -> Person | None:
    found = find_visitor(db, now, token)
    return found.person if found else None


def note_visit(db: Session, now: datetime, person_id: UUID, token: str) -> None:
    """They were here, with the browser of this token."""
    store.touch_person(db, person_id, hash_token(token), now)


def make_person(db: Session, now: datetime, newcomer: Newcomer) -> tuple[Person, str]:
    """A new person and the token for their cookie; only its hash is kept. Raises TooMany.

    With a token that the browser holds already, two presses at once make one person: both get the same.
    """
    _book_new(db, now, newcomer.address)
    token = newcomer.token or new_token()
    with db.begin_nested() as attempt:
        person = store.add_person(db, now)
        if store.add_device(db, person.id, hash_token(token), now):
            return person, token
        attempt.rollback()
    found = store.find_person(db, hash_token(token))
    if found is None:
        raise Gone
    return found[0], token


def is_crowded(db: Session, now: datetime) -> bool:
    """Whether so many came anew within the hour, from everywhere, that each is slowed down. Nobody is kept out by it."""
    return _ALL_NEW.count(db, now, _everywhere(db).subject) >= NEW_BY_ALL


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


def begun_at(db: Session, now: datetime, person_id: UUID) -> tuple[datetime, str | None]:
    """Since when a person is here, and in which zone they are. Raises Gone."""
    found = store.begun_at(db, person_id)
    if found is None:
        raise Gone
    return found


def list_devices(db: Session, now: datetime, person_id: UUID, token: str) -> tuple[Device, ...]:
    """The browsers that can open this person's answers, the oldest first."""
    return store.list_devices(db, person_id, hash_token(token))


def forget_device(db: Session, now: datetime, token: str) -> None:
    """The browser of this token opens nothing any more; what is held of the person stays."""
    store.delete_device(db, hash_token(token))


def forget_other_devices(db: Session, now: datetime, person_id: UUID, token: str) -> int:
    """Only the browser of this token stays; returns how many are gone."""
    return store.delete_other_devices(db, person_id, hash_token(token))


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


def new_device(db: Session, now: datetime, person_id: UUID) -> str:
    """The token for another browser that opens their answers; only its hash is kept."""
    token = new_token()
    store.add_device(db, person_id, hash_token(token), now)
    return token


def _book_new(db: Session, now: datetime, address: str) -> None:
    booked = _NEW.book(db, now, place_limits(db, "new person", address, NEW_BY_PLACE))
    if booked.wait:
        raise TooMany(booked.wait)
    _ALL_NEW.book(db, now, [_everywhere(db)])


def _everywhere(db: Session) -> Limit:
    return shared_limit(db, "new person", "everywhere", NEW_BY_ALL)
