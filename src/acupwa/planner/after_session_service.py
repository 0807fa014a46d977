"""What was said after a session is kept, and taken back. Each function is one unit of work."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec
from sqlmodel import Session

from acupwa.library.model import Library
from acupwa.person.service import one_at_a_time
from acupwa.planner import store
from acupwa.planner.after_session import AfterSession, note_after, pause_after, told_signs, with_also
from acupwa.planner.as_seen import as_pressed
from acupwa.planner.history import with_step
from acupwa.planner.log import log_session, note_log, note_of
from acupwa.planner.model import NoSuchSession, SavedPlan, SessionLog, Step
from acupwa.planner.service import sessions_since
from acupwa.planner.undo import undo_waiting
from acupwa.quiz.told_service import tell_signs

NotKept = NoSuchSession | Literal["not-yet"]


class KeptAfter(msgspec.Struct, frozen=True, kw_only=True):
    """`danger`: a danger sign came of it."""

    plan: SavedPlan
    danger: bool


@one_at_a_time
def keep_after_session(
    db: Session, now: datetime, person_id: UUID, number: int, said: AfterSession, library: Library, draft_days: int
) -> KeptAfter | NotKept:
    """With the session; what of it belongs into a check-in there, too. Both or neither."""
    plan = store.find_plan(db, person_id)
    session = next((one for one in plan.standing if one.number == number), None) if plan else None
    if plan is None or session is None:
        return "no-such-session"
    note = note_after(said, session)
    pause = pause_after(said, note, note_of(session), plan)
    found = log_session(plan, now, number=number, note=note, pause=pause)
    if isinstance(found, str):
        return found
    if found:
        plan = with_step(plan, with_also(found, said))
        store.put_plan(db, person_id, plan)
    told = told_signs(said, library)
    danger = told.any and tell_signs(db, now, person_id, told, library, draft_days, sessions_since)
    return KeptAfter(plan=plan, danger=danger)


@one_at_a_time
def note_session(
    db: Session, now: datetime, person_id: UUID, number: int, log: SessionLog | None, pressed: datetime | None = None
) -> SavedPlan | NotKept:
    """Whether they went; without a `log` nothing is noted of it any more. `pressed`: when, if not now.

    Then, where the course waits since that note and nothing was done after it, it goes on as before. What was told into a
    check-in stays there: only a check-in takes a danger sign off.
    """
    before = plan = store.find_plan(db, person_id)
    if plan is None:
        return "no-such-session"
    waiting = None if log else undo_waiting(plan, now, number=number)
    if waiting:
        plan = with_step(plan, waiting)
    found = note_log(plan, now, number=number, log=log)
    if isinstance(found, str):
        return found
    if isinstance(found, Step):
        plan = with_step(plan, as_pressed(found, plan, pressed))
    if plan is not before:
        store.put_plan(db, person_id, plan)
    return plan
