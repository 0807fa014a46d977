"""The secret of a practitioner's app, sealed, and the last code of it that was used."""

import base64
import uuid

from sqlalchemy import or_, update
from sqlmodel import Session, col

from acupwa.db.encryption import seal, unseal
from acupwa.practice.accounts.store import PractitionerRow


def put_app(db: Session, practitioner_id: uuid.UUID, secret: bytes, step: int) -> None:
    sealed = seal(db, base64.b64encode(secret).decode())
    query = update(PractitionerRow).where(col(PractitionerRow.id) == practitioner_id)
    db.exec(query.values(totp=sealed, totp_step=step))


def find_app(db: Session, practitioner_id: uuid.UUID) -> tuple[bytes, int | None] | None:
    """Its secret, and the step that was used last."""
    row = db.get(PractitionerRow, practitioner_id, populate_existing=True)
    if row is None or row.totp is None:
        return None
    return base64.b64decode(unseal(db, row.totp, str)), row.totp_step


def use_step(db: Session, practitioner_id: uuid.UUID, step: int) -> bool:
    """True for the one who used it: each code is good once, also when two send it at the same moment."""
    query = update(PractitionerRow).where(
        col(PractitionerRow.id) == practitioner_id,
        or_(col(PractitionerRow.totp_step).is_(None), col(PractitionerRow.totp_step) < step),
    )
    return db.exec(query.values(totp_step=step)).rowcount == 1


def delete_app(db: Session, practitioner_id: uuid.UUID) -> bool:
    query = update(PractitionerRow).where(
        col(PractitionerRow.id) == practitioner_id, col(PractitionerRow.totp).is_not(None)
    )
    return db.exec(query.values(totp=None, totp_step=None)).rowcount == 1
