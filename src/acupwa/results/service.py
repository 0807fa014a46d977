"""A check-in of a person, and the one that it stands beside."""

from datetime import datetime
from uuid import UUID

import msgspec
from sqlmodel import Session

from acupwa.quiz.model import CheckIn
from acupwa.quiz.service import list_check_ins


class CheckInInTime(msgspec.Struct, frozen=True, kw_only=True):
    """`earlier` is the last check-in that was finished before this one, if there is one."""

    check_in: CheckIn
    earlier: CheckIn | None


def find_in_time(session: Session, now: datetime, person_id: UUID, check_in_id: UUID) -> CheckInInTime | None:
    """The person's own check-in, draft or finished; None when it is not theirs or not there."""
    mine = list_check_ins(session, now, person_id)
    check_in = next((one for one in mine if one.id == check_in_id), None)
    if check_in is None:
        return None
    before = [
        one
        for one in mine
        if one.finished_at and check_in.finished_at and one.finished_at < check_in.finished_at
    ]
    # UUIDv7: two finished in the same moment still have one order.
    earlier = max(before, key=lambda one: (one.finished_at, one.id), default=None)
    return CheckInInTime(check_in=check_in, earlier=earlier)
