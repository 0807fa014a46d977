"""The page of a plan that is kept, and the one that asks before it is deleted. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Literal

import msgspec
from msgspec import structs

from acupwa.library.model import Library
from acupwa.planner.as_seen import session_mark
from acupwa.planner.closed_gate import ClosedGate
from acupwa.planner.course_guidance import CourseGuidance, course_guidance
from acupwa.planner.course_view import CourseView, SessionLine, course_view
from acupwa.planner.feed import SHOWN_FOR
from acupwa.planner.gate_of_state import against, told_in
from acupwa.planner.history import last_step
from acupwa.planner.lived_course import course_of_plan
from acupwa.planner.log import can_be_logged, next_session, session_to_log, states_of
from acupwa.planner.main_problem import own_numbers, own_words
from acupwa.planner.model import WEEKDAYS, Course, PlannedSession, SavedPlan
from acupwa.planner.on_hold import Hold, hold_of, sessions_left
from acupwa.planner.outcome import Told
from acupwa.planner.plan import PlannerState, today_of
from acupwa.planner.safety import gate_of_request, to_confirm
from acupwa.planner.stages import is_owed
from acupwa.planner.stages_view import StagesView, stages_view
from acupwa.planner.story import StoryLine, story_of
from acupwa.planner.undo import can_be_undone, mark_of
from acupwa.planner.words import weekday_words
from acupwa.quiz.help_lines import Phone, phones_of
from acupwa.sentences import say
from acupwa.web.forms import FieldError
from acupwa.wording import gettext as _


class Lead(msgspec.Struct, frozen=True, kw_only=True):
    """The one session that the page begins with: one that is over and waits for a word, or the next."""

    kind: Literal["log", "next"]
    heading: str
    session: SessionLine


class DaysOff(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in the two fields. The fold is open when something about them is to be seen to."""

    first: str = ""
    last: str = ""
    errors: tuple[FieldError, ...] = ()


class PlanPage(Told, frozen=True, kw_only=True):
    """`closed` when a later check-in stands against going on. `lead` is None when no session is to come. `hold` while the
    course waits, with `next` to do about it. `story` is what happened, the
    newest first, `last` of it what `step` undoes; both are empty when nothing can be undone.
    """

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
    hold: Hold | None
    hold_next: str
    story: tuple[StoryLine, ...]
    last: str
    step: str
    days_off: DaysOff = DaysOff()


class DeletePage(msgspec.Struct, frozen=True):
    """`days`: for how long a subscribed calendar shows as cancelled what was to come; 0 where none is subscribed."""

    template: ClassVar[str] = "planner/delete.html"
    title: str
    days: int
    errors: tuple[FieldError, ...] = ()


def plan_page(plan: SavedPlan, state: PlannerState, now: datetime, library: Library) -> PlanPage:
    """`plan` is that of `state`."""
    finished = state.finished
    check_in, told, closed = state.check_in, told_in(state, library), against(state, library)
    own, hold, story = (
        own_numbers(finished, plan, library),
        hold_of(plan, library),
        story_of(plan, library.guidance.pauses),
    )
    cautions = gate_of_request(plan.request, library).cautions
    course = course_of_plan(plan, library.guidance, cautions)
    view = _view(plan, course, now, library, owed_too=closed is None)
    last = last_step(plan)
    undo = last is not None and can_be_undone(last, now)
    return PlanPage(
        title=_("Your plan"),
        course=view,
        guidance=course_guidance(course, plan.request.conditions, library, own_words(own) if own else ""),
        lead=_lead(plan, view, now),
        closed=closed,
        zone=plan.request.time_zone,
        check_in=str(check_in.id) if check_in else None,
        stages=stages_view(plan, finished, now, library),
        phones=phones_of("emergency", told.country, library),
        country=told.country,
        hold=hold,
        hold_next=_hold_next(state, now) if hold and closed is None else "",
        story=story[::-1],
        last=next(line.words for line in story[::-1] if not line.undone and not line.undoes) if undo else "",
        step=mark_of(plan) if undo else "",
    )


def with_days_off(page: PlanPage, first: str, last: str, errors: tuple[FieldError, ...]) -> PlanPage:
    """The page with what was typed, and what to do about it."""
    return structs.replace(page, days_off=DaysOff(first=first, last=last, errors=errors))


def delete_page(*, subscribed: bool) -> DeletePage:
    return DeletePage(say("planner.delete.title"), SHOWN_FOR.days if subscribed else 0)


def _view(plan: SavedPlan, course: Course, now: datetime, library: Library, *, owed_too: bool) -> CourseView:
    running = plan.pause is None and plan.ended_at is None
    return course_view(
        course,
        plan.request,
        library,
        states_of(plan, now),
        moved=[one.number for one in plan.standing if one.moved],
        can_log=[one.number for one in plan.standing if can_be_logged(one, plan, now)],
        owed=[one.number for one in plan.standing if is_owed(plan, one.number)] if running and owed_too else (),
        seen={one.number: session_mark(plan, one.number) for one in plan.standing},
        running=running,
        held=sessions_left(plan) if plan.pause else 0,
    )


def _hold_next(state: PlannerState, now: datetime) -> Literal["check-in", "go-on"]:
    return "check-in" if state.check_in is None or to_confirm(state, now) else "go-on"


def _lead(plan: SavedPlan, view: CourseView, now: datetime) -> Lead | None:
    """What is over comes first, until the day of the next one. A course that waits or has ended has no next one."""
    over, following = session_to_log(plan, now), next_session(plan, now)
    if over and not (following and can_be_logged(following, plan, now)):
        return Lead(kind="log", heading=_how_was(over, plan, now), session=_line(over, view))
    if following and not plan.pause and not plan.ended_at:
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
