"""Presses on sessions that waited on a phone. Each function is one unit of work."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlmodel import Session

from acupwa.library.model import Guidance
from acupwa.person.queued_press_service import is_done, note_done, seen_by
from acupwa.person.service import one_at_a_time
from acupwa.planner.after_session_service import NotKept, note_session
from acupwa.planner.as_seen import as_pressed, changed_log, changed_move, session_mark, weigh_log, weigh_move
from acupwa.planner.model import NoSuchSession, SavedPlan, SessionLog, Step
from acupwa.planner.move import Move, NotMoved, move_session
from acupwa.planner.service import current_plan, take_step
from acupwa.planner.undo import NotUndone, mark_of, undo_marked
from acupwa.sentences import say
from acupwa.web.queued_press import ChangedSince, QueuedPress

_Find = Callable[[SavedPlan, datetime], Step | NotMoved | NoSuchSession | None]


@one_at_a_time
def log_as_seen(
    db: Session, now: datetime, person_id: UUID, number: int, log: SessionLog | None, press: QueuedPress | None
) -> SavedPlan | NotKept | None:
    """Like `note_session`, dated to the press. None if this press was done before. Raises ChangedSince when the session is not
    as it was seen.
    """
    if press is None:
        return note_session(db, now, person_id, number, log)
    if is_done(db, now, person_id, press):
        return None
    plan = current_plan(db, now, person_id)
    weighed = weigh_log(plan, number, seen_by(db, now, person_id, press), log)
    if weighed == "changed":
        raise ChangedSince(changed_log(plan, number, log))
    found = note_session(db, now, person_id, number, log, press.at) if weighed == "do" else plan
    if not isinstance(found, str):
        note_done(db, now, person_id, press, session_mark(found, number))
    return found


@one_at_a_time
def move_as_seen(
    db: Session, now: datetime, person_id: UUID, move: Move, guidance: Guidance, press: QueuedPress | None
) -> SavedPlan | NotMoved | NoSuchSession | None:
    """Moves the session, dated to the press, unless this press was done before. None if there is no plan. Raises
    ChangedSince when the session is not as it was seen.
    """
    plan, at = current_plan(db, now, person_id), press.at if press else None
    find: _Find = partial(_moved, move=move, guidance=guidance, pressed=at)
    if press is None:
        return take_step(db, now, person_id, find)
    if is_done(db, now, person_id, press):
        return plan
    weighed = weigh_move(plan, now, seen_by(db, now, person_id, press), move, guidance)
    if weighed == "changed":
        raise ChangedSince(changed_move(plan, move))
    found: SavedPlan | NotMoved | NoSuchSession | None = plan
    if weighed == "do":
        found = take_step(db, now, person_id, find)
    if isinstance(found, SavedPlan):
        note_done(db, now, person_id, press, session_mark(found, move.number))
    return found


@one_at_a_time
def undo_as_seen(
    db: Session, now: datetime, person_id: UUID, mark: str, press: QueuedPress | None
) -> SavedPlan | NotUndone | None:
    """The newest step taken back, of the time of the press, where it was not done before. None when they have no plan.
    Raises ChangedSince when another step is the newest by now.
    """
    if press and is_done(db, now, person_id, press):
        return current_plan(db, now, person_id)
    at = press.at if press else None
    found: SavedPlan | NotUndone | None = take_step(db, now, person_id, partial(_undone, mark=mark, pressed=at))
    if press and found == "another":
        raise ChangedSince(say("planner.faults.undo_another"))
    if press and isinstance(found, SavedPlan):
        note_done(db, now, person_id, press, mark_of(found))
    return found


def _undone(plan: SavedPlan, now: datetime, *, mark: str, pressed: datetime | None) -> Step | NotUndone | None:
    found = undo_marked(plan, now, mark=mark)
    return as_pressed(found, plan, pressed) if isinstance(found, Step) else found


def _moved(
    plan: SavedPlan, now: datetime, *, move: Move, guidance: Guidance, pressed: datetime | None
) -> Step | NotMoved | NoSuchSession:
    found = move_session(plan, now, move=move, guidance=guidance)
    return as_pressed(found, plan, pressed) if isinstance(found, Step) else found
