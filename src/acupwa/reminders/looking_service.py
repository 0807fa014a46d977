"""Looks taken at people: what the runner of reminders asks of the database before and after it sends."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import msgspec
from sqlmodel import Session

from acupwa.db.work import Gone
from acupwa.library.model import Library
from acupwa.person.look_service import leave_look, look_at, take_look
from acupwa.person.model import Person
from acupwa.person.service import begun_at
from acupwa.practice.sharing.follow_up.service import remind
from acupwa.practice.sharing.proposals.service import list_current
from acupwa.reminders import store
from acupwa.reminders.model import Again, Look, Told
from acupwa.reminders.moments import look
from acupwa.today.service import know
from acupwa.web.push_message import Browser
from acupwa.zones import day_in

LEASE = timedelta(minutes=2)
# Of somebody whose look had a fault: it is there the next time, too, as long as nothing of theirs changes.
PUT_OFF = timedelta(hours=1)
# When another has somebody still, of whom something changed meanwhile.
_SHORTLY = timedelta(seconds=5)
# Clocks of servers may differ, or be set back, by so much at the most: what is later than that was a wrong one.
_CLOCKS_DIFFER = timedelta(hours=2)
_DAY = timedelta(days=1)
_MOST_TAKEN = 20


class Taken(msgspec.Struct, frozen=True):
    """Somebody whom nobody else looks at before `until`."""

    person_id: UUID
    until: datetime


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What a look at the moment `at` found, and the phones of the person."""

    at: datetime
    look: Look
    browsers: tuple[tuple[UUID, Browser], ...]


def take_next(db: Session, now: datetime) -> Taken | None:
    """Whoever has waited longest. None while nobody is due."""
    until = now + LEASE
    for _each in range(_MOST_TAKEN):
        person_id = take_look(db, now, until)
        if person_id is None:
            return None
        if store.take(db, person_id, now, until):
            return Taken(person_id, until)
        look_at(db, now, person_id, now + _SHORTLY if store.has_clock(db, person_id) else None)
    return None


def find_work(db: Session, now: datetime, taken: Taken, library: Library, draft_days: int) -> Found | None:
    """None when there is nothing to look at any more."""
    clock = store.find_clock(db, taken.person_id)
    if clock is None:
        return None
    try:
        person = Person(taken.person_id, *begun_at(db, now, taken.person_id))
    except Gone:
        return None
    known = know(db, now, person, draft_days)
    found = look(known, clock, _told(db, now, person), library)
    return Found(at=now, look=found, browsers=store.list_browsers(db, taken.person_id))


def leave(
    db: Session,
    now: datetime,
    taken: Taken,
    found: Found | None,
    again: tuple[Again, ...],
    gone: tuple[UUID, ...],
) -> None:
    """The look is done. `again` is what is to be tried again; `gone`: phones that nobody is reached by any more."""
    next_at = min([found.look.next, *(one.next for one in again)]) if found else None
    # The person before what hangs on them, as everybody takes them.
    leave_look(db, now, taken.person_id, taken.until, next_at)
    if gone:
        store.delete_browsers(db, taken.person_id, gone)
    if not store.count_browsers(db, taken.person_id):
        look_at(db, now, taken.person_id, None)
    clock = store.find_clock(db, taken.person_id)
    if clock is None or found is None or not store.release(db, taken.person_id, taken.until):
        return
    looked = msgspec.structs.replace(
        clock,
        looked_until=_later(clock.looked_until, found.at),
        noticed=found.look.noticed,
        again=again,
        seen=found.look.seen,
    )
    store.put_clock(db, taken.person_id, looked)


def put_off(db: Session, now: datetime, taken: Taken) -> None:
    """Nothing could be found out of this person, or sent: nobody else waits for that."""
    leave_look(db, now, taken.person_id, taken.until, now + PUT_OFF)
    store.release(db, taken.person_id, taken.until)


def _later(before: datetime, now: datetime) -> datetime:
    """Never back, or what was sent is sent again."""
    return before if now < before < now + _CLOCKS_DIFFER else now


def _told(db: Session, now: datetime, person: Person) -> Told:
    """Of the days around this one those on which a clinic begins to ask again."""
    today = day_in(person.time_zone, now)
    days = [today + _DAY * number for number in (-2, -1, 0, 1)]
    asked = [(day, {one.id for one in remind(db, now, person.id, day)}) for day in days]
    return Told(
        sent=tuple((one.id, one.created_at) for one in list_current(db, now, person.id) if one.content.open),
        asked=tuple(_first_days(asked)),
    )


def _first_days(asked: Sequence[tuple[date, set[UUID]]]) -> Iterator[date]:
    for (_day, before), (day, found) in pairwise(asked):
        if found - before:
            yield day
