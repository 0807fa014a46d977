"""A plan as a practitioner offers it: read by the planner's own form, made by its own rules. Pure.

What the patient's answers say against a plan is asked twice: of what was shared when it is sent, and of all their
answers when they take it.
"""

from __future__ import annotations

from datetime import date

import msgspec

from acupwa.library.model import Library
from acupwa.planner.course import make_course
from acupwa.planner.forms import parse_plan_form
from acupwa.planner.model import Course, NoCourse, PlanRequest
from acupwa.planner.pages import (
    Closed,
    CourseView,
    FormChoices,
    FormValues,
    choices_for,
    closed_view,
    course_view,
    first_values,
    posted_values,
)
from acupwa.planner.plan import AskedPlan, SavedPlan, sessions_over
from acupwa.planner.safety import with_derived
from acupwa.quiz.model import Answers
from acupwa.web.forms import FieldError, FormData

__all__ = [
    "Closed", "CourseView", "Foreseen", "FormChoices", "FormValues",
    "foresee", "offer_choices", "offer_values", "read_offer", "refused",
]  # fmt: skip


class Foreseen(msgspec.Struct, frozen=True, kw_only=True):
    """What taking an offer would give. `view` or `closed`; `kept` sessions of the plan before are over and stay."""

    asked: AskedPlan
    made: Course | NoCourse
    kept: int
    view: CourseView | None = None
    closed: Closed | None = None


def read_offer(form: FormData, answers: Answers, library: Library, today: date) -> AskedPlan | tuple[FieldError, ...]:
    """`answers` are those that were shared."""
    return parse_plan_form(form, answers, library, today)


def offer_values(form: FormData | None, answers: Answers, library: Library, today: date) -> FormValues:
    return posted_values(form) if form else first_values(answers, library, today)


def offer_choices(values: FormValues, answers: Answers, library: Library) -> FormChoices:
    return choices_for(values, answers, library)


def refused(asked: AskedPlan, library: Library) -> Closed | None:
    """Why the planner makes no such plan; None when it does."""
    made = make_course(asked.request, library)
    return closed_view(made.because, library) if isinstance(made, NoCourse) else None


def foresee(
    offered: PlanRequest, answers: Answers, before: SavedPlan | None, library: Library, today: date
) -> Foreseen:
    """The offer with the person's own answers, days off and way; its first day is today's if it is past."""
    request = msgspec.structs.replace(
        offered,
        first_day=max(offered.first_day, today),
        conditions=answers.conditions,
        age_band=answers.age_band,
        red_flags=answers.red_flags,
        precautions=answers.precautions,
        main_symptom=answers.main_symptom,
        days_off=before.request.days_off if before else (),
        travel_minutes=before.request.travel_minutes if before else 0,
    )
    asked = AskedPlan(
        request=with_derived(request, library),
        own_days_off=before.own_days_off if before else (),
        country=before.country if before else None,
    )
    kept = sessions_over(before, today) if before else ()
    made = make_course(asked.request, library, kept=kept)
    if isinstance(made, NoCourse):
        return Foreseen(asked=asked, made=made, kept=len(kept), closed=closed_view(made.because, library))
    view = course_view(made, asked.request, library, over=len(kept))
    return Foreseen(asked=asked, made=made, kept=len(kept), view=view)
