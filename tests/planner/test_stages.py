"""What may come after the decision, and after a session that was missed: examples of the pure rules."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from acupwa.planner.days_off import take_days_off
from acupwa.planner.fair_start import begins_at, fair_start
from acupwa.planner.history import MOST_STEPS
from acupwa.planner.log import SessionNote, log_session
from acupwa.planner.main_problem import own_numbers
from acupwa.planner.model import Course, NoCourse, SavedPlan
from acupwa.planner.on_hold import sessions_left
from acupwa.planner.outcome import outcome_of
from acupwa.planner.pause import pause_plan, resume_plan
from acupwa.planner.plan import PlannerState
from acupwa.planner.plan_fields import OFF_ROWS, posted_values, saved_values
from acupwa.planner.preview import PlanPreview, preview_form, preview_proposal, without_room
from acupwa.planner.stages import finish_plan, is_owed, replan_session, restart_plan, taper_plan
from acupwa.planner.talk import gap_words, talk_numbers
from acupwa.results.course_summary import course_summary
from acupwa.web.forms import FormData
from tests.planner.test_main_problem import answered
from tests.support.people import plan_fields
from tests.support.plan_lives import ANSWERS, LIBRARY, OPEN, START, check_in
from tests.support.plan_steps import kept, logged, stepped

# Mondays from 2 March 2026 on, at nine; it is Friday 20 February.
FIRST = datetime(2026, 3, 2, 14, 0, tzinfo=START.tzinfo)


def made(**fields: Any) -> SavedPlan:
    found = previewed(None, START, **fields)
    assert isinstance(found.made, Course)
    return kept(found.asked, found.made, None, START, LIBRARY)


def previewed(plan: SavedPlan | None, now: datetime, **fields: Any) -> PlanPreview:
    form = FormData.of(plan_fields(**{"first_day": max(now, FIRST).date().isoformat(), **fields}))
    found = preview_form(posted_values(form), PlannerState(check_in=check_in(ANSWERS, now), plan=plan), LIBRARY, now)
    assert isinstance(found, PlanPreview), found
    return found


def after(number: int) -> datetime:
    """The afternoon of session `number`."""
    return FIRST + timedelta(weeks=number - 1)


def done(found: Any) -> SavedPlan:
    assert isinstance(found, SavedPlan), found
    return found


def lived(plan: SavedPlan, sessions: int, *, missed: tuple[int, ...] = ()) -> SavedPlan:
    for number in range(1, sessions + 1):
        plan = done(logged(plan, number, "missed" if number in missed else "went", after(number)))
    return plan


def over(sessions: int = 8, **fields: Any) -> tuple[SavedPlan, datetime]:
    """A course that was gone to and finished, a day after its last session."""
    now = after(sessions) + timedelta(days=1)
    plan = lived(made(max_sessions=str(sessions), **fields), sessions)
    return done(stepped(plan, finish_plan(plan, now))), now


def held(plan: SavedPlan, now: datetime) -> SavedPlan:
    return done(stepped(plan, pause_plan(plan, now, reason="flare", guidance=LIBRARY.guidance)))


def test_on_hold_as_many_are_left_as_the_money_pays_for():
    plan = lived(made(max_sessions="10", price="45", max_money="225"), 2)
    assert sessions_left(held(plan, after(2))) == 3
    missed = lived(made(max_sessions="10", price="45", max_money="225"), 2, missed=(2,))
    assert sessions_left(held(missed, after(2))) == 3
    assert sessions_left(held(lived(made(max_sessions="10"), 2), after(2))) == 8


def test_what_the_money_does_not_pay_for_is_not_offered_to_be_planned_again():
    plan = lived(made(max_sessions="10", price="45", max_money="225"), 2, missed=(2,))
    assert not is_owed(plan, 2)
    assert replan_session(plan, after(2), number=2, entry=OPEN, library=LIBRARY) == "no-money"
    assert is_owed(lived(made(max_sessions="10"), 2, missed=(2,)), 2)


def test_going_on_with_nothing_left_says_so():
    plan = lived(made(max_sessions="2"), 1)
    note = SessionNote(log="went", told=True)
    plan = done(stepped(plan, log_session(plan, after(2), number=2, note=note, pause="infection")))
    assert sessions_left(plan) == 0
    now = after(2) + timedelta(days=3)
    step = resume_plan(plan, now, day=now.date(), entry=OPEN, library=LIBRARY)
    said = outcome_of("resumed", "", done(stepped(plan, step)))
    assert said is not None
    assert said.words == "Your plan is not on hold any more. No session is left in it."


def test_a_course_that_is_all_over_is_not_changed_to_nothing():
    """It was never finished: the form that gives no new session changes nothing, a clinic's plan neither."""
    plan, now = lived(made(max_sessions="10"), 10), after(10) + timedelta(days=3)
    found = previewed(plan, now, max_sessions="10")
    assert isinstance(found.made, NoCourse)
    assert without_room(found.made)
    sent = previewed(None, now, max_sessions="8").asked.request
    proposed = preview_proposal(sent, ANSWERS, plan, LIBRARY, now)
    assert isinstance(proposed.made, NoCourse)
    assert without_room(proposed.made)
    assert "All sessions of your plan are over." in proposed.made.instead
    more = previewed(plan, now, max_sessions="12").made
    assert isinstance(more, Course)
    assert len(more.sessions) == 12


