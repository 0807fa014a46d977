"""Tables of reminders: the key that this server signs with, the phones of people, how far each was looked through."""

import uuid
from collections.abc import Collection
from datetime import datetime

import msgspec
from sqlalchemy import Column, LargeBinary, String, delete, func, or_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, Session, col, select

from acupwa.db.encryption import seal, unseal
from acupwa.db.tables import Row, UtcDateTime, new_key
from acupwa.db.tokens import hash_token
from acupwa.reminders.model import Again, Choices, Clock
from acupwa.web.push_message import Browser

_VAPID = "vapid"


class PushKeyRow(Row, table=True):
    """One row: that all servers on this database sign alike, and no two of them make a key at once."""

    __tablename__ = "push_key"
    name: str = Field(sa_column=Column(String(16), primary_key=True))
    created_at: datetime = Field(sa_type=UtcDateTime)
    sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class PushSubscriptionRow(Row, table=True):
    """One to a browser: it goes with the browser's key, whoever takes that away."""

    __tablename__ = "push_subscription"
    id: uuid.UUID = Field(primary_key=True, default_factory=new_key)
    person_id: uuid.UUID = Field(foreign_key="person.id", ondelete="CASCADE", index=True)
    device_id: uuid.UUID = Field(foreign_key="device.id", ondelete="CASCADE", unique=True)
    endpoint_hash: bytes = Field(sa_column=Column(LargeBinary(32), nullable=False, unique=True))
    created_at: datetime = Field(sa_type=UtcDateTime)
    sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class ReminderClockRow(Row, table=True):
    __tablename__ = "reminder_clock"
    person_id: uuid.UUID = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE")
    looked_until: datetime = Field(sa_type=UtcDateTime)
    claimed_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class _Sealed(msgspec.Struct, frozen=True):
    choices: Choices
    noticed: bool = False
    again: tuple[Again, ...] = ()
    seen: tuple[uuid.UUID, ...] = ()


def find_private_key(db: Session) -> str | None:
    row = db.get(PushKeyRow, _VAPID)
    return unseal(db, row.sealed, str) if row else None


def add_private_key(db: Session, now: datetime, key: str) -> str:
    """The one that there is now: of two servers that start at once the first one's stays."""
    row = _insert(db)(PushKeyRow).values(name=_VAPID, created_at=now, sealed=seal(db, key))
    db.exec(row.on_conflict_do_nothing(index_elements=["name"]))
    return find_private_key(db) or key


def put_browser(db: Session, now: datetime, person_id: uuid.UUID, device_id: uuid.UUID, browser: Browser) -> None:
    """In place of what this device had, and of whoever had this address before."""
    endpoint_hash = hash_token(browser.endpoint)
    others = (col(PushSubscriptionRow.device_id) == device_id, col(PushSubscriptionRow.endpoint_hash) != endpoint_hash)
    db.exec(delete(PushSubscriptionRow).where(*others))
    values = {"person_id": person_id, "device_id": device_id, "sealed": seal(db, browser)}
    row = _insert(db)(PushSubscriptionRow).values(id=new_key(), endpoint_hash=endpoint_hash, created_at=now, **values)
    db.exec(row.on_conflict_do_update(index_elements=["endpoint_hash"], set_=values))


def count_browsers(db: Session, person_id: uuid.UUID, *, but: tuple[uuid.UUID, str] | None = None) -> int:
    """`but` the one of this device and the one of this address."""
    query = select(func.count()).select_from(PushSubscriptionRow).where(col(PushSubscriptionRow.person_id) == person_id)
    if but:
        same = or_(
            col(PushSubscriptionRow.device_id) == but[0], col(PushSubscriptionRow.endpoint_hash) == hash_token(but[1])
        )
        query = query.where(~same)
    return db.exec(query).one()


def has_browser(db: Session, device_id: uuid.UUID) -> bool:
    query = select(PushSubscriptionRow.id).where(PushSubscriptionRow.device_id == device_id)
    return db.exec(query).first() is not None


def list_browsers(db: Session, person_id: uuid.UUID) -> tuple[tuple[uuid.UUID, Browser], ...]:
    """The oldest first."""
    rows = db.exec(
        select(PushSubscriptionRow)
        .where(PushSubscriptionRow.person_id == person_id)
        .order_by(col(PushSubscriptionRow.id))
    )
    return tuple((row.id, unseal(db, row.sealed, Browser)) for row in rows)


def delete_browser(db: Session, person_id: uuid.UUID, endpoint: str) -> None:
    mine = (
        col(PushSubscriptionRow.person_id) == person_id,
        col(PushSubscriptionRow.endpoint_hash) == hash_token(endpoint),
    )
    db.exec(delete(PushSubscriptionRow).where(*mine))


def delete_browsers(db: Session, person_id: uuid.UUID, ids: Collection[uuid.UUID] | None = None) -> None:
    """All of this person, or these."""
    gone = delete(PushSubscriptionRow).where(col(PushSubscriptionRow.person_id) == person_id)
    db.exec(gone if ids is None else gone.where(col(PushSubscriptionRow.id).in_(ids)))


def has_clock(db: Session, person_id: uuid.UUID) -> bool:
    query = select(ReminderClockRow.person_id).where(ReminderClockRow.person_id == person_id)
    return db.exec(query).first() is not None


def find_clock(db: Session, person_id: uuid.UUID) -> Clock | None:
    row = db.get(ReminderClockRow, person_id, populate_existing=True)
    if row is None:
        return None
    kept = unseal(db, row.sealed, _Sealed)
    return Clock(
        choices=kept.choices, looked_until=row.looked_until, noticed=kept.noticed, again=kept.again, seen=kept.seen
    )


def put_clock(db: Session, person_id: uuid.UUID, clock: Clock) -> None:
    kept = _Sealed(clock.choices, clock.noticed, clock.again, clock.seen)
    values = {"looked_until": clock.looked_until, "sealed": seal(db, kept)}
    row = _insert(db)(ReminderClockRow).values(person_id=person_id, **values)
    db.exec(row.on_conflict_do_update(index_elements=["person_id"], set_=values))


def delete_clock(db: Session, person_id: uuid.UUID) -> None:
    db.exec(delete(ReminderClockRow).where(col(ReminderClockRow.person_id) == person_id))


def take(db: Session, person_id: uuid.UUID, now: datetime, until: datetime) -> bool:
    """False while another has taken them, and when there is nothing to take."""
    free = or_(col(ReminderClockRow.claimed_until).is_(None), col(ReminderClockRow.claimed_until) <= now)
    claimed = update(ReminderClockRow).where(col(ReminderClockRow.person_id) == person_id, free)
    return db.exec(claimed.values(claimed_until=until).execution_options(synchronize_session=False)).rowcount == 1


def release(db: Session, person_id: uuid.UUID, until: datetime) -> bool:
    """False when another took them meanwhile, as this one took too long."""
    mine = (col(ReminderClockRow.person_id) == person_id, col(ReminderClockRow.claimed_until) == until)
    released = update(ReminderClockRow).where(*mine).values(claimed_until=None)
    return db.exec(released.execution_options(synchronize_session=False)).rowcount == 1


def _insert(db: Session):  # type: ignore[no-untyped-def]
    return sqlite.insert if db.get_bind().dialect.name == "sqlite" else postgresql.insert
