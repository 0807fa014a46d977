"""What was typed when a sign-in had ended: one form for each sign-in. Sealed."""

import uuid
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from acupwa.db.encryption import seal, unseal
from acupwa.practice.accounts.model import Unsent
from acupwa.practice.accounts.store import PractitionerRow, SignInRow, UnsentRow


def find_owner(db: Session, token_hash: bytes) -> uuid.UUID | None:
    """Whose sign-in this is, or was."""
    found = find_sign_in(db, token_hash)
    return found[1] if found else None


def find_sign_in(db: Session, token_hash: bytes) -> tuple[uuid.UUID, uuid.UUID] | None:
    """The keys of the sign-in and of its practitioner, also when it has ended."""
    query = (
        select(SignInRow.id, SignInRow.practitioner_id)
        .join(PractitionerRow, col(PractitionerRow.id) == col(SignInRow.practitioner_id))
        .where(SignInRow.token_hash == token_hash, col(PractitionerRow.removed_at).is_(None))
    )
    return db.exec(query).first()


def put(db: Session, now: datetime, sign_in_id: uuid.UUID, unsent: Unsent) -> None:
    """In place of the one before."""
    delete_of(db, sign_in_id)
    db.add(UnsentRow(sign_in_id=sign_in_id, created_at=now, sealed=seal(db, unsent)))


def find(db: Session, sign_in_id: uuid.UUID, after: datetime) -> Unsent | None:
    query = select(UnsentRow).where(UnsentRow.sign_in_id == sign_in_id, col(UnsentRow.created_at) > after)
    row = db.exec(query).first()
    return unseal(db, row.sealed, Unsent) if row else None


def delete_of(db: Session, sign_in_id: uuid.UUID) -> None:
    db.exec(delete(UnsentRow).where(col(UnsentRow.sign_in_id) == sign_in_id))


def delete_past(db: Session, until: datetime) -> int:
    return db.exec(delete(UnsentRow).where(col(UnsentRow.created_at) <= until)).rowcount
