"""When a course is looked at. The rule: docs/rules.md, "Dose and course". Pure.

The times go by the sessions that count: one that was missed tells nothing of how needles go.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from acupwa.library.model import Guidance
from acupwa.planner.model import CourseSession, Review, ReviewKind


def reviews_in(sessions: Sequence[CourseSession], guidance: Guidance, *, held: int = 0) -> tuple[Review, ...]:
    """Of the part of the course that runs, in order. Of the sessions that are `held`, which have no day, none is told."""
    counted = [session for session in sessions if session.counts]
    if not counted:
        return ()
    return tuple(
        Review(after_session=counted[place - 1].number, kind=kind)
        for place, kind in _places(len(counted) + held, counted[0].phase == "taper", guidance)
        if place <= len(counted)
    )


def _places(sessions: int, taper: bool, guidance: Guidance) -> Iterator[tuple[int, ReviewKind]]:
    numbers = guidance.numbers
    if taper:
        yield sessions, "decide"
        return
    yield numbers.safety_after.value, "safety"
    if sessions > numbers.light_when_more_than.value:
        yield numbers.light_after.value, "light"
    yield min(sessions, numbers.decide_after.value), "decide"
