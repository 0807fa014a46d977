"""A course that is lived, by HTTP: missed and planned again, on hold and on, days off, the last step taken back."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from tests.support.people import finish_check_in, plan_fields

# Session 1 is on Monday 30 November 2026, a week after the first look of the clock.
FIRST = "2026-11-30"


@pytest.fixture
def planned(client: Any) -> Any:
    """Mondays at nine, ten of them; the clock stands at the evening after session 1."""
    finish_check_in(client)
    client.follow(client.post("/plan", plan_fields(first_day=FIRST)))
    return client


def step_of(text: str) -> str:
    found = re.search(r'name="step" value="([^"]+)"', text)
    assert found, "nothing can be undone"
    return found[1]


def plan_of(client: Any) -> Any:
    return client.get("/me/export.json").json()["plan"]


def standing(client: Any) -> list[tuple[int, str, str]]:
    return [(one["number"], one["day"], one.get("log")) for one in plan_of(client)["visits"] if not one["cancelled"]]


def undone(client: Any, text: str) -> str:
    return str(client.follow(client.post("/plan/undo", {"step": step_of(text)})).text)


def after(clock: Any, **time: float) -> None:
    clock.now += timedelta(**time)


def test_a_missed_session_is_planned_again_in_one_tap_from_what_is_said(planned, clock):
    after(clock, days=7, hours=8)
    said = planned.follow(planned.post("/plan/sessions/1/log", {"log": "missed"}))
    assert "Plan it again" in said.text
    before = standing(planned)

    said = planned.follow(planned.post("/plan/sessions/1/replan"))

    assert standing(planned) == [*before, (11, "2027-02-08", None)]
    assert "Session 1 is planned again, at the end: Monday 8 February 2027." in said.text
    assert "Session 1 planned again" in undone(planned, said.text)
    assert standing(planned) == before
    assert "Plan it again" in planned.get("/plan").text


def test_from_today_it_leads_back_to_today(planned, clock):
    after(clock, days=7, hours=8)
    said = planned.follow(planned.post("/plan/sessions/1/log", {"log": "missed", "to": "today"}))
    assert 'action="/plan/sessions/1/replan"' in said.text
    answer = planned.post("/plan/sessions/1/replan", {"to": "today"})
    assert answer.headers["location"] == "/today?done=replanned&session=1"
    assert "is planned again" in planned.follow(answer).text
    assert (
        planned.post("/plan/undo", {"step": step_of(planned.follow(answer).text), "to": "today"})
        .headers["location"]
        .startswith("/today")
    )


def test_what_is_not_owed_is_not_planned_again(planned, clock):
    after(clock, days=14, hours=8)
    assert planned.post("/plan/sessions/1/replan").status_code == 422
    assert planned.post("/plan/sessions/99/replan").status_code == 404
    for number in (1, 2):
        planned.post(f"/plan/sessions/{number}/log", {"log": "missed"})
    planned.post("/plan/sessions/1/replan")
    planned.post("/plan/sessions/2/replan")
    # Each has its new day now: neither takes a second one.
    refused = planned.post("/plan/sessions/1/replan")
    assert refused.status_code == 422
    assert "already has a new day" in refused.text
    assert len(standing(planned)) == 12


def test_a_missed_session_of_which_another_is_owed_takes_one_day_alone(planned, clock):
    after(clock, days=14, hours=8)
    for number in (1, 2):
        planned.post(f"/plan/sessions/{number}/log", {"log": "missed"})
    planned.post("/plan/sessions/1/replan")
    planned.post("/plan/sessions/2/log", {"log": "went"})
    planned.post("/plan/sessions/2/log", {"log": "missed"})
    assert planned.post("/plan/sessions/1/replan").status_code == 422
    assert len(standing(planned)) == 11


def test_beside_a_danger_sign_it_leads_to_what_to_do(planned, clock):
    after(clock, days=7, hours=8)
    planned.post("/plan/sessions/1/log", {"log": "missed"})
    finish_check_in(planned, red_flags=["septic-joint"])
    text = planned.follow(planned.post("/plan/sessions/1/replan")).text
    assert "Get medical help today" in text
    assert len(standing(planned)) == 10
    assert "Plan it again" not in planned.get("/plan").text


def on_hold(client: Any, reason: str = "flare") -> Any:
    return client.follow(client.post("/plan/pause", {"reason": reason}))


def test_nothing_is_chosen_why_a_plan_waits(planned):
    page = planned.get("/plan/pause")
    assert "A flare or relapse" in page.text
    assert " checked" not in page.text
    for reason in ("", "mood"):
        refused = planned.post("/plan/pause", {"reason": reason})
        assert refused.status_code == 422
        assert "Choose why you are putting it on hold" in refused.text
    assert len(standing(planned)) == 10


def test_on_hold_the_plan_begins_with_it_and_nothing_is_pushed(planned, clock):
    after(clock, days=7, hours=8)
    planned.post("/plan/sessions/1/log", {"log": "went"})
    text = on_hold(planned).text
    assert "Your plan is on hold" in text
    assert "9 sessions are left" in text
    assert "On hold since Monday 30 November 2026." in text
    assert "No needles until it has settled" in text
    assert ">Move<" not in text
    assert [one[0] for one in standing(planned)] == [1]
    today = planned.get("/today").text
    assert "check in when you are ready" in today
    assert "Thinking of going on?" not in today
    after(clock, days=7)
    assert "Thinking of going on? First a short check-in" in planned.get("/today").text


def test_on_hold_before_session_1_every_page_stands(planned):
    on_hold(planned, "blood-thinner")
    text = planned.get("/plan").text
    assert "10 sessions are left" in text
    assert "Why no needles for now" in text
    for path in ("/today", "/progress", "/plan.ics", "/plan/pause", "/me/export.json", "/me/answers.csv", "/me"):
        answer = planned.get(path)
        assert answer.status_code in (200, 404), path
        assert path == "/me/answers.csv" or answer.status_code == 200, path


def test_it_goes_on_only_after_a_check_in(planned, clock):
    after(clock, days=7, hours=8)
    planned.post("/plan/sessions/1/log", {"log": "went"})
    on_hold(planned)
    after(clock, days=10)

    refused = planned.post("/plan/pause", {"do": "go-on", "day": "2026-12-14"})
    assert refused.status_code == 422
    assert "Start a short check-in" in refused.text
    assert "check in again" in refused.text
    assert len(standing(planned)) == 1

    finish_check_in(planned)
    assert "You can go on with your plan" in planned.get("/today").text
    page = planned.get("/plan/pause")
    assert 'value="2026-12-14"' in page.text
    said = planned.follow(planned.post("/plan/pause", {"do": "go-on", "day": "2026-12-14"}))
    assert "You go on with 9 sessions. The next is on Monday 14 December 2026." in said.text
    assert [one[1] for one in standing(planned)][:3] == [FIRST, "2026-12-14", "2026-12-21"]
    assert len(standing(planned)) == 10


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-12-01", "Choose a day from today on"),
        ("2026-02-31", "Choose the day when you can start again"),
        ("", "Choose the day when you can start again"),
        ("2199-01-01", "within the next year"),
        ("0001-01-01", "Choose the day when you can start again"),
    ],
)
def test_a_day_to_go_on_that_cannot_be_is_told_beside_it(planned, clock, day, words):
    on_hold(planned)
    after(clock, days=10)
    finish_check_in(planned)
    refused = planned.post("/plan/pause", {"do": "go-on", "day": day})
    assert refused.status_code == 422
    assert words in refused.text
    assert f'value="{day}"' in refused.text
    assert standing(planned) == []


def test_a_closed_gate_keeps_it_on_hold(planned, clock):
    on_hold(planned)
    after(clock, days=10)
    finish_check_in(planned, red_flags=["septic-joint"])
    refused = planned.post("/plan/pause", {"do": "go-on", "day": "2026-12-14"})
    assert refused.status_code == 422
    assert "Get medical help today" in refused.text
    assert standing(planned) == []


def test_the_change_form_leads_to_the_hold_and_changes_nothing(planned):
    on_hold(planned)
    assert planned.get("/plan/change").headers["location"] == "/plan/pause"
    planned.post("/plan", plan_fields(first_day=FIRST, time="11:00"))
    assert standing(planned) == []


def test_on_hold_nothing_is_moved(planned, clock):
    after(clock, days=7, hours=8)
    planned.post("/plan/sessions/1/log", {"log": "went"})
    on_hold(planned)
    assert planned.get("/plan/sessions/1/move").headers["location"] == "/plan"
    sent = {"day": "2026-12-09", "time": "10:00", "which": "this"}
    assert planned.post("/plan/sessions/1/move", sent).status_code == 422


def test_a_hold_is_undone_on_the_day_after_and_not_later(planned, clock):
    before = standing(planned)
    text = on_hold(planned).text
    assert undone(planned, text)
    assert standing(planned) == before
    text = on_hold(planned).text
    step = step_of(text)
    after(clock, days=1, minutes=1)
    refused = planned.post("/plan/undo", {"step": step})
    assert refused.status_code == 422
    assert "more than a day ago" in refused.text
    assert 'name="step"' not in planned.get("/plan").text


def test_days_off_move_what_is_on_them(planned):
    said = planned.follow(planned.post("/plan/days-off", {"off_from": "2026-12-07", "off_to": "2026-12-14"}))
    assert "Those days are free in your plan now. 9 sessions moved." in said.text
    assert [one[1] for one in standing(planned)][:3] == [FIRST, "2026-12-21", "2026-12-28"]
    assert "Days off: Mon 7 Dec 2026 to Mon 14 Dec 2026" in said.text
    undone(planned, said.text)
    assert [one[1] for one in standing(planned)][:3] == [FIRST, "2026-12-07", "2026-12-14"]
    said = planned.follow(planned.post("/plan/days-off", {"off_from": "2026-12-08", "off_to": ""}))
    assert "No session had to move." in said.text


def test_days_off_lay_no_session_in_the_past(planned, clock):
    """Session 1 went to a Wednesday: with that off it goes on from there, never back."""
    planned.post("/plan/sessions/1/move", {"day": "2026-12-16", "time": "09:00", "which": "rest"})
    after(clock, days=14)
    planned.post("/plan/days-off", {"off_from": "2026-12-16", "off_to": ""})
    assert standing(planned)[0][1] == "2026-12-21"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("", "", "Enter the first day off"),
        ("2026-02-31", "", "Enter the first day off"),
        ("2026-12-14", "2026-12-32", "Enter the last day off"),
        ("2026-12-14", "2026-12-07", "The last day off is before the first one"),
        ("2026-12-14", "2027-12-14", "Time off can be up to 200 days"),
        ("2026-11-02", "2026-11-08", "Choose a day from today on"),
        ("2028-12-14", "", "within the next year"),
        ("2026-12-24", "2027-06-30", "the sessions no longer fit"),
    ],
)
def test_days_off_that_cannot_be_are_told_beside_the_field(planned, first, last, words):
    before = standing(planned)
    refused = planned.post("/plan/days-off", {"off_from": first, "off_to": last})
    assert refused.status_code == 422
    assert words in refused.text
    assert f'name="off_from" type="date" value="{first}"' in refused.text
    assert standing(planned) == before


def test_days_off_that_one_has_already_are_told(planned):
    planned.post("/plan/days-off", {"off_from": "2026-12-08"})
    planned.post("/plan/sessions/1/move", {"day": "2026-12-01", "time": "09:00", "which": "this"})
    refused = planned.post("/plan/days-off", {"off_from": "2026-12-08"})
    assert refused.status_code == 422
    assert "You already have these days off" in refused.text


def test_undo_goes_back_step_by_step_to_the_plan_that_was_made(planned, clock):
    made = standing(planned)
    planned.post("/plan/sessions/1/move", {"day": "2026-12-02", "time": "10:00", "which": "rest"})
    planned.post("/plan/days-off", {"off_from": "2026-12-14"})
    planned.post("/plan", plan_fields(first_day=FIRST, time="11:00"))
    assert plan_of(planned)["visits"][0]["time"] == "11:00"
    for _ in range(3):
        undone(planned, planned.get("/plan").text)
    assert standing(planned) == made
    assert plan_of(planned)["visits"][0]["time"] == "09:00"
    text = planned.get("/plan").text
    assert 'name="step"' not in text
    assert text.count("<s>") == 3
    for words in (
        "Plan made: 10 sessions",
        "Session 1 moved to Wed 2 Dec 2026",
        "Plan changed",
    ):
        assert words in text


def test_an_undo_of_an_older_page_undoes_nothing_else(planned):
    planned.post("/plan/sessions/1/move", {"day": "2026-12-02", "time": "10:00", "which": "this"})
    step = step_of(planned.get("/plan").text)
    planned.post("/plan/sessions/2/move", {"day": "2026-12-09", "time": "10:00", "which": "this"})
    kept = standing(planned)
    refused = planned.post("/plan/undo", {"step": step})
    assert refused.status_code == 422
    assert "has changed since" in refused.text
    assert standing(planned) == kept


def test_what_is_not_ones_own_is_not_found(client, planned):
    other = planned.another()
    for path in ("/plan/pause", "/plan/days-off", "/plan/undo", "/plan/sessions/1/replan"):
        assert other.post(path, {"step": "x"} if path.endswith("undo") else {}).status_code == 404, path
    assert other.get("/plan/pause").status_code == 404


def test_how_often_is_one_tap_away_and_what_was_noted_stays(planned, clock):
    after(clock, days=7, hours=8)
    planned.post("/plan/sessions/1/log", {"log": "went"})
    assert "/plan/change?often#f-per-week" in planned.get("/plan").text
    form = planned.get("/plan/change?often").text
    assert re.search(r"<details class=\"more planner-fine\" open>", form)
    planned.post("/plan", plan_fields(first_day="2026-12-01", weekdays=["mon", "thu"], per_week="2"))
    assert standing(planned)[:3] == [(1, FIRST, "went"), (2, "2026-12-03", None), (3, "2026-12-07", None)]


def test_the_move_page_says_what_comes(planned):
    planned.post("/plan/days-off", {"off_from": "2026-12-08", "off_to": "2026-12-09"})
    text = planned.get("/plan/sessions/2/move").text
    assert "after session 4, now on Monday 21 December 2026" in text
    assert "Days off: Tue 8 Dec 2026 to Wed 9 Dec 2026" in text
