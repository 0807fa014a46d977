"""A course of sessions as one page tells of it: start, end, chance, sessions, what else changed. Pure.

Notes that only the person can see are never read here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Literal

import msgspec

from acupwa.library.model import Library
from acupwa.planner.fair_start import begins_at, finished_at, first_of_course
from acupwa.planner.history import standing_steps, steps_of
from acupwa.planner.log import states_of, to_come
from acupwa.planner.main_problem import OwnNumbers, own_numbers
from acupwa.planner.model import PlannedSession, SavedPlan, StepKind
from acupwa.quiz.model import CheckIn
from acupwa.zones import day_in

# Our choice: a check-in so long after its end still tells of the course.
END_WITHIN = timedelta(days=28)
Stage = Literal["so-far", "finished", "stopped", "over"]
_GOING_ON: tuple[StepKind, ...] = ("changed", "resumed", "extended", "tapered", "restarted", "finished")


class Paused(msgspec.Struct, frozen=True, kw_only=True):
    """`until` is None while it lasts. `reason` is the name of one of the guidance's pauses; empty for one without words."""

    since: date
    until: date | None
    reason: str


class ToldChange(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    days: tuple[date, ...]


class CourseSummary(msgspec.Struct, frozen=True, kw_only=True):
    """`ended_on` is the day of the end; None where it is not over. `first` and `last` are of sessions that were.

    `followed` is how often what came after a session; `also_followed` was told in a check-in alone. `asked` are the sessions of
    which that was asked.
    """

    stage: Stage
    ended_on: date | None
    problem_words: str
    activity_words: str
    own: OwnNumbers | None
    went: int
    missed: int
    not_noted: int
    first: date | None
    last: date | None
    pauses: tuple[Paused, ...]
    felt: dict[str, int]
    followed: tuple[tuple[str, int], ...]
    also_followed: tuple[str, ...]
    asked: int
    changes: tuple[ToldChange, ...]


def course_summary(plan: SavedPlan, check_ins: Sequence[CheckIn], now: datetime, library: Library) -> CourseSummary:
    """Of the course that runs, or ran last. `check_ins` are those of the person, in any order."""
    stage, lived = _stage(plan, now), _lived(plan, now)
    told = _of_course(plan, check_ins, lived, now)
    states, newest = states_of(plan, now), told[-1].answers if told else None
    counts = Counter(states[one.number] for one in lived)
    followed = Counter(id for one in lived for id in one.followed)
    during = [one for one in told if (begins := begins_at(plan)) and finished_at(one) >= begins]
    return CourseSummary(
        stage=stage,
        ended_on=_ended_on(plan, stage, lived),
        problem_words=(newest.problem_words if newest else None) or "",
        activity_words=(newest.activity_words if newest else None) or "",
        own=own_numbers(told, plan, library),
        went=counts["went"],
        missed=counts["missed"],
        not_noted=counts["over"],
        first=lived[0].day if lived else None,
        last=lived[-1].day if lived else None,
        pauses=tuple(_pauses(plan, library)),
        felt=dict(Counter(one.felt for one in lived if one.felt)),
        followed=tuple((one.words, followed[id]) for id, one in library.side_effects.items() if followed[id]),
        also_followed=tuple(
            one.words
            for id, one in library.side_effects.items()
            if not followed[id] and any(id in check_in.answers.side_effects for check_in in during)
        ),
        asked=sum(one.told for one in lived),
        changes=tuple(_changes(during, plan, library)),
    )


def _lived(plan: SavedPlan, now: datetime) -> tuple[PlannedSession, ...]:
    """The sessions of it that were noted, or are over, by their days."""
    states, first = states_of(plan, now), first_of_course(plan)
    been = [one for one in plan.standing if one.number >= first and states[one.number] in ("went", "missed", "over")]
    return tuple(sorted(been, key=lambda one: one.local))


def _stage(plan: SavedPlan, now: datetime) -> Stage:
    if plan.ended_at is None:
        return "so-far" if plan.pause or to_come(plan, now) else "over"
    ended = next((one.ended_as for one in reversed(standing_steps(steps_of(plan))) if one.ended_as), None)
    return ended or "finished"


def _ended_on(plan: SavedPlan, stage: Stage, lived: Sequence[PlannedSession]) -> date | None:
    if stage == "so-far":
        return None
    if plan.ended_at:
        return day_in(plan.request.time_zone, plan.ended_at)
    return lived[-1].day if lived else None


def _of_course(
    plan: SavedPlan, check_ins: Sequence[CheckIn], lived: Sequence[PlannedSession], now: datetime
) -> tuple[CheckIn, ...]:
    """The finished ones, the oldest first, until the last session is over for a while: what came later is of another
    time.
    """
    finished, zone = sorted((one for one in check_ins if one.finished_at), key=finished_at), plan.request.time_zone
    if to_come(plan, now):
        return tuple(finished)
    last = lived[-1].day if lived else day_in(zone, plan.ended_at) if plan.ended_at else None
    return tuple(one for one in finished if last is None or day_in(zone, finished_at(one)) <= last + END_WITHIN)


def _pauses(plan: SavedPlan, library: Library) -> Iterator[Paused]:
    names, zone = {one.id: one.name for one in library.guidance.pauses}, plan.request.time_zone
    steps, first = standing_steps(steps_of(plan)), first_of_course(plan)
    begun = max((place for place, one in enumerate(steps) if one.part and one.part.first == first), default=0)
    since: Paused | None = None
    for step in steps[begun if first > 1 else 0 :]:
        if since and (step.kind in _GOING_ON or step.pause):
            yield msgspec.structs.replace(since, until=day_in(zone, step.at))
            since = None
        if step.pause:
            known = [names[id] for id in step.pause.reasons if id in names]
            since = Paused(since=day_in(zone, step.pause.since), until=None, reason="; ".join(known))
    if since:
        yield since


def _changes(check_ins: Sequence[CheckIn], plan: SavedPlan, library: Library) -> Iterator[ToldChange]:
    for change in library.quiz.changes:
        told = [one for one in check_ins if change.id in one.answers.changed_since]
        if told:
            days = tuple(day_in(plan.request.time_zone, finished_at(one)) for one in told)
            yield ToldChange(name=change.name, days=days)
