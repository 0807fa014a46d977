"""A check-in of a person, and those before it."""

from datetime import datetime
from uuid import UUID

import msgspec
from sqlmodel import Session

from acupwa.quiz.model import CheckIn
from acupwa.quiz.service import find_check_in, list_check_ins


class CheckInInTime(msgspec.Struct, frozen=True, kw_only=True):
    """`before` are the finished check-ins begun before this one, the oldest first; none for a draft."""

    check_in: CheckIn
    before: tuple[CheckIn, ...] = ()

    @property
    def earlier(self) -> CheckIn | None:
        """The one that it stands beside."""
        return self.before[-1] if self.before else None


def find_in_time(db: Session, now: datetime, person_id: UUID, id: UUID) -> CheckInInTime | None:
    """The person's own check-in, draft or finished; None when it is not theirs or not there."""
    check_in = find_check_in(db, now, person_id, id)
    if check_in is None:
        return None
    if not check_in.finished:
        return CheckInInTime(check_in=check_in)
    before = [one for one in list_finished(db, now, person_id) if one.id < id]
    return CheckInInTime(check_in=check_in, before=tuple(sorted(before, key=lambda one: one.id)))


def list_finished(db: Session, now: datetime, person_id: UUID) -> tuple[CheckIn, ...]:
    """Every finished check-in of the person, the newest first."""
    return tuple(one for one in list_check_ins(db, now, person_id) if one.finished)


def find_all_finished(db: Session, now: datetime, person_id: UUID, with_id: UUID) -> tuple[CheckIn, ...] | None:
    """Every finished check-in of the person; None when `with_id` is none of them."""
    finished = list_finished(db, now, person_id)
    return finished if any(one.id == with_id for one in finished) else None
