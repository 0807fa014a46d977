"""What comes after the decision, and after a session that was missed. The rule: docs/rules.md, "A plan that is lived". Pure.

Nothing here is done by itself: each step is one that a person takes, after a talk.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Literal

from acupwa.library.model import Guidance, Library
from acupwa.planner.course import clock_time, most_sessions, open_days, weeks_between
from acupwa.planner.gate import Gate
from acupwa.planner.history import last_step, standing_steps, starts_at, steps_of
from acupwa.planner.lived_course import reviews_of_plan
from acupwa.planner.log import states_of, to_come
from acupwa.planner.model import EndedAs, Laid, NoCourse, Part, PlannedSession, PlanRequest, SavedPlan, Step, StepKind
from acupwa.planner.plan import sessions_of, soonest_day, today_of
from acupwa.planner.rest import asked_from, counted_in, rest_step

# Weeks from one session of a taper to the next: further and further apart, all six within twelve weeks.
TAPER_WEEKS = (1, 1, 2, 2, 3, 3)
_DECIDED: tuple[StepKind, ...] = ("extended", "tapered", "finished", "restarted")
NotStaged = Literal["too-early", "too-many", "past", "paused", "ended", "running", "not-missed", "no-room"]


def replan_session(
    plan: SavedPlan, now: datetime, *, number: int, entry: Gate, library: Library
) -> Step | NoCourse | NotStaged | None:
    """The step that gives session `number`, which was missed, a new day after the last one: nobody is blamed. None for
    the second of two presses.
    """
    if plan.pause or plan.ended_at:
        return "paused" if plan.pause else "ended"
    newest = steps_of(plan)[-1]
    if newest.kind == "replanned" and newest.number == number:
        return None
    if not is_owed(plan, number):
        return "not-missed"
    asked = asked_from(plan, soonest_day(plan, now), max_sessions=counted_in(plan) + 1)
    step = rest_step(plan, now, "replanned", asked, entry, library, kept=sessions_of(plan))
    if isinstance(step, NoCourse):
        return step
    if not step.laid:
        return "no-room"
    return Step(kind="replanned", at=now, number=number, laid=step.laid)


def is_owed(plan: SavedPlan, number: int) -> bool:
    """Whether session `number` was missed, got no new day since, and the part that runs has fewer than were asked for."""
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
    asked = asked_from(plan, soonest_day(plan, now), max_sessions=counted_in(plan) + more)
    step = rest_step(plan, now, "extended", asked, entry, library, kept=sessions_of(plan))
    return "no-room" if isinstance(step, Step) and not step.laid else step


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
    if not entry.open:
        return NoCourse(because=entry.because, instead=entry.instead)
    ahead = to_come(plan, now)
    kept = [one for one in plan.standing if one not in ahead]
    last = max([today_of(plan, now), *(one.day for one in kept)])
    asked = asked_from(plan, last, max_sessions=sessions, per_week=1, every_weeks=1)
    days = list(_taper_days(asked.request, last, sessions, guidance))
    if len(days) < sessions:
        return "no-room"
    laid = tuple(_tapered(len(kept) + place, day, plan.request) for place, day in enumerate(days, 1))
    return Step(
        kind="tapered",
        at=now,
        asked=asked,
        part=Part(first=len(kept) + 1, phase="taper"),
        laid=laid,
        dropped=tuple(one.number for one in ahead if one.number > len(kept) + sessions),
    )


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
    kept = sessions_of(plan)
    part = Part(first=len(kept) + 1, phase="short")
    asked = asked_from(plan, max(day, soonest_day(plan, now)), max_sessions=sessions)
    step = rest_step(plan, now, "restarted", asked, entry, library, kept=kept, part=part)
    return "no-room" if isinstance(step, Step) and not step.laid else step


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


def _taper_days(request: PlanRequest, last: date, sessions: int, guidance: Guidance) -> Iterator[date]:
    end = last + timedelta(weeks=guidance.numbers.taper_weeks.value)
    for weeks in TAPER_WEEKS[:sessions]:
        free = open_days(request, guidance, first_day=last + timedelta(days=guidance.numbers.days_apart.value))
        found = next((day for day in free if weeks_between(last, day) >= weeks), None)
        if found is None or found > end + timedelta(days=6):
            return
        yield found
        last = found


def _tapered(number: int, day: date, request: PlanRequest) -> Laid:
    at = clock_time(request.time).strftime("%H:%M")
    return Laid(number=number, day=day, time=at, minutes=request.minutes, phase="taper")
