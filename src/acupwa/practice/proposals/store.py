"""Proposals. All that one says is sealed."""

import uuid
from datetime import datetime

from sqlalchemy import Column, LargeBinary, delete, update
from sqlmodel import Field, Session, col, select

from acupwa.db.encryption import seal, unseal
from acupwa.db.tables import Row, UtcDateTime, new_key
from acupwa.practice.proposals.model import Proposal, Words


class ProposalRow(Row, table=True):
    __tablename__ = "proposal"
    id: uuid.UUID = Field(primary_key=True, default_factory=new_key)
    person_id: uuid.UUID = Field(foreign_key="person.id", ondelete="CASCADE", index=True)
    share_id: uuid.UUID = Field(foreign_key="share.id", ondelete="CASCADE", index=True)
    created_at: datetime = Field(sa_type=UtcDateTime)
    sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


def add_proposal(session: Session, person_id: uuid.UUID, proposal: Proposal) -> None:
    session.add(
        ProposalRow(
            id=proposal.id,
            person_id=person_id,
            share_id=proposal.share_id,
            created_at=proposal.created_at,
            sealed=seal(session, proposal.words),
        )
    )
    session.flush()


def list_of_person(session: Session, person_id: uuid.UUID) -> tuple[Proposal, ...]:
    """The newest first."""
    rows = session.exec(
        select(ProposalRow).where(ProposalRow.person_id == person_id).order_by(col(ProposalRow.id).desc())
    )
    return tuple(_proposal(session, row) for row in rows)


def list_of_share(session: Session, share_id: uuid.UUID) -> tuple[Proposal, ...]:
    """The newest first."""
    rows = session.exec(
        select(ProposalRow).where(ProposalRow.share_id == share_id).order_by(col(ProposalRow.id).desc())
    )
    return tuple(_proposal(session, row) for row in rows)


def find_of_person(session: Session, person_id: uuid.UUID, id: uuid.UUID) -> Proposal | None:
    query = select(ProposalRow).where(ProposalRow.id == id, ProposalRow.person_id == person_id)
    row = session.exec(query).first()
    return _proposal(session, row) if row else None


def put_words(session: Session, person_id: uuid.UUID, id: uuid.UUID, words: Words) -> None:
    query = update(ProposalRow).where(col(ProposalRow.id) == id, col(ProposalRow.person_id) == person_id)
    session.exec(query.values(sealed=seal(session, words)))


def delete_proposal(session: Session, id: uuid.UUID) -> None:
    session.exec(delete(ProposalRow).where(col(ProposalRow.id) == id))


def delete_of_share(session: Session, share_id: uuid.UUID) -> int:
    return session.exec(delete(ProposalRow).where(col(ProposalRow.share_id) == share_id)).rowcount


def _proposal(session: Session, row: ProposalRow) -> Proposal:
    return Proposal(
        id=row.id, share_id=row.share_id, created_at=row.created_at, words=unseal(session, row.sealed, Words)
    )
