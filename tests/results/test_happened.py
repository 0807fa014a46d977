"""What went on between check-ins: sessions on their days, flares, medicines; and the small pictures."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from acupwa.library.model import Library
from acupwa.planner.model import PlannedSession, PlanRequest, SavedPlan
from acupwa.results.happened import Happened, ToldChange, happened_of
from acupwa.results.progress import progress_page
from acupwa.results.trend import trends_of
from acupwa.results.trend_picture import SPARK_HEIGHT, SPARK_WIDTH, draw_spark, draw_trend
from tests.results.test_trend import make_check_in
from tests.support.plan_requests import make_request

START = date(2026, 1, 5)


def plan_with(library: Library, *logs: str | None) -> SavedPlan:
    """A session each week from a week after the first check-in on, with what was noted of it."""
    request: PlanRequest = msgspec.structs.replace(make_request(library), time_zone="Europe/London")
    sessions = tuple(
        PlannedSession(
            number=n,
            day=START + timedelta(days=7 * n),
            time="10:00",
            minutes=30,
            phase="trial",
            log=log,  # type: ignore[arg-type]
        )
        for n, log in enumerate(logs, 1)
    )
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return SavedPlan(
        id=UUID(int=1), request=request, sessions=sessions, own_days_off=(), country=None,
        content_version="1", language="en", created_at=now, updated_at=now,
    )  # fmt: skip


def rated(*values: int | None, **more: Any) -> list[Any]:
    return [make_check_in(28 * n, ratings={"fatigue": v}, **(more if n else {})) for n, v in enumerate(values)]


def test_only_sessions_that_were_noted_stand_on_their_day(library: Library):
    happened = happened_of((), plan_with(library, "went", None, "missed", "went"))

    assert [one.date() for one in happened.sessions] == [START + timedelta(days=7), START + timedelta(days=28)]
    assert happened_of((), None) == Happened()


def test_one_that_was_missed_and_planned_again_and_those_of_a_pause_are_no_sessions(library: Library):
    plan = plan_with(library, "went", "missed", "went", None, None)
    # The second has its new day at the end; the last two fell away when the course paused.
    again = msgspec.structs.replace(plan.sessions[1], number=6, day=START + timedelta(days=42), log="went")
    sessions = (*plan.sessions[:3], *(msgspec.structs.replace(one, cancelled=True) for one in plan.sessions[3:]), again)

    happened = happened_of((), msgspec.structs.replace(plan, sessions=sessions))

    assert [(one.date() - START).days for one in happened.sessions] == [7, 21, 42]


def test_noted_days_take_the_place_of_sessions_that_were_spread(library: Library):
    (trend,) = trends_of(rated(7, 3, sessions_since=3), library)
    spread = draw_trend(trend).sessions
    noted = draw_trend(trend, happened_of((), plan_with(library, "went", "went"))).sessions

    assert [len(one.ticks) for one in spread] == [3]
    assert [len(one.ticks) for one in noted] == [2]
    assert noted[0].ticks[1] - noted[0].ticks[0] > 0


def test_a_flare_and_a_medicine_are_drawn_where_they_were_told_and_make_room(library: Library):
    check_ins = rated(7, 3, changed_since=("flare", "new-medicine", "hard-time"))
    (trend,) = trends_of(check_ins, library)
    plain, drawn = draw_trend(trend), draw_trend(trend, happened_of(check_ins, None))

    assert [one.change for one in drawn.changes] == ["flare", "new-medicine"]
    assert {one.x for one in drawn.changes} == {drawn.marks[-1].x}
    assert drawn.height > plain.height
    assert max(one.y for one in drawn.changes) < drawn.dates_y
    assert plain.changes == ()


def test_nothing_is_drawn_before_two_answers(library: Library):
    page = progress_page(rated(7), library)
    assert [part.spark for part in (*page.others, *([page.main] if page.main else []))] == [None]
    (trend,) = trends_of(rated(7, None), library)
    assert draw_spark(trend) is None


@given(st.lists(st.one_of(st.none(), st.integers(0, 10)), min_size=1, max_size=30))
def test_a_small_picture_stays_in_its_frame_and_joins_no_answers_across_a_gap(
    library: Library, values: list[int | None]
):
    for trend in trends_of(rated(*values), library):
        spark = draw_spark(trend)
        answered = [one for one in trend.points if one.value is not None]
        if spark is None:
            assert len(answered) < 2
            continue
        pairs = [pair.split() for line in spark.lines for pair in line.removeprefix("M").split("L")]
        assert all(0 <= float(x) <= SPARK_WIDTH and 0 <= float(y) <= SPARK_HEIGHT for x, y in pairs)
        assert len(pairs) <= len(answered)
        assert 0 <= spark.y <= SPARK_HEIGHT


@given(st.lists(st.integers(-100, 100), max_size=8))
def test_what_was_told_outside_a_trend_is_not_drawn_in_it(library: Library, days: list[int]):
    (trend,) = trends_of(rated(7, 3), library)
    first, last = trend.points[0].at, trend.points[-1].at
    told = tuple(ToldChange(first + timedelta(days=day), "flare") for day in days)

    drawn = draw_trend(trend, Happened(changes=told))

    assert len(drawn.changes) == sum(first < one.at <= last for one in told)
    assert all(drawn.left <= one.x <= drawn.right for one in drawn.changes)
