"""What became of a session: the person went, or missed it. The rule: docs/rules.md, "A plan that is lived". Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

import msgspec

from acupwa.planner.history import starts_at
from acupwa.planner.model import Felt, NoSuchSession, Pause, PlannedSession, SavedPlan, SessionLog, Step
from acupwa.planner.plan import sessions_of, today_of
from acupwa.quiz.model import LoggedSessions

# What stands in a log; else it is over, the next one, or one after that. Held: it has no day while the course waits.
SessionState = Literal["went", "missed", "over", "next", "ahead", "held"]
# A plan is often made right after the check-in that leads to it: no session comes in between (docs/rules.md, "Follow-up").
MADE_WITH_THE_CHECK_IN = timedelta(hours=1)


class SessionNote(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a session, as `PlannedSession` keeps it. Without a `log` it is taken back."""

    log: SessionLog | None
    felt: Felt | None = None
    followed: tuple[str, ...] = ()
    told: bool = False


def log_session(
    plan: SavedPlan, now: datetime, *, number: int, note: SessionNote, pause: str = ""
) -> Step | NoSuchSession | Literal["not-yet"] | None:
    """The step that keeps it of session `number`; None when it stands so already. `now` is aware.

    A session can be logged from its day on, where it is. With a `pause`, the id of a reason, the course pauses: sessions
    to come fall away. So does the last of them where one that was missed, and planned again, was gone to after all.
    """
    session = next((one for one in plan.standing if one.number == number), None)
    if session is None:
        return "no-such-session"
    if note.log and not can_be_logged(session, plan, now):
        return "not-yet"
    if note == note_of(session) and not pause:
        return None
    return Step(
        kind="logged",
        at=now,
        number=number,
        log=note.log,
        felt=note.felt,
        followed=note.followed,
        told=note.told,
        pause=Pause(reason=pause, since=now) if pause else None,
        dropped=_dropped(session, plan, now, note, pause),
    )


def note_log(
    plan: SavedPlan, now: datetime, *, number: int, log: SessionLog | None
) -> Step | NoSuchSession | Literal["not-yet"] | None:
    """The step that keeps whether they went, or takes that back without a `log`. What they said of a session that they
    went to stays when they say so again.
    """
    session = next((one for one in plan.standing if one.number == number), None)
    same = session is not None and session.log == log
    return log_session(plan, now, number=number, note=note_of(session) if session and same else SessionNote(log=log))


def note_of(session: PlannedSession) -> SessionNote:
    return SessionNote(log=session.log, felt=session.felt, followed=session.followed, told=session.told)


def to_come(plan: SavedPlan, now: datetime) -> tuple[PlannedSession, ...]:
    """Those that did not begin yet and that nothing was noted of."""
    return tuple(one for one in plan.standing if one.log is None and now < starts_at(one, plan))


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
    the number known then. What followed is known where it was told of each that the person went to.
    """
    over = [one for one in plan.standing if since < starts_at(one, plan) and (one.log or _ends_at(one, plan) <= now)]
    left_open = any(one.left_open and since < one.left_open for one in plan.sessions)
    known = (
        plan.created_at <= since + MADE_WITH_THE_CHECK_IN and over and not left_open and all(one.log for one in over)
    )
    gone_to = [one for one in over if one.log == "went"]
    told = known and all(one.told for one in gone_to)
    return LoggedSessions(
        any=bool(over) or left_open,
        went=len(gone_to) if known else None,
        followed=tuple(dict.fromkeys(id for one in gone_to for id in one.followed)) if told else None,
    )


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
    """Of a course that takes the place of another one: its first `kept` sessions are over."""
    return dict.fromkeys(range(1, kept + 1), "over")


def _dropped(session: PlannedSession, plan: SavedPlan, now: datetime, note: SessionNote, pause: str) -> tuple[int, ...]:
    """The sessions that fall away with this note."""
    ahead = [one.number for one in to_come(plan, now) if one.number != session.number]
    if pause:
        return tuple(ahead)
    counts_again = session.log == "missed" != note.log and session.number >= plan.part.first
    full = sum(one.counts for one in sessions_of(plan)) >= plan.request.max_sessions
    return tuple(ahead[-1:]) if counts_again and full else ()


def _state(session: PlannedSession, is_next: bool, is_over: bool) -> SessionState:
    if session.log:
        return session.log
    return "next" if is_next else "over" if is_over else "ahead"


def _ends_at(session: PlannedSession, plan: SavedPlan) -> datetime:
    # On clocks of one zone Python adds minutes without regard to an hour that is skipped or comes twice.
    return starts_at(session, plan) + timedelta(minutes=session.minutes)
