"""The page of a plan that is kept, and the one that asks before it is deleted. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

import msgspec

from acupwa.library.model import Library
from acupwa.planner.closed_gate import ClosedGate, closed_gate
from acupwa.planner.course import course_of
from acupwa.planner.course_guidance import CourseGuidance, course_guidance
from acupwa.planner.course_view import CourseView, SessionLine, course_view
from acupwa.planner.gate import gate
from acupwa.planner.main_problem import own_numbers, own_words
from acupwa.planner.model import SavedPlan
from acupwa.planner.plan import sessions_of, sessions_over
from acupwa.planner.safety import complete_answers, gate_of_request
from acupwa.quiz.help_lines import Phone, phones_of
from acupwa.quiz.model import Answers, CheckIn
from acupwa.sentences import say
from acupwa.wording import gettext as _


class PlanPage(msgspec.Struct, frozen=True, kw_only=True):
    """`closed` when a later check-in stands against going on."""

    template: ClassVar[str] = "planner/plan.html"
    title: str
    course: CourseView
    guidance: CourseGuidance
    next_session: SessionLine | None
    closed: ClosedGate | None
    zone: str
    check_in: str | None
    phones: tuple[Phone, ...]
    country: str | None


class DeletePage(msgspec.Struct, frozen=True):
    template: ClassVar[str] = "planner/delete.html"
    title: str


def plan_page(
    plan: SavedPlan, check_in: CheckIn | None, finished: Sequence[CheckIn], now: datetime, library: Library
) -> PlanPage:
    """`check_in` is the person's last finished one; `finished` are all of them, in any order."""
    own = own_numbers(finished, plan, library)
    cautions = gate_of_request(plan.request, library).cautions
    course = course_of(sessions_of(plan), plan.request, cautions, library.guidance)
    over = len(sessions_over(plan, now))
    moved = frozenset(session.number for session in plan.standing if session.moved)
    view = course_view(course, plan.request, library, over=over, moved=moved)
    country = check_in.answers.country if check_in else None
    return PlanPage(
        title=_("Your plan"),
        course=view,
        guidance=course_guidance(course, plan.request.conditions, library, own_words(own) if own else ""),
        next_session=view.sessions[over] if over < len(view.sessions) else None,
        closed=_against(check_in.answers, library) if check_in else None,
        zone=plan.request.time_zone,
        check_in=str(check_in.id) if check_in else None,
        phones=phones_of("emergency", country, library),
        country=country,
    )


def delete_page() -> DeletePage:
    return DeletePage(say("planner.delete.title"))


def _against(answers: Answers, library: Library) -> ClosedGate | None:
    entry = gate(complete_answers(answers, library), library)
    return None if entry.open else closed_gate(entry.because, library, answers)
