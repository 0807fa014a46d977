"""A day of the planner is the day where the sessions are: of every zone, at every hour."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acupwa.planner.course import make_course
from acupwa.planner.model import AskedPlan, Course
from acupwa.planner.plan import sessions_over, today_of
from acupwa.planner.plan_fields import posted_values
from acupwa.planner.plan_reading import read_plan_form
from acupwa.quiz.model import Answers
from acupwa.web.forms import FormData
from acupwa.zones import day_in, zone_names
from tests.support.people import finish_check_in, plan_fields
from tests.support.plan_steps import kept

ANSWERS = Answers(conditions=("ra",), age_band="40-64")
ZONES = sorted(zone_names())
HOURS = [datetime(2026, 11, 28, hour, 30, tzinfo=UTC) for hour in range(24)]
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001 - its ends are naive


def read(library, zone, first_day, now):
    fields = plan_fields(time_zone=zone, first_day=first_day.isoformat())
    return read_plan_form(posted_values(FormData.of(fields)), ANSWERS, library, now)


def fields_at_fault(found):
    return [fault.field for fault in found] if isinstance(found, tuple) else []


def test_today_can_be_the_first_day_and_yesterday_cannot_in_every_zone_at_every_hour(library):
    assert len(ZONES) > 400
    for zone in ZONES:
        for now in HOURS:
            today = now.astimezone(ZoneInfo(zone)).date()

            assert isinstance(read(library, zone, today, now), AskedPlan), (zone, now)
            assert fields_at_fault(read(library, zone, today - timedelta(days=1), now)) == ["first_day"], (zone, now)


def plan_in(library, zone, first_day, now):
    asked = read(library, zone, first_day, now)
    assert isinstance(asked, AskedPlan)
    course = make_course(asked.request, library)
    assert isinstance(course, Course)
    return kept(asked, course, None, now, library)


@given(zone=st.sampled_from(ZONES), now=moments, later=st.integers(0, 24 * 90))
def test_a_session_is_over_from_the_local_midnight_after_it(library, zone, now, later):
    plan = plan_in(library, zone, day_in(zone, now), now)
    then = now + timedelta(hours=later)

    over = sessions_over(plan, then)

    midnight = datetime.combine(today_of(plan, then), time(), tzinfo=ZoneInfo(zone))
    assert all(session.start < midnight for session in over)
    assert all(
        session.local.date() >= midnight.date()
        for session in sessions_over(plan, then + timedelta(days=400))[len(over) :]
    )


# ------------------------------------------------------------------ on the real pages


def have_plan(client, **changes):
    saved = client.post("/plan", plan_fields(**changes))
    assert saved.status_code == 303, saved.text[:1500]


def test_in_honolulu_tonight_s_session_is_not_over_and_can_be_put_an_hour_later(client, clock):
    clock.now = datetime(2026, 11, 29, 3, 0, tzinfo=UTC)  # 28 November, 17:00, in Honolulu
    finish_check_in(client)
    have_plan(client, time_zone="Pacific/Honolulu", first_day="2026-11-28", weekdays=["sat"], time="19:00")

    page = client.get("/plan").text
    assert "Session 1 of 10" in page

    moved = client.post("/plan/sessions/1/move", {"day": "2026-11-28", "time": "20:00", "which": "this"})
    assert moved.status_code == 303, moved.text[:1500]
    assert "20:00" in client.get("/plan").text


def test_in_auckland_yesterday_is_past_although_it_is_today_in_greenwich(client, clock):
    clock.now = datetime(2026, 11, 28, 20, 0, tzinfo=UTC)  # 29 November, 09:00, in Auckland
    finish_check_in(client)

    refused = client.post("/plan", plan_fields(time_zone="Pacific/Auckland", first_day="2026-11-28"))

    assert refused.status_code == 422
    assert "Choose today or a later day" in refused.text


def test_changing_the_plan_in_the_evening_leaves_tonight_s_session_open(client, clock):
    clock.now = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
    finish_check_in(client)
    have_plan(client, time_zone="America/Los_Angeles", first_day="2026-11-28", weekdays=["sat"], time="19:00")
    clock.now = datetime(2026, 11, 29, 2, 30, tzinfo=UTC)  # Saturday 28 November, 18:30

    form = client.get("/plan/change").text

    assert 'value="2026-11-28"' in form
    assert "session is in the past and stays" not in form


@pytest.mark.parametrize(
    ("zone", "day"), [("Pacific/Honolulu", "28 November 2026"), ("Pacific/Auckland", "29 November 2026")]
)
def test_the_summary_names_the_day_where_the_person_is(client, clock, zone, day):
    clock.now = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
    finish_check_in(client)
    have_plan(client, time_zone=zone)
    clock.now = datetime(2026, 11, 29, 3, 0, tzinfo=UTC)
    check_in = finish_check_in(client)

    assert f"Answered on {day}." in client.get(f"/results/{check_in}").text
    assert f"Answered on {day}." in client.get(f"/results/{check_in}.txt").text
    iso = date.fromisoformat(f"2026-11-{day[:2]}").isoformat()
    assert f"\n{iso};{check_in}" in client.get("/me/export.csv").text.replace(",", ";").replace('"', "")
    assert f"Check-in of {day}" in client.get("/me").text
