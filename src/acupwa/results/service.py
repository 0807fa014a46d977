"""A check-in of a person, and the one that it stands beside."""

from datetime import datetime
from uuid import UUID

import msgspec
from sqlmodel import Session

from acupwa.quiz.model import CheckIn
from acupwa.quiz.service import get_check_in, latest_finished, list_check_ins


class CheckInInTime(msgspec.Struct, frozen=True, kw_only=True):
    """`earlier` is the finished check-in before this one, if there is one."""

    check_in: CheckIn
    earlier: CheckIn | None


def find_in_time(session: Session, now: datetime, person_id: UUID, id: UUID) -> CheckInInTime | None:
    """The person's own check-in, draft or finished; None when it is not theirs or not there."""
    check_in = get_check_in(session, now, person_id, id)
    if check_in is None:
        return None
    earlier = latest_finished(session, now, person_id, before=id) if check_in.finished_at else None
    return CheckInInTime(check_in=check_in, earlier=earlier)


def find_all_finished(session: Session, now: datetime, person_id: UUID, with_id: UUID) -> tuple[CheckIn, ...] | None:
    """Every finished check-in of the person; None when `with_id` is none of them."""
    finished = tuple(one for one in list_check_ins(session, now, person_id) if one.finished)
    return finished if any(one.id == with_id for one in finished) else None
