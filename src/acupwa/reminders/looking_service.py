"""Looks taken at people, one at a time: what the runner of reminders asks of the database before and after it sends."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import msgspec
from sqlmodel import Session

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
# When another has somebody still, of whom something changed meanwhile.
_SHORTLY = timedelta(seconds=5)
_DAY = timedelta(days=1)
_MOST_TAKEN = 20


class Claim(msgspec.Struct, frozen=True):
    """Somebody whom nobody else looks at before `until`."""

    person_id: UUID
    until: datetime


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What a look at the moment `at` found, and the phones of the person. `again` are messages that some of these did not get yet."""

    at: datetime
    look: Look
    again: tuple[Again, ...]
    browsers: tuple[tuple[UUID, Browser], ...]


def claim_next(db: Session, now: datetime) -> Claim | None:
    """Whoever has waited longest. None while nobody is due."""
    until = now + LEASE
    for _each in range(_MOST_TAKEN):
        person_id = take_look(db, now, until)
        if person_id is None:
            return None
        if store.claim(db, person_id, now, until):
            return Claim(person_id, until)
        look_at(db, now, person_id, now + _SHORTLY if store.find_clock(db, person_id) else None)
    return None


def find_work(db: Session, now: datetime, claim: Claim, library: Library, draft_days: int) -> Found | None:
    """None when there is nothing to look at any more."""
    clock = store.find_clock(db, claim.person_id)
    if clock is None:
        return None
    created_at, zone = begun_at(db, now, claim.person_id)
    person = Person(claim.person_id, created_at, zone)
    known = know(db, now, person, draft_days)
    found = look(known, clock, _told(db, now, person), library)
    return Found(at=now, look=found, again=clock.again, browsers=store.list_browsers(db, claim.person_id))


def leave(
    db: Session,
    now: datetime,
    claim: Claim,
    found: Found | None,
    again: tuple[Again, ...],
    gone: tuple[UUID, ...],
) -> None:
    """The look is done. `again` is what is to be tried again; `gone`: phones that nobody is reached by any more."""
    next_at = min([found.look.next, *(one.next for one in again)]) if found else None
    # The person before what hangs on them, as everybody takes them.
    leave_look(db, now, claim.person_id, claim.until, next_at)
    if gone:
        store.delete_browsers(db, claim.person_id, gone)
    if not store.count_browsers(db, claim.person_id):
        look_at(db, now, claim.person_id, None)
    clock = store.find_clock(db, claim.person_id)
    if clock is None or found is None or not store.release(db, claim.person_id, claim.until):
        return
    looked = msgspec.structs.replace(clock, looked_until=found.at, noticed=found.look.noticed, again=again)
    store.put_clock(db, claim.person_id, looked)


def _told(db: Session, now: datetime, person: Person) -> Told:
    """Of the days around this one those on which a clinic begins to ask again."""
    today = day_in(person.time_zone, now)
    days = [today + _DAY * number for number in (-2, -1, 0, 1)]
    asked = [(day, {one.id for one in remind(db, now, person.id, day)}) for day in days]
    return Told(
        sent=tuple(one.created_at for one in list_current(db, now, person.id) if one.content.open),
        asked=tuple(_first_days(asked)),
    )


def _first_days(asked: Sequence[tuple[date, set[UUID]]]) -> Iterator[date]:
    for (_day, before), (day, found) in pairwise(asked):
        if found - before:
            yield day
