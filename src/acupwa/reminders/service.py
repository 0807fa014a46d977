"""What a person chose to be reminded of, and on which phones: kept, shown, ended."""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from sqlmodel import Session

from acupwa.db.attempts import Attempts, Limit, TooMany
from acupwa.db.encryption import SealBroken, fingerprints
from acupwa.person.look_service import device_of, look_at
from acupwa.person.service import one_at_a_time
from acupwa.reminders import store
from acupwa.reminders.model import MOST_DEVICES, Choices, Clock, KeptReminders, NotSubscribed, Reminders
from acupwa.web.push_message import Browser, Sender, make_private_key, public_key

TESTS, TESTS_WITHIN = 5, timedelta(hours=1)
_TESTS = Attempts("push-test", TESTS_WITHIN)


def make_sender(db: Session, now: datetime, subject: str) -> Sender:
    """Who signs what this server sends; `subject` is that of the settings. The key is made once, for all servers on this
    database.
    """
    private = store.find_private_key(db)
    if private is None:
        private = store.add_private_key(db, now, make_private_key())
    return Sender(private_key=private, subject=subject)


def find_key(db: Session, now: datetime) -> str | None:
    """The public key that browsers subscribe with; empty where none was made yet (`make_sender`), None where it cannot be
    read.
    """
    try:
        private = store.find_private_key(db)
    except SealBroken:
        return None
    return public_key(private) if private else ""


def find_reminders(db: Session, now: datetime, person_id: UUID, token: str = "") -> Reminders:
    """`token` is the key of the browser that asks."""
    device_id = device_of(db, now, token) if token else None
    clock, devices = store.find_clock(db, person_id), store.count_browsers(db, person_id)
    return Reminders(
        choices=clock.choices if clock else Choices(),
        wanted=clock is not None,
        on=clock is not None and devices > 0,
        devices=devices,
        key=find_key(db, now),
        here=device_id is not None and store.has_browser(db, device_id),
    )


@one_at_a_time
def put_choices(db: Session, now: datetime, person_id: UUID, choices: Choices) -> None:
    before = store.find_clock(db, person_id) or Clock(choices=choices, looked_until=now)
    store.put_clock(db, person_id, msgspec.structs.replace(before, choices=choices))
    _look_where_needed(db, now, person_id)


@one_at_a_time
def subscribe(
    db: Session, now: datetime, person_id: UUID, browser: Browser, token: str, *, again: bool = False
) -> NotSubscribed | None:
    """The browser that holds the person's key `token` gets their reminders. `again`: nobody chose that just now, so only
    where they want reminders still.

    An address that was another person's, or of another browser of theirs, is this one's from now on.
    """
    device_id = device_of(db, now, token)
    if device_id is None or (again and not store.has_clock(db, person_id)):
        return "not-wanted"
    if store.count_browsers(db, person_id, but=(device_id, browser.endpoint)) >= MOST_DEVICES:
        return "too-many"
    if not store.count_browsers(db, person_id):
        # Nobody looked while there was no phone: what has been in the meantime is not sent.
        before = store.find_clock(db, person_id)
        store.put_clock(db, person_id, Clock(choices=before.choices if before else Choices(), looked_until=now))
    store.put_browser(db, now, person_id, device_id, browser)
    _look_where_needed(db, now, person_id)
    return None


@one_at_a_time
def unsubscribe(db: Session, now: datetime, person_id: UUID, endpoint: str) -> None:
    """This browser gets none any more. What was chosen stays, for the others."""
    store.delete_browser(db, person_id, endpoint)
    _look_where_needed(db, now, person_id)


@one_at_a_time
def end_reminders(db: Session, now: datetime, person_id: UUID) -> None:
    """None any more, anywhere; nothing is kept of what was chosen."""
    store.delete_browsers(db, person_id)
    store.delete_clock(db, person_id)
    look_at(db, now, person_id, None)


def book_test(db: Session, now: datetime, person_id: UUID) -> tuple[tuple[UUID, Browser], ...]:
    """The phones that a test goes to. Raises TooMany."""
    subject = fingerprints(db, "push test", str(person_id))[0]
    booked = _TESTS.book(db, now, [Limit(subject=subject, most=TESTS)])
    if booked.wait:
        raise TooMany(booked.wait)
    return store.list_browsers(db, person_id)


@one_at_a_time
def drop_browsers(db: Session, now: datetime, person_id: UUID, ids: tuple[UUID, ...]) -> None:
    """Their push service says that nobody is reached by them any more."""
    store.delete_browsers(db, person_id, ids)
    _look_where_needed(db, now, person_id)


def export_reminders(db: Session, now: datetime, person_id: UUID) -> KeptReminders | None:
    """For the person's file."""
    clock, devices = store.find_clock(db, person_id), store.count_browsers(db, person_id)
    if clock is None and not devices:
        return None
    choices = clock.choices if clock else Choices()
    quiet = choices.quiet
    return KeptReminders(
        kinds=choices.kinds,
        quiet_from=f"{quiet.begins:%H:%M}" if quiet else None,
        quiet_to=f"{quiet.ends:%H:%M}" if quiet else None,
        devices=devices,
    )


def _look_where_needed(db: Session, now: datetime, person_id: UUID) -> None:
    clock = store.find_clock(db, person_id)
    needed = clock is not None and clock.choices.kinds and store.count_browsers(db, person_id)
    look_at(db, now, person_id, now if needed else None)
