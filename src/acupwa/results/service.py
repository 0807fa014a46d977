"""A check-in of a person, and those before it."""

from datetime import datetime
from uuid import UUID

import msgspec
from sqlmodel import Session

from acupwa.planner.model import SavedPlan
from acupwa.planner.service import current_plan
from acupwa.quiz.model import CheckIn
from acupwa.quiz.rules import has_expired
from acupwa.quiz.service import list_check_ins
from acupwa.results.kept_plan import KeptPlan, kept_plan_of
from acupwa.zones import localised


class CheckInHistory(msgspec.Struct, frozen=True, kw_only=True):
    """`all_previous` are the check-ins that were finished before this one, the oldest first; none for a draft.

    `kept_plan`: the plan that the person has now. `others`: all their check-ins but this one, drafts too; `expired` are
    those whose days are over.
    """

    check_in: CheckIn
    all_previous: tuple[CheckIn, ...] = ()
    kept_plan: KeptPlan | None = None
    others: tuple[CheckIn, ...] = ()
    expired: frozenset[UUID] = frozenset()

    @property
    def previous(self) -> CheckIn | None:
        """The one that it is compared with."""
        return self.all_previous[-1] if self.all_previous else None

    @property
    def last(self) -> bool:
        """Whether none was finished after it."""
        return not any(one.finished and one.place > self.check_in.place for one in self.others)


def find_history(
    db: Session, now: datetime, person_id: UUID, id: UUID, draft_days: int | None = None
) -> CheckInHistory | None:
    """The person's own check-in, draft or finished; None when it is not theirs or not there. Drafts expire after
    `draft_days`; None where that is not asked for.
    """
    check_ins = list_check_ins(db, now, person_id)
    check_in = next((one for one in check_ins if one.id == id), None)
    if check_in is None:
        return None
    if not check_in.finished:
        return CheckInHistory(check_in=check_in)
    plan = current_plan(db, now, person_id)
    return CheckInHistory(
        check_in=check_in,
        all_previous=tuple(one for one in reversed(check_ins) if one.finished and one.place < check_in.place),
        kept_plan=kept_plan_of(plan, now) if plan else None,
        others=tuple(one for one in check_ins if one.id != id),
        expired=frozenset(one.id for one in check_ins if draft_days and has_expired(one, now, draft_days)),
    )


def list_finished(db: Session, now: datetime, person_id: UUID) -> tuple[CheckIn, ...]:
    """Every finished check-in of the person, the newest first."""
    return tuple(one for one in list_check_ins(db, now, person_id) if one.finished)


def find_all_finished(db: Session, now: datetime, person_id: UUID, with_id: UUID) -> tuple[CheckIn, ...] | None:
    """Every finished check-in of the person; None when `with_id` is none of them."""
    finished = list_finished(db, now, person_id)
    return finished if any(one.id == with_id for one in finished) else None


def find_course(db: Session, now: datetime, person_id: UUID) -> tuple[SavedPlan, tuple[CheckIn, ...]] | None:
    """The person's plan and every finished check-in, on the clocks where the sessions are; None without a plan."""
    plan = current_plan(db, now, person_id)
    return (plan, localised(list_finished(db, now, person_id), plan.request.time_zone)) if plan else None
