"""One press, one record: a form that is sent again gets what it made the first time."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Column, LargeBinary, delete
from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, Session, col, select

from acupwa.db.encryption import fingerprints, seal, unseal
from acupwa.db.tables import Row, UtcDateTime, new_key

T = TypeVar("T")
HOLDS = timedelta(minutes=10)


class PressRow(Row, table=True):
    __tablename__ = "press"
    id: uuid.UUID = Field(primary_key=True, default_factory=new_key)
    key_hash: bytes = Field(sa_column=Column(LargeBinary(32), nullable=False, unique=True))
    at: datetime = Field(sa_type=UtcDateTime, index=True)
    sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


def once(db: Session, now: datetime, press: str, make: Callable[[], T], type: Any) -> T:
    """What `make` gives, made once for each `press` within ten minutes, also when ten come at the same moment.

    `type` is that of the value, which is kept sealed for that time. None is no result: the next press makes it anew.
    An empty `press` names none, and is never the same as another.
    """
    if not press:
        return make()
    key_hash = fingerprints(db, "press", press)[0]
    db.exec(delete(PressRow).where(col(PressRow.key_hash) == key_hash, col(PressRow.at) <= now - HOLDS))
    claim = PressRow(key_hash=key_hash, at=now, sealed=seal(db, None))
    try:
        with db.begin_nested():
            db.add(claim)
    except IntegrityError:
        # The database let the other one finish before it refused this one.
        return unseal(db, db.exec(select(PressRow.sealed).where(PressRow.key_hash == key_hash)).one(), type)  # type: ignore[no-any-return]
    value = make()
    if value is None:
        db.delete(claim)
    else:
        claim.sealed = seal(db, value)
        db.add(claim)
    return value


def delete_past(db: Session, now: datetime) -> int:
    """Those that hold no more; returns how many."""
    return db.exec(delete(PressRow).where(col(PressRow.at) <= now - HOLDS)).rowcount
