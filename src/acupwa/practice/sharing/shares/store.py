"""Shares and who looked at them. What was shared is sealed."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Column, Index, LargeBinary, and_, delete, func, or_, text, update
from sqlmodel import Field, Session, col, select

from acupwa.db.encryption import seal, unseal
from acupwa.db.tables import Row, UtcDateTime, new_key
from acupwa.practice.sharing.shares.model import Copy, InboxCursor, ListedShare, Share, ShareFilter, View

_STANDING = text("withdrawn_at IS NULL")


class ShareRow(Row, table=True):
    __tablename__ = "share"
    __table_args__ = (
        Index("share_in_inbox", "clinic_id", "rank", "seen", text("id DESC")),
        Index("share_in_inbox_by_seen", "clinic_id", "seen", "rank", text("id DESC")),
        Index("share_by_link", "link_id"),
        Index(
            "share_given_once",
            "person_id",
            "check_in_id",
            "link_id",
            unique=True,
            sqlite_where=_STANDING,
            postgresql_where=_STANDING,
        ),
    )
    id: uuid.UUID = Field(primary_key=True, default_factory=new_key)
    person_id: uuid.UUID = Field(foreign_key="person.id", ondelete="CASCADE", index=True)
    clinic_id: uuid.UUID = Field(foreign_key="clinic.id", ondelete="CASCADE")
    link_id: uuid.UUID | None = None
    practitioner_id: uuid.UUID
    check_in_id: uuid.UUID | None = None
    rank: int
    seen: bool
    created_at: datetime = Field(sa_type=UtcDateTime)
    ends_at: datetime = Field(sa_type=UtcDateTime, index=True)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class ShareViewRow(Row, table=True):
    __tablename__ = "share_view"
    id: uuid.UUID = Field(primary_key=True, default_factory=new_key)
    share_id: uuid.UUID = Field(foreign_key="share.id", ondelete="CASCADE", index=True)
    name: str
    practitioner_id: uuid.UUID | None = None
    what: str
    at: datetime = Field(sa_type=UtcDateTime)


class SealedAlias(msgspec.Struct, frozen=True, kw_only=True):
    """The clinic's own name of the link, in what is sealed of a share: the only part that a list reads."""

    alias: str = ""


class SealedCopy(Copy, frozen=True, kw_only=True):
    """All that is sealed of a share."""

    alias: str


def add_share(
    db: Session,
    person_id: uuid.UUID,
    link_id: uuid.UUID,
    practitioner_id: uuid.UUID,
    share: Share,
    check_in_id: uuid.UUID | None = None,
) -> None:
    db.add(
        ShareRow(
            id=share.id,
            person_id=person_id,
            clinic_id=share.clinic_id,
            link_id=link_id,
            practitioner_id=practitioner_id,
            check_in_id=check_in_id,
            rank=share.rank,
            seen=share.seen,
            created_at=share.created_at,
            ends_at=share.ends_at,
            sealed=seal(db, SealedCopy(**msgspec.structs.asdict(share.copy), alias=share.alias)),
        )
    )
    db.flush()


def list_of_person(db: Session, person_id: uuid.UUID) -> tuple[Share, ...]:
    """Withdrawn ones too, the newest first."""
    rows = db.exec(select(ShareRow).where(ShareRow.person_id == person_id).order_by(col(ShareRow.id).desc()))
    return tuple(_share(db, row) for row in rows)


def count_of_person(db: Session, person_id: uuid.UUID) -> int:
    """Withdrawn ones too."""
    return db.exec(select(func.count()).where(ShareRow.person_id == person_id)).one()


def find_of_person(db: Session, person_id: uuid.UUID, id: uuid.UUID) -> Share | None:
    row = db.exec(select(ShareRow).where(ShareRow.id == id, ShareRow.person_id == person_id)).first()
    return _share(db, row) if row else None


def find_given(db: Session, person_id: uuid.UUID, check_in_id: uuid.UUID, link_id: uuid.UUID) -> Share | None:
    """What stands of this check-in by this link; there is one at most."""
    row = db.exec(
        select(ShareRow).where(
            ShareRow.person_id == person_id,
            ShareRow.check_in_id == check_in_id,
            ShareRow.link_id == link_id,
            col(ShareRow.withdrawn_at).is_(None),
        )
    ).first()
    return _share(db, row) if row else None


def find_last_given(db: Session, person_id: uuid.UUID, check_in_id: uuid.UUID, link_id: uuid.UUID) -> Share | None:
    """The newest of this check-in by this link, withdrawn or not."""
    query = select(ShareRow).where(
        ShareRow.person_id == person_id, ShareRow.check_in_id == check_in_id, ShareRow.link_id == link_id
    )
    row = db.exec(query.order_by(col(ShareRow.id).desc())).first()
    return _share(db, row) if row else None


def owner_of(db: Session, id: uuid.UUID) -> uuid.UUID | None:
    return db.exec(select(ShareRow.person_id).where(ShareRow.id == id)).first()


def find_of_clinic(
    db: Session, clinic_id: uuid.UUID, id: uuid.UUID, now: datetime, *, hold: bool = False
) -> Share | None:
    """One that may be looked at: not withdrawn, not past its time.

    `hold`: nobody else writes about it, and its patient does not withdraw it, before this transaction has ended.
    """
    query = select(ShareRow).where(
        ShareRow.id == id,
        ShareRow.clinic_id == clinic_id,
        col(ShareRow.withdrawn_at).is_(None),
        col(ShareRow.ends_at) > now,
    )
    row = db.exec(query.with_for_update() if hold else query).first()
    return _of_clinic(db, row) if row else None


