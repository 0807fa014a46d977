"""Single turns in the life of a plan: ten Mondays in London from 2 March 2026 on. Random lives: test_lives.py."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from msgspec.structs import replace

from acupwa.planner.course_view import course_view
from acupwa.planner.days_off import take_days_off
from acupwa.planner.lived_course import course_of_plan, reviews_of_plan
from acupwa.planner.log import SessionNote, log_session, states_of
from acupwa.planner.model import SavedPlan, Step
from acupwa.planner.move import Move, move_session
from acupwa.planner.outcome import outcome_of
from acupwa.planner.pause import pause_plan, resume_plan
from acupwa.planner.plan import PlannerState, now_of
from acupwa.planner.rest import counted_in
from acupwa.planner.safety import to_confirm, told_since
from acupwa.planner.stages import extend_plan, finish_plan, is_owed, replan_session, restart_plan, taper_plan
from acupwa.planner.undo import undo_last
from acupwa.sentences import say
from tests.mydata.test_any_plan import a_plan
from tests.support.plan_lives import ANSWERS, LIBRARY, OPEN, check_in
from tests.support.plan_steps import logged, stepped

FIRST = datetime(2026, 3, 2, 20, tzinfo=UTC)
WEEK, DAY = timedelta(weeks=1), timedelta(days=1)


def after(plan: SavedPlan, step: Any) -> SavedPlan:
    made = stepped(plan, step)
    assert isinstance(made, SavedPlan), made
    return made


def lived(plan: SavedPlan, *logs: Any) -> SavedPlan:
    """Noted in the evening of each day."""
    for number, log in enumerate(logs, 1):
        made = logged(plan, number, log, FIRST + (number - 1) * WEEK)
        assert isinstance(made, SavedPlan), made
        plan = made
    return plan


def days(plan: SavedPlan) -> list[str]:
    return [one.day.isoformat() for one in plan.standing]


def days_off(plan: SavedPlan, now: datetime, *off: date) -> SavedPlan:
    return after(plan, take_days_off(plan, now, days=off, library=LIBRARY))


def test_on_hold_it_is_not_decided_earlier():
    plan, now = lived(a_plan(), "went", "went", "went"), FIRST + 2 * WEEK
    held = after(plan, pause_plan(plan, now, reason="flare", guidance=LIBRARY.guidance))
    assert [(one.kind, one.after_session) for one in reviews_of_plan(held, LIBRARY.guidance)] == [("safety", 1)]


def test_days_off_lay_as_many_as_there_were_and_plan_no_missed_one_again():
    plan = lived(a_plan(), "went", "missed")
    freed = days_off(plan, FIRST + WEEK, date(2026, 3, 30))
    assert len(freed.standing) == 10
    assert is_owed(freed, 2)


def test_days_off_bring_no_session_forward():
    """The later ones were moved on by four weeks: they stay behind the day that is taken off."""
    plan, now = lived(a_plan(), "went", "went"), FIRST + WEEK
    move = Move(number=3, day=date(2026, 4, 13), time="09:00", rest=True, now=now_of(plan, now))
    plan = after(plan, move_session(plan, now, move=move, guidance=LIBRARY.guidance))
    freed = days_off(plan, now + DAY, date(2026, 4, 13))
    assert days(freed)[2] == "2026-04-20"
    assert len(freed.standing) == 10


def test_a_session_gone_to_after_all_takes_the_place_of_the_one_planned_again():
    plan = lived(a_plan(max_sessions="15"), "missed")
    again = after(plan, replan_session(plan, FIRST + DAY, number=1, entry=OPEN, library=LIBRARY))
    assert (len(again.standing), counted_in(again)) == (16, 15)
    gone_to = logged(again, 1, "went", FIRST + 2 * DAY)
    assert isinstance(gone_to, SavedPlan)
    assert (len(gone_to.standing), counted_in(gone_to)) == (15, 15)
    told = outcome_of("went", "1", gone_to)
    assert told
    assert told.why == (say("planner.done.counts_again"),)


@pytest.mark.parametrize("kind", ["taper", "days-off", "move", "resume"])
def test_a_taper_keeps_its_weeks(kind: str):
    plan, now = lived(a_plan(), *["went"] * 8), FIRST + 7 * WEEK
    plan = after(plan, taper_plan(plan, now, sessions=6, entry=OPEN, library=LIBRARY))
    first, second = (one.day for one in plan.standing[8:10])
    if kind == "days-off":
        plan = days_off(plan, now + DAY, second)
    if kind == "move":
        move = Move(number=9, day=first + 2 * DAY, time="09:00", rest=True, now=now_of(plan, now))
        plan = after(plan, move_session(plan, now, move=move, guidance=LIBRARY.guidance))
    if kind == "resume":
        plan = after(plan, pause_plan(plan, now + DAY, reason="flare", guidance=LIBRARY.guidance))
        plan = after(plan, resume_plan(plan, now + 3 * WEEK, day=date(2026, 5, 25), entry=OPEN, library=LIBRARY))
    tapered = [one.day for one in plan.standing[8:]]
    assert len(tapered) == 6
    apart = [(later - earlier).days // 7 for earlier, later in pairwise(tapered)]
    assert apart == sorted(apart)
    assert apart[-2:] == [3, 3]


@pytest.mark.parametrize("stage", ["taper", "extend"])
def test_no_more_than_the_money_pays_for(stage: str):
    plan = lived(a_plan(max_sessions="8", price="45", currency="GBP", max_money="400"), *["went"] * 8)
    now = FIRST + 7 * WEEK + DAY
    stages = {
        "taper": lambda plan: taper_plan(plan, now, sessions=1, entry=OPEN, library=LIBRARY),
        "extend": lambda plan: extend_plan(plan, now, more=1, entry=OPEN, library=LIBRARY),
    }
    assert stages[stage](plan) == "no-money"
    more = replace(plan, request=replace(plan.request, max_money=405.0))
    assert isinstance(stages[stage](more), Step)


def test_a_hold_asks_for_a_check_in_also_where_the_course_was_ended_meanwhile():
    plan, told = lived(a_plan()), check_in(ANSWERS, FIRST - 5 * DAY)
    note = SessionNote(log="went", told=True)
    plan = after(plan, log_session(plan, FIRST, number=1, note=note, pause="infection"))
    ended = after(plan, finish_plan(plan, FIRST + DAY, ended_as="stopped"))
    state = PlannerState(check_in=told, check_ins=(told,), plan=ended)
    assert to_confirm(state, FIRST + DAY)
    since = check_in(ANSWERS, FIRST + DAY)
    assert not to_confirm(replace(state, check_in=since, check_ins=(since, told)), FIRST + 2 * DAY)


def test_what_was_told_since_is_gone_through_before_a_short_course():
    """A precaution told after the course ended stands in the open check-in alone."""
    plan = lived(a_plan(max_sessions="4"), *["went"] * 4)
    told = check_in(ANSWERS, FIRST + 3 * WEEK)
    state = PlannerState(check_in=told, check_ins=(told,), plan=plan)
    now = FIRST + 3 * WEEK + DAY
    assert not to_confirm(state, now)
    draft = replace(check_in(replace(ANSWERS, precautions=(*ANSWERS.precautions, "pregnancy")), now), finished_at=None)
    assert to_confirm(replace(state, check_ins=(draft, told)), now)


def test_sessions_that_fell_away_come_back_within_a_day_alone():
    plan = lived(a_plan(), *["went"] * 8)
    now = FIRST + 7 * WEEK
    tapered = after(plan, taper_plan(plan, now, sessions=1, entry=OPEN, library=LIBRARY))
    assert undo_last(tapered, now + 20 * DAY) == "too-late"
    assert days(after(tapered, undo_last(tapered, now + DAY))) == days(plan)


def test_public_holidays_are_kept_free_in_a_short_course_a_year_later():
    plan = lived(a_plan(leave_out_holidays="yes", weekdays="fri", max_sessions="4"), *[])
    now = datetime(2026, 12, 1, 12, tzinfo=UTC)
    step = restart_plan(plan, now, sessions=6, day=date(2026, 12, 11), entry=OPEN, library=LIBRARY)
    assert isinstance(step, Step)
    laid = [one.day for one in step.laid]
    assert date(2026, 12, 25) not in laid
    assert date(2027, 1, 1) not in laid
    assert date(2026, 12, 18) in laid


def test_after_the_end_only_what_was_told_since_is_named():
    """Not what the open follow-up took over from the last one, such as a blood thinner of years."""
    plan = lived(a_plan(), "went")
    plan = after(plan, finish_plan(plan, FIRST + DAY, ended_as="stopped"))
    last = check_in(replace(ANSWERS, precautions=("anticoagulants",)), FIRST)
    told = replace(ANSWERS, precautions=("anticoagulants", "pregnancy"))
    draft = replace(check_in(told, FIRST + DAY), finished_at=None)
    state = PlannerState(check_in=last, check_ins=(draft, last), plan=plan)
    assert told_since(state) == {"pregnancy"}
    said = outcome_of("waits", "1", plan, LIBRARY, told_since(state))
    assert said
    assert [one.partition(":")[0] for one in said.why] == ["Pregnancy, or a possible one"]


def test_what_was_a_doubt_and_is_certain_now_was_told_since():
    nothing = replace(ANSWERS, precautions=())
    last = check_in(replace(nothing, unsure=("anticoagulants",)), FIRST)
    same = replace(check_in(last.answers, FIRST + DAY), finished_at=None)
    certain = replace(same, answers=replace(nothing, precautions=("anticoagulants",)))
    unsure_again = replace(same, answers=replace(nothing, unsure=("pregnancy",)))
    assert told_since(PlannerState(check_in=last, check_ins=(same, last))) == set()
    assert told_since(PlannerState(check_in=last, check_ins=(certain, last))) == {"anticoagulants"}
    assert told_since(PlannerState(check_in=last, check_ins=(unsure_again, last))) == {"pregnancy"}
    known = check_in(replace(nothing, precautions=("pregnancy",)), FIRST)
    assert told_since(PlannerState(check_in=known, check_ins=(unsure_again, known))) == set()


def test_so_far_and_in_all_are_told_of_the_same_part():
    plan, now = lived(a_plan(price="45", currency="GBP"), *["went"] * 8), FIRST + 7 * WEEK
    plan = after(plan, taper_plan(plan, now, sessions=3, entry=OPEN, library=LIBRARY))
    shown = course_view(course_of_plan(plan, LIBRARY.guidance), plan.request, LIBRARY, states_of(plan, now))
    assert shown.sums.startswith("0 of 3 sessions")
    assert shown.sums.endswith("£0 of £135")
    assert shown.figures[0].detail == "in 4 weeks"
