"""What goes with a course: reviews, what trials did, when to stop, why these numbers. Pure."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from acupwa.library.model import Library, StopSign
from acupwa.planner.model import Course, ReviewKind
from acupwa.planner.statements import Statement, Statements
from acupwa.wording import weekday_date_words


class ReviewLine(msgspec.Struct, frozen=True, kw_only=True):
    """`after` is the number of a session, `day` its day in words."""

    kind: ReviewKind
    after: int
    day: str
    statement: Statement


class CourseGuidance(msgspec.Struct, frozen=True, kw_only=True):
    """`decisions` are what trials did at the time to decide; `own` how the person's main problem went, if known."""

    reviews: tuple[ReviewLine, ...]
    decisions: tuple[Statement, ...]
    own: str
    afterwards: tuple[Statement, ...]
    for_conditions: tuple[Statement, ...]
    numbers: tuple[Statement, ...]
    trials: tuple[Statement, ...]
    stop_at_once: tuple[StopSign, ...]


def course_guidance(course: Course, conditions: Sequence[str], library: Library, own: str = "") -> CourseGuidance:
    """For these conditions; for all when none is chosen."""
    guidance, statements = library.guidance, Statements(library)
    words = {one.id: one for one in guidance.reviews}
    return CourseGuidance(
        reviews=tuple(
            ReviewLine(
                kind=review.kind,
                after=review.after_session,
                day=weekday_date_words(course.sessions[review.after_session - 1].local.date()),
                statement=statements.of_words(words[review.kind]),
            )
            for review in course.reviews
        ),
        decisions=tuple(statements.of_words(one) for one in guidance.decisions),
        own=own,
        afterwards=tuple(statements.of_words(one) for one in guidance.afterwards),
        for_conditions=tuple(statements.of_conditions(conditions)),
        numbers=tuple(statements.of_number(one) for _name, one in guidance.numbers.items()),
        trials=tuple(statements.of_trials(conditions)),
        stop_at_once=guidance.stop_at_once,
    )
