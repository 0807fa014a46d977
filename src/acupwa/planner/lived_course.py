"""The course of a plan that is kept, as far as it has been lived. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from acupwa.library.model import Guidance
from acupwa.planner.course import course_of, totals_of
from acupwa.planner.gate import Caution
from acupwa.planner.history import standing_steps, steps_of
from acupwa.planner.model import Course, Review, SavedPlan
from acupwa.planner.on_hold import sessions_left
from acupwa.planner.plan import sessions_of
from acupwa.planner.reviews import reviews_in

# Of how many sessions there are: `course.course_of`.
_SIZES = ("below-trial-range", "fewer-than-asked")


def course_of_plan(plan: SavedPlan, guidance: Guidance, cautions: Iterable[Caution] = ()) -> Course:
    """Its sessions, also those that are over; what was paused or ended has no others. What it comes to in all is with
    those that are on hold.
    """
    course = course_of(sessions_of(plan), plan.request, cautions, guidance)
    counted = [session for session in course.sessions if session.counts]
    totals = totals_of(counted, plan.request, held=_held(plan))
    told = tuple(one for one in course.cautions if one.id not in _SIZES or not _waits_or_missed(plan))
    return replace(course, reviews=reviews_of_plan(plan, guidance), totals=totals, cautions=told)


def _held(plan: SavedPlan) -> int:
    return sessions_left(plan) if plan.pause else 0


def _waits_or_missed(plan: SavedPlan) -> bool:
    """Whether there are fewer sessions for a reason of its own: their number says nothing of weekdays or days off."""
    return bool(plan.pause or plan.ended_at or any(one.log == "missed" for one in plan.standing))


def reviews_of_plan(plan: SavedPlan, guidance: Guidance) -> tuple[Review, ...]:
    """Those of its course; after more sessions than were planned, and after a long course, there is a second decision."""
    sessions, added, held = sessions_of(plan), _first_added(plan), _held(plan)
    reviews = reviews_in([one for one in sessions if added is None or one.number < added], guidance, held=held)
    counted = [session for session in sessions if session.counts]
    if held or not counted:
        return reviews
    again = plan.part.phase == "course" and (added or len(counted) > guidance.numbers.decide_latest.value)
    if not again or (reviews and counted[-1].number <= reviews[-1].after_session):
        return reviews
    return (*reviews, Review(after_session=counted[-1].number, kind="decide"))


def _first_added(plan: SavedPlan) -> int | None:
    """The number of the first session that an extension added to the part that runs."""
    steps = standing_steps(steps_of(plan))
    added = [step.laid[0].number for step in steps if step.kind == "extended" and step.laid]
    return next((number for number in added if number > plan.part.first), None)
