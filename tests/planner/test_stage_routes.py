"""The talk and what comes after it, by HTTP, with a clock that is turned."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.support.people import answer_follow_up, finish_check_in, plan_fields

SECRET = "zanzibar secret 4711"
# Mondays from 30 November 2026 on, at nine; it is 23 November.
EIGHT = {"max_sessions": "8"}


def go_to_session(client: Any, clock: Any, number: int, *logs: str, first: int = 1) -> None:
    """To the afternoon of session `number`, of which each was gone to."""
    while first <= number:
        clock.now = clock.now.replace(year=2026, month=11, day=30, hour=14) + timedelta(weeks=first - 1)
        answer = client.post(f"/plan/sessions/{first}/log", {"log": "went"})
        assert answer.status_code == 303, (first, answer.text[:2000])
        first += 1


def check_in_again(client: Any, pain: str = "5", **fields: Any) -> None:
    address = client.post("/quiz", {"variant": "follow-up", "confirm": "1"}).headers["location"]
    answer = client.post(address, {"none_right_now": "1", "still_true": "yes", "ratings.pain": pain, **fields})
    assert "/results/" in answer.headers.get("location", ""), answer.text[:3000]


@pytest.fixture
def planned(client: Any) -> Any:
    finish_check_in(client, problem_words="sore wrists")
    assert client.post("/plan", plan_fields(**EIGHT)).status_code == 303
    return client


@pytest.fixture
def at_the_talk(planned: Any, clock: Any) -> Any:
    go_to_session(planned, clock, 8)
    check_in_again(planned, note=SECRET, changed_since=["flare"])
    return planned


def test_without_a_plan_there_is_nothing(client: Any):
    for address in ("/plan/talk", "/plan/taper", "/plan/restart", "/plan/summary", "/plan/summary.pdf"):
        assert client.get(address).status_code == 404, address
    finish_check_in(client)
    assert client.post("/plan/extend", {"more": "1"}).status_code == 404
    assert client.post("/plan/finish", {"ended_as": "finished"}).status_code == 404
    assert client.post("/plan/taper", {"sessions": "1"}).status_code == 404
    assert client.post("/plan/restart", {"sessions": "4"}).status_code == 404


def test_the_talk_shows_the_sum_and_chance_and_orders_nothing(at_the_talk: Any):
    text = at_the_talk.get("/plan/talk").text
    assert "7 to 5 is 2 lower, or 29 percent." in text
    assert "even when nothing has changed" in text
    assert "You and your acupuncturist decide." in text
    for choice in ("Finish and see", "Up to 5 more, then look again", "Stop here"):
        assert choice in text
    assert SECRET not in text


def test_a_number_that_is_missing_is_said_with_the_way_to_it(planned: Any, clock: Any):
    go_to_session(planned, clock, 8)
    text = planned.get("/plan/talk").text
    assert "There is no number from after session 8 yet." in text
    assert 'name="variant" value="follow-up"' in text
    assert "percent." not in text.split("What trials did")[0]


def test_before_the_decision_only_stopping_is_offered(planned: Any, clock: Any):
    go_to_session(planned, clock, 3)
    text = planned.get("/plan/talk").text
    assert "This page is for the talk after session 8." in text
    assert "Stop the course" in text
    assert "Add these sessions" not in text
    refused = planned.post("/plan/extend", {"more": "2", "planned": "8"})
    assert refused.status_code == 422
    assert "too early" in refused.text


@pytest.mark.parametrize("more", ["", "0", "6", "abc", "-1", "1.5", "９"])
def test_how_many_more_is_said_beside_the_field(at_the_talk: Any, more: str):
    answer = at_the_talk.post("/plan/extend", {"more": more, "planned": "8"})
    assert answer.status_code == 422
    assert "Choose how many, from 1 to 5" in answer.text


def test_two_more_then_a_second_decision_then_finished(at_the_talk: Any, clock: Any):
    first = at_the_talk.post("/plan/extend", {"more": "2", "planned": "8"})
    assert first.headers["location"] == "/plan?done=extended"
    again = at_the_talk.post("/plan/extend", {"more": "2", "planned": "8"})
    assert again.headers["location"] == "/plan?done=extended"
    page = at_the_talk.get("/plan?done=extended").text
    assert "Look at your number again after session 10." in page
    assert len(at_the_talk.get("/me/export.json").json()["plan"]["visits"]) == 10
    assert "This page is for the talk after session 10." in at_the_talk.get("/plan/talk").text

    go_to_session(at_the_talk, clock, 10, first=9)
    assert "Session 10 is over" in at_the_talk.get("/plan/talk").text
    done = at_the_talk.post("/plan/finish", {"ended_as": "finished"})
    assert done.headers["location"] == "/plan?done=finished"
    assert "You finished your course" in at_the_talk.get("/plan?done=finished").text
    assert at_the_talk.post("/plan/finish", {"ended_as": "stopped"}).status_code == 303
    assert "You finished your course" in at_the_talk.get("/plan?done=finished").text


def test_a_closed_gate_lays_no_new_sessions_and_says_why(at_the_talk: Any):
    at_the_talk.post("/plan/finish", {"ended_as": "finished"})
    finish_check_in(at_the_talk, red_flags=["septic-joint"])
    for address, fields in (
        ("/plan/taper", {"sessions": "2", "do": "save"}),
        ("/plan/restart", {"sessions": "4", "day": "2027-03-01", "do": "save"}),
    ):
        answer = at_the_talk.post(address, fields)
        assert answer.status_code == 422, address
        assert "Get medical help today" in answer.text
    assert len(at_the_talk.get("/me/export.json").json()["plan"]["visits"]) == 8


def test_what_is_to_be_gone_through_again_comes_first(planned: Any, clock: Any):
    go_to_session(planned, clock, 8)
    answer_follow_up(planned, {"ratings.pain": "5"})
    text = planned.get("/plan/talk").text
    assert "First, is it all still true?" in text
    assert "Add these sessions" not in text
    assert planned.post("/plan/extend", {"more": "2", "planned": "8"}).status_code == 422


def test_a_taper_is_shown_dated_before_it_is_kept(at_the_talk: Any):
    at_the_talk.post("/plan/finish", {"ended_as": "finished"})
    shown = at_the_talk.post("/plan/taper", {"sessions": "3", "do": "show"})
    assert shown.status_code == 200
    assert shown.text.count("<li><time datetime=") == 3
    assert len(at_the_talk.get("/me/export.json").json()["plan"]["visits"]) == 8
    kept = at_the_talk.post("/plan/taper", {"sessions": "3", "do": "save"})
    assert kept.headers["location"] == "/plan?done=tapered"
    assert at_the_talk.post("/plan/taper", {"sessions": "3", "do": "save"}).status_code == 303
    assert "further and further apart" in at_the_talk.get("/plan?done=tapered").text
    assert len(at_the_talk.get("/me/export.json").json()["plan"]["visits"]) == 11
    assert "This cannot be planned right now." in at_the_talk.get("/plan/taper").text


def test_a_short_course_begins_on_its_day_once_the_other_is_over(planned: Any, clock: Any):
    running = planned.post("/plan/restart", {"sessions": "4", "day": "2026-12-01", "do": "save"})
    assert running.status_code == 422
    go_to_session(planned, clock, 8)
    check_in_again(planned)
    faulty = planned.post("/plan/restart", {"sessions": "3", "day": "2026-12-01", "do": "show"})
    assert faulty.status_code == 422
    assert "Choose how many, from 4 to 6" in faulty.text
    kept = planned.post("/plan/restart", {"sessions": "4", "day": "2027-02-01", "do": "save"})
    assert kept.headers["location"] == "/plan?done=restarted"
    page = planned.get("/plan?done=restarted").text
    assert "It begins on Monday 1 February 2027." in page


def test_today_leads_to_the_talk_once_the_check_in_is_there_and_not_after_it(planned: Any, clock: Any):
    go_to_session(planned, clock, 8)
    assert "/plan/talk" not in planned.get("/today").text
    assert 'name="confirm" value="1"' in planned.get("/today").text
    check_in_again(planned)
    assert 'href="/plan/talk"' in planned.get("/today").text
    planned.post("/plan/finish", {"ended_as": "stopped"})
    text = planned.get("/today").text
    assert "/plan/talk" not in text
    assert "Time to decide" not in text


def test_a_fair_start_is_asked_for_before_saving_on_the_plan_and_on_today(client: Any, clock: Any):
    finish_check_in(client)
    fields = plan_fields(first_day="2026-12-07")
    shown = client.post("/plan", fields | {"do": "preview"}).text
    assert "from Monday 30 November 2026 to Sunday 6 December 2026" in shown
    assert "You may be starting in a bad week" in shown
    client.post("/plan", fields)
    assert "You may be starting in a bad week" in client.get("/plan").text
    assert "One more check-in before the first session" not in client.get("/today").text
    clock.now += timedelta(days=7)
    assert "check-in before session 1" in client.get("/today").text.lower()
    answer_follow_up(client, {"ratings.pain": "6"})
    assert "You may be starting in a bad week" not in client.get("/plan").text


def test_the_summary_of_a_course_holds_no_private_note(at_the_talk: Any):
    so_far = at_the_talk.get("/plan/summary").text
    assert "7 to 5 is 2 lower, or 29 percent." in so_far
    at_the_talk.post("/plan/finish", {"ended_as": "stopped"})
    text = at_the_talk.get("/plan/summary").text
    assert "Stopped on 18 January 2027." in text
    assert "sore wrists" in text
    assert "Went to 8 sessions." in text
    assert "A flare or relapse" in text
    pdf = at_the_talk.get("/plan/summary.pdf")
    assert pdf.headers["content-type"] == "application/pdf"
    assert "your-course.pdf" in pdf.headers["content-disposition"]
    assert SECRET not in text


@pytest.mark.parametrize("address", ["/plan/extend", "/plan/finish", "/plan/taper", "/plan/restart"])
def test_a_field_that_nobody_knows_is_refused(at_the_talk: Any, address: str):
    answer = at_the_talk.post(address, {"surprise": "1"})
    assert answer.status_code == 422
    assert "We do not know this field" in answer.text


def test_how_it_ended_is_chosen(at_the_talk: Any):
    assert at_the_talk.post("/plan/finish", {}).status_code == 422
    assert at_the_talk.post("/plan/finish", {"ended_as": "bored"}).status_code == 422
