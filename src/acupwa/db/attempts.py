"""Wrong tries of every secret, counted so that guessing has to wait.

They are counted in the database, so that all workers share the count. What is counted is a subject: a keyed hash of who
tries, or of what is tried (`encryption.fingerprints`).
"""

import math
import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Literal

import msgspec
from sqlalchemy import Column, Index, LargeBinary, delete, func
from sqlmodel import Field, Session, col, select

from acupwa.db.tables import Row, UtcDateTime, new_key

Secret = Literal["code", "sign-in"]


class Wait(msgspec.Struct, frozen=True):
    """Too many wrong tries. `seconds` until the next one counts, 1 or more."""

    seconds: int


class Limit(msgspec.Struct, frozen=True):
    """How many wrong tries a subject has before the next one waits; `subject` None is all of them together."""

    subject: bytes | None
    most: int


class AttemptRow(Row, table=True):
    __tablename__ = "attempt"
    __table_args__ = (
        Index("attempt_by_subject", "kind", "subject_hash", "at"),
        Index("attempt_by_time", "kind", "at"),
    )
    id: uuid.UUID = Field(primary_key=True, default_factory=new_key)
    kind: str
    subject_hash: bytes = Field(sa_column=Column(LargeBinary(32), nullable=False))
    at: datetime = Field(sa_type=UtcDateTime)


class Attempts(msgspec.Struct, frozen=True):
    """The wrong tries of one kind of secret. Each counts for `window`."""

    kind: Secret
    window: timedelta

    def find_wait(self, db: Session, now: datetime, limits: Iterable[Limit]) -> Wait | None:
        """The longest wait of those that reached their limit; what has passed its time is deleted first."""
        self.delete_past(db, now)
        waits = []
        for limit in limits:
            count, first = self._since(db, now, limit.subject)
            if first is not None and count >= limit.most:
                waits.append(max(1, math.ceil((first + self.window - now).total_seconds())))
        return Wait(max(waits)) if waits else None

    def add(self, db: Session, now: datetime, subjects: Sequence[bytes]) -> None:
        """One wrong try, which counts for each of its subjects."""
        db.add_all([AttemptRow(kind=self.kind, subject_hash=subject, at=now) for subject in subjects])

    def count(self, db: Session, now: datetime, subject: bytes) -> int:
        return self._since(db, now, subject)[0]

    def delete_of(self, db: Session, subject: bytes) -> None:
        db.exec(delete(AttemptRow).where(col(AttemptRow.kind) == self.kind, col(AttemptRow.subject_hash) == subject))

    def delete_past(self, db: Session, now: datetime) -> int:
        """Those that count no more; returns how many."""
        past = delete(AttemptRow).where(col(AttemptRow.kind) == self.kind, col(AttemptRow.at) <= now - self.window)
        return db.exec(past).rowcount

    def _since(self, db: Session, now: datetime, subject: bytes | None) -> tuple[int, datetime | None]:
        """How many count, and when the first of them was."""
        query = select(func.count(), func.min(AttemptRow.at)).where(
            AttemptRow.kind == self.kind, col(AttemptRow.at) > now - self.window
        )
        if subject is not None:
            query = query.where(AttemptRow.subject_hash == subject)
        count, first = db.exec(query).one()
        return count, first
