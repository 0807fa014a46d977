"""Tries of each kind of secret, counted so that guessing has to wait.

A try is booked before anything is done with it, in one step of the database, so that many at the same moment are all
counted, on whichever worker; who brings the right secret takes it back. What is counted is a subject: a keyed hash of
who tries, or of what is tried.

Whoever fills a counter that others share keeps nobody out: it only slows, and tells the operator.
"""

import math
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

import msgspec
from sqlalchemy import Column, Index, LargeBinary, case, delete, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, Session, col, select

from acupwa.db.encryption import fingerprints
from acupwa.db.tables import Row, UtcDateTime, new_key
from acupwa.logs import log_warning
from acupwa.networks import TIMES, networks_of

Kind = Literal[
    "code",
    "password",
    "passkey",
    "practice-code",
    "second-factor",
    "link",
    "first-run",
    "reset-mail",
    "person",
    "people",
    "push-test",
    "view",
]
LONGEST_WINDOW = timedelta(hours=1)
# How long a try waits that is slowed: it makes guessing dear, and keeps nobody out.
SLOWED_SECONDS = 1.0


class Wait(msgspec.Struct, frozen=True):
    """Too many tries. `seconds` until the next one counts, 1 or more."""

    seconds: int


class TooMany(Exception):
    """A try that is refused and has no page of its own to say so. Shown as a calm 429; what it began is undone."""

    def __init__(self, wait: Wait) -> None:
        super().__init__()
        self.wait = wait


class Limit(msgspec.Struct, frozen=True, kw_only=True):
    """How many tries a subject has within the window. `refuses`: the next one waits; else it is slowed down.

    `shared`: strangers fill it too, so the operator is told.
    """

    subject: bytes
    most: int
    refuses: bool = True
    shared: bool = False


class Booked(msgspec.Struct, frozen=True, kw_only=True):
    """What a try met: `wait` where it is refused, `slow` where a counter that others share is full. `subjects` are those
    for which it was counted.
    """

    wait: Wait | None = None
    slow: bool = False
    subjects: tuple[bytes, ...] = ()


class TriesRow(Row, table=True):
    __tablename__ = "tries"
    __table_args__ = (
        Index("tries_of_subject", "kind", "subject_hash", unique=True),
        Index("tries_by_time", "since"),
    )
    id: uuid.UUID = Field(primary_key=True, default_factory=new_key)
    kind: str
    subject_hash: bytes = Field(sa_column=Column(LargeBinary(32), nullable=False))
    count: int
    since: datetime = Field(sa_type=UtcDateTime)


class Attempts(msgspec.Struct, frozen=True):
    """The tries of one kind of secret. They count from the first one on for `window`, then anew. It is an hour at most."""

    kind: Kind
    window: timedelta

    def book(self, db: Session, now: datetime, limits: Sequence[Limit]) -> Booked:
        """Count one try for each subject, from the narrowest to the widest as they are given. Where one refuses it, the
        wider ones that refuse do not count it: who is kept waiting keeps nobody else waiting. Those that slow count all.
        """
        wait, slow, subjects = None, False, []
        for limit in limits:
            if wait and limit.refuses:
                continue
            count, since = self._count_one(db, now, limit.subject)
            subjects.append(limit.subject)
            if count == limit.most and limit.shared:
                log_warning("many tries", kind=self.kind, most=limit.most)
            if count > limit.most and limit.refuses:
                wait = Wait(max(1, math.ceil((since + self.window - now).total_seconds())))
            slow = slow or (count > limit.most and not limit.refuses)
        return Booked(wait=wait, slow=slow, subjects=tuple(subjects))

    def take_back(self, db: Session, subjects: Sequence[bytes]) -> None:
        """The try that was counted for these (`Booked.subjects`) was a right one. Where it was the only one, nothing is
        left of it.
        """
        for subject in subjects:
            mine = (col(TriesRow.kind) == self.kind, col(TriesRow.subject_hash) == subject)
            if not db.exec(
                update(TriesRow).where(*mine, col(TriesRow.count) > 1).values(count=TriesRow.count - 1)
            ).rowcount:
                db.exec(delete(TriesRow).where(*mine))

    def count(self, db: Session, now: datetime, subject: bytes) -> int:
        """How many count by now."""
        query = select(TriesRow.count).where(
            TriesRow.kind == self.kind, TriesRow.subject_hash == subject, col(TriesRow.since) > now - self.window
        )
        return db.exec(query).first() or 0

    def delete_of(self, db: Session, subject: bytes) -> None:
        db.exec(delete(TriesRow).where(col(TriesRow.kind) == self.kind, col(TriesRow.subject_hash) == subject))

    def _count_one(self, db: Session, now: datetime, subject: bytes) -> tuple[int, datetime]:
        """How many it is with this one, and since when they count."""
        make = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
        new = make(TriesRow).values(id=new_key(), kind=self.kind, subject_hash=subject, count=1, since=now)
        past = col(TriesRow.since) <= now - self.window
        again = new.on_conflict_do_update(
            index_elements=[col(TriesRow.kind), col(TriesRow.subject_hash)],
            set_={
                "count": case((past, 1), else_=col(TriesRow.count) + 1),
                "since": case((past, now), else_=col(TriesRow.since)),
            },
        ).returning(col(TriesRow.count), col(TriesRow.since))
        counted = db.execute(again).one()
        return counted[0], counted[1]


def delete_past_tries(db: Session, now: datetime) -> int:
    """Those of any kind that count no more; returns how many."""
    return db.exec(delete(TriesRow).where(col(TriesRow.since) <= now - LONGEST_WINDOW)).rowcount


def place_limits(db: Session, purpose: str, address: str, most: int, about: str = "") -> tuple[Limit, ...]:
    """The limits of the place that a try comes from: its network, and those that hold it, with more room each.

    `about` is what is tried, where one place has tries of its own for each.
    """
    return tuple(
        Limit(subject=fingerprints(db, purpose, f"{about}{network}")[0], most=most * times)
        for network, times in zip(networks_of(address), TIMES, strict=False)
    )


def shared_limit(db: Session, purpose: str, about: str, most: int) -> Limit:
    """A limit that strangers can fill: it slows, and tells the operator."""
    return Limit(subject=fingerprints(db, purpose, about)[0], most=most, refuses=False, shared=True)
