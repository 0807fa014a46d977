"""Tables and queries of the person: their devices, the codes that they gave out, their consents."""

import uuid
from datetime import datetime

from sqlalchemy import Column, LargeBinary, case, delete, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, Session, col, select

from acupwa.db.tables import Row, UtcDateTime, new_key
from acupwa.person.model import Consent, Device, Handover, HandoverKind, Person


class PersonRow(Row, table=True):
    __tablename__ = "person"
    id: uuid.UUID = Field(primary_key=True, default_factory=new_key)
    created_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime, index=True)
    time_zone: str | None = None
    look_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)


class DeviceRow(Row, table=True):
    __tablename__ = "device"
    id: uuid.UUID = Field(primary_key=True, default_factory=new_key)
    person_id: uuid.UUID = Field(foreign_key="person.id", ondelete="CASCADE", index=True)
    token_hash: bytes = Field(sa_column=Column(LargeBinary(32), nullable=False, unique=True))
    created_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime)


class HandoverRow(Row, table=True):
    __tablename__ = "handover"
    id: uuid.UUID = Field(primary_key=True, default_factory=new_key)
    person_id: uuid.UUID = Field(foreign_key="person.id", ondelete="CASCADE", index=True)
    kind: str
    code_hash: bytes = Field(sa_column=Column(LargeBinary(32), nullable=False, unique=True))
    check_in_id: uuid.UUID | None = None
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)


