"""The page of a plan that is kept, and the one that asks before it is deleted. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, Literal

import msgspec
from msgspec import structs

from acupwa.library.model import Library
from acupwa.planner.closed_gate import ClosedGate, closed_to
from acupwa.planner.course_guidance import CourseGuidance, course_guidance
from acupwa.planner.course_view import CourseView, SessionLine, course_view
from acupwa.planner.gate import gate
from acupwa.planner.lived_course import course_of_plan
from acupwa.planner.log import can_be_logged, next_session, session_to_log, states_of
from acupwa.planner.main_problem import own_numbers, own_words
from acupwa.planner.model import WEEKDAYS, PlannedSession, SavedPlan
from acupwa.planner.outcome import Told
from acupwa.planner.plan import PlannerState, country_of, today_of
from acupwa.planner.safety import complete_answers, gate_of_request
from acupwa.planner.stages_view import StagesView, stages_view
from acupwa.planner.words import weekday_words
from acupwa.quiz.help_lines import Phone, phones_of
from acupwa.quiz.model import Answers, CheckIn
from acupwa.quiz.standing_signs import with_unended
from acupwa.sentences import say
from acupwa.wording import gettext as _


class Lead(msgspec.Struct, frozen=True, kw_only=True):
    """The one session that the page begins with: one that is over and waits for a word, or the next."""

    kind: Literal["log", "next"]
    heading: str
    session: SessionLine


class PlanPage(Told, frozen=True, kw_only=True):
    """`closed` when a later check-in stands against going on. `lead` is None when no session is to come."""

    template: ClassVar[str] = "planner/plan.html"
    course: CourseView
    guidance: CourseGuidance
    lead: Lead | None
    closed: ClosedGate | None
    zone: str
    check_in: str | None
    stages: StagesView
    phones: tuple[Phone, ...]
    country: str | None


class DeletePage(msgspec.Struct, frozen=True):
    template: ClassVar[str] = "planner/delete.html"
    title: str


def plan_page(
    plan: SavedPlan, state: PlannerState, finished: Sequence[CheckIn], now: datetime, library: Library
) -> PlanPage:
    """`plan` is that of `state`; `finished` are all finished check-ins, in any order."""
    check_in, told = state.check_in, _told(state, library)
    own = own_numbers(finished, plan, library)
    cautions = gate_of_request(plan.request, library).cautions
    course = course_of_plan(plan, library.guidance, cautions)
    view = course_view(
        course,
        plan.request,
        library,
        states_of(plan, now),
        moved=[one.number for one in plan.standing if one.moved],
        can_log=[one.number for one in plan.standing if can_be_logged(one, plan, now)],
    )
    return PlanPage(
        title=_("Your plan"),
        course=view,
        guidance=course_guidance(course, plan.request.conditions, library, own_words(own) if own else ""),
        lead=_lead(plan, view, now),
        closed=_against(told, state, library),
        zone=plan.request.time_zone,
        check_in=str(check_in.id) if check_in else None,
        stages=stages_view(plan, finished, now, library),
        phones=phones_of("emergency", told.country, library),
        country=told.country,
    )


def delete_page() -> DeletePage:
    return DeletePage(say("planner.delete.title"))


def _lead(plan: SavedPlan, view: CourseView, now: datetime) -> Lead | None:
    """What is over comes first, until the day of the next one."""
    over, following = session_to_log(plan, now), next_session(plan, now)
    if over and not (following and can_be_logged(following, plan, now)):
        return Lead(kind="log", heading=_how_was(over, plan, now), session=_line(over, view))
    if following:
        today = following.day == today_of(plan, now)
        heading = say("planner.plan.today") if today else say("planner.plan.next")
        return Lead(kind="next", heading=heading, session=_line(following, view))
    return None


def _how_was(session: PlannedSession, plan: SavedPlan, now: datetime) -> str:
    """By its weekday while that names one day alone."""
    days = (today_of(plan, now) - session.day).days
    if days == 0:
        return say("planner.plan.how_was_today")
    if days < len(WEEKDAYS):
        return say("planner.plan.how_was", day=weekday_words(WEEKDAYS[session.day.weekday()]))
    return say("planner.plan.how_was_number", number=session.number)


def _line(session: PlannedSession, view: CourseView) -> SessionLine:
    return next(line for line in view.sessions if line.number == session.number)


def _told(state: PlannerState, library: Library) -> Answers:
    """What the plan goes by. Where no check-in is finished, or the last was deleted, it is the danger signs of drafts."""
    if state.check_in:
        return state.check_in.answers
    told = Answers(country=country_of(state.check_ins))
    if not state.check_ins:
        return told
    empty = structs.replace(state.check_ins[0], answers=told, taken_over=())
    return with_unended(empty, state.check_ins, library).answers


def _against(answers: Answers, state: PlannerState, library: Library) -> ClosedGate | None:
    entry = gate(complete_answers(answers, library), library)
    return None if entry.open else closed_to(state.check_ins, entry.because, library)
