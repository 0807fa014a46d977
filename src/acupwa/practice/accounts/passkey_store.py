"""Passkeys, and the challenges that they answer."""

import uuid
from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from acupwa.practice.accounts.model import Passkey, StoredPasskey
from acupwa.practice.accounts.store import ChallengeRow, PasskeyRow, PractitionerRow


def add_challenge(db: Session, challenge: bytes, practitioner_id: uuid.UUID, expires_at: datetime) -> None:
    db.add(ChallengeRow(challenge=challenge, practitioner_id=practitioner_id, expires_at=expires_at))


def keep_used_challenge(db: Session, challenge: bytes, until: datetime) -> bool:
    """False when it is kept already."""
    try:
        with db.begin_nested():
            db.add(ChallengeRow(challenge=challenge, practitioner_id=None, expires_at=until))
    except IntegrityError:
        return False
    return True


def take_challenge(db: Session, challenge: bytes, practitioner_id: uuid.UUID, now: datetime) -> bool:
    """Whether it was given out to them and is still good. It is good once."""
    query = delete(ChallengeRow).where(
        col(ChallengeRow.challenge) == challenge,
        col(ChallengeRow.expires_at) > now,
        col(ChallengeRow.practitioner_id) == practitioner_id,
    )
    return db.exec(query).rowcount == 1


def delete_challenges_of(db: Session, practitioner_id: uuid.UUID) -> None:
    db.exec(delete(ChallengeRow).where(col(ChallengeRow.practitioner_id) == practitioner_id))


def delete_challenges_past(db: Session, now: datetime) -> int:
    return db.exec(delete(ChallengeRow).where(col(ChallengeRow.expires_at) <= now)).rowcount


def add_passkey(db: Session, now: datetime, stored: StoredPasskey, name: str) -> bool:
    row = PasskeyRow(
        practitioner_id=stored.practitioner_id,
        credential_id=stored.credential_id,
        public_key=stored.public_key,
        sign_count=stored.sign_count,
        name=name,
        created_at=now,
    )
    try:
        with db.begin_nested():
            db.add(row)
    except IntegrityError:
        return False
    return True


def find_passkey(db: Session, credential_id: bytes) -> StoredPasskey | None:
    row = db.exec(
        select(PasskeyRow)
        .join(PractitionerRow, col(PractitionerRow.id) == col(PasskeyRow.practitioner_id))
        .where(PasskeyRow.credential_id == credential_id, col(PractitionerRow.removed_at).is_(None))
    ).first()
    if row is None:
        return None
    return StoredPasskey(
        practitioner_id=row.practitioner_id,
        credential_id=row.credential_id,
        public_key=row.public_key,
        sign_count=row.sign_count,
    )


def touch_passkey(db: Session, credential_id: bytes, sign_count: int, now: datetime) -> None:
    query = update(PasskeyRow).where(col(PasskeyRow.credential_id) == credential_id)
    db.exec(query.values(sign_count=sign_count, used_at=now))


def list_passkeys(db: Session, practitioner_id: uuid.UUID) -> tuple[Passkey, ...]:
    rows = db.exec(select(PasskeyRow).where(PasskeyRow.practitioner_id == practitioner_id).order_by(col(PasskeyRow.id)))
    return tuple(Passkey(id=r.id, name=r.name, created_at=r.created_at, used_at=r.used_at) for r in rows)


def list_credential_ids(db: Session, practitioner_id: uuid.UUID) -> tuple[bytes, ...]:
    return tuple(db.exec(select(PasskeyRow.credential_id).where(PasskeyRow.practitioner_id == practitioner_id)))


def delete_passkey(db: Session, practitioner_id: uuid.UUID, id: uuid.UUID) -> bool:
    gone = delete(PasskeyRow).where(col(PasskeyRow.id) == id, col(PasskeyRow.practitioner_id) == practitioner_id)
    return db.exec(gone).rowcount == 1
