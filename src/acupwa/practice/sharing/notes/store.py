"""Notes of a practitioner to themselves, one for each share. Sealed."""

import uuid

from sqlalchemy import Column, LargeBinary, UniqueConstraint, delete
from sqlmodel import Field, Session, col, select

from acupwa.db.encryption import seal, unseal
from acupwa.db.tables import Row, new_key


class ShareNoteRow(Row, table=True):
    __tablename__ = "share_note"
    __table_args__ = (UniqueConstraint("share_id", "practitioner_id", name="share_note_of_one"),)
    id: uuid.UUID = Field(primary_key=True, default_factory=new_key)
    share_id: uuid.UUID = Field(foreign_key="share.id", ondelete="CASCADE", index=True)
    practitioner_id: uuid.UUID = Field(foreign_key="practitioner.id", ondelete="CASCADE", index=True)
    sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


def read_note(db: Session, share_id: uuid.UUID, practitioner_id: uuid.UUID) -> str:
    """Empty when there is none."""
    row = _row(db, share_id, practitioner_id)
    return unseal(db, row.sealed, str) if row else ""


def put_note(db: Session, share_id: uuid.UUID, practitioner_id: uuid.UUID, note: str) -> None:
    """An empty one deletes."""
    row = _row(db, share_id, practitioner_id)
    if not note:
        if row:
            db.delete(row)
        return
    if row is None:
        row = ShareNoteRow(share_id=share_id, practitioner_id=practitioner_id, sealed=b"")
    row.sealed = seal(db, note)
    db.add(row)


def delete_notes(db: Session, share_id: uuid.UUID) -> None:
    db.exec(delete(ShareNoteRow).where(col(ShareNoteRow.share_id) == share_id))


def _row(db: Session, share_id: uuid.UUID, practitioner_id: uuid.UUID) -> ShareNoteRow | None:
    query = select(ShareNoteRow).where(
        ShareNoteRow.share_id == share_id, ShareNoteRow.practitioner_id == practitioner_id
    )
    return db.exec(query).first()
