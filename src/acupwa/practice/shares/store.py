"""Shares and who looked at them. What was shared is sealed."""

import uuid
from datetime import datetime, timedelta

from sqlalchemy import Column, Index, LargeBinary, and_, delete, or_, update
from sqlmodel import Field, Session, col, select

from acupwa.db.encryption import seal, unseal
from acupwa.db.tables import Row, UtcDateTime, new_key
from acupwa.practice.shares.model import Copy, Share, View


class ShareRow(Row, table=True):
    __tablename__ = "share"
    __table_args__ = (Index("share_in_inbox", "clinic_id", "seen", "rank", "id"),)
    id: uuid.UUID = Field(primary_key=True, default_factory=new_key)
    person_id: uuid.UUID = Field(foreign_key="person.id", ondelete="CASCADE", index=True)
    clinic_id: uuid.UUID = Field(foreign_key="clinic.id", ondelete="CASCADE")
    link_id: uuid.UUID | None = None
    practitioner_id: uuid.UUID
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
    what: str
    at: datetime = Field(sa_type=UtcDateTime)


def add_share(
    session: Session, person_id: uuid.UUID, link_id: uuid.UUID, practitioner_id: uuid.UUID, share: Share
) -> None:
    session.add(
        ShareRow(
            id=share.id,
            person_id=person_id,
            clinic_id=share.clinic_id,
            link_id=link_id,
            practitioner_id=practitioner_id,
            rank=share.rank,
            seen=share.seen,
            created_at=share.created_at,
            ends_at=share.ends_at,
            sealed=seal(session, share.copy),
        )
    )
    session.flush()


def list_of_person(session: Session, person_id: uuid.UUID) -> tuple[Share, ...]:
    """Withdrawn ones too, the newest first."""
    rows = session.exec(select(ShareRow).where(ShareRow.person_id == person_id).order_by(col(ShareRow.id).desc()))
    return tuple(_share(session, row) for row in rows)


def find_of_person(session: Session, person_id: uuid.UUID, id: uuid.UUID) -> Share | None:
    row = session.exec(select(ShareRow).where(ShareRow.id == id, ShareRow.person_id == person_id)).first()
    return _share(session, row) if row else None


def owner_of(session: Session, id: uuid.UUID) -> uuid.UUID | None:
    return session.exec(select(ShareRow.person_id).where(ShareRow.id == id)).first()


def find_of_clinic(session: Session, clinic_id: uuid.UUID, id: uuid.UUID, now: datetime) -> Share | None:
    """One that may be looked at: not withdrawn, not past its time."""
    row = session.exec(
        select(ShareRow).where(
            ShareRow.id == id,
            ShareRow.clinic_id == clinic_id,
            col(ShareRow.withdrawn_at).is_(None),
            col(ShareRow.ends_at) > now,
        )
    ).first()
    return _share(session, row) if row else None


def list_of_clinic(
    session: Session, clinic_id: uuid.UUID, seen: bool, limit: int, after: tuple[int, uuid.UUID] | None, now: datetime
) -> tuple[Share, ...]:
    """By rank, then the newest first; `after` is the last of the page before. One query, by its index."""
    query = select(ShareRow).where(
        ShareRow.clinic_id == clinic_id,
        ShareRow.seen == seen,
        col(ShareRow.withdrawn_at).is_(None),
        col(ShareRow.ends_at) > now,
    )
    if after is not None:
        rank, id = after
        query = query.where(or_(col(ShareRow.rank) > rank, and_(col(ShareRow.rank) == rank, col(ShareRow.id) < id)))
    rows = session.exec(query.order_by(col(ShareRow.rank), col(ShareRow.id).desc()).limit(limit))
    return tuple(_share(session, row) for row in rows)


def withdraw_share(session: Session, person_id: uuid.UUID, id: uuid.UUID, now: datetime) -> uuid.UUID | None:
    """The clinic that could see it until now; None when there is nothing to withdraw."""
    query = update(ShareRow).where(
        col(ShareRow.id) == id, col(ShareRow.person_id) == person_id, col(ShareRow.withdrawn_at).is_(None)
    )
    if session.exec(query.values(withdrawn_at=now)).rowcount != 1:
        return None
    return session.exec(select(ShareRow.clinic_id).where(ShareRow.id == id)).one()


def mark_seen(session: Session, clinic_id: uuid.UUID, id: uuid.UUID, seen: bool) -> bool:
    query = update(ShareRow).where(
        col(ShareRow.id) == id, col(ShareRow.clinic_id) == clinic_id, col(ShareRow.withdrawn_at).is_(None)
    )
    return session.exec(query.values(seen=seen)).rowcount == 1


def delete_ended(session: Session, now: datetime) -> int:
    return session.exec(delete(ShareRow).where(col(ShareRow.ends_at) <= now)).rowcount


def add_view(session: Session, id: uuid.UUID, name: str, what: str, now: datetime, apart: timedelta) -> bool:
    """False when the same one did the same within `apart`: a page that renews itself is one look."""
    again = select(ShareViewRow.id).where(
        ShareViewRow.share_id == id,
        ShareViewRow.name == name,
        ShareViewRow.what == what,
        col(ShareViewRow.at) > now - apart,
    )
    if session.exec(again).first() is not None:
        return False
    session.add(ShareViewRow(share_id=id, name=name, what=what, at=now))
    return True


def list_views(session: Session, id: uuid.UUID) -> tuple[View, ...]:
    rows = session.exec(select(ShareViewRow).where(ShareViewRow.share_id == id).order_by(col(ShareViewRow.id)))
    return tuple(View(name=row.name, what=row.what, at=row.at) for row in rows)


def _share(session: Session, row: ShareRow) -> Share:
    return Share(
        id=row.id,
        clinic_id=row.clinic_id,
        rank=row.rank,
        seen=row.seen,
        created_at=row.created_at,
        ends_at=row.ends_at,
        withdrawn_at=row.withdrawn_at,
        copy=unseal(session, row.sealed, Copy),
    )
