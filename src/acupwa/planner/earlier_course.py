"""The courses of a plan, one after the other: each can be looked back on as it came to be. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from acupwa.planner.fair_start import begins_at, finished_at
from acupwa.planner.history import replayed, standing_steps, steps_of
from acupwa.planner.model import Part, SavedPlan, Step
from acupwa.quiz.model import CheckIn


def courses_of(plan: SavedPlan) -> tuple[int, ...]:
    """The numbers with which its courses and short courses begin, the first one first. A taper belongs to its course."""
    return tuple(sorted({1, *(first for step in standing_steps(steps_of(plan)) if (first := _begins(step)))}))


def course_asked(plan: SavedPlan, text: str | None) -> int | None:
    """The one that an address names by its first session, the newest where it names none; None where there is no such."""
    courses = courses_of(plan)
    return courses[-1] if text is None else next((one for one in courses if str(one) == text), None)


def course_before(plan: SavedPlan, first: int | None = None) -> int:
    """The number with which the course before the one from `first` on began (default: the newest); 0 where it is the first."""
    courses = courses_of(plan)
    return max((one for one in courses if one < (first or courses[-1])), default=0)


def as_of_course(plan: SavedPlan, check_ins: Sequence[CheckIn], first: int) -> tuple[SavedPlan, tuple[CheckIn, ...]]:
    """The plan as it was at the end of the course from `first` on, with all that was noted of its sessions since, and the
    check-ins until the next one began. `first` is one of `courses_of`.
    """
    following = min((one for one in courses_of(plan) if one > first), default=0)
    if not following:
        return plan, tuple(check_ins)
    steps = standing_steps(steps_of(plan))
    before = steps[: next(place for place, step in enumerate(steps) if _begins(step) == following)]
    sessions = tuple(one for one in plan.sessions if one.number < following)
    if before:
        *_, earlier = replayed(replace(plan, steps=before))
    else:  # its steps were carried over as what they came to
        earlier = replace(plan, steps=(), part=Part(), pause=None, ended_at=None)
    later = begins_at(replace(plan, sessions=tuple(one for one in plan.sessions if one.number >= following)))
    told = tuple(one for one in check_ins if later is None or finished_at(one) < later)
    return replace(earlier, sessions=sessions), told


def _begins(step: Step) -> int:
    """The number with which a course begins by this step; 0 for none."""
    return step.part.first if step.part and step.part.phase != "taper" else 0
