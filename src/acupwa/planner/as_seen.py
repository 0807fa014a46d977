"""A session as a page showed it, and a press on it that waited on a phone. The rule: docs/rules.md, "Pressed with no network".

Pure.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from msgspec.structs import replace

from acupwa.library.model import Guidance
from acupwa.person.as_seen import Weighed, mark_of, moment_of, weigh
from acupwa.planner.log import can_be_logged
from acupwa.planner.model import PlannedSession, SavedPlan, SessionLog, Step
from acupwa.planner.move import Move, move_session
from acupwa.sentences import say
from acupwa.wording import time_words, weekday_date_words


def session_mark(plan: SavedPlan | None, number: int) -> str:
    """Of a session, a dot, and of those after it, which may be moved along. Empty for one that is not in the plan."""
    later = [_mark(plan, one) for one in plan.standing if one.number >= number] if plan else []
    return f"{later[0]}.{mark_of(*later[1:])}" if find_session(plan, number) else ""


def weigh_log(plan: SavedPlan | None, number: int, seen: Collection[str], log: SessionLog | None) -> Weighed:
    session = find_session(plan, number)
    is_so = session is not None and session.log == log
    return weigh(now=_own(session_mark(plan, number)), seen=[_own(one) for one in seen], is_so=is_so)


def weigh_move(plan: SavedPlan | None, now: datetime, seen: Collection[str], move: Move, guidance: Guidance) -> Weighed:
    """Those after it count where they are moved along, too."""
    mark, is_so = session_mark(plan, move.number), plan is not None and _is_moved(plan, now, move, guidance)
    if move.rest:
        return weigh(now=mark, seen=seen, is_so=is_so)
    return weigh(now=_own(mark), seen=[_own(one) for one in seen], is_so=is_so)


def changed_log(plan: SavedPlan | None, number: int, log: SessionLog | None) -> str:
    return _changed(plan, number, _log_words(log) if log else say("planner.seen.undo"))


def changed_move(plan: SavedPlan | None, move: Move) -> str:
    day, time = weekday_date_words(move.day), time_words(datetime.fromisoformat(f"{move.day}T{move.time}"))
    wanted = say("planner.seen.move", day=day, time=time)
    if move.rest:
        wanted = say("planner.seen.move_rest", day=day, time=time)
    return _changed(plan, move.number, wanted)


def as_pressed(step: Step, plan: SavedPlan, pressed: datetime | None) -> Step:
    """The step as of when it was pressed: after what had been done to the plan before, and not before its session's day."""
    at = moment_of(pressed, now=step.at, earliest=plan.updated_at)
    session = find_session(plan, step.number) if step.log else None
    return step if session and not can_be_logged(session, plan, at) else replace(step, at=at)


def find_session(plan: SavedPlan | None, number: int | None) -> PlannedSession | None:
    return next((one for one in plan.standing if one.number == number), None) if plan else None


def gone_words(plan: SavedPlan | None, number: int) -> str:
    return say("planner.seen.gone", number=number) if plan else say("planner.seen.no_plan")


def _mark(plan: SavedPlan, one: PlannedSession) -> str:
    return mark_of(
        plan.id, plan.request.time_zone, one.number, one.day, one.time, one.log, one.felt, one.followed, one.told
    )


def _own(mark: str) -> str:
    return mark.partition(".")[0]


def _is_moved(plan: SavedPlan, now: datetime, move: Move, guidance: Guidance) -> bool:
    session = find_session(plan, move.number)
    if session is None or (session.day, session.time) != (move.day, move.time):
        return False
    if not move.rest:
        return True
    step = move_session(plan, now, move=move, guidance=guidance)
    return isinstance(step, Step) and not step.laid


def _changed(plan: SavedPlan | None, number: int, wanted: str) -> str:
    session = find_session(plan, number)
    if session is None:
        return f"{gone_words(plan, number)} {say('planner.seen.wanted', wanted=wanted)}"
    is_now = say(
        "planner.seen.now",
        day=weekday_date_words(session.day),
        time=time_words(session.local),
        log=_log_words(session.log),
    )
    return say("planner.seen.changed", number=number, now=is_now, wanted=wanted)


def _log_words(log: SessionLog | None) -> str:
    match log:
        case "went":
            return say("planner.seen.went")
        case "missed":
            return say("planner.seen.missed")
    return say("planner.seen.not_noted")
