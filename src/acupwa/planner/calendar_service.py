"""A person's calendar: what they chose, the secret address that a calendar subscribes to, and what is there."""

from datetime import datetime
from hmac import compare_digest
from uuid import UUID

from msgspec.structs import replace
from sqlmodel import Session

from acupwa.db.tokens import hash_token, new_token, token_from
from acupwa.person.service import one_at_a_time
from acupwa.planner import calendar_store
from acupwa.planner.calendar_model import CalendarExport, Feed, KeptCalendar
from acupwa.planner.feed import Fetched, is_to_be_noted, next_end
from acupwa.planner.ics import CalendarChoices
from acupwa.planner.model import SavedPlan
from acupwa.planner.service import current_plan

_PURPOSE = "calendar"
# Of what a page sends with a press: 256 bits. Whoever sends less gets an address that rests on none of it.
_SECRET_LENGTH = 43


def find_calendar(db: Session, now: datetime, person_id: UUID) -> KeptCalendar:
    """What they chose so far: neutral, silent and without an address where that is nothing."""
    return calendar_store.find_calendar(db, person_id) or KeptCalendar()


def find_calendar_of_plan(db: Session, now: datetime, person_id: UUID) -> tuple[KeptCalendar, SavedPlan | None]:
    """What they chose, and of which plan it is."""
    return find_calendar(db, now, person_id), current_plan(db, now, person_id)


def has_feed(db: Session, now: datetime, person_id: UUID) -> bool:
    """Whether a calendar may be subscribed to their plan."""
    return find_calendar(db, now, person_id).feed is not None


@one_at_a_time
def make_address(db: Session, now: datetime, person_id: UUID, press: str, number: int) -> str | None:
    """The token of a new secret address, in place of the one before; only its hash is kept.

    `number` is how many there are with it, as the page that was pressed knew. The same press gives the same token as
    long as that is the newest; None, and nothing is done, for a page that is older than that.
    """
    kept = find_calendar(db, now, person_id)
    secret = press if len(press) >= _SECRET_LENGTH else new_token()
    token = token_from(secret, f"{_PURPOSE} {person_id} {number}")
    hashed = hash_token(token)
    if number == kept.addresses + 1:
        _put(db, person_id, replace(kept, addresses=number, feed=Feed(made_at=now), token_hash=hashed))
        return token
    same = kept.token_hash is not None and compare_digest(kept.token_hash, hashed)
    return token if same and number == kept.addresses else None


@one_at_a_time
def end_address(db: Session, now: datetime, person_id: UUID) -> None:
    """At once. What was kept of deleted plans was for whoever asked there."""
    kept = find_calendar(db, now, person_id)
    if kept.feed:
        _put(db, person_id, replace(kept, feed=None, token_hash=None, deleted=()))


@one_at_a_time
def put_choices(db: Session, now: datetime, person_id: UUID, choices: CalendarChoices) -> None:
    kept = calendar_store.find_calendar(db, person_id)
    if kept is None or choices != kept.choices:
        _put(db, person_id, replace(kept or KeptCalendar(), choices=choices, chosen_at=now))


def find_fetched(db: Session, now: datetime, token: str) -> Fetched | None:
    """What is at the address of this token. None where there is none, or none any more."""
    found = calendar_store.find_by_hash(db, hash_token(token))
    if found is None:
        return None
    person_id, kept = found
    return Fetched(kept=kept, plan=current_plan(db, now, person_id), to_note=is_to_be_noted(kept, now))


def note_fetched(db: Session, now: datetime, token: str) -> None:
    """A calendar was here."""
    calendar_store.note_fetched(db, hash_token(token), now)


def export_calendar(db: Session, now: datetime, person_id: UUID) -> CalendarExport | None:
    """None for whoever never chose anything."""
    kept = calendar_store.find_calendar(db, person_id)
    return CalendarExport(choices=kept.choices, feed=kept.feed) if kept else None


def _put(db: Session, person_id: UUID, kept: KeptCalendar) -> None:
    calendar_store.put_calendar(db, person_id, kept, next_end(kept))