class ConsentRow(Row, table=True):
    __tablename__ = "consent"
    id: uuid.UUID = Field(primary_key=True, default_factory=new_key)
    person_id: uuid.UUID = Field(foreign_key="person.id", ondelete="CASCADE", index=True)
    version: str
    language: str
    wording: str
    given_at: datetime = Field(sa_type=UtcDateTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


def add_person(db: Session, now: datetime) -> Person:
    row = PersonRow(created_at=now, seen_at=now)
    db.add(row)
    db.flush()
    return Person(row.id, row.created_at)


def add_device(db: Session, person_id: uuid.UUID, token_hash: bytes, now: datetime) -> bool:
    """False when there is one with this token already."""
    try:
        with db.begin_nested():
            db.add(DeviceRow(person_id=person_id, token_hash=token_hash, created_at=now, seen_at=now))
    except IntegrityError:
        return False
    return True


def find_person(db: Session, token_hash: bytes) -> tuple[Person, Device] | None:
    """Whose device this is, and since when."""
    found = db.exec(
        select(PersonRow, DeviceRow)
        .join(DeviceRow, col(DeviceRow.person_id) == col(PersonRow.id))
        .where(DeviceRow.token_hash == token_hash)
    ).first()
    if found is None:
        return None
    person, device = found
    own = Device(created_at=device.created_at, seen_at=device.seen_at, own=True)
    return Person(person.id, person.created_at, person.time_zone), own


def put_zone(db: Session, person_id: uuid.UUID, zone: str) -> None:
    db.exec(update(PersonRow).where(col(PersonRow.id) == person_id).values(time_zone=zone))


def fill_zone(db: Session, person_id: uuid.UUID, zone: str) -> None:
    """Only where none is kept."""
    none_kept = col(PersonRow.time_zone).is_(None)
    db.exec(update(PersonRow).where(col(PersonRow.id) == person_id, none_kept).values(time_zone=zone))


def find_zone(db: Session, person_id: uuid.UUID) -> str | None:
    return db.exec(select(PersonRow.time_zone).where(PersonRow.id == person_id)).first()


def begun_at(db: Session, person_id: uuid.UUID) -> tuple[datetime, str | None] | None:
    return db.exec(select(PersonRow.created_at, PersonRow.time_zone).where(PersonRow.id == person_id)).first()


def hold_person(db: Session, person_id: uuid.UUID, now: datetime) -> bool:
    """Keeps other writers of this person waiting until the transaction ends. False: they are gone.

    An update holds the row on either database; SQLite knows no `FOR UPDATE`. It wakes whoever looks at them, too.
    """
    woken = case((col(PersonRow.look_at).is_not(None), now), else_=None)
    held = update(PersonRow).where(col(PersonRow.id) == person_id).values(look_at=woken)
    return db.exec(held.execution_options(synchronize_session=False)).rowcount == 1


def wake(db: Session, person_id: uuid.UUID, now: datetime) -> None:
    looked_at = col(PersonRow.look_at).is_not(None)
    woken = update(PersonRow).where(col(PersonRow.id) == person_id, looked_at).values(look_at=now)
    db.exec(woken.execution_options(synchronize_session=False))


def put_look(db: Session, person_id: uuid.UUID, at: datetime | None) -> None:
    put = update(PersonRow).where(col(PersonRow.id) == person_id).values(look_at=at)
    db.exec(put.execution_options(synchronize_session=False))


def change_look(db: Session, person_id: uuid.UUID, before: datetime, after: datetime | None) -> bool:
    """False when it is another one by now. They are held either way, until the transaction ends."""
    query = select(PersonRow.look_at).where(PersonRow.id == person_id)
    if db.exec(query.with_for_update(key_share=True)).first() != before:
        return False
    put_look(db, person_id, after)
    return True


def next_look(db: Session) -> datetime | None:
    """The earliest of all."""
    query = select(PersonRow.look_at).where(col(PersonRow.look_at).is_not(None)).order_by(col(PersonRow.look_at))
    return db.exec(query.limit(1)).first()


def take_due(db: Session, now: datetime) -> uuid.UUID | None:
    """Whoever has waited longest for a look, held until the transaction ends; not one whom another holds already."""
    query = select(PersonRow.id).where(col(PersonRow.look_at) <= now).order_by(col(PersonRow.look_at)).limit(1)
    return db.exec(query.with_for_update(skip_locked=True, key_share=True)).first()


def find_device(db: Session, token_hash: bytes) -> uuid.UUID | None:
    return db.exec(select(DeviceRow.id).where(DeviceRow.token_hash == token_hash)).first()


def touch_person(db: Session, person_id: uuid.UUID, token_hash: bytes, now: datetime) -> None:
    db.exec(update(PersonRow).where(col(PersonRow.id) == person_id).values(seen_at=now))
    db.exec(update(DeviceRow).where(col(DeviceRow.token_hash) == token_hash).values(seen_at=now))


def list_devices(db: Session, person_id: uuid.UUID, token_hash: bytes) -> tuple[Device, ...]:
    rows = db.exec(select(DeviceRow).where(DeviceRow.person_id == person_id).order_by(col(DeviceRow.created_at)))
    return tuple(Device(row.created_at, row.seen_at, row.token_hash == token_hash) for row in rows)


def delete_device(db: Session, token_hash: bytes) -> None:
    db.exec(delete(DeviceRow).where(col(DeviceRow.token_hash) == token_hash))


def delete_other_devices(db: Session, person_id: uuid.UUID, token_hash: bytes) -> int:
    return db.exec(
        delete(DeviceRow).where(col(DeviceRow.person_id) == person_id, col(DeviceRow.token_hash) != token_hash)
    ).rowcount


def add_handover(db: Session, id: uuid.UUID, handover: Handover, code_hash: bytes, now: datetime) -> bool:
    """False when another code hashes alike, which means that it is the same code."""
    row = HandoverRow(
        id=id,
        person_id=handover.person_id,
        kind=handover.kind,
        code_hash=code_hash,
        check_in_id=handover.check_in_id,
        created_at=now,
        expires_at=handover.expires_at,
    )
    try:
        with db.begin_nested():
            db.add(row)
    except IntegrityError:
        return False
    return True


def find_newest_handover(
    db: Session, person_id: uuid.UUID, kind: HandoverKind
) -> tuple[uuid.UUID, Handover, datetime] | None:
    """The newest that was given out, with its id and when that was."""
    row = db.exec(
        select(HandoverRow)
        .where(HandoverRow.person_id == person_id, HandoverRow.kind == kind)
        .order_by(col(HandoverRow.created_at).desc())
    ).first()
    return (row.id, _handover(row), row.created_at) if row else None


def renew_handover(db: Session, id: uuid.UUID, expires_at: datetime) -> None:
    db.exec(update(HandoverRow).where(col(HandoverRow.id) == id).values(expires_at=expires_at))


def find_handover(db: Session, code_hashes: tuple[bytes, ...], now: datetime) -> Handover | None:
    row = db.exec(
        select(HandoverRow).where(col(HandoverRow.code_hash).in_(code_hashes), col(HandoverRow.expires_at) > now)
    ).first()
    return _handover(row) if row else None


def delete_handover(db: Session, code_hashes: tuple[bytes, ...]) -> bool:
    """True for the one who deleted it: a code is used once, also when two use it at the same moment."""
    gone = delete(HandoverRow).where(col(HandoverRow.code_hash).in_(code_hashes))
    return db.exec(gone).rowcount == 1


def delete_handovers_of(db: Session, person_id: uuid.UUID, kind: HandoverKind) -> None:
    db.exec(delete(HandoverRow).where(col(HandoverRow.person_id) == person_id, col(HandoverRow.kind) == kind))


def list_handovers(db: Session, person_id: uuid.UUID, now: datetime) -> tuple[Handover, ...]:
    rows = db.exec(
        select(HandoverRow)
        .where(HandoverRow.person_id == person_id, col(HandoverRow.expires_at) > now)
        .order_by(col(HandoverRow.expires_at), col(HandoverRow.id))
    )
    return tuple(_handover(row) for row in rows)


def delete_handovers_to(db: Session, person_id: uuid.UUID, check_in_id: uuid.UUID) -> None:
    gone = delete(HandoverRow).where(
        col(HandoverRow.person_id) == person_id, col(HandoverRow.check_in_id) == check_in_id
    )
    db.exec(gone)


def delete_handovers_past(db: Session, now: datetime) -> int:
    return db.exec(delete(HandoverRow).where(col(HandoverRow.expires_at) <= now)).rowcount


def delete_person(db: Session, person_id: uuid.UUID) -> None:
    """The person and, by the foreign keys, everything of theirs."""
    db.exec(delete(PersonRow).where(col(PersonRow.id) == person_id))


def delete_people_unseen_since(db: Session, moment: datetime) -> int:
    return db.exec(delete(PersonRow).where(col(PersonRow.seen_at) < moment)).rowcount


def add_consent(db: Session, person_id: uuid.UUID, consent: Consent) -> None:
    db.add(
        ConsentRow(
            person_id=person_id,
            version=consent.version,
            language=consent.language,
            wording=consent.wording,
            given_at=consent.given_at,
            withdrawn_at=consent.withdrawn_at,
        )
    )


def list_consents(db: Session, person_id: uuid.UUID) -> tuple[Consent, ...]:
    rows = db.exec(
        select(ConsentRow)
        .where(ConsentRow.person_id == person_id)
        .order_by(col(ConsentRow.given_at), col(ConsentRow.id))
    )
    return tuple(
        Consent(
            version=row.version,
            language=row.language,
            wording=row.wording,
            given_at=row.given_at,
            withdrawn_at=row.withdrawn_at,
        )
        for row in rows
    )


def _handover(row: HandoverRow) -> Handover:
    kind: HandoverKind = "pause" if row.kind == "pause" else "move"
    return Handover(person_id=row.person_id, kind=kind, check_in_id=row.check_in_id, expires_at=row.expires_at)
