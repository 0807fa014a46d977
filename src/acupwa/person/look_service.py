"""When somebody is to be looked at: of whom something is to be told at a time, without their asking.

A look is taken by one server at a time. Whoever takes it puts it off to the end of their lease; a change of what is
held of the person puts it to now again (`person.service.hold`), and so one that came meanwhile is never lost.
"""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from acupwa.db.tokens import hash_token
from acupwa.person import store


def look_at(db: Session, now: datetime, person_id: UUID, at: datetime | None) -> None:
    """None: never."""
    store.put_look(db, person_id, at)


def wake(db: Session, now: datetime, person_id: UUID) -> None:
    """Something came for this person that they did not do themselves: if they are looked at, then now."""
    store.wake(db, person_id, now)


def next_look(db: Session, now: datetime) -> datetime | None:
    """When the next of all is due; None while nobody is looked at."""
    return store.next_look(db)


def take_look(db: Session, now: datetime, until: datetime) -> UUID | None:
    """Somebody who is due, whom nobody else takes before `until`, unless something of theirs changes. None: nobody."""
    person_id = store.take_due(db, now)
    if person_id:
        store.put_look(db, person_id, until)
    return person_id


def leave_look(db: Session, now: datetime, person_id: UUID, taken_until: datetime, at: datetime | None) -> None:
    """The look is done; the next one is `at`, or now, where something changed meanwhile."""
    store.change_look(db, person_id, taken_until, at)


def device_of(db: Session, now: datetime, token: str) -> UUID | None:
    """The browser that holds this key, by an id that says nothing of the key."""
    return store.find_device(db, hash_token(token))
