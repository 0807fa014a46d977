"""The rest of a course laid anew: after a pause, with more days off, with more sessions. Pure.

The rules of the days are those of any course (`planner.course`); the rule of when: docs/rules.md, "A plan that is lived".
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from msgspec.structs import replace

from acupwa.library.model import Guidance, Library
from acupwa.planner.country_defaults import holidays_of
from acupwa.planner.course import course_through
from acupwa.planner.gate import Gate
from acupwa.planner.model import AskedPlan, CourseSession, NoCourse, Part, SavedPlan, Step, StepKind
from acupwa.planner.plan import laid_of, sessions_of, sessions_over


def asked_from(plan: SavedPlan, day: date, guidance: Guidance, **changes: int) -> AskedPlan:
    """What is asked for when the rest is laid from a day on, with the public holidays of that time; all else as it was
    but for the changes to the request.
    """
    request = replace(plan.request, first_day=day, **changes)
    off = holidays_of(plan.country, request, guidance).union(plan.own_days_off)
    request = replace(request, days_off=tuple(sorted(off)))
    return AskedPlan(request=request, own_days_off=plan.own_days_off, country=plan.country)


def rest_step(
    plan: SavedPlan,
    now: datetime,
    kind: StepKind,
    asked: AskedPlan,
    entry: Gate,
    library: Library,
    *,
    kept: Sequence[CourseSession] | None = None,
    part: Part | None = None,
) -> Step | NoCourse:
    """The step that leaves the sessions `kept` (default: those that are over) and lays the others as `asked`.

    With a new `part` those that are kept count no more. No course: the gate is closed, or not one day is left.
    """
    kept = sessions_over(plan, now) if kept is None else kept
    if part:
        kept = tuple(replace(one, counts=False) for one in kept)
    made = course_through(entry, asked.request, library, kept=kept, part=part or plan.part)
    if isinstance(made, NoCourse):
        return made
    return Step(
        kind=kind,
        at=now,
        asked=asked,
        part=part,
        laid=laid_of(made.sessions[len(kept) :]),
        dropped=tuple(one.number for one in plan.standing if one.number > len(made.sessions)),
    )


def counted_in(plan: SavedPlan) -> int:
    """How many sessions of the part that runs there are, those that were missed left out."""
    return sum(one.counts for one in sessions_of(plan))
