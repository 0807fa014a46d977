"""What became of a session: the person went, or missed it. The rule: docs/rules.md, "A plan that changes". Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from acupwa.planner.model import PlannedSession, SavedPlan, SessionLog
from acupwa.planner.plan import today_of
from acupwa.quiz.model import LoggedSessions

# What stands in a log; else it is over, the next one, or one after that.
SessionState = Literal["went", "missed", "over", "next", "ahead"]
# A plan is often made right after the check-in that leads to it: no session comes in between (docs/rules.md, Check-ins).
MADE_WITH_THE_CHECK_IN = timedelta(hours=1)


def log_session(plan: SavedPlan, number: int, log: SessionLog | None, now: datetime) -> SavedPlan | Literal["not-yet"]:
    """The plan with that kept of session `number`, which stands; None takes a log back. `now` is aware.

    A session can be logged from its day on, where it is.
    """
    session = next(one for one in plan.standing if one.number == number)
    if log and not can_be_logged(session, plan, now):
        return "not-yet"
    if session.log == log:
        return plan
    logged = msgspec.structs.replace(session, log=log, logged_at=now if log else None)
    sessions = tuple(logged if one is session else one for one in plan.sessions)
    return msgspec.structs.replace(plan, sessions=sessions, updated_at=now)


def can_be_logged(session: PlannedSession, plan: SavedPlan, now: datetime) -> bool:
    """From its day on, also before its time: someone may miss it and know so in the morning."""
    return session.day <= today_of(plan, now)


def session_to_log(plan: SavedPlan, now: datetime) -> PlannedSession | None:
    """The newest session that is over, if nothing was said of it. Older ones are not asked for any more."""
    over = [one for one in plan.standing if _ends_at(one, plan) <= now]
    return over[-1] if over and over[-1].log is None else None


def sessions_between(plan: SavedPlan, since: datetime, now: datetime) -> LoggedSessions:
    """What the log tells of the sessions between two moments, which are aware.

    Of those before the plan was made, and of one that began and was not noted, nobody but the person knows: neither is
    the number known then.
    """
    over = [one for one in plan.standing if since < _starts_at(one, plan) and (one.log or _ends_at(one, plan) <= now)]
    left_open = any(one.left_open and since < one.left_open for one in plan.sessions)
    known = (
        plan.created_at <= since + MADE_WITH_THE_CHECK_IN and over and not left_open and all(one.log for one in over)
    )
    return LoggedSessions(any=bool(over) or left_open, went=sum(one.log == "went" for one in over) if known else None)


def note_left_open(sessions: Iterable[PlannedSession], before: SavedPlan, now: datetime) -> tuple[PlannedSession, ...]:
    """The sessions that take the place of those `before`, each with when it began unnoted and is no more."""
    old = {one.number: one for one in before.sessions}
    return tuple(_noted_left_open(one, old[one.number], before, now) if one.number in old else one for one in sessions)


def _noted_left_open(new: PlannedSession, old: PlannedSession, before: SavedPlan, now: datetime) -> PlannedSession:
    began = _starts_at(old, before)
    stays = (new.day, new.time, new.cancelled) == (old.day, old.time, False)
    left = not stays and not old.cancelled and old.log is None and began <= now
    return msgspec.structs.replace(new, left_open=began if left else old.left_open)


def next_session(plan: SavedPlan, now: datetime) -> PlannedSession | None:
    """The first that is not over and was not logged; None after the last one."""
    return next((one for one in plan.standing if one.log is None and now < _ends_at(one, plan)), None)


def begins(plan: SavedPlan | None, now: datetime) -> bool:
    """Whether a plan that is made now begins, or begins again after its last session."""
    return plan is None or next_session(plan, now) is None


def states_of(plan: SavedPlan, now: datetime) -> dict[int, SessionState]:
    """Of each session that stands, by its number."""
    following = next_session(plan, now)
    return {one.number: _state(one, one is following, _ends_at(one, plan) <= now) for one in plan.standing}


def over_states(kept: int) -> dict[int, SessionState]:
    """Of a course that takes the place of another one: its first `kept` sessions have been."""
    return dict.fromkeys(range(1, kept + 1), "over")


def _state(session: PlannedSession, is_next: bool, is_over: bool) -> SessionState:
    if session.log:
        return session.log
    return "next" if is_next else "over" if is_over else "ahead"


def _ends_at(session: PlannedSession, plan: SavedPlan) -> datetime:
    # On clocks of one zone Python adds minutes without regard to an hour that is skipped or comes twice.
    return _starts_at(session, plan) + timedelta(minutes=session.minutes)


def _starts_at(session: PlannedSession, plan: SavedPlan) -> datetime:
    return session.local.replace(tzinfo=ZoneInfo(plan.request.time_zone)).astimezone(UTC)