def test_sessions_to_come_may_be_given_up_in_the_form():
    plan = lived(made(max_sessions="10"), 6)
    found = previewed(plan, after(6) + timedelta(days=1), max_sessions="6")
    assert isinstance(found.made, Course)
    assert len(found.made.sessions) == 6


@pytest.mark.parametrize("more", ["note", "days-off"])
def test_a_course_that_was_stopped_stays_stopped(more: str):
    plan, now = lived(made(max_sessions="8"), 7), after(8)
    plan = done(stepped(plan, finish_plan(plan, now, ended_as="stopped")))
    assert course_summary(plan, (), now, LIBRARY).stage == "stopped"
    if more == "note":
        plan = done(logged(plan, 8, "went", now + timedelta(hours=1)))
    else:
        plan = done(stepped(plan, take_days_off(plan, now, days=[(now + timedelta(days=9)).date()], library=LIBRARY)))
    assert course_summary(plan, (), now, LIBRARY).stage == "stopped"


def test_a_course_that_was_stopped_stays_stopped_when_its_steps_are_shortened():
    plan, now = lived(made(max_sessions="8"), 7), after(8)
    plan = done(stepped(plan, finish_plan(plan, now, ended_as="stopped")))
    for turn in range(MOST_STEPS):
        plan = done(logged(plan, 7, "missed" if turn % 2 else "went", now + timedelta(minutes=turn)))
    assert plan.steps[0].kind == "carried"
    assert course_summary(plan, (), now + timedelta(days=1), LIBRARY).stage == "stopped"


def test_the_form_after_a_short_course_begins_with_the_course_before_it():
    plan, now = over(10, per_week="2", weekdays=["mon", "thu"])
    assert (saved_values(plan, now.date()).max_sessions, saved_values(plan, now.date()).per_week) == ("10", "2")
    plan = done(stepped(plan, taper_plan(plan, now, sessions=3, entry=OPEN, library=LIBRARY)))
    running = saved_values(plan, now.date())
    assert (running.max_sessions, running.per_week) == ("3", "1")
    later = now + timedelta(days=100)
    plan = done(stepped(plan, finish_plan(plan, later)))
    ended = saved_values(plan, later.date())
    assert (ended.max_sessions, ended.per_week) == ("10", "2")
    plan = done(stepped(plan, restart_plan(plan, later, sessions=4, day=later.date(), entry=OPEN, library=LIBRARY)))
    plan = done(stepped(plan, finish_plan(plan, later)))
    ended = saved_values(plan, later.date())
    assert (ended.max_sessions, ended.per_week) == ("10", "2")