def list_of_clinic(
    db: Session, clinic_id: uuid.UUID, chosen: ShareFilter, limit: int, after: InboxCursor | None, now: datetime
) -> tuple[ListedShare, ...]:
    """By rank, then those not seen, then the newest first. One query, by an index in that order."""
    query = select(ShareRow).where(
        ShareRow.clinic_id == clinic_id, col(ShareRow.withdrawn_at).is_(None), col(ShareRow.ends_at) > now
    )
    if chosen.seen is not None:
        query = query.where(col(ShareRow.seen) == chosen.seen)
    if chosen.ranks is not None:
        query = query.where(col(ShareRow.rank).between(*chosen.ranks))
    if chosen.links is not None:
        query = query.where(col(ShareRow.link_id).in_(chosen.links))
    if after is not None:
        same = or_(col(ShareRow.seen).is_(True), col(ShareRow.id) < after.id)
        if after.seen:
            same = and_(col(ShareRow.seen).is_(True), col(ShareRow.id) < after.id)
        # The first says nothing new, but lets the database begin at the right place of the index.
        query = query.where(
            col(ShareRow.rank) >= after.rank,
            or_(col(ShareRow.rank) > after.rank, and_(col(ShareRow.rank) == after.rank, same)),
        )
    order = (col(ShareRow.rank), col(ShareRow.seen), col(ShareRow.id).desc())
    return tuple(_listed(db, row) for row in db.exec(query.order_by(*order).limit(limit)))


def list_previous(db: Session, share: Share, now: datetime, limit: int) -> tuple[Share, ...]:
    """What the same person shared with the same clinic before, the newest first."""
    person = select(ShareRow.person_id).where(ShareRow.id == share.id).scalar_subquery()
    query = select(ShareRow).where(
        ShareRow.person_id == person,
        ShareRow.clinic_id == share.clinic_id,
        col(ShareRow.id) < share.id,
        col(ShareRow.withdrawn_at).is_(None),
        col(ShareRow.ends_at) > now,
    )
    return tuple(_of_clinic(db, row) for row in db.exec(query.order_by(col(ShareRow.id).desc()).limit(limit)))


def withdraw_share(db: Session, person_id: uuid.UUID, id: uuid.UUID, now: datetime) -> uuid.UUID | None:
    """The clinic that could see it until now; None when there is nothing to withdraw."""
    query = update(ShareRow).where(
        col(ShareRow.id) == id, col(ShareRow.person_id) == person_id, col(ShareRow.withdrawn_at).is_(None)
    )
    if db.exec(query.values(withdrawn_at=now)).rowcount != 1:
        return None
    return db.exec(select(ShareRow.clinic_id).where(ShareRow.id == id)).one()


def mark_seen(db: Session, clinic_id: uuid.UUID, id: uuid.UUID, seen: bool) -> bool:
    """False when it is so already, or is not there."""
    query = update(ShareRow).where(
        col(ShareRow.id) == id,
        col(ShareRow.clinic_id) == clinic_id,
        col(ShareRow.withdrawn_at).is_(None),
        col(ShareRow.seen) != seen,
    )
    return db.exec(query.values(seen=seen)).rowcount == 1


def delete_ended(db: Session, now: datetime) -> int:
    return db.exec(delete(ShareRow).where(col(ShareRow.ends_at) <= now)).rowcount


def add_view(
    db: Session, id: uuid.UUID, practitioner_id: uuid.UUID, name: str, what: str, now: datetime, apart: timedelta
) -> bool:
    """False when the same one did the same within `apart`, whatever their name was then."""
    return add_views(db, [id], practitioner_id, name, what, now, apart) == (id,)


def add_views(
    db: Session,
    ids: Sequence[uuid.UUID],
    practitioner_id: uuid.UUID,
    name: str,
    what: str,
    now: datetime,
    apart: timedelta,
) -> tuple[uuid.UUID, ...]:
    """The same for each of `ids`; those that were told."""
    told = select(ShareViewRow.share_id).where(
        col(ShareViewRow.share_id).in_(ids),
        ShareViewRow.practitioner_id == practitioner_id,
        ShareViewRow.what == what,
        col(ShareViewRow.at) > now - apart,
    )
    known = set(db.exec(told)) if ids else set()
    new = tuple(id for id in ids if id not in known)
    looker: dict[str, Any] = {"practitioner_id": practitioner_id, "name": name[:80], "what": what, "at": now}
    db.add_all(ShareViewRow(share_id=id, **looker) for id in new)
    return new


def list_views(db: Session, id: uuid.UUID) -> tuple[View, ...]:
    rows = db.exec(select(ShareViewRow).where(ShareViewRow.share_id == id).order_by(col(ShareViewRow.id)))
    return tuple(View(name=row.name, what=row.what, at=row.at) for row in rows)


def _listed(db: Session, row: ShareRow) -> ListedShare:
    return ListedShare(
        id=row.id,
        alias=unseal(db, row.sealed, SealedAlias).alias,
        rank=row.rank,
        seen=row.seen,
        created_at=row.created_at,
    )


def _of_clinic(db: Session, row: ShareRow) -> Share:
    return msgspec.structs.replace(_share(db, row), alias=unseal(db, row.sealed, SealedAlias).alias)


def _share(db: Session, row: ShareRow) -> Share:
    """As its person has it: what the clinic alone calls it is not in it."""
    return Share(
        id=row.id,
        clinic_id=row.clinic_id,
        rank=row.rank,
        seen=row.seen,
        created_at=row.created_at,
        ends_at=row.ends_at,
        withdrawn_at=row.withdrawn_at,
        copy=unseal(db, row.sealed, Copy),
    )
