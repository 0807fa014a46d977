"""What the log tells of the sessions since a check-in: a number only where nobody can know better."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from acupwa.library.model import Library
from acupwa.planner.log import SessionNote, log_session, sessions_between
from acupwa.planner.model import PlanRequest, SavedPlan
from acupwa.planner.move import Move
from acupwa.planner.plan import now_of
from acupwa.quiz.model import LoggedSessions
from tests.planner.test_plan import NOW, requests, saved
from tests.support.plan_steps import logged, stepped
from tests.support.plan_steps import moved as move

SINCE = datetime(2027, 1, 5, 12, tzinfo=UTC)  # the day after session 1
AFTER_THREE = datetime(2027, 1, 19, 12, tzinfo=UTC)


def mondays(library: Library) -> SavedPlan:
    request = PlanRequest(
        conditions=("ra",), first_day=date(2027, 1, 4), weekdays=("mon",), time="09:00", time_zone="Europe/London",
        per_week=1, max_sessions=8, minutes=30,
    )  # fmt: skip
    made = datetime(2027, 1, 2, tzinfo=UTC)
    return msgspec.structs.replace(saved(request, library), created_at=made, updated_at=made)


def noted(plan: SavedPlan, logs: dict[int, Any], now: datetime = AFTER_THREE) -> SavedPlan:
    for number, log in logs.items():
        changed = logged(plan, number, log, now)
        assert isinstance(changed, SavedPlan)
        plan = changed
    return plan


def moved(plan: SavedPlan, number: int, day: date, now: datetime, library: Library) -> SavedPlan:
    asked = Move(number=number, day=day, time="09:00", rest=False, now=now_of(plan, now))
    after = move(plan, asked, now, library.guidance)
    assert isinstance(after, SavedPlan), after
    return after


@pytest.mark.parametrize(
    ("logs", "known"),
    [
        ({}, None),
        ({1: "went"}, None),
        ({2: "went"}, None),
        ({3: "went"}, None),
        ({2: "went", 3: "went"}, 2),
        ({2: "missed", 3: "went"}, 1),
        ({2: "missed", 3: "missed"}, 0),
        ({1: "went", 2: "went", 3: "missed"}, 1),
    ],
)
def test_they_are_known_when_each_was_noted(library: Library, logs: dict[int, Any], known: int | None):
    plan = noted(mondays(library), logs)
    nothing_to_tell = () if known == 0 else None
    assert sessions_between(plan, SINCE, AFTER_THREE) == LoggedSessions(any=True, went=known, followed=nothing_to_tell)


def told(plan: SavedPlan, number: int, *followed: str) -> SavedPlan:
    note = SessionNote(log="went", followed=followed, told=True)
    after = stepped(plan, log_session(plan, AFTER_THREE, number=number, note=note))
    assert isinstance(after, SavedPlan)
    return after


def test_what_followed_is_known_when_each_that_was_gone_to_was_told(library: Library):
    plan = noted(mondays(library), {2: "went", 3: "went"})
    assert sessions_between(told(plan, 2, "tired"), SINCE, AFTER_THREE).followed is None
    both = told(told(plan, 2, "tired", "bruise"), 3, "tired")
    assert sessions_between(both, SINCE, AFTER_THREE).followed == ("tired", "bruise")
    assert sessions_between(told(told(plan, 2), 3), SINCE, AFTER_THREE).followed == ()
    one_missed = told(noted(mondays(library), {3: "missed"}), 2, "sick")
    assert sessions_between(one_missed, SINCE, AFTER_THREE).followed == ("sick",)


def test_where_the_plan_had_no_session_nobody_knows(library: Library):
    plan = mondays(library)
    none = LoggedSessions(any=False, went=None)
    assert sessions_between(plan, SINCE, datetime(2027, 1, 11, 8, tzinfo=UTC)) == none
    assert sessions_between(plan, datetime(2027, 6, 1, tzinfo=UTC), datetime(2027, 6, 20, tzinfo=UTC)) == none


def test_of_what_was_before_the_plan_it_tells_nothing(library: Library):
    plan = noted(mondays(library), {2: "went", 3: "went"})
    for later, known in [(-1, 2), (0, 2), (3600, 2), (3601, None)]:
        made = msgspec.structs.replace(plan, created_at=SINCE + timedelta(seconds=later))
        assert sessions_between(made, SINCE, AFTER_THREE).went == known


def test_one_that_began_unnoted_and_was_moved_is_not_known_until_the_next_check_in(library: Library):
    plan = mondays(library)
    began = datetime(2027, 1, 11, 9, tzinfo=UTC)

    plan = moved(plan, 2, date(2027, 1, 13), began + timedelta(hours=9), library)
    assert plan.sessions[1].left_open == began
    plan = noted(plan, {2: "went", 3: "went"})

    assert sessions_between(plan, SINCE, AFTER_THREE) == LoggedSessions(any=True, went=None)
    assert sessions_between(plan, began, AFTER_THREE).went == 2
    # A later change does not lose it.
    plan = moved(plan, 5, date(2027, 2, 3), AFTER_THREE, library)
    assert [one.left_open for one in plan.standing] == [None, began, *[None] * 6]


def test_one_that_was_moved_before_it_began_is_noted_like_any_other(library: Library):
    plan = moved(mondays(library), 2, date(2027, 1, 13), datetime(2027, 1, 11, 8, tzinfo=UTC), library)
    assert sessions_between(noted(plan, {2: "went", 3: "went"}), SINCE, AFTER_THREE).went == 2


@given(request=requests, logs=st.lists(st.sampled_from(["went", "missed", None]), min_size=15, max_size=15))
def test_never_more_than_were_gone_to_and_never_with_one_that_was_not_noted(
    request: PlanRequest, logs: list[Any], library: Library
):
    plan = saved(request, library)
    end = max(one.local for one in plan.standing).replace(tzinfo=UTC) + timedelta(days=3)
    pairs = [(one, log) for one, log in zip(plan.standing, logs, strict=False)]
    sessions = tuple(msgspec.structs.replace(one, log=log) for one, log in pairs)
    plan = msgspec.structs.replace(plan, sessions=sessions)
    found = sessions_between(plan, plan.created_at, end).went
    held = [one.log for one in plan.standing if one.day > now_of(plan, NOW).date()]
    if None in held:
        assert found is None
    elif found is not None:
        assert held.count("went") <= found <= len(plan.standing)
