"""Proposals. All of their content is sealed."""

import uuid
from datetime import datetime

from sqlalchemy import Column, LargeBinary, delete, update
from sqlmodel import Field, Session, col, select

from acupwa.db.encryption import seal, unseal
from acupwa.db.tables import Row, UtcDateTime, new_key
from acupwa.practice.sharing.proposals.model import Proposal, ProposalContent


class ProposalRow(Row, table=True):
    __tablename__ = "proposal"
    id: uuid.UUID = Field(primary_key=True, default_factory=new_key)
    person_id: uuid.UUID = Field(foreign_key="person.id", ondelete="CASCADE", index=True)
    share_id: uuid.UUID = Field(foreign_key="share.id", ondelete="CASCADE", index=True)
    created_at: datetime = Field(sa_type=UtcDateTime)
    sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


def add_proposal(db: Session, person_id: uuid.UUID, proposal: Proposal) -> None:
    db.add(
        ProposalRow(
            id=proposal.id,
            person_id=person_id,
            share_id=proposal.share_id,
            created_at=proposal.created_at,
            sealed=seal(db, proposal.content),
        )
    )
    db.flush()


def list_of_person(db: Session, person_id: uuid.UUID) -> tuple[Proposal, ...]:
    """The newest first."""
    rows = db.exec(select(ProposalRow).where(ProposalRow.person_id == person_id).order_by(col(ProposalRow.id).desc()))
    return tuple(_proposal(db, row) for row in rows)


def list_of_share(db: Session, share_id: uuid.UUID) -> tuple[Proposal, ...]:
    """The newest first."""
    rows = db.exec(select(ProposalRow).where(ProposalRow.share_id == share_id).order_by(col(ProposalRow.id).desc()))
    return tuple(_proposal(db, row) for row in rows)


def hold(db: Session, person_id: uuid.UUID, id: uuid.UUID) -> None:
    """Whoever else answers it comes after this transaction, and reads what this one wrote."""
    query = select(ProposalRow.id).where(ProposalRow.id == id, ProposalRow.person_id == person_id)
    db.exec(query.with_for_update()).first()


def put_content(db: Session, person_id: uuid.UUID, id: uuid.UUID, content: ProposalContent) -> None:
    query = update(ProposalRow).where(col(ProposalRow.id) == id, col(ProposalRow.person_id) == person_id)
    db.exec(query.values(sealed=seal(db, content)))


def delete_proposal(db: Session, id: uuid.UUID) -> None:
    db.exec(delete(ProposalRow).where(col(ProposalRow.id) == id))


def delete_of_share(db: Session, share_id: uuid.UUID) -> None:
    db.exec(delete(ProposalRow).where(col(ProposalRow.share_id) == share_id))


def _proposal(db: Session, row: ProposalRow) -> Proposal:
    return Proposal(
        id=row.id, share_id=row.share_id, created_at=row.created_at, content=unseal(db, row.sealed, ProposalContent)
    )
