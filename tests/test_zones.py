"""Whose day it is: over all zones, at all hours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from acupwa import zones

ZONES = sorted(zones.zone_names())
moments = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - its ends are naive


class Inner(msgspec.Struct, frozen=True):
    at: datetime
    words: tuple[str, ...] = ()


class Outer(msgspec.Struct, frozen=True):
    at: datetime | None
    many: tuple[Inner, ...] = ()
    one: Inner | None = None
    number: int = 3


@given(zone=st.sampled_from(ZONES), moment=moments)
def test_a_day_is_the_one_on_the_wall_there(zone, moment):
    assert zones.day_in(zone, moment).isoformat() == moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d")


@given(zone=st.sampled_from(ZONES), moment=moments)
def test_a_day_is_at_most_one_off_from_greenwich(zone, moment):
    assert abs((zones.day_in(zone, moment) - moment.date()).days) <= 1


@given(zone=st.sampled_from(ZONES), moment=moments, hours=st.integers(0, 24 * 60))
def test_days_between_are_nights_whatever_the_clocks_do(zone, moment, hours):
    earlier, later = zones.in_zone(moment, zone), zones.in_zone(moment + timedelta(hours=hours), zone)

    nights = zones.days_between(earlier, later)

    assert nights == (later.date() - earlier.date()).days
    assert nights - 1 <= hours / 24 + 2 / 24
    assert hours / 24 - 2 / 24 <= nights + 1


@given(zone=st.sampled_from(ZONES), moment=moments)
def test_every_moment_inside_is_put_on_the_clocks_of_the_zone_and_stays_the_same_moment(zone, moment):
    value = Outer(moment, (Inner(moment, ("a",)), Inner(moment)), Inner(moment))

    local = zones.localised(value, zone)

    assert local == value
    assert {str(one.tzinfo) for one in (local.at, local.many[1].at, local.one.at)} == {zone}


@pytest.mark.parametrize("value", [None, (), Outer(None), "2026-11-28", 7])
def test_what_holds_no_moment_stays_as_it_is(value):
    assert zones.localised(value, "Pacific/Auckland") is value


@pytest.mark.parametrize("name", ["", None, "Mars/Phobos", "localtime", "../etc/passwd", "Europe", "x" * 300, "utc\0"])
def test_a_name_that_no_clock_knows_is_none(name):
    assert zones.known_zone(name) is None


@pytest.mark.parametrize("name", ["Asia/Calcutta", "Europe/Kiev", "UTC", "America/Argentina/Ushuaia"])
def test_older_names_are_known(name):
    assert zones.known_zone(name) == name


def test_a_country_with_one_zone_gives_it_and_others_none():
    assert zones.only_zone_of("GB") == "Europe/London"
    assert zones.only_zone_of("US") is None
    assert zones.only_zone_of(None) is None
