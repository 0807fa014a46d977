"""Whose day it is: told by the phone with a press, by the plan, or by a country that has but one zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.support.people import finish_check_in, follow_up, plan_fields


def zone_kept(client):
    return client.get("/me/export.json").json()["person"]["time_zone"]


def start(client, **fields):
    client.get("/quiz")
    return client.post("/quiz", {"start": "1", **fields})


def test_a_press_of_start_brings_the_phone_s_zone(client):
    assert start(client, time_zone="Pacific/Honolulu").status_code == 303
    assert zone_kept(client) == "Pacific/Honolulu"


@pytest.mark.parametrize("zone", ["", "Mars/Phobos", "../../etc/passwd", "x" * 300])
def test_a_zone_that_no_clock_knows_is_passed_over(client, zone):
    assert start(client, time_zone=zone).status_code == 303
    assert zone_kept(client) is None


def test_without_a_phone_s_word_a_country_with_one_zone_tells(client):
    finish_check_in(client, country="JP")
    assert zone_kept(client) == "Asia/Tokyo"


def test_a_country_with_many_zones_tells_none(client):
    finish_check_in(client, country="US")
    assert zone_kept(client) is None


def test_a_country_does_not_overrule_the_phone(client):
    finish_check_in(client, country="JP", time_zone="Europe/Berlin")
    assert zone_kept(client) == "Europe/Berlin"


def test_the_plan_s_zone_holds_from_then_on(client):
    finish_check_in(client)
    client.post("/plan", plan_fields(time_zone="Asia/Calcutta"))
    assert zone_kept(client) == "Asia/Calcutta"


def test_a_follow_up_from_a_journey_brings_the_new_zone(client, clock):
    finish_check_in(client)
    clock.now += timedelta(days=10)
    answer = client.post("/quiz", {"variant": "follow-up", "time_zone": "America/Lima"})
    assert answer.status_code == 303
    assert zone_kept(client) == "America/Lima"


@pytest.mark.parametrize(("hour", "asked"), [(10, True), (8, False)])
def test_phq_4_is_asked_after_four_weeks_of_nights_where_the_person_is(client, clock, hour, asked):
    clock.now = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)  # 31 October, 23:00, in Honolulu
    mood = {f"instruments.phq4.{number}": "1" for number in range(1, 5)}
    finish_check_in(client, time_zone="Pacific/Honolulu", **mood)
    clock.now = datetime(2026, 11, 28, hour, 30, tzinfo=UTC)  # before and after midnight of 27 November there
    first = client.post("/quiz", {"variant": "follow-up", "time_zone": "Pacific/Honolulu"})

    page = client.follow(first).text

    assert 'name="instruments.peg.1"' in page, "the numbers are asked on this page"
    assert ('name="instruments.phq4.1"' in page) is asked


def test_the_week_between_two_check_ins_is_counted_in_nights(client, clock):
    """Monday morning and Monday a week later, an hour earlier: a week, although an hour short of seven days."""
    clock.now = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
    finish_check_in(client)
    clock.now = datetime(2026, 11, 9, 9, 0, tzinfo=UTC)
    follow_up(client)

    page = client.get("/progress").text

    assert "Too early to compare: less than" not in page


@pytest.mark.browser
def test_a_phone_in_honolulu_says_so_with_its_button(browser, shared_server):
    context = browser.new_context(base_url=shared_server.url, timezone_id="Pacific/Honolulu", service_workers="block")
    page = context.new_page()
    page.goto("/quiz")
    expect(page.locator("main [name=time_zone]")).to_have_value("Pacific/Honolulu")
    with page.expect_navigation():
        page.locator("main form button").first.click()
    assert context.request.get("/me/export.json").json()["person"]["time_zone"] == "Pacific/Honolulu"
    context.close()
