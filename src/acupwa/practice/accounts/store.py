"""Tables of the accounts. Their queries stand in the `…_store.py` beside it."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Index, LargeBinary
from sqlmodel import Field

from acupwa.db.tables import Row, UtcDateTime, new_key
from acupwa.practice.accounts.model import Clinic, Practitioner


class ClinicRow(Row, table=True):
    __tablename__ = "clinic"
    id: uuid.UUID = Field(primary_key=True, default_factory=new_key)
    name: str
    contact: str
    colours: str
    created_at: datetime = Field(sa_type=UtcDateTime)
    time_zone: str = "UTC"
    second_factor: bool = False


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
    totp: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))
    totp_step: int | None = Field(default=None, sa_type=BigInteger)


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
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    second_due: bool = False
    proved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class UnsentRow(Row, table=True):
    """What was typed when a sign-in had ended, for the one that came after it."""

    __tablename__ = "unsent"
    id: uuid.UUID = Field(primary_key=True, default_factory=new_key)
    sign_in_id: uuid.UUID = Field(foreign_key="sign_in.id", ondelete="CASCADE", unique=True)
    created_at: datetime = Field(sa_type=UtcDateTime)
    sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class OneTimeRow(Row, table=True):
    __tablename__ = "one_time"
    __table_args__ = (Index("one_time_of_a_kind", "practitioner_id", "kind", unique=True),)
    id: uuid.UUID = Field(primary_key=True, default_factory=new_key)
    practitioner_id: uuid.UUID = Field(foreign_key="practitioner.id", ondelete="CASCADE", index=True)
    kind: str
    token_hash: bytes = Field(sa_column=Column(LargeBinary(32), nullable=False, unique=True))
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class FirstRunRow(Row, table=True):
    """The address at which the first account of a server is made, while nobody has one. There is one at most."""

    __tablename__ = "first_run"
    id: uuid.UUID = Field(primary_key=True, default_factory=new_key)
    token_hash: bytes = Field(sa_column=Column(LargeBinary(32), nullable=False, unique=True))
    created_at: datetime = Field(sa_type=UtcDateTime)


class ChallengeRow(Row, table=True):
    __tablename__ = "challenge"
    id: uuid.UUID = Field(primary_key=True, default_factory=new_key)
    practitioner_id: uuid.UUID | None = Field(default=None, foreign_key="practitioner.id", ondelete="CASCADE")
    challenge: bytes = Field(sa_column=Column(LargeBinary(32), nullable=False, unique=True))
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)


def clinic_of(row: ClinicRow) -> Clinic:
    names = ("id", "name", "contact", "colours", "time_zone", "second_factor")
    return Clinic(**{name: getattr(row, name) for name in names})


def practitioner_of(row: PractitionerRow, has_passkey: bool = False) -> Practitioner:
    fields: dict[str, Any] = {
        key: getattr(row, key) for key in ("id", "clinic_id", "email", "name", "role", "created_at")
    }
    has_password = row.password_hash is not None
    ready, by_app = has_passkey or has_password, row.totp is not None
    return Practitioner(**fields, ready=ready, has_password=has_password, by_app=by_app)
