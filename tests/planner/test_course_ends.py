"""A course that ends, and what comes after it, by HTTP, with a clock that is turned."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from tests.planner.test_living import step_of
from tests.planner.test_stage_routes import at_the_talk, check_in_again, go_to_session, planned  # noqa: F401 - fixtures
from tests.support.html_page import Page
from tests.support.people import finish_check_in, plan_fields


def as_shown(text: str, do: str) -> dict[str, Any]:
    """The fields of the planner's form as they stand on the page."""
    form = next(one for one in Page(text).all("form") if one.attrs.get("id") == "planner-form")
    fields: dict[str, Any] = {}
    for one in form.inside("input"):
        name, kind = one.attrs.get("name", ""), one.attrs.get("type", "text")
        if kind in ("radio", "checkbox") and "checked" not in one.attrs:
            continue
        fields.setdefault(name, []).append(one.attrs.get("value", ""))
    for one in form.inside("select"):
        chosen = [option for option in one.inside("option") if "selected" in option.attrs]
        fields[one.attrs["name"]] = [chosen[0].attrs["value"]] if chosen else [""]
    return {**fields, "do": do}


def plan_of(client: Any) -> Any:
    return client.get("/me/export.json").json()["plan"]


def ended(client: Any, ended_as: str = "finished") -> str:
    return str(client.follow(client.post("/plan/finish", {"ended_as": ended_as})).text)


def test_the_thirteenth_day_off_is_kept_by_the_form(planned: Any):  # noqa: F811
    """And none of them bears a session."""
    days = [f"2026-12-{day:02}" for day in range(1, 26, 2)]
    for day in days:
        assert planned.post("/plan/days-off", {"off_from": day}).status_code == 303
    before = plan_of(planned)
    shown = planned.get("/plan/change").text
    for do in ("save", "preview"):
        answer = planned.post("/plan?change", as_shown(shown, do))
        assert answer.status_code == (303 if do == "save" else 200), answer.text[:2000]
        after = plan_of(planned)
        assert after["own_days_off"] == before["own_days_off"] == days
        assert [one["day"] for one in after["visits"]] == [one["day"] for one in before["visits"]]


def test_a_second_press_of_going_on_to_the_most_there_may_be_is_none(client: Any, clock: Any):
    finish_check_in(client, problem_words="sore wrists")
    client.post("/plan", plan_fields(max_sessions="14"))
    go_to_session(client, clock, 14)
    check_in_again(client)
    for _press in range(2):
        answer = client.post("/plan/extend", {"more": "1", "planned": "14"})
        assert answer.headers.get("location") == "/plan?done=extended", answer.text[:3000]
    assert len(plan_of(client)["visits"]) == 15
    refused = client.post("/plan/extend", {"more": "1", "planned": "15"})
    assert refused.status_code == 422
    assert "to 0" not in refused.text


def test_a_course_that_is_all_over_says_what_to_do_in_its_form(planned: Any, clock: Any):  # noqa: F811
    go_to_session(planned, clock, 8)
    clock.now += timedelta(days=3)
    check_in_again(planned)
    for do in ("save", "preview"):
        answer = planned.post("/plan?change", plan_fields(first_day="2027-02-01", max_sessions="8", do=do))
        assert answer.status_code == 422
        assert "All 8 sessions are over. Finish the course first, or enter a higher number" in answer.text
    ended(planned)
    assert planned.post("/plan?change", plan_fields(first_day="2027-02-01", max_sessions="8")).status_code == 303
    assert len(plan_of(planned)["visits"]) == 16


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2199-01-07", "within the next year"),
        ("2026-12-01", "Choose a day from today on"),
        ("soon", "Choose the first day you could start"),
        ("", "Choose the first day you could start"),
    ],
)
def test_the_day_of_a_short_course_is_within_a_year(at_the_talk: Any, day: str, words: str):  # noqa: F811
    ended(at_the_talk)
    answer = at_the_talk.post("/plan/restart", {"sessions": "4", "day": day, "do": "save"})
    assert answer.status_code == 422
    assert words in answer.text


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("/plan/extend", {"more": "2", "planned": "8"}),
        ("/plan/finish", {"ended_as": "finished"}),
        ("/plan/finish", {"ended_as": "stopped"}),
        ("/plan/taper", {"sessions": "2", "do": "save"}),
        ("/plan/restart", {"sessions": "4", "day": "2027-02-01", "do": "save"}),
    ],
)
def test_what_was_decided_can_be_undone_where_it_is_said(at_the_talk: Any, address: str, fields: Any):  # noqa: F811
    before = plan_of(at_the_talk)["visits"]
    text = at_the_talk.follow(at_the_talk.post(address, fields)).text
    said = text.split("<h1")[0] if "<h1" in text else text
    assert 'name="step"' in said
    at_the_talk.follow(at_the_talk.post("/plan/undo", {"step": step_of(said)}))
    after = [one for one in plan_of(at_the_talk)["visits"] if not one["cancelled"]]
    assert [one["day"] for one in after] == [one["day"] for one in before]


