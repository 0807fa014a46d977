"""Tables and queries of the accounts."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, LargeBinary, delete, func, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, Session, col, select

from acupwa.db.tables import Row, UtcDateTime, new_key
from acupwa.practice.accounts.model import (
    Clinic,
    OneTime,
    OneTimeKind,
    Passkey,
    Practitioner,
    SignedIn,
    SignIn,
    StoredPasskey,
)


class ClinicRow(Row, table=True):
    __tablename__ = "clinic"
    id: uuid.UUID = Field(primary_key=True, default_factory=new_key)
    name: str
    contact: str
    colours: str
    created_at: datetime = Field(sa_type=UtcDateTime)


class PractitionerRow(Row, table=True):
    __tablename__ = "practitioner"
    id: uuid.UUID = Field(primary_key=True, default_factory=new_key)
    clinic_id: uuid.UUID = Field(foreign_key="clinic.id", ondelete="CASCADE", index=True)
    email: str = Field(unique=True)
    name: str
    role: str
    password_hash: str | None = None
    created_at: datetime = Field(sa_type=UtcDateTime)
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class PasskeyRow(Row, table=True):
    __tablename__ = "passkey"
    id: uuid.UUID = Field(primary_key=True, default_factory=new_key)
    practitioner_id: uuid.UUID = Field(foreign_key="practitioner.id", ondelete="CASCADE", index=True)
    credential_id: bytes = Field(sa_column=Column(LargeBinary, nullable=False, unique=True))
    public_key: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    sign_count: int
    name: str
    created_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SignInRow(Row, table=True):
    __tablename__ = "sign_in"
    id: uuid.UUID = Field(primary_key=True, default_factory=new_key)
    practitioner_id: uuid.UUID = Field(foreign_key="practitioner.id", ondelete="CASCADE", index=True)
    token_hash: bytes = Field(sa_column=Column(LargeBinary(32), nullable=False, unique=True))
    how: str
    browser: str
    failures: int
    created_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime, index=True)


class OneTimeRow(Row, table=True):
    __tablename__ = "one_time"
    id: uuid.UUID = Field(primary_key=True, default_factory=new_key)
    practitioner_id: uuid.UUID = Field(foreign_key="practitioner.id", ondelete="CASCADE", index=True)
    kind: str
    token_hash: bytes = Field(sa_column=Column(LargeBinary(32), nullable=False, unique=True))
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)


class ChallengeRow(Row, table=True):
    __tablename__ = "challenge"
    id: uuid.UUID = Field(primary_key=True, default_factory=new_key)
    practitioner_id: uuid.UUID | None = Field(default=None, foreign_key="practitioner.id", ondelete="CASCADE")
    challenge: bytes = Field(sa_column=Column(LargeBinary(32), nullable=False, unique=True))
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)


# ------------------------------------------------------------------ clinics and practitioners


def list_clinics(db: Session) -> tuple[Clinic, ...]:
    return tuple(_clinic(row) for row in db.exec(select(ClinicRow).order_by(col(ClinicRow.id))))


def add_clinic(db: Session, now: datetime, name: str) -> Clinic:
    row = ClinicRow(name=name, contact="", colours="teal", created_at=now)
    db.add(row)
    db.flush()
    return _clinic(row)


def save_clinic(db: Session, clinic: Clinic) -> None:
    db.exec(
        update(ClinicRow)
        .where(col(ClinicRow.id) == clinic.id)
        .values(name=clinic.name, contact=clinic.contact, colours=clinic.colours)
    )


def get_clinic(db: Session, id: uuid.UUID) -> Clinic | None:
    row = db.get(ClinicRow, id)
    return _clinic(row) if row else None


def count_practitioners(db: Session) -> int:
    query = select(func.count()).select_from(PractitionerRow).where(col(PractitionerRow.removed_at).is_(None))
    return db.exec(query).one()


def find_practitioner(db: Session, email: str) -> Practitioner | None:
    """Whoever works here under this address; not one who was removed."""
    row = _by_email(db, email)
    return _practitioner(row) if row and row.removed_at is None else None


def get_practitioner(db: Session, id: uuid.UUID) -> Practitioner | None:
    row = db.get(PractitionerRow, id)
    return _practitioner(row) if row and row.removed_at is None else None


def add_practitioner(
    db: Session, now: datetime, clinic_id: uuid.UUID, email: str, name: str, role: str
) -> Practitioner:
    row = PractitionerRow(clinic_id=clinic_id, email=email, name=name, role=role, created_at=now)
    db.add(row)
    db.flush()
    return _practitioner(row)


def list_practitioners(db: Session, clinic_id: uuid.UUID) -> tuple[Practitioner, ...]:
    rows = db.exec(
        select(PractitionerRow)
        .where(PractitionerRow.clinic_id == clinic_id, col(PractitionerRow.removed_at).is_(None))
        .order_by(col(PractitionerRow.id))
    ).all()
    with_passkey = set(db.exec(select(PasskeyRow.practitioner_id)))
    return tuple(_practitioner(row, row.id in with_passkey) for row in rows)


def list_everyone(db: Session, clinic_id: uuid.UUID) -> tuple[Practitioner, ...]:
    query = select(PractitionerRow).where(PractitionerRow.clinic_id == clinic_id).order_by(col(PractitionerRow.id))
    return tuple(_practitioner(row) for row in db.exec(query))


def set_password(db: Session, id: uuid.UUID, password_hash: str) -> None:
    db.exec(update(PractitionerRow).where(col(PractitionerRow.id) == id).values(password_hash=password_hash))


def set_name(db: Session, id: uuid.UUID, name: str) -> None:
    db.exec(update(PractitionerRow).where(col(PractitionerRow.id) == id).values(name=name))


def set_role(db: Session, id: uuid.UUID, role: str) -> None:
    db.exec(update(PractitionerRow).where(col(PractitionerRow.id) == id).values(role=role))


def remove_practitioner(db: Session, now: datetime, id: uuid.UUID) -> None:
    """No sign-in, passkey, password or one-time link is left: access ends with this transaction.

    The row stays, without its address, for what was done under its name; whoever comes back gets a new one.
    """
    for row in (SignInRow, PasskeyRow, OneTimeRow, ChallengeRow):
        db.exec(delete(row).where(col(row.practitioner_id) == id))
    gone = update(PractitionerRow).where(col(PractitionerRow.id) == id)
    db.exec(gone.values(password_hash=None, removed_at=now, email=f"removed {id}"))


def find_password(db: Session, email: str) -> tuple[uuid.UUID, str] | None:
    row = _by_email(db, email)
    if row is None or row.removed_at is not None or row.password_hash is None:
        return None
    return row.id, row.password_hash


# ------------------------------------------------------------------ sign-ins


def add_sign_in(
    db: Session,
    now: datetime,
    practitioner_id: uuid.UUID,
    token_hash: bytes,
    how: str,
    browser: str,
    failures: int,
) -> None:
    db.add(
        SignInRow(
            practitioner_id=practitioner_id, token_hash=token_hash, how=how, browser=browser,
            failures=failures, created_at=now, seen_at=now,
        )
    )  # fmt: skip
    db.flush()


def find_signed_in(
    db: Session, token_hash: bytes, begun_after: datetime, seen_after: datetime
) -> tuple[SignedIn, datetime] | None:
    """Whoever this token belongs to, and when it was last seen. Removed ones have none."""
    found = db.exec(
        select(SignInRow, PractitionerRow, ClinicRow)
        .join(PractitionerRow, col(PractitionerRow.id) == col(SignInRow.practitioner_id))
        .join(ClinicRow, col(ClinicRow.id) == col(PractitionerRow.clinic_id))
        .where(
            SignInRow.token_hash == token_hash,
            col(SignInRow.created_at) > begun_after,
            col(SignInRow.seen_at) > seen_after,
            col(PractitionerRow.removed_at).is_(None),
        )
    ).first()
    if found is None:
        return None
    sign_in, practitioner, clinic = found
    signed_in = SignedIn(
        sign_in_id=sign_in.id,
        practitioner=_practitioner(practitioner, True),
        clinic=_clinic(clinic),
        failures=sign_in.failures,
    )
    return signed_in, sign_in.seen_at


def touch_sign_in(db: Session, id: uuid.UUID, now: datetime) -> None:
    db.exec(update(SignInRow).where(col(SignInRow.id) == id).values(seen_at=now))


def list_sign_ins(
    db: Session, practitioner_id: uuid.UUID, own: uuid.UUID, begun_after: datetime, seen_after: datetime
) -> tuple[SignIn, ...]:
    rows = db.exec(
        select(SignInRow)
        .where(
            SignInRow.practitioner_id == practitioner_id,
            col(SignInRow.created_at) > begun_after,
            col(SignInRow.seen_at) > seen_after,
        )
        .order_by(col(SignInRow.created_at))
    )
    return tuple(
        SignIn(
            id=row.id, how=row.how, browser=row.browser, created_at=row.created_at, seen_at=row.seen_at,
            own=row.id == own,
        )
        for row in rows
    )  # fmt: skip


def delete_sign_in(db: Session, practitioner_id: uuid.UUID, id: uuid.UUID) -> bool:
    gone = delete(SignInRow).where(col(SignInRow.id) == id, col(SignInRow.practitioner_id) == practitioner_id)
    return db.exec(gone).rowcount == 1


def delete_sign_in_of(db: Session, token_hash: bytes) -> None:
    db.exec(delete(SignInRow).where(col(SignInRow.token_hash) == token_hash))


def delete_other_sign_ins(db: Session, practitioner_id: uuid.UUID, own: uuid.UUID | None) -> int:
    query = delete(SignInRow).where(col(SignInRow.practitioner_id) == practitioner_id)
    return db.exec(query.where(col(SignInRow.id) != own) if own else query).rowcount


def delete_sign_ins_past(db: Session, begun_until: datetime, seen_until: datetime) -> int:
    old = (col(SignInRow.created_at) <= begun_until) | (col(SignInRow.seen_at) <= seen_until)
    return db.exec(delete(SignInRow).where(old)).rowcount


# ------------------------------------------------------------------ one-time links and codes


def add_one_time(
    db: Session,
    now: datetime,
    practitioner_id: uuid.UUID,
    kind: OneTimeKind,
    token_hash: bytes,
    expires_at: datetime,
) -> bool:
    """In place of an earlier one of its kind. False when the same token is out already."""
    same = delete(OneTimeRow).where(col(OneTimeRow.practitioner_id) == practitioner_id, col(OneTimeRow.kind) == kind)
    db.exec(same)
    row = OneTimeRow(
        practitioner_id=practitioner_id, kind=kind, token_hash=token_hash, created_at=now, expires_at=expires_at
    )
    try:
        with db.begin_nested():
            db.add(row)
    except IntegrityError:
        return False
    return True


def find_one_time(
    db: Session, token_hashes: Sequence[bytes], kinds: Sequence[OneTimeKind], now: datetime
) -> OneTime | None:
    found = db.exec(
        select(OneTimeRow.kind, PractitionerRow, ClinicRow)
        .join(PractitionerRow, col(PractitionerRow.id) == col(OneTimeRow.practitioner_id))
        .join(ClinicRow, col(ClinicRow.id) == col(PractitionerRow.clinic_id))
        .where(
            col(OneTimeRow.token_hash).in_(token_hashes),
            col(OneTimeRow.kind).in_(kinds),
            col(OneTimeRow.expires_at) > now,
            col(PractitionerRow.removed_at).is_(None),
        )
    ).first()
    if found is None:
        return None
    return OneTime(kind=found[0], practitioner=_practitioner(found[1]), clinic=_clinic(found[2]))  # type: ignore[arg-type]


def delete_one_time(db: Session, token_hashes: Sequence[bytes]) -> bool:
    """True for the one who deleted it: it is used once, also when two use it at the same moment."""
    return db.exec(delete(OneTimeRow).where(col(OneTimeRow.token_hash).in_(token_hashes))).rowcount == 1


def delete_one_times_of(db: Session, practitioner_id: uuid.UUID) -> None:
    db.exec(delete(OneTimeRow).where(col(OneTimeRow.practitioner_id) == practitioner_id))


def delete_past(db: Session, now: datetime) -> int:
    gone = db.exec(delete(OneTimeRow).where(col(OneTimeRow.expires_at) <= now)).rowcount
    return gone + db.exec(delete(ChallengeRow).where(col(ChallengeRow.expires_at) <= now)).rowcount


# ------------------------------------------------------------------ passkeys


def add_challenge(db: Session, challenge: bytes, practitioner_id: uuid.UUID | None, expires_at: datetime) -> None:
    db.add(ChallengeRow(challenge=challenge, practitioner_id=practitioner_id, expires_at=expires_at))


def take_challenge(db: Session, challenge: bytes, practitioner_id: uuid.UUID | None, now: datetime) -> bool:
    """Whether it was given out to them and is still good. It is good once."""
    query = delete(ChallengeRow).where(
        col(ChallengeRow.challenge) == challenge,
        col(ChallengeRow.expires_at) > now,
        col(ChallengeRow.practitioner_id).is_(None)
        if practitioner_id is None
        else col(ChallengeRow.practitioner_id) == practitioner_id,
    )
    return db.exec(query).rowcount == 1


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


def has_password(db: Session, practitioner_id: uuid.UUID) -> bool:
    row = db.get(PractitionerRow, practitioner_id)
    return row is not None and row.password_hash is not None


def _by_email(db: Session, email: str) -> PractitionerRow | None:
    return db.exec(select(PractitionerRow).where(PractitionerRow.email == email)).first()


def _clinic(row: ClinicRow) -> Clinic:
    return Clinic(id=row.id, name=row.name, contact=row.contact, colours=row.colours)  # type: ignore[arg-type]


def _practitioner(row: PractitionerRow, has_passkey: bool = False) -> Practitioner:
    fields: dict[str, Any] = {
        key: getattr(row, key) for key in ("id", "clinic_id", "email", "name", "role", "created_at")
    }
    return Practitioner(**fields, ready=has_passkey or row.password_hash is not None)
