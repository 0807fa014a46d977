"""Clinics and their practitioners."""

import uuid
from datetime import datetime

from sqlalchemy import delete, func, or_, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from acupwa.practice.accounts.model import Clinic, Practitioner, Sender
from acupwa.practice.accounts.store import (
    ChallengeRow,
    ClinicRow,
    OneTimeRow,
    PasskeyRow,
    PractitionerRow,
    SignInRow,
    clinic_of,
    practitioner_of,
)


def list_clinics(db: Session) -> tuple[Clinic, ...]:
    return tuple(clinic_of(row) for row in db.exec(select(ClinicRow).order_by(col(ClinicRow.id))))


def add_clinic(db: Session, now: datetime, name: str) -> Clinic:
    row = ClinicRow(name=name, contact="", colours="teal", created_at=now)
    db.add(row)
    db.flush()
    return clinic_of(row)


def save_clinic(db: Session, clinic: Clinic) -> bool:
    """False when it stands so already."""
    names = ("name", "contact", "colours", "time_zone", "second_factor")
    values = {name: getattr(clinic, name) for name in names}
    changed = or_(*(col(getattr(ClinicRow, name)) != value for name, value in values.items()))
    return db.exec(update(ClinicRow).where(col(ClinicRow.id) == clinic.id, changed).values(values)).rowcount == 1


def set_first_zone(db: Session, id: uuid.UUID, zone: str) -> None:
    """Where none was chosen yet."""
    query = update(ClinicRow).where(col(ClinicRow.id) == id, col(ClinicRow.time_zone) == "UTC")
    db.exec(query.values(time_zone=zone))


def hold_practitioner(db: Session, id: uuid.UUID) -> None:
    """The same for the ways in of one of its people."""
    db.exec(select(PractitionerRow.id).where(PractitionerRow.id == id).with_for_update()).first()


def hold_clinic(db: Session, id: uuid.UUID) -> None:
    """Whoever else changes who may do what in it comes after this transaction, and reads what this one wrote."""
    db.exec(select(ClinicRow.id).where(ClinicRow.id == id).with_for_update()).first()


def find_clinic(db: Session, id: uuid.UUID) -> Clinic | None:
    row = db.get(ClinicRow, id)
    return clinic_of(row) if row else None


def count_practitioners(db: Session) -> int:
    query = select(func.count()).select_from(PractitionerRow).where(col(PractitionerRow.removed_at).is_(None))
    return db.exec(query).one()


def find_practitioner(db: Session, email: str) -> Practitioner | None:
    """Whoever works here under this address; not one who was removed."""
    row = _by_email(db, email)
    return practitioner_of(row) if row and row.removed_at is None else None


def find_practitioner_by_id(db: Session, id: uuid.UUID) -> Practitioner | None:
    row = db.get(PractitionerRow, id)
    return practitioner_of(row) if row and row.removed_at is None else None


def find_sender(db: Session, clinic_id: uuid.UUID, practitioner_id: uuid.UUID) -> Sender:
    """Also of one who was removed; empty where there is nothing any more."""
    clinic, practitioner = db.get(ClinicRow, clinic_id), db.get(PractitionerRow, practitioner_id)
    return Sender(
        clinic=clinic.name if clinic else "",
        contact=clinic.contact if clinic else "",
        practitioner=practitioner.name if practitioner else "",
        left=practitioner is None or practitioner.removed_at is not None,
    )


def add_practitioner(
    db: Session, now: datetime, clinic_id: uuid.UUID, email: str, name: str, role: str
) -> Practitioner | None:
    """None when somebody has this address, also when they got it at the same moment."""
    row = PractitionerRow(clinic_id=clinic_id, email=email, name=name, role=role, created_at=now)
    try:
        with db.begin_nested():
            db.add(row)
    except IntegrityError:
        return None
    return practitioner_of(row)


def list_practitioners(db: Session, clinic_id: uuid.UUID) -> tuple[Practitioner, ...]:
    rows = db.exec(
        select(PractitionerRow)
        .where(PractitionerRow.clinic_id == clinic_id, col(PractitionerRow.removed_at).is_(None))
        .order_by(col(PractitionerRow.id))
    ).all()
    with_passkey = set(db.exec(select(PasskeyRow.practitioner_id)))
    return tuple(practitioner_of(row, row.id in with_passkey) for row in rows)


def list_everyone(db: Session, clinic_id: uuid.UUID) -> tuple[Practitioner, ...]:
    query = select(PractitionerRow).where(PractitionerRow.clinic_id == clinic_id).order_by(col(PractitionerRow.id))
    return tuple(practitioner_of(row) for row in db.exec(query))


def set_password(db: Session, id: uuid.UUID, password_hash: str) -> None:
    db.exec(update(PractitionerRow).where(col(PractitionerRow.id) == id).values(password_hash=password_hash))


def change_password(db: Session, id: uuid.UUID, old_hash: str | None, password_hash: str) -> bool:
    """False when it is not the old one any more."""
    query = update(PractitionerRow).where(
        col(PractitionerRow.id) == id,
        col(PractitionerRow.password_hash).is_(None)
        if old_hash is None
        else col(PractitionerRow.password_hash) == old_hash,
    )
    return db.exec(query.values(password_hash=password_hash)).rowcount == 1


def set_name(db: Session, id: uuid.UUID, name: str) -> None:
    db.exec(update(PractitionerRow).where(col(PractitionerRow.id) == id).values(name=name))


def set_role(db: Session, id: uuid.UUID, role: str) -> bool:
    """False when it is theirs already."""
    query = update(PractitionerRow).where(col(PractitionerRow.id) == id, col(PractitionerRow.role) != role)
    return db.exec(query.values(role=role)).rowcount == 1


def remove_practitioner(db: Session, now: datetime, id: uuid.UUID) -> bool:
    """No sign-in, passkey, password or one-time link is left: access ends with this transaction.

    The row stays, without its address, for what was done under its name; whoever comes back gets a new one. False when
    they went already.
    """
    for row in (SignInRow, PasskeyRow, OneTimeRow, ChallengeRow):
        db.exec(delete(row).where(col(row.practitioner_id) == id))
    gone = update(PractitionerRow).where(col(PractitionerRow.id) == id, col(PractitionerRow.removed_at).is_(None))
    left = {"password_hash": None, "totp": None, "totp_step": None, "removed_at": now, "email": f"removed {id}"}
    return db.exec(gone.values(left)).rowcount == 1


def find_password(db: Session, email: str) -> tuple[uuid.UUID, str] | None:
    row = _by_email(db, email)
    if row is None or row.removed_at is not None or row.password_hash is None:
        return None
    return row.id, row.password_hash


def has_password(db: Session, practitioner_id: uuid.UUID) -> bool:
    row = db.get(PractitionerRow, practitioner_id)
    return row is not None and row.password_hash is not None


def _by_email(db: Session, email: str) -> PractitionerRow | None:
    return db.exec(select(PractitionerRow).where(PractitionerRow.email == email)).first()
