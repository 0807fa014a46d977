"""A fair test of one's own: two check-ins with the main number, a week apart, before session 1."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acupwa.planner.fair_start import NEAR, WEEK, fair_start, fair_words
from acupwa.planner.main_problem import own_numbers
from tests.planner.test_main_problem import answered, plan  # noqa: F401 - a fixture
from tests.support.plan_lives import LIBRARY, START

# Friday 20 February 2026, and session 1 twelve days later.
BEGINS = START + timedelta(days=12)


def start(*days: int, now: int = 0, begins: datetime = BEGINS) -> Any:
    return fair_start([answered(7, day) for day in days], begins, START + timedelta(days=now), LIBRARY)


@pytest.mark.parametrize(
    ("days", "now", "numbers", "apart", "another"),
    [
        ([0], 0, 1, 0, 7),
        ([0], 9, 1, 0, 9),
        ([0], 12, 1, 0, None),
        ([0, 7], 7, 2, 7, None),
        ([0, 3], 3, 2, 3, 10),
        ([5], 5, 1, 0, None),
        ([4], 4, 1, 0, 11),
        ([], 0, 0, 0, None),
        ([0, 14], 14, 1, 0, None),
    ],
)
def test_another_is_asked_for_where_there_is_time(
    days: list[int], now: int, numbers: int, apart: int, another: int | None
):
    found = start(*days, now=now)
    day = None if another is None else (START + timedelta(days=another)).date()
    assert (found.numbers, found.days_apart, found.another_from) == (numbers, apart, day)
    assert bool(fair_words(found, BEGINS)) == (another is not None)


def test_a_check_in_without_the_number_is_none():
    check_ins = [answered(7, 0), answered(None, 7)]
    assert fair_start(check_ins, BEGINS, START + timedelta(days=7), LIBRARY).numbers == 1


@given(st.lists(st.integers(-60, 40), max_size=6), st.integers(-60, 40), st.integers(-20, 40))
def test_what_is_asked_for_is_fair_and_possible(days: list[int], now: int, begins: int):
    at = START + timedelta(days=begins, hours=3)
    found = start(*days, now=now, begins=at)
    told = [START + timedelta(days=day) for day in days]
    before = [one for one in told if at - NEAR <= one < at]
    assert found.numbers == len(before)
    if found.another_from:
        assert max(before).date() + WEEK <= found.another_from < at.date()
        assert found.another_from >= (START + timedelta(days=now)).date()
        assert found.days_apart < WEEK.days


def test_both_starting_numbers_are_known_and_the_last_one_is_compared(plan: Any):  # noqa: F811
    own = own_numbers([answered(9, 0), answered(8, 8), answered(5, 60)], plan, LIBRARY)
    assert own is not None
    assert (own.earlier, own.before, own.now) == (9, 8, 5)
    near = own_numbers([answered(9, 4), answered(8, 8), answered(5, 60)], plan, LIBRARY)
    assert near is not None
    assert (near.earlier, near.before) == (None, 8)
