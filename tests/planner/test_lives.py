"""Random lives of a plan: whatever happens to it, it stays a course that a person can keep."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from acupwa.planner.course import clock_time, moment, most_in_part, week_of
from acupwa.planner.history import last_step, replayed
from acupwa.planner.lived_course import reviews_of_plan
from acupwa.planner.model import PlannedSession, SavedPlan
from acupwa.planner.on_hold import sessions_left
from acupwa.planner.plan import sessions_of, today_of
from acupwa.planner.undo import undo_last
from tests.support.plan_lives import LIBRARY, START, lives, new_plans, next_step
from tests.support.plan_steps import stepped

NUMBERS = LIBRARY.guidance.numbers


def counted(plan: SavedPlan) -> list[PlannedSession]:
    counts = {one.number for one in sessions_of(plan) if one.counts}
    return [one for one in plan.standing if one.number in counts]


def places(plan: SavedPlan) -> dict[int, Any]:
    """What a calendar shows of each session."""
    return {one.number: (one.day, one.time, one.minutes, one.cancelled) for one in plan.sessions}


@given(new_plans(), st.data())
@settings(max_examples=200)
def test_after_each_step_the_course_keeps_its_rules(plan, data):
    now = START
    for _ in range(data.draw(st.integers(1, 14))):
        now += timedelta(minutes=data.draw(st.integers(1, 60 * 24 * 20)))
        before = plan
        plan, kind = next_step(data.draw, plan, now)
        days = [one.day for one in plan.standing]
        assert all(later - earlier >= timedelta(days=2) for earlier, later in pairwise(days)), kind
        assert max(Counter(map(week_of, days)).values(), default=0) <= 2, kind
        ahead = [one for one in plan.standing if one.day > today_of(plan, now) and one.log is None]
        assert not plan.pause or not ahead, kind
        assert not plan.ended_at or not ahead, kind
        assert not {one.day for one in ahead} & set(plan.request.days_off), kind
        assert all(
            moment(one.day, clock_time(one.time), ZoneInfo(plan.request.time_zone)) is not None for one in plan.standing
        ), kind
        parts = Counter("course" if one.phase == "extension" else one.phase for one in counted(plan))
        assert all(count <= most_in_part(phase, LIBRARY.guidance) for phase, count in parts.items()), kind
        _stays_in_its_calendar(before, plan)


def _stays_in_its_calendar(before: SavedPlan, after: SavedPlan) -> None:
    """No entry is forgotten, and whatever changed is newer."""
    old = {one.number: one for one in before.sessions}
    assert set(old) <= {one.number for one in after.sessions}
    same_zone = before.request.time_zone == after.request.time_zone
    for one in after.sessions:
        if one.number in old:
            changed = places(after)[one.number] != places(before)[one.number]
            grown = one.sequence - old[one.number].sequence
            assert grown == changed or (grown == 1 and not same_zone) or (one.cancelled and old[one.number].cancelled)


@given(lives())
@settings(max_examples=200)
def test_the_steps_make_the_same_plan_again(life):
    plan, _now = life
    *_, made = replayed(plan)
    assert made == plan


@given(lives(), st.data())
@settings(max_examples=200)
def test_undo_is_exact(life, data):
    plan, now = life
    after, _kind = next_step(data.draw, plan, now + timedelta(minutes=1))
    if after == plan or after.steps[-1].kind == "undone":
        return
    undone = stepped(after, undo_last(after, now + timedelta(minutes=2)))
    assert isinstance(undone, SavedPlan)
    assert _without_marks(undone) == _without_marks(plan)


def _without_marks(plan: SavedPlan) -> Any:
    """Without what only ever grows: what calendars were told, and what was left open."""
    standing = tuple(replace(one, sequence=0, left_open=None) for one in plan.standing)
    return replace(plan, sessions=standing, steps=(), updated_at=plan.created_at)


@given(lives())
@settings(max_examples=100)
def test_undone_step_by_step_it_is_the_plan_that_was_made(life):
    plan, now = life
    first = next(iter(replayed(plan)))
    while (last := last_step(plan)) is not None:
        if now - last.at > timedelta(days=1) and (last.kind != "logged" or last.pause or last.dropped):
            assert undo_last(plan, now) == "too-late"
            return
        now += timedelta(seconds=1)
        undone = stepped(plan, undo_last(plan, now))
        assert isinstance(undone, SavedPlan)
        plan = undone
    assert _without_marks(plan) == _without_marks(first)
    assert undo_last(plan, now) == "nothing"


@given(lives())
@settings(max_examples=200)
def test_reviews_come_after_the_sessions_that_count(life):
    """Those that wait for their day, of a plan on hold, count too: it is not decided earlier for that."""
    plan, _now = life
    sessions, held = [one.number for one in counted(plan)], sessions_left(plan) if plan.pause else 0
    places = list(_places(len(sessions) + held, plan.part.phase))
    expected = [(kind, sessions[place - 1]) for kind, place in places if place <= len(sessions)]
    assert [(one.kind, one.after_session) for one in reviews_of_plan(plan, LIBRARY.guidance)] == expected


def _places(sessions: int, phase: str) -> Iterator[tuple[str, int]]:
    if not sessions:
        return
    if phase != "taper":
        yield "safety", 1
        if sessions > NUMBERS.light_when_more_than.value:
            yield "light", NUMBERS.light_after.value
        yield "decide", min(sessions, NUMBERS.decide_after.value)
    if phase == "taper" or (phase == "course" and sessions > NUMBERS.decide_latest.value):
        yield "decide", sessions


@given(new_plans(), st.data())
@settings(max_examples=100)
def test_the_local_time_stays_when_the_clocks_change(plan, data):
    """Of all that was not moved by hand."""
    now = START
    for _ in range(data.draw(st.integers(1, 10))):
        now += timedelta(minutes=data.draw(st.integers(1, 60 * 24 * 20)))
        plan, _kind = next_step(data.draw, plan, now)
        laid = {one.number: one.time for one in plan.steps[-1].laid if not one.moved}
        assert all(time == plan.request.time for time in laid.values()) or plan.steps[-1].kind == "moved"


def test_a_long_life_is_carried_over_and_loses_nothing():
    from acupwa.planner.history import MOST_STEPS
    from tests.support.plan_steps import logged

    plan = _mondays()
    for minute in range(MOST_STEPS * 2):
        at = START + timedelta(days=30, minutes=minute)
        after = logged(plan, 1, "went" if minute % 2 else "missed", at)
        assert isinstance(after, SavedPlan)
        assert len(after.steps) <= MOST_STEPS + 1
        plan = after
    assert plan.steps[0].kind == "carried"
    *_, made = replayed(plan)
    assert made == plan


def _mondays() -> SavedPlan:
    from tests.mydata.test_any_plan import a_plan

    return a_plan()
