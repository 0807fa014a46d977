"""A follow-up asks for no session that the log of the plan tells of already, and for none since the same morning."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from tests.support.people import RA, answer_quiz, plan_fields

ASKS = "How many acupuncture sessions have you had"
MORE = "Answer more"


def with_two_sessions(client: Any, clock: Any) -> None:
    """A check-in, a plan of two Mondays after it, both over."""
    answer_quiz(client, RA)
    assert client.post("/plan", plan_fields(first_day="2026-11-30", max_sessions="2")).status_code == 303
    clock.now += timedelta(days=15)


def begin(client: Any) -> str:
    place: str = client.post("/quiz", {"variant": "follow-up"}).headers["location"]
    return place


def note(client: Any, **logs: str) -> None:
    for number, log in logs.items():
        assert client.post(f"/plan/sessions/{number[1:]}/log", {"log": log, "to": "plan"}).status_code == 303


def is_asked(page: str) -> bool:
    """Above the fold, and not in it."""
    return ASKS in page.split(MORE)[0]


def sessions_told(client: Any) -> int | None:
    told: int | None = client.get("/me/export.json").json()["check_ins"][0]["answers"].get("sessions_since")
    return told


@pytest.mark.parametrize(
    ("logs", "known"),
    [({"n1": "went", "n2": "went"}, 2), ({"n1": "went", "n2": "missed"}, 1), ({"n1": "missed", "n2": "missed"}, 0)],
)
def test_the_log_answers_when_every_session_was_noted(
    client: Any, clock: Any, logs: dict[str, str], known: int
) -> None:
    with_two_sessions(client, clock)
    note(client, **logs)
    place = begin(client)

    page = client.get(place).text

    assert not is_asked(page)
    assert "noted in your plan" in page.split(MORE)[1]
    assert re.search(rf'name="sessions_since" value="{known}" checked', page)
    assert "Has anything else changed" in page.split(MORE)[0]
    assert "/results/" in client.post(place, {"none_right_now": "1"}).headers["location"]
    assert sessions_told(client) == known


@pytest.mark.parametrize("logs", [{}, {"n1": "went"}, {"n2": "went"}])
def test_it_is_asked_when_one_was_not_noted(client: Any, clock: Any, logs: dict[str, str]) -> None:
    with_two_sessions(client, clock)
    note(client, **logs)
    place = begin(client)

    page = client.get(place).text

    assert is_asked(page)
    assert "Did you have any of these after a session?" in page.split(MORE)[0]
    assert not re.search(r'name="sessions_since" value="\d+" checked', page)
    client.post(place, {"none_right_now": "1"})
    assert sessions_told(client) is None


def test_it_is_asked_without_a_plan(client: Any, clock: Any) -> None:
    answer_quiz(client, RA)
    clock.now += timedelta(days=15)
    assert is_asked(client.get(begin(client)).text)


def test_what_the_log_says_can_be_changed(client: Any, clock: Any) -> None:
    with_two_sessions(client, clock)
    note(client, n1="went", n2="went")
    place = begin(client)

    client.post(
        place, {"none_right_now": "1", "sessions_since": "3", "side_effects": ["tired"], "none_side_effects": "0"}
    )

    assert sessions_told(client) == 3
    assert is_asked(client.get(place).text), "what was finished is shown whole"


def test_a_fault_in_it_opens_its_fold(client: Any, clock: Any) -> None:
    with_two_sessions(client, clock)
    note(client, n1="went", n2="went")
    place = begin(client)

    answer = client.post(place, {"none_right_now": "1", "sessions_since": "100"})

    assert answer.status_code == 422
    assert re.search(r"<details[^>]*quiz-answer-more[^>]* open", answer.text)


def test_since_the_same_day_it_is_not_asked(client: Any, clock: Any) -> None:
    answer_quiz(client, RA)
    clock.now += timedelta(hours=3)

    page = client.get(begin(client)).text

    assert not is_asked(page)
    assert "noted in your plan" not in page
    assert ASKS in page.split(MORE)[1]


def test_the_next_follow_up_asks_anew(client: Any, clock: Any) -> None:
    with_two_sessions(client, clock)
    note(client, n1="went", n2="went")
    client.post(begin(client), {"none_right_now": "1"})
    clock.now += timedelta(days=15)

    page = client.get(begin(client)).text

    assert is_asked(page)
    assert not re.search(r'name="sessions_since" value="\d+" checked', page)
