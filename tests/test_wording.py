"""Words for people."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from acupwa import wording
from acupwa.wording import date_words, money_words, short_date_words, span_words, time_words, weekday_date_words


@pytest.mark.parametrize(
    ("days", "words"), [(1, "1 day"), (30, "30 days"), (365, "1 year"), (730, "2 years"), (400, "400 days")]
)
def test_a_span_is_told_in_whole_years_where_they_fit(days, words):
    assert span_words(days) == words


@pytest.fixture
def country(request):
    wording.set_country(request.param)
    yield request.param
    wording.set_country(None)


@pytest.mark.parametrize(
    ("country", "day", "weekday", "short", "clock", "money"),
    [
        (None, "4 January 2027", "Monday 4 January 2027", "4 Jan", "14:05", "€45"),
        ("GB", "4 January 2027", "Monday 4 January 2027", "4 Jan", "14:05", "€45"),
        ("US", "January 4, 2027", "Monday, January 4, 2027", "Jan 4", "2:05\u202fPM", "€45"),
        ("DE", "4 January 2027", "Monday 4 January 2027", "4 Jan", "14:05", "45\xa0€"),
        ("JP", "4 January 2027", "Monday 4 January 2027", "4 Jan", "14:05", "€45"),
    ],
    indirect=["country"],
)
def test_dates_clock_and_money_are_written_as_in_the_country(country, day, weekday, short, clock, money):
    monday = date(2027, 1, 4)

    assert date_words(monday) == day
    assert weekday_date_words(monday) == weekday
    assert short_date_words(monday) == short
    assert short_date_words(monday, year=True).endswith("2027")
    assert time_words(datetime(2027, 1, 4, 14, 5, tzinfo=UTC)) == clock
    assert money_words(45, "EUR") == money


def test_money_has_decimals_only_where_they_say_something():
    assert money_words(37.5, "GBP") == "£37.50"
    assert money_words(1450, "GBP") == "£1,450"
    assert money_words(4500, "JPY") == "JP¥4,500"
    assert money_words(12.345, "KWD") == "KWD12.345"
