"""Tables and queries of the person and their consents."""

import uuid
from datetime import datetime

from sqlalchemy import Column, LargeBinary, delete, update
from sqlmodel import Field, Session, col, select

from acupwa.db.tables import Row, UtcDateTime, new_key
from acupwa.person.model import Consent, Person


class PersonRow(Row, table=True):
    __tablename__ = "person"
    id: uuid.UUID = Field(primary_key=True, default_factory=new_key)
    token_hash: bytes = Field(sa_column=Column(LargeBinary(32), nullable=False, unique=True))
    created_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime, index=True)


class ConsentRow(Row, table=True):
    __tablename__ = "consent"
    id: uuid.UUID = Field(primary_key=True, default_factory=new_key)
    person_id: uuid.UUID = Field(foreign_key="person.id", ondelete="CASCADE", index=True)
    version: str
    language: str
    wording: str
    given_at: datetime = Field(sa_type=UtcDateTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


def add_person(session: Session, token_hash: bytes, now: datetime) -> Person:
    row = PersonRow(token_hash=token_hash, created_at=now, seen_at=now)
    session.add(row)
    session.flush()
    return Person(row.id, row.created_at)


def find_person(session: Session, token_hash: bytes) -> tuple[Person, datetime] | None:
    """The person and when they were last seen."""
    row = session.exec(select(PersonRow).where(PersonRow.token_hash == token_hash)).first()
    return (Person(row.id, row.created_at), row.seen_at) if row else None


def touch_person(session: Session, person_id: uuid.UUID, now: datetime) -> None:
    session.exec(update(PersonRow).where(col(PersonRow.id) == person_id).values(seen_at=now))


def delete_person(session: Session, person_id: uuid.UUID) -> None:
    """The person and, by the foreign keys, everything of theirs."""
    session.exec(delete(PersonRow).where(col(PersonRow.id) == person_id))


def delete_people_unseen_since(session: Session, moment: datetime) -> int:
    return session.exec(delete(PersonRow).where(col(PersonRow.seen_at) < moment)).rowcount


def add_consent(session: Session, person_id: uuid.UUID, consent: Consent) -> None:
    session.add(
        ConsentRow(
            person_id=person_id,
            version=consent.version,
            language=consent.language,
            wording=consent.wording,
            given_at=consent.given_at,
        )
    )


def list_consents(session: Session, person_id: uuid.UUID) -> tuple[Consent, ...]:
    rows = session.exec(
        select(ConsentRow).where(ConsentRow.person_id == person_id).order_by(col(ConsentRow.given_at))
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
