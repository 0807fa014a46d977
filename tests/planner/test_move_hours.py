"""A session goes to a moment that is still to come, on the clocks where it is; else it is refused beside the field."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acupwa.library.model import Library
from acupwa.planner.course import clock_time, moment
from acupwa.planner.move import Move, earliest_day, move_session
from acupwa.planner.plan import now_of
from acupwa.zones import zone_names
from tests.planner.test_zones import moments, plan_in
from tests.support.people import finish_check_in, plan_fields


def have_plan(client: Any, **changes: Any) -> None:
    finish_check_in(client)
    assert client.post("/plan", plan_fields(**changes)).status_code == 303


def beside(text: str, field: str) -> str:
    _before, found, after = text.partition(f'id="f-{field}-error"')
    return after[: after.index("</p>")] if found else ""


def moved(client: Any, day: str, time: str, which: str = "this") -> Any:
    return client.post("/plan/sessions/1/move", {"day": day, "time": time, "which": which})


@pytest.mark.parametrize(
    ("zone", "now"),
    [
        ("Europe/London", "2026-11-23T15:30:00+00:00"),
        ("Pacific/Honolulu", "2026-11-24T01:30:00+00:00"),
        ("Pacific/Auckland", "2026-11-23T02:30:00+00:00"),
    ],
)
@pytest.mark.parametrize("which", ["this", "rest"])
def test_an_hour_of_today_that_is_over_is_refused_beside_the_time(client, clock, zone, now, which):
    clock.now = datetime.fromisoformat(now)  # 23 November, 15:30, where the sessions are
    have_plan(client, time_zone=zone)
    before = client.get("/me/export.json").text

    for time in ("00:00", "09:00", "15:30"):
        refused = moved(client, "2026-11-23", time, which)
        assert refused.status_code == 422
        assert "already passed today" in beside(refused.text, "time")
        assert f'value="{time}"' in refused.text
    assert client.get("/me/export.json").text == before

    assert moved(client, "2026-11-23", "15:31", which).status_code == 303


def test_the_page_offers_a_day_on_which_its_time_is_still_to_come(client, clock):
    clock.now = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
    have_plan(client)
    assert 'value="2026-11-30"' in client.get("/plan/sessions/1/move").text

    clock.now += timedelta(hours=2)

    assert 'value="2026-12-01"' in client.get("/plan/sessions/1/move").text


def test_an_hour_that_the_clocks_skip_is_refused_beside_the_time(client, clock):
    clock.now = datetime(2027, 3, 20, 8, 0, tzinfo=UTC)
    have_plan(client, first_day="2027-03-22", max_sessions="1")

    refused = moved(client, "2027-03-28", "01:30")

    assert refused.status_code == 422
    assert "skip this time" in beside(refused.text, "time")
    assert moved(client, "2027-03-28", "02:00").status_code == 303


def test_when_the_clocks_go_back_the_first_of_two_hours_counts(client, clock):
    clock.now = datetime(2027, 10, 31, 1, 15, tzinfo=UTC)  # 01:15, for the second time
    have_plan(client, first_day="2027-11-01", max_sessions="1")

    assert moved(client, "2027-10-31", "01:30").status_code == 422
    assert moved(client, "2027-10-31", "02:00").status_code == 303


@given(
    zone=st.sampled_from(sorted(zone_names())),
    now=moments,
    days=st.integers(-2, 3),
    time=st.times().map(lambda one: one.strftime("%H:%M")),
)
def test_a_session_never_goes_back_in_time_in_any_zone_at_any_hour(
    library: Library, zone: str, now: datetime, days: int, time: str
):
    plan = plan_in(library, zone, now_of_zone(zone, now), now)
    here = now_of(plan, now)
    day = here.date() + timedelta(days=days)

    sessions = move_session(
        plan, now, move=Move(number=1, day=day, time=time, rest=True, now=here), guidance=library.guidance
    )

    start = moment(day, clock_time(time), ZoneInfo(zone))
    assert isinstance(sessions, str) == (start is None or start.astimezone(UTC) <= now)
    offered = earliest_day(plan, 1, here, library.guidance)
    first = plan.sessions[0]
    assert not isinstance(
        move_session(
            plan, now, move=Move(number=1, day=offered, time=first.time, rest=True, now=here), guidance=library.guidance
        ),
        str,
    )


def now_of_zone(zone: str, now: datetime) -> date:
    return now.astimezone(ZoneInfo(zone)).date()
