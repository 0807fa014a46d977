"""The form of a plan, read: what is typed, and what to do about it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from acupwa.library.model import Library
from acupwa.planner.model import AskedPlan
from acupwa.planner.plan_fields import posted_values
from acupwa.planner.plan_reading import read_plan_form
from acupwa.quiz.model import Answers
from acupwa.web.forms import FieldError, FormData
from tests.support.people import plan_fields

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
ANSWERS = Answers(age_band="40-64", country="GB", conditions=("ra",), main_symptom="pain")


def read(library: Library, **changes: Any) -> AskedPlan | tuple[FieldError, ...]:
    return read_plan_form(posted_values(FormData.of(plan_fields(**changes))), ANSWERS, library, NOW)


def asked(library: Library, **changes: Any) -> AskedPlan:
    found = read(library, **changes)
    assert isinstance(found, AskedPlan), found
    return found


def faults(library: Library, **changes: Any) -> list[str]:
    found = read(library, **changes)
    assert isinstance(found, tuple)
    return [error.field for error in found]


def test_empty_numbers_are_those_of_the_guidance(library: Library):
    request = asked(library, per_week="", max_sessions="", minutes="", travel_minutes="", price="", currency="").request
    assert (request.per_week, request.max_sessions, request.minutes, request.travel_minutes) == (1, 10, 30, 0)
    assert (request.price, request.currency) == (None, None)


def test_times_and_prices_are_read_as_people_write_them(library: Library):
    request = asked(library, time="9.30", price="1 037,50").request
    assert (request.time, request.price) == ("09:30", 1037.5)


def test_every_field_at_fault_is_named_in_the_order_of_the_form(library: Library):
    everything = {
        "first_day": "soon", "weekdays": [], "time": "late", "time_zone": "No/Where", "per_week": "3",
        "max_sessions": "16", "minutes": "4", "travel_minutes": "601", "price": "much", "currency": "ZZZ",
        "off_from.0": "2027-01-02", "off_to.0": "2027-01-01", "off_from.2": "x",
    }  # fmt: skip
    assert faults(library, **everything) == [name for name in everything if not name.startswith("off_to")]


@pytest.mark.parametrize("day", ["2026-11-22", "2027-11-25", "2026-02-30", "20261130", ""])
def test_a_first_day_is_within_a_year_from_today(library: Library, day: str):
    assert faults(library, first_day=day) == ["first_day"]


def test_days_off_are_rows_and_single_days(library: Library):
    rows = {"off_from.1": "2026-12-10", "off_to.1": "2026-12-12", "off_from.3": "2026-12-20"}
    found = asked(library, days_off=["2027-01-02"], **rows)
    days = ["2026-12-10", "2026-12-11", "2026-12-12", "2026-12-20", "2027-01-02"]
    assert [day.isoformat() for day in found.own_days_off] == days
    assert found.request.days_off == found.own_days_off


def test_public_holidays_are_kept_apart_from_ones_own(library: Library):
    found = asked(library, leave_out_holidays="yes")
    assert (found.own_days_off, found.country) == ((), "GB")
    assert date(2026, 12, 25) in found.request.days_off


def test_a_broken_single_day_is_told_at_a_field_that_is_there(library: Library):
    assert faults(library, days_off=["soon"]) == ["off_from.0"]
