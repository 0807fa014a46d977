"""Moving a session, and changing a plan, with their invariants."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from acupwa.library.model import Library
from acupwa.planner.course import make_course
from acupwa.planner.model import WEEKDAYS, AskedPlan, Course, PlanRequest, SavedPlan
from acupwa.planner.move import Move
from acupwa.planner.plan import now_of, sessions_over
from tests.support.plan_steps import kept as kept_plan
from tests.support.plan_steps import moved

TODAY = date(2027, 1, 20)
NOW = datetime(2027, 1, 20, 9, tzinfo=UTC)

requests = st.builds(
    PlanRequest,
    conditions=st.just(("ra",)),
    first_day=st.dates(date(2027, 1, 1), date(2027, 3, 1)),
    weekdays=st.lists(st.sampled_from(WEEKDAYS), min_size=1, unique=True).map(tuple),
    time=st.sampled_from(["09:00", "02:30", "18:45"]),
    time_zone=st.sampled_from(["Europe/London", "America/New_York"]),
    per_week=st.integers(1, 2),
    max_sessions=st.integers(1, 15),
    minutes=st.just(30),
    days_off=st.lists(st.dates(date(2027, 1, 1), date(2027, 6, 1)), max_size=20).map(tuple),
)
fortnightly = st.builds(
    msgspec.structs.replace, requests, per_week=st.just(1), every_weeks=st.just(2), max_sessions=st.integers(1, 10)
)


def saved(request: PlanRequest, library: Library, before: SavedPlan | None = None) -> SavedPlan:
    kept = sessions_over(before, NOW) if before else ()
    course = make_course(request, library, kept=kept)
    assert isinstance(course, Course)
    asked = AskedPlan(request=request, own_days_off=request.days_off, country=None)
    return kept_plan(asked, course, before, NOW, library)


@given(request=requests | fortnightly, data=st.data(), shift=st.integers(0, 60), rest=st.booleans())
def test_a_moved_plan_keeps_gaps_days_off_and_the_most_in_a_week(
    library: Library, request: PlanRequest, data: st.DataObject, shift: int, rest: bool
):
    plan = saved(request, library)
    which = data.draw(st.integers(1, len(plan.standing)))
    day = TODAY + timedelta(days=shift)
    after = moved(
        plan, Move(number=which, day=day, time="10:00", rest=rest, now=now_of(plan, NOW)), NOW, library.guidance
    )
    if isinstance(after, str):
        return
    sessions = after.sessions
    days = [session.day for session in sessions]
    assert days[which - 1] == day
    assert all(later - earlier >= timedelta(days=2) for earlier, later in pairwise(days))
    assert day not in request.days_off
    weeks = [one.isocalendar()[:2] for one in days]
    assert max(weeks.count(week) for week in weeks) <= 2
    assert [session.number for session in sessions] == [session.number for session in plan.standing]
    assert days[: which - 1] == [session.day for session in plan.standing][: which - 1]
    if not rest:
        assert days[which:] == [session.day for session in plan.standing][which:]


@given(request=requests, data=st.data(), shift=st.integers(0, 60))
def test_the_sequence_grows_exactly_for_sessions_that_moved(
    library: Library, request: PlanRequest, data: st.DataObject, shift: int
):
    plan = saved(request, library)
    which = data.draw(st.integers(1, len(plan.standing)))
    day = TODAY + timedelta(days=shift)
    later = moved(
        plan, Move(number=which, day=day, time=request.time, rest=True, now=now_of(plan, NOW)), NOW, library.guidance
    )
    if isinstance(later, str):
        return
    for before, after in zip(plan.sessions, later.sessions, strict=True):
        changed = (before.day, before.time) != (after.day, after.time)
        assert after.sequence == before.sequence + changed


@given(first=requests | fortnightly, second=requests | fortnightly)
def test_a_change_forgets_no_calendar_entry(library: Library, first: PlanRequest, second: PlanRequest):
    before = saved(first, library)
    after = saved(second, library, before)
    assert {session.number for session in before.sessions} <= {session.number for session in after.sessions}
    olds = {session.number: session for session in before.sessions}
    for session in after.sessions:
        old = olds.get(session.number)
        if old and (session.cancelled or (old.day, old.time) != (session.day, session.time)):
            assert session.sequence == old.sequence + 1


@given(first=requests | fortnightly, second=requests | fortnightly)
def test_a_change_leaves_sessions_that_are_over(library: Library, first: PlanRequest, second: PlanRequest):
    before = saved(first, library)
    over = [(session.number, session.day, session.time) for session in before.standing if session.day < TODAY]
    after = saved(msgspec.structs.replace(second, first_day=TODAY), library, before)
    assert [(session.number, session.day, session.time) for session in after.standing][: len(over)] == over


@given(request=fortnightly, data=st.data(), shift=st.integers(0, 60))
def test_a_move_takes_the_two_weeks_along(library: Library, request: PlanRequest, data: st.DataObject, shift: int):
    plan = saved(request, library)
    which = data.draw(st.integers(1, len(plan.standing)))
    move = Move(number=which, day=TODAY + timedelta(days=shift), time="10:00", rest=True, now=now_of(plan, NOW))
    after = moved(plan, move, NOW, library.guidance)
    if isinstance(after, str):
        return
    mondays = [one.day - timedelta(days=one.day.weekday()) for one in after.sessions][which - 1 :]
    assert all((later - earlier).days in range(14, 800, 14) for earlier, later in pairwise(mondays))


def test_a_second_change_brings_a_cancelled_session_back(library: Library):
    request = PlanRequest(
        conditions=("ra",), first_day=date(2027, 2, 1), weekdays=("mon",), time="09:00",
        time_zone="Europe/London", per_week=1, max_sessions=8, minutes=30,
    )  # fmt: skip
    long = saved(request, library)
    short = saved(msgspec.structs.replace(request, max_sessions=6), library, long)
    again = saved(request, library, short)
    assert [session.sequence for session in again.sessions] == [0, 0, 0, 0, 0, 0, 2, 2]
    assert not any(session.cancelled for session in again.sessions)


def test_the_kept_and_exported_name_is_the_older_one(library: Library):
    request = PlanRequest(
        conditions=("ra",), first_day=date(2027, 2, 1), weekdays=("mon",), time="09:00",
        time_zone="Europe/London", per_week=1, max_sessions=8, minutes=30,
    )  # fmt: skip
    written = msgspec.json.decode(msgspec.json.encode(saved(request, library)))
    assert len(written["visits"]) == 8
    assert "sessions" not in written
