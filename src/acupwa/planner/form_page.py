"""The page with the form of a plan, and the course that it gives. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from msgspec.structs import replace

from acupwa.library.model import Library, PlannerNumber, PlannerNumbers
from acupwa.planner.course_view import CourseView, course_view
from acupwa.planner.fair_start import fair_start, fair_words
from acupwa.planner.log import over_states
from acupwa.planner.model import Course, NoCourse
from acupwa.planner.outcome import Outcome, Told
from acupwa.planner.plan import PlannerState
from acupwa.planner.plan_fields import ANOTHER, FormChoices, FormValues, choices_for
from acupwa.planner.preview import ALL_BEEN, PlanPreview
from acupwa.planner.safety import asks_first
from acupwa.planner.statements import Statement, Statements
from acupwa.sentences import say
from acupwa.web.forms import FieldError
from acupwa.wording import gettext as _

# What stands in the fold of the form; the rest is asked of everyone.
_FOLDED = (
    "first_day",
    "per_week",
    "max_sessions",
    "leave_out_holidays",
    "minutes",
    "travel_minutes",
    "price",
    "max_money",
    "currency",
)


class FormPage(Told, frozen=True, kw_only=True):
    """The form, and over it what the last press of *Show my sessions* gave. `why`: the numbers behind each field.

    `fold_open`: something in the fold is to be seen to. `main_problem`: where the main problem is answered, when it is
    asked for first. `ask_first`: a doctor has to agree before any needles. `anew`: the course before has ended.
    """

    template: ClassVar[str] = "planner/form.html"
    values: FormValues
    choices: FormChoices
    why: Mapping[str, tuple[Statement, ...]]
    changing: bool
    kept: int = 0
    course: CourseView | None = None
    errors: tuple[FieldError, ...] = ()
    fold_open: bool = False
    main_problem: str = ""
    ask_first: bool = False
    anew: bool = False
    fair: str = ""


def form_page(values: FormValues, state: PlannerState, library: Library) -> FormPage:
    answers = state.check_in.answers if state.check_in else None
    country = answers.country if answers else None
    return FormPage(
        title=_("Change your plan") if state.plan and not state.plan.ended_at else _("Plan your sessions"),
        values=values,
        choices=choices_for(values, country, library),
        why=_why(library),
        changing=state.plan is not None,
        ask_first=answers is not None and asks_first(answers, library),
        anew=state.plan is not None and state.plan.ended_at is not None,
    )


def preview_page(
    values: FormValues,
    state: PlannerState,
    found: PlanPreview | tuple[FieldError, ...],
    library: Library,
    now: datetime,
) -> FormPage:
    """The form with the course that it gives, or with what to do about its fields; as it was typed when a row of days off
    was added or cleared.
    """
    page = form_page(values, state, library)
    if values.rows_changed:
        return replace(page, fold_open=True)
    if not isinstance(found, PlanPreview):
        return replace(page, errors=tuple(_shown(one, values) for one in found), fold_open=any(map(_in_fold, found)))
    made = found.made
    if not isinstance(made, Course):
        return replace(page, errors=(_no_day(values, made),), fold_open=True)
    course = course_view(made, found.asked.request, library, over_states(found.kept))
    done = Outcome(title="", words=say("planner.form.shown"), tone="info")
    return replace(
        page,
        title=_("Your sessions would be"),
        course=course,
        kept=found.kept,
        done=done,
        fair=_fair(state, made, found.kept, now, library),
    )


def _fair(state: PlannerState, made: Course, kept: int, now: datetime, library: Library) -> str:
    """Asked for before a course begins."""
    if kept:
        return ""
    begins = made.sessions[0].start
    return fair_words(fair_start(state.check_ins, begins, now, library), begins)


def _no_day(values: FormValues, made: NoCourse) -> FieldError:
    """The answers let a plan be made and the money pays for it: all sessions are over, or the days leave none."""
    been = next((one.id for one in made.because if one.kind == ALL_BEEN), None)
    if been:
        return FieldError("max_sessions", say("planner.faults.all_been", n=int(been)))
    return FieldError("off_from.0" if any(values.off_rows[0]) else "weekdays", say("planner.faults.days_off_all"))


def _shown(error: FieldError, values: FormValues) -> FieldError:
    """A time was typed, or none was chosen."""
    if error.field != "time":
        return error
    return (
        replace(error, field="other_time")
        if values.time_choice == ANOTHER
        else replace(error, message=say("planner.faults.no_time"))
    )


def _in_fold(error: FieldError) -> bool:
    return error.field in _FOLDED or error.field.startswith("off_")


def _why(library: Library) -> dict[str, tuple[Statement, ...]]:
    statements, numbers = Statements(library), library.guidance.numbers
    return {
        field: tuple(statements.of_number(number) for number in behind)
        for field, behind in _numbers_behind(numbers).items()
    }


def _numbers_behind(numbers: PlannerNumbers) -> dict[str, tuple[PlannerNumber, ...]]:
    return {
        "per_week": (
            numbers.per_week_default,
            numbers.per_week_max,
            numbers.days_apart,
            numbers.fortnight_sessions,
        ),
        "max_sessions": (numbers.sessions_default, numbers.sessions_low, numbers.sessions_ceiling),
        "minutes": (numbers.minutes_default,),
    }
