"""What stands at the planner's address before there is a plan: its form, how a course goes, or why there is none. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import ClassVar

from msgspec.structs import replace

from acupwa.library.model import Library
from acupwa.planner.closed_gate import ClosedGate, closed_to
from acupwa.planner.country_defaults import zone_for
from acupwa.planner.course import make_course
from acupwa.planner.course_guidance import CourseGuidance, course_guidance
from acupwa.planner.course_view import CourseView, course_view
from acupwa.planner.form_page import FormPage, form_page
from acupwa.planner.gate import Gate, gate
from acupwa.planner.model import WEEKDAYS, Course, PlanRequest
from acupwa.planner.outcome import Told
from acupwa.planner.plan import PlannerState
from acupwa.planner.plan_fields import first_values, saved_values
from acupwa.planner.safety import complete_answers, to_confirm
from acupwa.quiz.care import Care
from acupwa.quiz.help_lines import Phone, phones_of
from acupwa.quiz.model import CheckIn
from acupwa.quiz.standing_signs import country_of_signs, newest_first, standing_signs
from acupwa.quiz.urgent_care import urgent_care
from acupwa.sentences import say
from acupwa.wording import gettext as _
from acupwa.zones import UNKNOWN


class InvitePage(Told, frozen=True, kw_only=True):
    """`care` is what to do for the danger signs of a draft: they stand before any check-in is finished."""

    template: ClassVar[str] = "planner/invite.html"
    course: CourseView
    guidance: CourseGuidance
    care: tuple[Care, ...]
    phones: tuple[Phone, ...]
    country: str | None


class ConfirmPage(Told, frozen=True, kw_only=True):
    """What to know before needles is gone through again, in a short follow-up."""

    template: ClassVar[str] = "planner/confirm.html"
    has_plan: bool


class ClosedPage(Told, frozen=True, kw_only=True):
    template: ClassVar[str] = "planner/closed.html"
    closed: ClosedGate
    check_in: str
    has_plan: bool


def start_page(
    state: PlannerState, library: Library, today: date, now: datetime, *, opened: bool = False
) -> InvitePage | ClosedPage | ConfirmPage | FormPage:
    """The form, or what comes before it. Over the form of a first plan the main problem is asked for, where there is none.

    `opened`: the fold of the form is.
    """
    check_in, plan = state.check_in, state.plan
    if check_in is None:
        return invite_page(state.check_ins, library, today)
    answers = check_in.answers
    entry = gate(complete_answers(answers, library), library)
    if not entry.open:
        return closed_page(entry, state, check_in, library)
    if to_confirm(state, now):
        return ConfirmPage(title=say("planner.confirm.title"), has_plan=plan is not None)
    if plan:
        return replace(form_page(saved_values(plan, today), state, library), fold_open=opened)
    zone = zone_for(answers.country, state.zone)
    page = form_page(first_values(answers, library, today, zone), state, library)
    return page if answers.main_symptom else replace(page, main_problem=_main_problem(check_in))


def invite_page(drafts: tuple[CheckIn, ...], library: Library, today: date) -> InvitePage:
    """How a course goes, for someone who has finished no check-in yet."""
    country = country_of_signs(standing_signs(drafts, library).told_in, newest_first(drafts))
    numbers, monday = library.guidance.numbers, today + timedelta(days=7 - today.weekday())
    example = PlanRequest(
        conditions=(),
        first_day=monday,
        weekdays=(WEEKDAYS[0],),
        time="09:00",
        time_zone=UNKNOWN,
        per_week=numbers.per_week_default.value,
        max_sessions=numbers.sessions_default.value,
        minutes=numbers.minutes_default.value,
    )
    made = make_course(example, library)
    assert isinstance(made, Course)  # noqa: S101 - nothing stands against an empty request
    return InvitePage(
        title=_("Plan your sessions"),
        course=course_view(made, example, library, {}),
        guidance=course_guidance(made, (), library),
        care=urgent_care(drafts, country, library),
        phones=phones_of("emergency", country, library),
        country=country,
    )


def _main_problem(check_in: CheckIn) -> str:
    """A follow-up takes the main problem over from the check-in before: it is chosen in a full one."""
    return f"/quiz/{check_in.id}/what-matters" if check_in.variant == "full" else "/check-in"


def closed_page(entry: Gate, state: PlannerState, check_in: CheckIn, library: Library) -> ClosedPage:
    return ClosedPage(
        title=_("Why there is no plan for now"),
        closed=closed_to(state.check_ins, entry.because, library),
        check_in=str(check_in.id),
        has_plan=state.plan is not None,
    )
