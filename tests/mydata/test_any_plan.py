"""Whatever a person does with a plan, their file of it is taken; what they cannot have done is refused by its name."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from acupwa.mydata.export_format import Export, to_json
from acupwa.mydata.import_file import ImportFile, ImportRefused, read_import_file
from acupwa.person.model import Person
from acupwa.planner.after_session import AfterSession, with_also
from acupwa.planner.log import SessionNote, log_session
from acupwa.planner.model import Course, SavedPlan, Step
from acupwa.planner.plan import PlannerState
from acupwa.planner.plan_fields import posted_values
from acupwa.planner.preview import PlanPreview, preview_form
from acupwa.planner.stages import finish_plan, restart_plan
from acupwa.web.forms import FormData
from tests.planner.test_stages import after, done, made, over
from tests.support.people import plan_fields
from tests.support.plan_lives import ANSWERS, LIBRARY, OPEN, START, check_in, lives, new_plans, times
from tests.support.plan_steps import ID, kept, stepped


def file_of(plan: Any, now: datetime) -> ImportFile | ImportRefused:
    export = Export(
        exported_at=now, person=Person(id=ID, created_at=START), devices=(), codes=(), consents=(), check_ins=(),
        plan=plan, reading_list=None,
    )  # fmt: skip
    return read_import_file(to_json(export), now, LIBRARY)


def test_a_plan_of_many_short_courses_goes_in():
    """Numbers never end: after fifteen of them there are more than a hundred sessions."""
    plan, now = over(10)
    for _course in range(16):
        step = restart_plan(plan, now, sessions=6, day=now.date(), entry=OPEN, library=LIBRARY)
        plan = done(stepped(plan, step))
        now += timedelta(days=60)
        plan = done(stepped(plan, finish_plan(plan, now)))
    assert len(plan.sessions) > 100
    file = file_of(plan, now)
    assert isinstance(file, ImportFile), file
    assert file.plan == plan


def test_all_reasons_of_a_pause_go_in():
    plan, now = made(), after(1)
    said = AfterSession(pauses=("infection", "pregnancy"))
    step = log_session(plan, now, number=1, note=SessionNote(log="went", told=True), pause="infection")
    assert isinstance(step, Step)
    plan = done(stepped(plan, with_also(step, said)))
    file = file_of(plan, now)
    assert isinstance(file, ImportFile), file
    assert file.plan == plan


@given(lives())
@settings(max_examples=300)
def test_a_plan_goes_in_after_any_changes_that_the_app_makes(life):
    plan, now = life

    file = file_of(plan, now)

    assert isinstance(file, ImportFile), file
    assert file.plan == plan


# ------------------------------------------------------------------ what nobody can have done


def refused(plan: Any, now: datetime = START) -> str:
    found = file_of(plan, now)
    assert isinstance(found, ImportRefused), plan
    return found.place


def older(plan: SavedPlan) -> SavedPlan:
    """As it was kept before plans had steps."""
    return replace(plan, steps=())


def with_session(plan: SavedPlan, place: int, **changes: Any) -> SavedPlan:
    sessions = list(plan.sessions)
    sessions[place] = replace(sessions[place], **changes)
    return replace(plan, sessions=tuple(sessions))


@given(plan=new_plans(), data=st.data())
def test_a_session_has_no_other_day_time_or_length_than_the_planner_gave_it(plan, data):
    place = data.draw(st.integers(0, len(plan.sessions) - 1))
    one = plan.sessions[place]
    days = st.integers(-40, 40).filter(bool).map(lambda n: {"day": one.day + timedelta(days=n)})
    clocks = times.filter(lambda time: time != one.time).map(lambda time: {"time": time})
    minutes = st.sampled_from([0, 5, 41, 241]).map(lambda n: {"minutes": n})
    phase = "course" if one.phase == "extension" else "extension"
    flags = st.sampled_from(
        [{"phase": phase}, {"moved": True}, {"sequence": -1}, {"sequence": 10_001}, {"log": "went"}, {"logged_at": START}, {"left_open": START},
         {"log": "went", "logged_at": START - timedelta(days=1)}, {"log": "missed", "logged_at": START + timedelta(days=400)}]
    )  # fmt: skip
    change = data.draw(days | clocks | minutes | flags)

    assert refused(with_session(plan, place, **change)).startswith("plan.visits")


@given(plan=new_plans(), data=st.data())
def test_no_session_is_left_out_or_added_by_hand(plan, data):
    more = replace(plan.sessions[-1], number=len(plan.sessions) + 1, day=plan.sessions[-1].day + timedelta(days=7))

    assert refused(replace(plan, sessions=(*plan.sessions, more))).startswith("plan.visits")
    if len(plan.sessions) > 1:
        assert refused(replace(plan, sessions=plan.sessions[:-1])) == "plan.visits"
        last = len(plan.sessions) - 1
        assert refused(with_session(plan, last, cancelled=True)).startswith("plan.visits")
        assert refused(with_session(plan, last, cancelled=True, sequence=1)) == "plan.visits"


def a_plan(now: datetime = START, **fields: Any) -> SavedPlan:
    """Ten Mondays in London from the first of March on; the clocks go forward on Sunday 29 March 2026."""
    posted = FormData.of(plan_fields(first_day="2026-03-02", **fields))
    found = preview_form(posted_values(posted), PlannerState(check_in=check_in(ANSWERS, START)), LIBRARY, now)
    assert isinstance(found, PlanPreview)
    assert isinstance(found.made, Course)
    return kept(found.asked, found.made, None, now, LIBRARY)


OFF = {"off_from.0": "2026-03-11", "off_to.0": "2026-03-12"}


@pytest.mark.parametrize(
    ("place", "changes", "at_fault"),
    [
        (1, {"day": date(2026, 3, 11)}, "plan.visits[1].day"),  # a day off
        (4, {"day": date(2026, 3, 29), "time": "01:30"}, "plan.visits[4].time"),  # the clocks skip it
        (0, {"day": date(2026, 2, 18)}, "plan.visits[0].day"),  # before the plan was made
        (9, {"day": date(2028, 9, 4)}, "plan.visits[9].day"),  # later than any form takes
        (1, {"day": date(2026, 3, 15)}, "plan.visits"),  # a day before the next
    ],
)
def test_a_move_too_has_its_bounds(place, changes, at_fault):
    plan = older(replace(a_plan(**OFF), updated_at=START + timedelta(hours=1)))
    later = START + timedelta(days=1)
    assert isinstance(file_of(with_session(plan, 1, day=date(2026, 3, 10), moved=True, sequence=1), later), ImportFile)

    assert refused(with_session(plan, place, moved=True, sequence=1, **changes), later) == at_fault


REQUESTS: list[tuple[dict[str, Any], str]] = [
    ({"weekdays": ("thu", "mon")}, "weekdays"),
    ({"weekdays": ("tue",)}, "steps"),
    ({"first_day": date(2026, 3, 3)}, "steps"),
    ({"first_day": date(2026, 2, 18)}, "request.first_day"),
    ({"first_day": date(2028, 1, 1)}, "request.first_day"),
    ({"time": "10:00"}, "steps"),
    ({"minutes": 30}, "steps"),
    ({"max_sessions": 9}, "steps"),
    ({"every_weeks": 2}, "steps"),
    ({"every_weeks": 2, "per_week": 2}, "request.every_weeks"),
    ({"every_weeks": 2, "max_sessions": 11}, "request.every_weeks"),
    ({"max_sessions": 11}, "steps"),
    ({"currency": None}, "request.currency"),
    ({"currency": "XXX"}, "request.currency"),
    ({"currency": "XAU"}, "request.currency"),
    ({"currency": "DEM"}, "request.currency"),
    ({"price": 12.345}, "request.price"),
    ({"price": -0.0}, "request.price"),
    ({"price": 1e8}, "request.price"),
    ({"age_band": None}, "request.age_band"),
    ({"age_band": "under-16"}, "request.age_band"),
    ({"precautions": ("anticoagulants",)}, "request.precautions"),
    ({"precautions": ("children", "severe-bleeding-disorder")}, "request.precautions"),
    ({"precautions": ("children", "pregnancy", "acitretin")}, "request.precautions"),
    ({"conditions": ("none-yet",)}, "request.conditions"),
    ({"conditions": ("psoriasis",), "main_symptom": "itch"}, "request.main_symptom"),
    ({"red_flags": ("old-sign",)}, "request.red_flags"),
    ({"days_off": (date(2026, 5, 25),)}, "request.days_off"),
    ({"days_off": (date(2026, 3, 9),)}, "request.days_off"),
]


@pytest.mark.parametrize(("changes", "at_fault"), REQUESTS)
def test_a_plan_is_that_of_its_request(changes, at_fault):
    plan = a_plan()
    at_fault = "request.weekdays" if at_fault == "weekdays" else at_fault

    assert refused(replace(plan, request=replace(plan.request, **changes))) == f"plan.{at_fault}"


def test_days_off_are_those_of_the_form():
    plan = a_plan()
    off = (date(2026, 5, 25),)

    assert refused(replace(plan, own_days_off=off)) == "plan.own_days_off"
    days = (date(2026, 3, 4), date(2027, 3, 4))
    assert refused(replace(plan, country="GB", request=replace(plan.request, days_off=days))) == "plan.request.days_off"


def test_as_many_days_off_as_the_form_has_room_for():
    rows: dict[str, str] = {}
    for row in range(12):
        first = date(2027, 1, 1) + timedelta(days=row * 202)
        rows |= {f"off_from.{row}": first.isoformat(), f"off_to.{row}": (first + timedelta(days=200)).isoformat()}
    plan = a_plan(leave_out_holidays="yes", **rows)

    assert len(plan.request.days_off) > 2_412
    assert isinstance(file_of(plan, START), ImportFile)


def test_money_that_is_no_longer_used_is_taken_from_when_it_was():
    """Croatia paid with HRK to January 2023."""
    plan = a_plan()
    old = replace(plan.request, currency="HRK")

    assert refused(replace(plan, request=old)) == "plan.request.currency"
    ago = START.replace(year=2022)
    days = [one.day - timedelta(days=364 * 4) for one in plan.sessions]
    sessions = tuple(replace(one, day=day) for one, day in zip(plan.sessions, days, strict=True))
    then = replace(
        plan, created_at=ago, updated_at=ago, request=replace(old, first_day=days[0]), sessions=sessions, steps=(),
    )  # fmt: skip
    found = file_of(then, START)
    assert isinstance(found, ImportFile), found
