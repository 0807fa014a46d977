"""What stands at the planner's address when there is no form to fill in: how a course goes, or why there is no plan.

Pure.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

import msgspec

from acupwa.library.model import Library
from acupwa.planner.closed_gate import ClosedGate, closed_gate
from acupwa.planner.country_defaults import zone_of
from acupwa.planner.course import make_course
from acupwa.planner.course_guidance import CourseGuidance, course_guidance
from acupwa.planner.course_view import CourseView, course_view
from acupwa.planner.gate import Gate
from acupwa.planner.model import WEEKDAYS, Course, PlanRequest
from acupwa.quiz.help_lines import Phone, phones_of
from acupwa.quiz.model import CheckIn
from acupwa.wording import gettext as _


class InvitePage(msgspec.Struct, frozen=True, kw_only=True):
    template: ClassVar[str] = "planner/invite.html"
    title: str
    course: CourseView
    guidance: CourseGuidance
    phones: tuple[Phone, ...]
    country: str | None = None


class ClosedPage(msgspec.Struct, frozen=True, kw_only=True):
    template: ClassVar[str] = "planner/closed.html"
    title: str
    closed: ClosedGate
    check_in: str
    has_plan: bool


def invite_page(library: Library, today: date) -> InvitePage:
    """How a course goes, for someone who has told us nothing yet."""
    numbers, monday = library.guidance.numbers, today + timedelta(days=7 - today.weekday())
    example = PlanRequest(
        conditions=(),
        first_day=monday,
        weekdays=(WEEKDAYS[0],),
        time="09:00",
        time_zone=zone_of(None),
        per_week=numbers.per_week_default.value,
        max_sessions=numbers.sessions_default.value,
        minutes=numbers.minutes_default.value,
    )
    made = make_course(example, library)
    assert isinstance(made, Course)  # noqa: S101 - nothing stands against an empty request
    return InvitePage(
        title=_("Plan your sessions"),
        course=course_view(made, example, library),
        guidance=course_guidance(made, (), library),
        phones=phones_of("emergency", None, library),
    )


def closed_page(entry: Gate, check_in: CheckIn, has_plan: bool, library: Library) -> ClosedPage:
    return ClosedPage(
        title=_("Why there is no plan for now"),
        closed=closed_gate(entry.because, library, check_in.answers),
        check_in=str(check_in.id),
        has_plan=has_plan,
    )
