"""A follow-up asks for no session that the log of the plan tells of already, and for none since the same morning."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.support.people import RA, answer_quiz, on_screen, plan_fields

ASKS = "How many acupuncture sessions have you had"
MORE = "Answer more"


def plan(client: Any, address: str = "/plan", **fields: Any) -> None:
    assert client.post(address, plan_fields(**fields)).status_code == 303


def with_two_sessions(client: Any, clock: Any) -> None:
    """A plan of two Mondays, a check-in before the first, both over."""
    answer_quiz(client, RA)
    plan(client, first_day="2026-11-30", max_sessions="2")
    clock.now += timedelta(hours=1)
    answer_quiz(client, RA)
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


EFFECTS = "Did you have any of these after a session?"


def tell(client: Any, number: int, *effects: str) -> None:
    said = {"side_effects": list(effects), "came_up": "save"} if effects else {"came_up": "none"}
    assert client.post(f"/plan/sessions/{number}", said).status_code == 303


@pytest.mark.parametrize("effects", [(), ("tired", "bruise")])
def test_what_followed_is_not_asked_when_each_was_told(client: Any, clock: Any, effects: tuple[str, ...]) -> None:
    with_two_sessions(client, clock)
    tell(client, 1)
    tell(client, 2, *effects)
    place = begin(client)

    page = client.get(place).text

    assert not is_asked(page)
    assert EFFECTS not in page.split(MORE)[0]
    assert not re.search(r"<details[^>]*quiz-answer-more[^>]* open", page)
    summary = client.post(place, {"none_right_now": "1"}).headers["location"]
    told = client.get("/me/export.json").json()["check_ins"][0]["answers"]
    assert told.get("sessions_since") == 2
    assert set(told.get("side_effects", ())) == set(effects)
    assert told.get("none_side_effects", False) is not bool(effects)
    text = client.get(f"{place.rpartition('/')[0]}/review").text
    assert "After a session" in text
    assert ("Tired or drowsy" in text) is bool(effects)
    assert client.get(summary).status_code == 200


def test_what_followed_is_asked_when_one_was_not_told(client: Any, clock: Any) -> None:
    with_two_sessions(client, clock)
    note(client, n1="went")
    tell(client, 2, "tired")

    page = client.get(begin(client)).text

    assert not is_asked(page)
    assert EFFECTS in page.split(MORE)[0]
    assert 'value="tired" checked' not in page


def test_the_full_check_in_does_not_ask_it_again_either(client: Any, clock: Any) -> None:
    with_two_sessions(client, clock)
    tell(client, 1, "bruise")
    tell(client, 2)
    place = client.post("/quiz", {"start": "1", "again": "1"}).headers["location"].rpartition("/")[0]
    client.post(f"{place}/right-now", on_screen("right-now", RA))

    page = client.get(f"{place}/since").text

    fold = re.search(r"<details.*?</details>", page, re.S)
    assert fold
    assert ASKS in fold[0]
    assert EFFECTS in fold[0]
    assert ASKS not in page.replace(fold[0], "")
    assert 'name="side_effects" value="bruise" checked' in fold[0]
    assert client.post(f"{place}/since", {"none_changed": "1"}).status_code == 303
    kept = client.get("/me/export.json").json()["check_ins"][0]["answers"]
    assert (kept["sessions_since"], kept["side_effects"]) == (2, ["bruise"])


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


def test_it_is_asked_when_the_plan_was_made_after_the_check_in(client: Any, clock: Any) -> None:
    answer_quiz(client, RA)
    clock.now += timedelta(days=6)
    plan(client, first_day="2026-11-30", max_sessions="1")
    clock.now += timedelta(days=3)
    note(client, n1="went")

    assert_asked_without_a_number(client)


def test_it_is_asked_when_the_plan_took_the_place_of_one_that_was_deleted(client: Any, clock: Any) -> None:
    answer_quiz(client, RA)
    plan(client, first_day="2026-11-24", weekdays=["tue", "thu"], per_week="2", max_sessions="2")
    clock.now = datetime(2026, 11, 27, 9, tzinfo=UTC)
    note(client, n1="went", n2="went")
    client.post("/plan/delete")
    plan(client, first_day="2026-11-28", weekdays=["sat"], max_sessions="2")
    clock.now = datetime(2026, 11, 28, 12, tzinfo=UTC)
    note(client, n1="went")

    assert_asked_without_a_number(client)


@pytest.mark.parametrize("way", ["change", "fewer", "move"])
def test_it_is_asked_when_a_session_that_is_over_and_not_noted_was_taken_away(
    client: Any, clock: Any, way: str
) -> None:
    answer_quiz(client, RA)
    tuesdays = {"first_day": "2026-11-24", "weekdays": ["tue", "thu"], "per_week": "2"}
    plan(client, **tuesdays, max_sessions="2")
    clock.now = datetime(2026, 11, 24, 9, tzinfo=UTC)
    note(client, n1="went")
    clock.now = datetime(2026, 11, 26, 18, tzinfo=UTC)
    if way == "move":
        fields = {"day": "2026-12-05", "time": "09:00", "which": "this"}
        assert client.post("/plan/sessions/2/move", fields).status_code == 303
    else:
        later = {"first_day": "2026-11-28", "weekdays": ["sat"], "max_sessions": "1" if way == "fewer" else "4"}
        plan(client, "/plan?change", **later)

    assert_asked_without_a_number(client)


def assert_asked_without_a_number(client: Any) -> None:
    place = begin(client)
    page = client.get(place).text
    assert is_asked(page)
    assert "noted in your plan" not in page
    client.post(place, {"none_right_now": "1"})
    assert sessions_told(client) is None


def test_on_a_later_day_it_is_open_again_with_what_the_log_told_then(client: Any, clock: Any) -> None:
    with_two_sessions(client, clock)
    note(client, n1="went", n2="went")
    place = begin(client)
    assert client.post(f"{place}/pause", {"ratings.problem": "5"}).status_code == 303
    assert not is_asked(client.get(place).text)
    clock.now += timedelta(days=1)

    page = client.get(place).text
    assert is_asked(page)
    assert "noted in your plan" not in page
    assert re.search(r'name="sessions_since" value="2" checked', page.split(MORE)[0])
    faulty = client.post(place, {"sessions_since": "3"})
    assert faulty.status_code == 422
    assert is_asked(faulty.text)
    client.post(place, {"none_right_now": "1", "sessions_since": "3"})
    assert sessions_told(client) == 3


def test_the_same_day_is_the_persons(client: Any, clock: Any) -> None:
    clock.now = datetime(2026, 11, 30, 9, tzinfo=UTC)
    answer_quiz(client, RA)
    plan(client, first_day="2026-12-28", time_zone="Pacific/Auckland")
    clock.now += timedelta(minutes=50)  # 22:50 there
    place = begin(client)
    assert client.post(f"{place}/pause", {"ratings.problem": "5"}).status_code == 303
    assert not is_asked(client.get(place).text)
    clock.now += timedelta(hours=2)

    assert is_asked(client.get(place).text), "it is after midnight there"


@pytest.mark.parametrize("hours", [2, 9])
def test_since_the_same_day_it_is_asked_when_a_session_was_between(client: Any, clock: Any, hours: int) -> None:
    clock.now = datetime(2026, 11, 30, 8, tzinfo=UTC)
    answer_quiz(client, RA)
    plan(client, first_day="2026-11-30", time="12:00", max_sessions="2")
    clock.now += timedelta(hours=hours)

    assert is_asked(client.get(begin(client)).text) == (hours == 9)


def test_what_was_closest_stays_open_in_a_second_full_check_in(client: Any, clock: Any) -> None:
    without = {name: value for name, value in RA.items() if name != "ratings.problem"} | {"main_symptom": "fatigue"}
    answer_quiz(client, without | {"ratings.fatigue": "8"})
    clock.now += timedelta(days=28)
    again = {"start": "1", "again": "1"}
    place, _, screen = client.post("/quiz", again).headers["location"].rpartition("/")
    while screen != "ratings":
        fields = {} if screen == "since" else on_screen(screen, without | {"ratings.problem": "5"})
        screen = client.post(f"{place}/{screen}", fields).headers["location"].rpartition("/")[2]

    assert 'name="ratings.fatigue"' in client.get(f"{place}/ratings").text.partition("Add more")[0]
