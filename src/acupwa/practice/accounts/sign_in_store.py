"""Sign-ins, and the one-time links and codes that lead to one."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from acupwa.practice.accounts.model import HalfIn, OneTime, OneTimeKind, SignedIn, SignIn, Unusable
from acupwa.practice.accounts.store import (
    ClinicRow,
    OneTimeRow,
    PasskeyRow,
    PractitionerRow,
    SignInRow,
    clinic_of,
    practitioner_of,
)


def add_sign_in(
    db: Session, now: datetime, practitioner_id: uuid.UUID, token_hash: bytes, how: str, browser: str, failures: int,
    *, second_due: bool = False, proved: bool = False,
) -> None:  # fmt: skip
    db.add(
        SignInRow(
            practitioner_id=practitioner_id, token_hash=token_hash, how=how, browser=browser,
            failures=failures, created_at=now, seen_at=now, second_due=second_due, proved_at=now if proved else None,
        )
    )  # fmt: skip
    db.flush()


def find_signed_in(
    db: Session, token_hash: bytes, begun_after: datetime, seen_after: datetime
) -> tuple[SignedIn, datetime] | None:
    """Whoever this token belongs to, and when it was last seen. Removed ones have none, nor has one that is half in."""
    found = _find(db, token_hash, begun_after, seen_after, second_due=False)
    if found is None:
        return None
    sign_in, practitioner, clinic = found
    signed_in = SignedIn(
        sign_in_id=sign_in.id,
        practitioner=practitioner_of(practitioner, True),
        clinic=clinic_of(clinic),
        failures=sign_in.failures,
    )
    return signed_in, sign_in.seen_at


def find_half_in(db: Session, token_hash: bytes, begun_after: datetime) -> HalfIn | None:
    found = _find(db, token_hash, begun_after, begun_after, second_due=True)
    if found is None:
        return None
    sign_in, practitioner, clinic = found
    keys = select(func.count()).where(col(PasskeyRow.practitioner_id) == practitioner.id)
    return HalfIn(
        sign_in_id=sign_in.id,
        practitioner=practitioner_of(practitioner, True),
        clinic=clinic_of(clinic),
        passkeys=db.exec(keys).one(),
    )


def _find(
    db: Session, token_hash: bytes, begun_after: datetime, seen_after: datetime, *, second_due: bool
) -> tuple[SignInRow, PractitionerRow, ClinicRow] | None:
    return db.exec(
        select(SignInRow, PractitionerRow, ClinicRow)
        .join(PractitionerRow, col(PractitionerRow.id) == col(SignInRow.practitioner_id))
        .join(ClinicRow, col(ClinicRow.id) == col(PractitionerRow.clinic_id))
        .where(
            SignInRow.token_hash == token_hash,
            col(SignInRow.created_at) > begun_after,
            col(SignInRow.seen_at) > seen_after,
            col(SignInRow.ended_at).is_(None),
            col(SignInRow.second_due) == second_due,
            col(PractitionerRow.removed_at).is_(None),
        )
    ).first()


def find_proved_at(db: Session, id: uuid.UUID) -> datetime | None:
    """When this sign-in last showed who it is; None when it did not, or has ended."""
    query = select(SignInRow.proved_at).where(
        SignInRow.id == id, col(SignInRow.ended_at).is_(None), col(SignInRow.second_due).is_(False)
    )
    return db.exec(query).first()


def set_proved(db: Session, now: datetime, id: uuid.UUID) -> None:
    db.exec(update(SignInRow).where(col(SignInRow.id) == id).values(proved_at=now))


def complete_sign_in(db: Session, now: datetime, id: uuid.UUID, token_hash: bytes) -> bool:
    """All in, by a new token. False when it is no longer half in."""
    half = update(SignInRow).where(
        col(SignInRow.id) == id, col(SignInRow.second_due).is_(True), col(SignInRow.ended_at).is_(None)
    )
    done = half.values(second_due=False, proved_at=now, seen_at=now, token_hash=token_hash)
    return db.exec(done).rowcount == 1


def ask_second(db: Session, clinic_id: uuid.UUID) -> None:
    """Whoever of the clinic is in by less than a passkey, without an app, is half in from now on."""
    less = select(PractitionerRow.id).where(PractitionerRow.clinic_id == clinic_id, col(PractitionerRow.totp).is_(None))
    query = update(SignInRow).where(col(SignInRow.practitioner_id).in_(less), col(SignInRow.how) != "passkey")
    db.exec(query.values(second_due=True))


def touch_sign_in(db: Session, id: uuid.UUID, now: datetime) -> None:
    db.exec(update(SignInRow).where(col(SignInRow.id) == id).values(seen_at=now))


def count_sign_ins(db: Session, practitioner_id: uuid.UUID, begun_after: datetime, seen_after: datetime) -> int:
    query = select(func.count()).where(
        col(SignInRow.practitioner_id) == practitioner_id,
        col(SignInRow.created_at) > begun_after,
        col(SignInRow.seen_at) > seen_after,
        col(SignInRow.ended_at).is_(None),
    )
    return db.exec(query).one()


def list_sign_ins(
    db: Session, practitioner_id: uuid.UUID, own: uuid.UUID, begun_after: datetime, seen_after: datetime
) -> tuple[SignIn, ...]:
    rows = db.exec(
        select(SignInRow)
        .where(
            SignInRow.practitioner_id == practitioner_id,
            col(SignInRow.created_at) > begun_after,
            col(SignInRow.seen_at) > seen_after,
            col(SignInRow.ended_at).is_(None),
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


def end_sign_in(db: Session, now: datetime, practitioner_id: uuid.UUID, id: uuid.UUID) -> bool:
    """False when it is not theirs, or had ended. Whose it was stays known until its days are over."""
    query = update(SignInRow).where(
        col(SignInRow.id) == id, col(SignInRow.practitioner_id) == practitioner_id, col(SignInRow.ended_at).is_(None)
    )
    return db.exec(query.values(ended_at=now)).rowcount == 1


def delete_sign_in_of(db: Session, token_hash: bytes) -> None:
    db.exec(delete(SignInRow).where(col(SignInRow.token_hash) == token_hash))


def end_other_sign_ins(db: Session, now: datetime, practitioner_id: uuid.UUID, own: uuid.UUID | None) -> int:
    query = update(SignInRow).where(
        col(SignInRow.practitioner_id) == practitioner_id, col(SignInRow.ended_at).is_(None)
    )
    return db.exec((query.where(col(SignInRow.id) != own) if own else query).values(ended_at=now)).rowcount


def delete_sign_ins_past(db: Session, begun_until: datetime) -> int:
    return db.exec(delete(SignInRow).where(col(SignInRow.created_at) <= begun_until)).rowcount


def add_one_time(
    db: Session, now: datetime, practitioner_id: uuid.UUID, kind: OneTimeKind, token_hash: bytes, expires_at: datetime
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
            col(OneTimeRow.used_at).is_(None),
            col(PractitionerRow.removed_at).is_(None),
        )
    ).first()
    if found is None:
        return None
    return OneTime(kind=found[0], practitioner=practitioner_of(found[1]), clinic=clinic_of(found[2]))  # type: ignore[arg-type]


def use_one_time(db: Session, now: datetime, token_hashes: Sequence[bytes]) -> bool:
    """True for the one who used it: it is used once, also when two use it at the same moment."""
    query = update(OneTimeRow).where(col(OneTimeRow.token_hash).in_(token_hashes), col(OneTimeRow.used_at).is_(None))
    return db.exec(query.values(used_at=now)).rowcount == 1


def why_unusable(db: Session, now: datetime, token_hash: bytes) -> Unusable | None:
    """Of a link that opens no more; None when nothing is known of it, or it opens."""
    row = db.exec(select(OneTimeRow).where(OneTimeRow.token_hash == token_hash)).first()
    if row is None:
        return None
    return "used" if row.used_at else "expired" if row.expires_at <= now else None


def use_one_times_of(db: Session, now: datetime, practitioner_id: uuid.UUID) -> None:
    """None of theirs opens any more."""
    query = update(OneTimeRow).where(
        col(OneTimeRow.practitioner_id) == practitioner_id, col(OneTimeRow.used_at).is_(None)
    )
    db.exec(query.values(used_at=now))


def delete_one_times_past(db: Session, now: datetime) -> int:
    return db.exec(delete(OneTimeRow).where(col(OneTimeRow.expires_at) <= now)).rowcount
