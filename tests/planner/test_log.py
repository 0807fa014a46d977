"""What became of each session: noted, taken back, and never lost."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from acupwa.library.model import Library
from acupwa.planner.log import next_session, session_to_log
from acupwa.planner.model import PlanRequest, SavedPlan
from acupwa.planner.move import Move
from acupwa.planner.plan import now_of
from tests.mydata.test_import import send
from tests.planner.test_plan import NOW, TODAY, requests, saved
from tests.support.people import finish_check_in, plan_fields
from tests.support.plan_steps import logged as noted
from tests.support.plan_steps import moved

LOGS = st.sampled_from(["went", "missed"])


@pytest.fixture
def planned(client: Any) -> Any:
    finish_check_in(client)
    assert client.post("/plan", plan_fields()).status_code == 303
    return client


def visits(client: Any) -> list[dict[str, Any]]:
    kept: list[dict[str, Any]] = client.get("/me/export.json").json()["plan"]["visits"]
    return kept


def logs(client: Any) -> list[str | None]:
    return [one["log"] for one in visits(client)]


def on(clock: Any, month: int, day: int, hour: int = 12) -> None:
    clock.now = clock.now.replace(month=month, day=day, hour=hour)


# ------------------------------------------------------------------ the rule


def test_an_older_plan_reads_as_before(library: Library):
    plan = saved(_mondays(), library)
    old = msgspec.json.decode(msgspec.json.encode(plan))
    for visit in old["visits"]:
        del visit["log"], visit["logged_at"], visit["left_open"], visit["felt"], visit["followed"], visit["told"]
    del old["part"], old["pause"], old["ended_at"], old["steps"]
    assert msgspec.convert(old, SavedPlan) == msgspec.structs.replace(plan, steps=())


def _mondays(**changes: Any) -> PlanRequest:
    fields: dict[str, Any] = {
        "conditions": ("ra",), "first_day": date(2027, 1, 4), "weekdays": ("mon",), "time": "09:00",
        "time_zone": "Europe/London", "per_week": 1, "max_sessions": 8, "minutes": 30,
    }  # fmt: skip
    return PlanRequest(**(fields | changes))


@pytest.mark.parametrize(
    ("now", "to_log", "following"),
    [
        ("2027-01-03T12:00", None, 1),
        ("2027-01-04T08:00", None, 1),
        ("2027-01-04T09:29", None, 1),
        ("2027-01-04T09:30", 1, 2),
        ("2027-01-17T12:00", 2, 3),
        ("2027-02-22T09:30", 8, None),
    ],
)
def test_the_newest_session_that_is_over_is_asked_for(
    library: Library, now: str, to_log: int | None, following: int | None
):
    plan, at = saved(_mondays(), library), datetime.fromisoformat(now).replace(tzinfo=UTC)
    asked, ahead = session_to_log(plan, at), next_session(plan, at)
    assert (asked.number if asked else None, ahead.number if ahead else None) == (to_log, following)


def test_once_noted_it_is_not_asked_for_again_and_older_ones_are_left_alone(library: Library):
    plan, at = saved(_mondays(), library), datetime(2027, 1, 20, 12, tzinfo=UTC)
    logged = noted(plan, 3, "missed", at)
    assert isinstance(logged, SavedPlan)
    assert session_to_log(logged, at) is None
    assert (logged.sessions[2].log, logged.sessions[2].logged_at, logged.updated_at) == ("missed", at, at)


def test_a_session_of_today_can_be_noted_before_its_time_and_is_next_no_more(library: Library):
    plan, at = saved(_mondays(), library), datetime(2027, 1, 4, 7, tzinfo=UTC)
    assert noted(plan, 2, "went", at) == "not-yet"
    logged = noted(plan, 1, "missed", at)
    assert isinstance(logged, SavedPlan)
    following = next_session(logged, at)
    assert following is not None
    assert following.number == 2


def test_its_day_is_that_of_the_place(library: Library):
    plan = saved(_mondays(time_zone="Pacific/Kiritimati"), library)
    assert noted(plan, 1, "went", datetime(2027, 1, 3, 9, 59, tzinfo=UTC)) == "not-yet"
    assert noted(plan, 1, "went", datetime(2027, 1, 3, 10, tzinfo=UTC)) != "not-yet"


@given(request=requests, log=LOGS, data=st.data())
def test_a_log_taken_back_leaves_the_plan_as_it_was(
    library: Library, request: PlanRequest, log: Any, data: st.DataObject
):
    plan = saved(request, library)
    number = data.draw(st.integers(1, len(plan.standing)))
    logged = noted(plan, number, log, NOW)
    if logged == "not-yet":
        assert plan.standing[number - 1].day > now_of(plan, NOW).date()
        return
    assert isinstance(logged, SavedPlan)
    undone = noted(logged, number, None, NOW)
    assert isinstance(undone, SavedPlan)
    assert undone.sessions == plan.sessions


@given(request=requests, second=requests, log=LOGS, data=st.data())
def test_a_noted_session_neither_moves_nor_vanishes(
    library: Library, request: PlanRequest, second: PlanRequest, log: Any, data: st.DataObject
):
    plan = saved(request, library)
    logged: Any = noted(plan, data.draw(st.integers(1, len(plan.standing))), log, NOW)
    if logged == "not-yet":
        return
    those = [one for one in logged.standing if one.log]
    changed = saved(second, library, logged)
    assert [one for one in changed.standing if one.log] == [
        _with_sequence(one, changed.standing[one.number - 1].sequence) for one in those
    ]
    for number in range(1, len(logged.standing) + 1):
        day = TODAY + timedelta(days=data.draw(st.integers(0, 30)))
        move = Move(number=number, day=day, time="10:00", rest=data.draw(st.booleans()), now=now_of(logged, NOW))
        after = moved(logged, move, NOW, library.guidance)
        assert isinstance(after, str) or [one for one in after.sessions if one.log] == those


def _with_sequence(session: Any, sequence: int) -> Any:
    return msgspec.structs.replace(session, sequence=sequence, moved=False)


def test_times_of_the_rule_are_those_of_the_zone(library: Library):
    plan = saved(_mondays(), library)
    assert plan.standing[0].local.replace(tzinfo=ZoneInfo("Europe/London")) == datetime(2027, 1, 4, 9, tzinfo=UTC)


# ------------------------------------------------------------------ by HTTP


def test_it_is_noted_and_said_and_can_be_taken_back(planned: Any, clock: Any):
    on(clock, 12, 1)
    answer = planned.post("/plan/sessions/1/log", {"log": "went", "to": "plan"})
    assert answer.headers["location"] == "/plan/sessions/1?done=went&to=plan"
    assert logs(planned)[:2] == ["went", None]
    planned.post("/plan/sessions/1/log", {"log": "missed"})
    assert logs(planned)[0] == "missed"
    answer = planned.post("/plan/sessions/1/log", {"log": "undo", "to": "today"})
    assert answer.headers["location"] == "/today?done=undo&session=1"
    assert logs(planned)[0] is None


@pytest.mark.parametrize("fields", [{}, {"log": ""}, {"log": "maybe"}, {"log": "went", "to": "//example.org"}])
def test_what_it_does_not_have_is_refused(planned: Any, clock: Any, fields: dict[str, str]):
    on(clock, 12, 1)
    assert planned.post("/plan/sessions/1/log", fields).status_code == 422
    assert logs(planned)[0] is None


def test_what_is_to_come_is_not_noted_and_what_is_not_there_not_found(planned: Any):
    answer = planned.post("/plan/sessions/1/log", {"log": "went"})
    assert answer.status_code == 422
    assert "still to come" in answer.text
    assert planned.post("/plan/sessions/99/log", {"log": "went"}).status_code == 404
    assert planned.another().post("/plan/sessions/1/log", {"log": "went"}).status_code == 404


def test_it_stays_when_the_plan_is_changed_and_goes_along_in_the_file(planned: Any, clock: Any):
    on(clock, 12, 7)
    planned.post("/plan/sessions/1/log", {"log": "missed"})
    planned.post("/plan/sessions/2/log", {"log": "went"})
    changed = plan_fields(weekdays=["thu"], first_day="2026-12-07", max_sessions="4")
    assert planned.post("/plan", changed).status_code == 303
    assert [(one["day"], one["log"]) for one in visits(planned)[:3]] == [
        ("2026-11-30", "missed"), ("2026-12-07", "went"), ("2026-12-17", None),
    ]  # fmt: skip
    other = planned.another()
    assert send(other, planned.get("/me/export.json").text, press=True).status_code == 303
    assert visits(other) == visits(planned)


def test_a_noted_session_is_not_moved(planned: Any, clock: Any):
    on(clock, 11, 30)
    planned.post("/plan/sessions/1/log", {"log": "went"})
    answer = planned.post("/plan/sessions/1/move", {"day": "2026-12-02", "time": "09:00", "which": "this"})
    assert answer.status_code == 422
    assert "already noted" in answer.text


def test_a_move_leads_back_to_where_it_was_asked_for(planned: Any):
    page = planned.get("/plan/sessions/2/move?to=today").text
    assert '<input type="hidden" name="to" value="today">' in page
    answer = planned.post(
        "/plan/sessions/2/move", {"day": "2026-12-09", "time": "09:00", "which": "this", "to": "today"}
    )
    assert answer.headers["location"] == "/today?done=moved&session=2"


def test_the_older_address_of_a_move_leads_on(planned: Any):
    for answer in (planned.get("/plan/move/2"), planned.post("/plan/move/2", {"day": "2026-12-09"})):
        assert answer.status_code == 308
        assert answer.headers["location"] == "/plan/sessions/2/move"