def test_in_a_short_course_more_sessions_are_no_choice(at_the_talk: Any, clock: Any):  # noqa: F811
    ended(at_the_talk)
    at_the_talk.post("/plan/restart", {"sessions": "4", "day": "2027-01-25", "do": "save"})
    go_to_session(at_the_talk, clock, 12, first=9)
    text = at_the_talk.get("/plan/talk").text
    assert "Session 12 is over" in text
    assert "Two choices to talk over" in text
    assert "the most sessions it can have" not in text
    assert "then look again" not in text


def test_on_hold_the_talk_says_that_the_plan_is_on_hold(client: Any, clock: Any):
    finish_check_in(client, problem_words="sore wrists")
    client.post("/plan", plan_fields(max_sessions="10"))
    go_to_session(client, clock, 8)
    client.post("/plan/pause", {"reason": "flare"})
    text = client.get("/plan/talk").text
    assert "Your plan is on hold. Go on with it first" in text
    assert "the most sessions it can have" not in text


def test_the_course_before_stays_in_reach(at_the_talk: Any, clock: Any):  # noqa: F811
    ended(at_the_talk, "stopped")
    assert "The course before" not in at_the_talk.get("/plan/summary").text
    before = at_the_talk.get("/plan/summary").text
    at_the_talk.post("/plan/restart", {"sessions": "4", "day": "2027-01-25", "do": "save"})
    assert "/plan/summary?from=1" in at_the_talk.get("/plan").text
    go_to_session(at_the_talk, clock, 10, first=9)
    check_in_again(at_the_talk, pain="1")
    assert "/plan/summary?from=1" in at_the_talk.get("/plan").text
    now = at_the_talk.get("/plan/summary").text
    assert "Went to 2 sessions." in now
    assert "/plan/summary?from=1" in now
    earlier = at_the_talk.get("/plan/summary?from=1").text
    assert article(earlier) == article(before)
    assert "/plan/summary.pdf?from=1" in earlier
    assert at_the_talk.get("/plan/summary.pdf?from=1").headers["content-type"] == "application/pdf"
    assert at_the_talk.get("/plan/summary?from=9").status_code == 200
    for wrong in ("2", "10", "0", "-1", "x", "", "９", "99999999999999999999"):
        assert at_the_talk.get(f"/plan/summary?from={wrong}").status_code == 404, wrong
        assert at_the_talk.get(f"/plan/summary.pdf?from={wrong}").status_code == 404, wrong


def article(text: str) -> str:
    found = re.search(r"<article.*?</article>", text, re.DOTALL)
    assert found
    return found[0]


def test_what_is_told_after_the_end_is_gone_through_before_new_sessions(at_the_talk: Any):  # noqa: F811
    """A course that has ended waits for nothing; a short one begins only once it was gone through."""
    ended(at_the_talk)
    assert "Show my sessions" in at_the_talk.get("/plan/restart").text
    sent = at_the_talk.post("/plan/sessions/8", {"pauses": "pregnancy", "came_up": "save"})
    assert sent.status_code == 303, sent.text[:3000]
    told = at_the_talk.follow(sent).text
    assert "Check in again before you plan new sessions" in told
    assert "has changed the treatment" in told
    assert "Show my sessions" not in at_the_talk.get("/plan/restart").text
    refused = at_the_talk.post("/plan/restart", {"sessions": "4", "day": "2027-03-01", "do": "save"})
    assert refused.status_code == 422
    assert plan_of(at_the_talk)["part"]["phase"] != "short"
