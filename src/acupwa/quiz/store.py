"""The table of check-ins and its queries. Answers are health data: they stand in `sealed` alone."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Column, LargeBinary, and_, delete, func, or_, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, Session, col, select

from acupwa.db.encryption import seal, unseal
from acupwa.db.tables import Row, UtcDateTime, new_key
from acupwa.quiz.model import Answers, CheckIn, Write, Writes

DRAFT, FINISHED = "draft", "finished"
_UNWRITTEN: Writes = {}


class CheckInRow(Row, table=True):
    __tablename__ = "check_in"
    id: uuid.UUID = Field(primary_key=True, default_factory=new_key)
    person_id: uuid.UUID = Field(foreign_key="person.id", ondelete="CASCADE", index=True)
    variant: str
    status: str
    urgency: str | None = None
    quiz_version: str
    content_version: str
    language: str
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime, index=True)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    had_help_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    idempotency_key: str | None = None
    claim_hash: bytes | None = Field(default=None, sa_column=Column(LargeBinary(32), nullable=True))
    sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


# As `CheckIn.place` has it.
_PLACE = func.coalesce(CheckInRow.finished_at, CheckInRow.created_at)


class Sealed(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is encrypted of a check-in. `writes` are by screen."""

    answers: Answers
    seen: tuple[str, ...] = ()
    open_items: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    helped: tuple[str, ...] = ()
    taken_over: tuple[str, ...] = ()
    received_at: datetime | None = None
    confirmed_at: datetime | None = None
    writes: dict[str, Write] = {}
    advice: dict[str, str] = {}


class KeptCheckIn(msgspec.Struct, frozen=True):
    """A check-in with the order of its writes, which belongs to this server and not to the person's answers."""

    check_in: CheckIn
    writes: Writes


class KeyedCheckIn(msgspec.Struct, frozen=True):
    """A check-in that was sent in under a key: which, whose, and the hash of the claim to it, if it came with one."""

    id: uuid.UUID
    person_id: uuid.UUID
    claim_hash: bytes | None


def add_check_in(
    db: Session, person_id: uuid.UUID, check_in: CheckIn, key: str | None = None, claim_hash: bytes | None = None
) -> CheckIn | None:
    """The check-in as added; None when there is one under this key already, whoever's it is."""
    row = CheckInRow(
        id=check_in.id, person_id=person_id, idempotency_key=key, claim_hash=claim_hash, **_columns(db, check_in)
    )
    try:
        with db.begin_nested():
            db.add(row)
    except IntegrityError:
        if find_by_key(db, key) is None:
            raise
        return None
    return check_in


def add_check_ins(db: Session, person_id: uuid.UUID, check_ins: Sequence[CheckIn]) -> None:
    """Many at once, encrypted before the first is written: no other writer waits for that."""
    rows = [CheckInRow(id=one.id, person_id=person_id, **_columns(db, one)) for one in check_ins]
    db.add_all(rows)
    db.flush()


def save_check_in(db: Session, person_id: uuid.UUID, check_in: CheckIn, writes: Writes) -> None:
    db.exec(
        update(CheckInRow)
        .where(col(CheckInRow.id) == check_in.id, col(CheckInRow.person_id) == person_id)
        .values(**_columns(db, check_in, writes))
        .execution_options(synchronize_session=False)
    )


def find_check_in(db: Session, person_id: uuid.UUID, id: uuid.UUID) -> CheckIn | None:
    """This person's check-in."""
    kept = find_kept_check_in(db, person_id, id)
    return kept.check_in if kept else None


def find_kept_check_in(
    db: Session, person_id: uuid.UUID, id: uuid.UUID, *, to_change: bool = False
) -> KeptCheckIn | None:
    """This person's check-in and its writes. `to_change` keeps other writers out until the work is done."""
    row = _find_row(db, person_id, id, to_change=to_change)
    return _kept(db, row) if row else None


def find_by_key(db: Session, key: str | None) -> KeyedCheckIn | None:
    """What was sent in under this key. None for no key."""
    if key is None:
        return None
    query = select(CheckInRow.id, CheckInRow.person_id, CheckInRow.claim_hash)
    found = db.exec(query.where(CheckInRow.idempotency_key == key)).first()
    return KeyedCheckIn(*found) if found else None


def forget_claims(db: Session, person_id: uuid.UUID) -> None:
    """What was sent in stays; nobody opens it by its claim any more."""
    db.exec(update(CheckInRow).where(col(CheckInRow.person_id) == person_id).values(claim_hash=None))


