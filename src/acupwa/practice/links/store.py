"""Links, and which of them a person opened. Alias and note may name a patient: they are sealed."""

import uuid
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Column, Index, LargeBinary, delete, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, Session, col, select

from acupwa.db.encryption import fingerprints, seal, unseal
from acupwa.db.tables import Row, UtcDateTime, new_key
from acupwa.practice.links.model import Interval, Link, OpenedLink


class LinkRow(Row, table=True):
    __tablename__ = "link"
    id: uuid.UUID = Field(primary_key=True, default_factory=new_key)
    clinic_id: uuid.UUID = Field(foreign_key="clinic.id", ondelete="CASCADE", index=True)
    practitioner_id: uuid.UUID = Field(foreign_key="practitioner.id", ondelete="CASCADE", index=True)
    code: str = Field(unique=True)
    kind: str
    variant: str
    share_days: int
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    opened: int
    done: int
    again_every: int | None = None
    again_in: str | None = None
    sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class ShareRequestRow(Row, table=True):
    """On the patient's side. Which link it is stands sealed: the table does not tell who is whose patient."""

    __tablename__ = "asked"
    __table_args__ = (Index("asked_once", "link_hash", unique=True),)
    id: uuid.UUID = Field(primary_key=True, default_factory=new_key)
    person_id: uuid.UUID = Field(foreign_key="person.id", ondelete="CASCADE", index=True)
    created_at: datetime = Field(sa_type=UtcDateTime)
    link_hash: bytes | None = Field(default=None, sa_column=Column(LargeBinary(32), nullable=True))
    sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class SealedWords(msgspec.Struct, frozen=True):
    alias: str
    note: str


class SealedRequest(msgspec.Struct, frozen=True):
    link_id: uuid.UUID


_PLAIN = (
    "id", "clinic_id", "practitioner_id", "code", "kind", "variant", "share_days", "created_at", "expires_at",
    "revoked_at", "opened", "done",
)  # fmt: skip


def add_link(db: Session, link: Link) -> bool:
    """False when the code is taken."""
    columns: dict[str, Any] = {key: getattr(link, key) for key in _PLAIN}
    if link.again:
        columns |= {"again_every": link.again.every, "again_in": link.again.unit}
    try:
        with db.begin_nested():
            db.add(LinkRow(**columns, sealed=seal(db, SealedWords(link.alias, link.note))))
    except IntegrityError:
        return False
    return True


def find_by_code(db: Session, code: str) -> Link | None:
    row = db.exec(select(LinkRow).where(LinkRow.code == code)).first()
    return _link(db, row) if row else None


def find_link(db: Session, id: uuid.UUID) -> Link | None:
    row = db.get(LinkRow, id)
    return _link(db, row) if row else None


def list_links(db: Session, clinic_id: uuid.UUID, limit: int, before: uuid.UUID | None) -> tuple[Link, ...]:
    query = select(LinkRow).where(LinkRow.clinic_id == clinic_id)
    if before is not None:
        query = query.where(col(LinkRow.id) < before)
    return tuple(_link(db, row) for row in db.exec(query.order_by(col(LinkRow.id).desc()).limit(limit)))


def revoke_link(db: Session, clinic_id: uuid.UUID, id: uuid.UUID, now: datetime) -> bool:
    query = update(LinkRow).where(
        col(LinkRow.id) == id, col(LinkRow.clinic_id) == clinic_id, col(LinkRow.revoked_at).is_(None)
    )
    return db.exec(query.values(revoked_at=now)).rowcount == 1


def count_opened(db: Session, link: Link) -> bool:
    """False for a personal link that another opened at the same moment."""
    query = update(LinkRow).where(col(LinkRow.id) == link.id)
    if link.kind == "personal":
        query = query.where(col(LinkRow.opened) == 0)
    return db.exec(query.values(opened=LinkRow.opened + 1)).rowcount == 1


def count_done(db: Session, id: uuid.UUID) -> None:
    db.exec(update(LinkRow).where(col(LinkRow.id) == id).values(done=LinkRow.done + 1))


def add_request(db: Session, person_id: uuid.UUID, link_id: uuid.UUID, now: datetime) -> bool:
    """False when it stands already, also when it was put there at the same moment."""
    link_hash = fingerprints(db, "asked", f"{person_id} {link_id}")[0]
    row = ShareRequestRow(
        person_id=person_id, created_at=now, link_hash=link_hash, sealed=seal(db, SealedRequest(link_id))
    )
    try:
        with db.begin_nested():
            db.add(row)
    except IntegrityError:
        return False
    return True


def list_requests(db: Session, person_id: uuid.UUID) -> tuple[OpenedLink, ...]:
    """The newest first."""
    query = select(ShareRequestRow).where(ShareRequestRow.person_id == person_id)
    return tuple(
        OpenedLink(id=row.id, link_id=unseal(db, row.sealed, SealedRequest).link_id, opened_at=row.created_at)
        for row in db.exec(query.order_by(col(ShareRequestRow.id).desc()))
    )


def delete_request(db: Session, person_id: uuid.UUID, id: uuid.UUID) -> bool:
    """True for the one who deleted it, also when two do so at the same moment."""
    query = delete(ShareRequestRow).where(col(ShareRequestRow.id) == id, col(ShareRequestRow.person_id) == person_id)
    return db.exec(query).rowcount == 1


def _link(db: Session, row: LinkRow) -> Link:
    words = unseal(db, row.sealed, SealedWords)
    again = Interval(every=row.again_every, unit=row.again_in) if row.again_every and row.again_in else None  # type: ignore[arg-type]
    return Link(**{key: getattr(row, key) for key in _PLAIN}, alias=words.alias, note=words.note, again=again)