def test_no_day_off_is_lost_in_the_form_and_the_past_ones_are_left_out():
    plan = made()
    today = START.date()
    single = [today + timedelta(days=2 * n + 1) for n in range(OFF_ROWS + 3)]
    long = [today + timedelta(days=100 + n) for n in range(250)]
    past = [today - timedelta(days=n) for n in (3, 5)]
    off = tuple(sorted((*past, *single, *long)))
    plan = replace(plan, own_days_off=off, request=replace(plan.request, days_off=off))
    values = saved_values(plan, today)
    shown = plan_fields(days_off=list(values.days_off_beside))
    for row, (first, last) in enumerate(values.off_rows):
        shown |= {f"off_from.{row}": first, f"off_to.{row}": last}
    asked = previewed(plan, START, **shown).asked
    assert asked.own_days_off == tuple(sorted((*single, *long)))
    assert len(values.off_rows) == OFF_ROWS
    # What is saved after it was shown is the same.
    again = previewed(plan, START, **dict_of(posted_values(FormData.of(shown)).fields))
    assert again.asked.own_days_off == asked.own_days_off


def dict_of(fields: Any) -> dict[str, Any]:
    many = {name: [value for other, value in fields if other == name] for name, _value in fields}
    return {name: values if name in ("weekdays", "days_off") else values[-1] for name, values in many.items()}


def test_the_end_number_is_of_the_weeks_after_the_last_session():
    plan = lived(made(max_sessions="8"), 8)
    much_later = after(8) + timedelta(days=90)
    plan = done(stepped(plan, finish_plan(plan, much_later)))
    last = (after(8) - START).days
    told = [answered(8, 3), answered(5, last + 10), answered(9, last + 60)]
    own = course_summary(plan, told, much_later, LIBRARY).own
    assert own is not None
    assert own.now == 5


def test_each_of_two_pauses_is_told():
    plan, now = held(lived(made(max_sessions="8"), 3), after(3)), after(3) + timedelta(days=4)
    note = SessionNote(log="went", told=True)
    plan = done(stepped(plan, log_session(plan, now, number=3, note=note, pause="infection")))
    found = course_summary(plan, (), now, LIBRARY).pauses
    assert [(one.since, one.until) for one in found] == [(after(3).date(), now.date()), (now.date(), None)]
    assert len({one.reason for one in found}) == 2


def test_a_missed_first_session_does_not_begin_the_course():
    plan = lived(made(max_sessions="8"), 2, missed=(1,))
    begins = begins_at(plan)
    assert begins is not None
    assert begins.date() == after(2).date()
    between = (after(1) - START).days + 3
    later = (after(2) - START).days + 20
    own = own_numbers([answered(9, 0), answered(7, between), answered(5, later)], plan, LIBRARY)
    assert own is not None
    assert (own.before, own.now) == (7, 5)


def test_while_no_session_stands_every_check_in_is_before():
    """On hold before session 1: the number is there."""
    plan = held(made(max_sessions="8"), START + timedelta(hours=1))
    assert begins_at(plan) is None
    assert talk_numbers([answered(7, 0)], plan, None, LIBRARY) == "now"
    assert gap_words("now", 0) == "There is no number from after a session yet."


def test_a_fair_start_is_of_the_last_weeks():
    begins = START + timedelta(days=12)
    long_ago = [answered(7, -365), answered(6, 0)]
    assert fair_start(long_ago, begins, START, LIBRARY).numbers == 1
    assert fair_start(long_ago, begins, START, LIBRARY).another_from == (START + timedelta(days=7)).date()
    own = own_numbers([*long_ago, answered(4, 60)], made(max_sessions="8"), LIBRARY)
    assert own is not None
    assert (own.earlier, own.before) == (None, 6)