def find_draft(db: Session, person_id: uuid.UUID) -> CheckIn | None:
    """The newest one that is not finished."""
    row = db.exec(
        select(CheckInRow)
        .where(CheckInRow.person_id == person_id, CheckInRow.status == DRAFT)
        .order_by(col(CheckInRow.created_at).desc())
    ).first()
    return _check_in(db, row) if row else None


def list_check_ins(db: Session, person_id: uuid.UUID) -> tuple[CheckIn, ...]:
    """All of this person's, the newest first."""
    rows = db.exec(
        select(CheckInRow).where(CheckInRow.person_id == person_id).order_by(_PLACE.desc(), col(CheckInRow.id).desc())
    )
    return tuple(_check_in(db, row) for row in rows)


def find_latest_finished(db: Session, person_id: uuid.UUID, before: CheckIn | None = None) -> CheckIn | None:
    """The one that was finished last; with `before`, of those whose place is before this one's."""
    query = select(CheckInRow).where(CheckInRow.person_id == person_id, CheckInRow.status == FINISHED)
    if before is not None:
        at, id = before.place
        finished = col(CheckInRow.finished_at)
        query = query.where(or_(finished < at, and_(finished == at, col(CheckInRow.id) < id)))
    row = db.exec(query.order_by(_PLACE.desc(), col(CheckInRow.id).desc()).limit(1)).first()
    return _check_in(db, row) if row else None


def owners_of(db: Session, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Whose check-ins these are; those that are not there are left out."""
    rows = db.exec(select(CheckInRow.id, CheckInRow.person_id).where(col(CheckInRow.id).in_(ids)))
    return dict(rows.all())


def count_finished(db: Session, person_id: uuid.UUID) -> int:
    query = select(func.count()).where(CheckInRow.person_id == person_id, CheckInRow.status == FINISHED)
    return db.exec(query).one()


def delete_check_in(db: Session, person_id: uuid.UUID, id: uuid.UUID) -> bool:
    statement = delete(CheckInRow).where(col(CheckInRow.id) == id, col(CheckInRow.person_id) == person_id)
    return db.exec(statement).rowcount == 1


def delete_drafts(db: Session, person_id: uuid.UUID) -> None:
    db.exec(delete(CheckInRow).where(col(CheckInRow.person_id) == person_id, col(CheckInRow.status) == DRAFT))


def delete_drafts_untouched_since(db: Session, moment: datetime) -> int:
    statement = delete(CheckInRow).where(col(CheckInRow.status) == DRAFT, col(CheckInRow.updated_at) < moment)
    return db.exec(statement).rowcount


def _find_row(db: Session, person_id: uuid.UUID, id: uuid.UUID, *, to_change: bool = False) -> CheckInRow | None:
    query = select(CheckInRow).where(CheckInRow.id == id, CheckInRow.person_id == person_id)
    return db.exec(query.with_for_update() if to_change else query).first()


def _columns(db: Session, check_in: CheckIn, writes: Writes = _UNWRITTEN) -> dict[str, Any]:
    parts = {name: getattr(check_in, name) for name in Sealed.__struct_fields__ if name != "writes"}
    sealed = Sealed(**parts, writes=dict(writes))
    return {
        "variant": check_in.variant,
        "status": FINISHED if check_in.finished else DRAFT,
        "urgency": check_in.urgency,
        "quiz_version": check_in.quiz_version,
        "content_version": check_in.content_version,
        "language": check_in.language,
        "created_at": check_in.created_at,
        "updated_at": check_in.updated_at,
        "finished_at": check_in.finished_at,
        "had_help_at": check_in.had_help_at,
        "sealed": seal(db, sealed),
    }


def _check_in(db: Session, row: CheckInRow) -> CheckIn:
    return _kept(db, row).check_in


def _kept(db: Session, row: CheckInRow) -> KeptCheckIn:
    sealed = unseal(db, row.sealed, Sealed)
    check_in = CheckIn(
        id=row.id,
        variant=row.variant,  # type: ignore[arg-type]
        answers=sealed.answers,
        quiz_version=row.quiz_version,
        content_version=row.content_version,
        language=row.language,
        created_at=row.created_at,
        updated_at=row.updated_at,
        finished_at=row.finished_at,
        urgency=row.urgency,
        seen=sealed.seen,
        open_items=sealed.open_items,
        asks=sealed.asks,
        received_at=sealed.received_at,
        had_help_at=row.had_help_at,
        helped=sealed.helped,
        taken_over=sealed.taken_over,
        advice=sealed.advice,
        confirmed_at=sealed.confirmed_at,
    )
    return KeptCheckIn(check_in, sealed.writes)
