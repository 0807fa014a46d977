"""What comes after the decision, and after a session that was missed. The rule: docs/rules.md, "A plan that is lived". Pure.

Nothing here is done by itself: each step is one that a person takes, after a talk.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Literal

from acupwa.library.model import Guidance, Library
from acupwa.planner.course import most_sessions, sessions_paid
from acupwa.planner.gate import Gate
from acupwa.planner.history import last_step, standing_steps, starts_at, steps_of
from acupwa.planner.lived_course import reviews_of_plan
from acupwa.planner.log import states_of, to_come
from acupwa.planner.model import (
    CourseSession,
    EndedAs,
    NoCourse,
    NoSuchSession,
    Part,
    PlannedSession,
    SavedPlan,
    Step,
    StepKind,
)
from acupwa.planner.plan import sessions_of, soonest_day, today_of
from acupwa.planner.rest import asked_from, counted_in, rest_step

_DECIDED: tuple[StepKind, ...] = ("extended", "tapered", "finished", "restarted")
NotStaged = Literal["too-early", "too-many", "past", "paused", "ended", "running", "not-missed", "no-room", "no-money"]


def replan_session(
    plan: SavedPlan, now: datetime, *, number: int, entry: Gate, library: Library
) -> Step | NoCourse | NotStaged | NoSuchSession | None:
    """The step that gives session `number`, which was missed, a new day after the last one: nobody is blamed. None for
    the second of two presses.
    """
    if all(one.number != number for one in plan.standing):
        return "no-such-session"
    if plan.pause or plan.ended_at:
        return "paused" if plan.pause else "ended"
    newest = steps_of(plan)[-1]
    if newest.kind == "replanned" and newest.number == number:
        return None
    if not _has_no_new_day(plan, number):
        return "not-missed"
    if not _paid_for(plan, 1, sessions_of(plan)):
        return "no-money"
    asked = asked_from(plan, soonest_day(plan, now), library.guidance, max_sessions=counted_in(plan) + 1)
    step = rest_step(plan, now, "replanned", asked, entry, library, kept=sessions_of(plan))
    if isinstance(step, NoCourse):
        return step
    if not step.laid:
        return "no-room"
    return Step(kind="replanned", at=now, number=number, laid=step.laid)


def is_owed(plan: SavedPlan, number: int) -> bool:
    """Whether session `number` was missed, got no new day since, and the part that runs has fewer than were asked for
    and paid for.
    """
    return _has_no_new_day(plan, number) and _paid_for(plan, 1, sessions_of(plan))


def _has_no_new_day(plan: SavedPlan, number: int) -> bool:
    missed = any(one.number == number and one.log == "missed" for one in plan.standing)
    if not missed or number < plan.part.first or counted_in(plan) >= plan.request.max_sessions:
        return False
    about_it = [one.kind for one in standing_steps(steps_of(plan)) if one.number == number]
    return "replanned" not in about_it[-1:]


def extend_plan(
    plan: SavedPlan, now: datetime, *, more: int, entry: Gate, library: Library
) -> Step | NoCourse | NotStaged:
    """The step that adds up to five sessions to a course, after the decision; then it is decided again."""
    if plan.pause:
        return "paused"
    if plan.part.phase != "course" or open_decision(plan, now, library.guidance) is None:
        return "too-early"
    if not 1 <= more <= most_more(plan, library.guidance):
        return "too-many"
    if not _paid_for(plan, more, sessions_of(plan)):
        return "no-money"
    asked = asked_from(plan, soonest_day(plan, now), library.guidance, max_sessions=counted_in(plan) + more)
    step = rest_step(plan, now, "extended", asked, entry, library, kept=sessions_of(plan))
    return _with_all(step, more)


def most_more(plan: SavedPlan, guidance: Guidance) -> int:
    """How many sessions can be added to the course still; 0 when it has as many as there may be."""
    if plan.part.phase != "course":
        return 0
    left = most_sessions(plan.request.every_weeks, guidance) - counted_in(plan)
    return max(0, min(left, guidance.numbers.extend_sessions.value))


def finish_plan(plan: SavedPlan, now: datetime, *, ended_as: EndedAs = "finished") -> Step | NotStaged:
    """The step that ends the course: what was to come falls away. `ended_as` is kept for the summary alone."""
    if plan.ended_at:
        return "ended"
    dropped = tuple(one.number for one in to_come(plan, now))
    return Step(kind="finished", at=now, dropped=dropped, ended_as=ended_as)


def taper_plan(
    plan: SavedPlan, now: datetime, *, sessions: int, entry: Gate, library: Library
) -> Step | NoCourse | NotStaged:
    """The step that lets a course run out in a few sessions further and further apart, from the decision on."""
    guidance = library.guidance
    if plan.pause:
        return "paused"
    if not taper_offered(plan, now, guidance):
        return "too-early"
    if not 1 <= sessions <= guidance.numbers.taper_sessions.value:
        return "too-many"
    ahead = {one.number for one in to_come(plan, now)}
    kept = tuple(one for one in sessions_of(plan) if one.number not in ahead)
    if not _paid_for(plan, sessions, kept):
        return "no-money"
    begins = max([soonest_day(plan, now), *(one.local.date() for one in kept)])
    asked = asked_from(plan, begins, library.guidance, max_sessions=sessions, per_week=1, every_weeks=1)
    part = Part(first=len(kept) + 1, phase="taper")
    step = rest_step(plan, now, "tapered", asked, entry, library, kept=kept, part=part)
    end = begins + timedelta(weeks=guidance.numbers.taper_weeks.value, days=6)
    if isinstance(step, Step) and step.laid and step.laid[-1].day > end:
        return "no-room"
    return _with_all(step, sessions)


def restart_plan(
    plan: SavedPlan, now: datetime, *, sessions: int, day: date, entry: Gate, library: Library
) -> Step | NoCourse | NotStaged:
    """The step that begins a short course, once the one before is over."""
    numbers = library.guidance.numbers
    if not restart_offered(plan, now):
        return "running"
    if not numbers.short_least.value <= sessions <= numbers.short_most.value:
        return "too-many"
    if day < today_of(plan, now):
        return "past"
    if not _paid_for(plan, sessions, ()):
        return "no-money"
    kept = sessions_of(plan)
    part = Part(first=len(kept) + 1, phase="short")
    asked = asked_from(plan, max(day, soonest_day(plan, now)), library.guidance, max_sessions=sessions)
    step = rest_step(plan, now, "restarted", asked, entry, library, kept=kept, part=part)
    return _with_all(step, sessions)


def extend_once(
    plan: SavedPlan, now: datetime, *, more: int, planned: int | None, entry: Gate, library: Library
) -> Step | NoCourse | NotStaged | None:
    """The same, but None where this was done already: `planned` sessions stood when it was asked for."""
    last = last_step(plan)
    if last and last.kind == "extended" and len(plan.standing) != planned:
        return None
    return extend_plan(plan, now, more=more, entry=entry, library=library)


def taper_once(
    plan: SavedPlan, now: datetime, *, sessions: int, entry: Gate, library: Library
) -> Step | NoCourse | NotStaged | None:
    last = last_step(plan)
    if last and last.kind == "tapered" and len(last.laid) == sessions:
        return None
    return taper_plan(plan, now, sessions=sessions, entry=entry, library=library)


def restart_once(
    plan: SavedPlan, now: datetime, *, sessions: int, day: date, entry: Gate, library: Library
) -> Step | NoCourse | NotStaged | None:
    last = last_step(plan)
    if last and last.kind == "restarted" and len(last.laid) == sessions:
        return None
    return restart_plan(plan, now, sessions=sessions, day=day, entry=entry, library=library)


def taper_offered(plan: SavedPlan, now: datetime, guidance: Guidance) -> bool:
    """Once, after the decision or after the course."""
    if plan.pause or plan.part.phase == "taper":
        return False
    return plan.ended_at is not None or decision_is_due(plan, now, guidance)


def restart_offered(plan: SavedPlan, now: datetime) -> bool:
    """Once the course is over."""
    return not plan.pause and bool(plan.ended_at or not to_come(plan, now))


def decision_is_due(plan: SavedPlan, now: datetime, guidance: Guidance) -> bool:
    """Whether the session is over after which it is decided for the first time."""
    due = next((one.after_session for one in reviews_of_plan(plan, guidance) if one.kind == "decide"), None)
    return due is not None and states_of(plan, now)[due] in ("went", "over")


def open_decision(plan: SavedPlan, now: datetime, guidance: Guidance) -> PlannedSession | None:
    """The newest session that is over after which it is decided, until that is done."""
    states, sessions = states_of(plan, now), {one.number: one for one in plan.standing}
    over = [
        sessions[one.after_session]
        for one in reviews_of_plan(plan, guidance)
        if one.kind == "decide" and states[one.after_session] in ("went", "missed", "over")
    ]
    return over[-1] if over and not _decided_since(over[-1], plan) else None


def _decided_since(session: PlannedSession, plan: SavedPlan) -> bool:
    began = starts_at(session, plan)
    return plan.ended_at is not None or any(
        step.kind in _DECIDED and step.at >= began for step in standing_steps(steps_of(plan))
    )


def _paid_for(plan: SavedPlan, more: int, kept: Sequence[CourseSession]) -> bool:
    """Whether the most that the person wants to spend pays for so many more. A missed session may have to be paid too."""
    paid = sessions_paid(plan.request)
    return paid is None or more <= paid - sum(one.number >= plan.part.first for one in kept)


def _with_all(step: Step | NoCourse, sessions: int) -> Step | NoCourse | NotStaged:
    """The step when it lays as many sessions as were asked for."""
    return "no-room" if isinstance(step, Step) and len(step.laid) < sessions else step
