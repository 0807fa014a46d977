"""What `acupwa plan` refuses, and how it says so."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acupwa.library.model import Library
from acupwa.planner.request_file import run_plan
from tests.support.plan_requests import faults_of, planned, request_fields


@pytest.mark.parametrize("key", ["conditions", "first_day", "weekdays", "time", "time_zone"])
def test_what_is_required(library: Library, key: str):
    assert faults_of(library, **{key: ...}) == [f"{key}: is required"]


def test_a_limit_needs_the_price_of_a_session(library: Library):
    assert faults_of(library, max_money=450, price=...) == ["max_money: can stand only beside a price"]
    assert faults_of(library, max_money=44) == ["max_money: must be the price of one session or more"]


def test_all_else_may_be_left_out(library: Library):
    optional = ("main_symptom", "per_week", "max_sessions", "minutes", "price", "currency", "travel_minutes")
    plan = planned(library, **dict.fromkeys(optional, ...))
    assert plan["made"]
    assert len(plan["sessions"]) == 10


@pytest.mark.parametrize(
    ("key", "value", "place"),
    [
        ("per_week", 0, "per_week"),
        ("per_week", 3, "per_week"),
        ("per_week", 1.0, "per_week"),
        ("per_week", True, "per_week"),
        ("per_week", "1", "per_week"),
        ("every_weeks", 0, "every_weeks"),
        ("every_weeks", 3, "every_weeks"),
        ("every_weeks", "2", "every_weeks"),
        ("every_weeks", None, "every_weeks"),
        ("max_sessions", 0, "max_sessions"),
        ("max_sessions", 16, "max_sessions"),
        ("max_sessions", None, "max_sessions"),
        ("minutes", 0, "minutes"),
        ("travel_minutes", -1, "travel_minutes"),
        ("price", -1, "price"),
        ("price", "45", "price"),
        ("price", True, "price"),
        ("max_money", -1, "max_money"),
        ("max_money", "450", "max_money"),
        ("max_money", None, "max_money"),
        ("max_money", 44.99, "max_money"),
        ("max_money", 1_000_000_001, "max_money"),
        ("currency", "ZZZ", "currency"),
        ("currency", "gbp", "currency"),
        ("time", "9:00", "time"),
        ("time", "24:00", "time"),
        ("time", "09:00:00", "time"),
        ("time", "٠٩:٠٠", "time"),
        ("time", 900, "time"),
        ("time_zone", "Europe/Atlantis", "time_zone"),
        ("time_zone", "../../etc/passwd", "time_zone"),
        ("time_zone", "", "time_zone"),
        ("first_day", "2027-02-30", "first_day"),
        ("first_day", "20270104", "first_day"),
        ("first_day", "2027-W01-1", "first_day"),
        ("first_day", "0001-01-01", "first_day"),
        ("first_day", "9999-12-31", "first_day"),
        ("first_day", None, "first_day"),
        ("weekdays", [], "weekdays"),
        ("weekdays", "mon", "weekdays"),
        ("weekdays", ["monday"], "weekdays[0]"),
        ("weekdays", ["mon", 2], "weekdays[1]"),
        ("days_off", ["2027-01-18", "soon"], "days_off[1]"),
        ("days_off", "2027-01-18", "days_off"),
        ("conditions", [], "conditions"),
        ("conditions", ["ra", "gout"], "conditions[1]"),
        ("conditions", ["none-yet", "ra"], "conditions"),
        ("red_flags", ["none"], "red_flags[0]"),
        ("precautions", [None], "precautions[0]"),
        ("age_band", "40", "age_band"),
        ("main_symptom", "mood", "main_symptom"),
        ("surprise", 1, "surprise"),
    ],
)
def test_a_fault_names_its_place(library: Library, key: str, value: object, place: str):
    [fault] = faults_of(library, **{key: value})
    assert fault.startswith(f"{place}: ")
    assert fault.isascii()


@pytest.mark.parametrize("fields", [{"per_week": 2}, {"max_sessions": 11}, {"per_week": 2, "max_sessions": 15}])
def test_once_every_two_weeks_goes_with_one_a_week_and_ten_at_most(library: Library, fields: dict):
    [fault] = faults_of(library, every_weeks=2, **fields)
    assert fault == "every_weeks: can be 2 only with per_week 1 and max_sessions 10 or fewer"


def test_once_every_two_weeks_needs_no_more_than_its_name(library: Library):
    assert len(planned(library, every_weeks=2, per_week=..., max_sessions=...)["sessions"]) == 10


def test_every_fault_is_told_at_once(library: Library):
    faults = faults_of(library, per_week=9, time="late", weekdays=["x"])
    assert [fault.split(":")[0] for fault in faults] == ["weekdays[0]", "time", "per_week"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"time": "09:00", "time": "10:00"}',
        b'{"price": NaN}',
        b'{"price": Infinity}',
        b'{"price": 1e999}',
        b'{"time": "\\ud800"}',
        b'{"a": "' + b"x" * 256 * 1024 + b'"}',
        b"[" * 100_000,
    ],
)
def test_broken_input_is_refused_in_lines(library: Library, data: bytes):
    faults = faults_of(library, data)
    assert faults
    assert all("\n" not in fault and ": " in fault for fault in faults)


def test_no_calendar_is_written_when_no_plan_is_made(library: Library):
    data = json.dumps(request_fields(red_flags=["septic-joint"])).encode()
    code, text, faults = run_plan(data, library, format="ics")
    assert (code, text) == (1, "")
    assert faults == ["red_flags: no plan is made, so there is no calendar (septic-joint)"]


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


KEYS = [*request_fields(), "every_weeks", "days_off", "age_band", "red_flags", "precautions"]


@given(key=st.sampled_from(KEYS), value=anything)
def test_whatever_is_sent_the_answer_is_a_plan_or_lines_of_faults(library: Library, key: str, value: object):
    data = json.dumps(request_fields(**{key: value})).encode()
    code, text, faults = run_plan(data, library)
    assert (code == 0) is bool(text) is not bool(faults)
    assert code in (0, 1)
