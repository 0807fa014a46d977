"""What a course comes to, so far and in all; and all of its sessions as a table, beside the strip."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.support.html_page import Page
from tests.support.people import finish_check_in, plan_fields


@pytest.fixture
def patient(client: Any) -> Any:
    finish_check_in(client)
    return client


def figures(text: str) -> list[str]:
    """Each as it is heard: its name, its value, its detail."""
    [facts] = [one for one in Page(text).all("dl") if "planner-facts" in one.attrs.get("class", "")]
    return [one.words for one in facts.inside("div")]


def sums(text: str) -> str:
    """The fold of the plan's page that holds the figures, by its heading."""
    return next(one.words for one in Page(text).all("summary") if "·" in one.words)


def went(client: Any, clock: Any, *logs: str) -> None:
    clock.now = clock.now.replace(year=2027, month=3, day=1)
    for number, log in enumerate(logs, 1):
        assert client.post(f"/plan/sessions/{number}/log", {"log": log}).status_code == 303


def test_before_it_begins_all_is_told_in_all(patient: Any):
    text = patient.post("/plan", plan_fields(do="preview", max_money="500")).text
    assert figures(text) == [
        "sessions 10 in 10 weeks",
        "hours 11.7 including travel",
        "hours of travel 5 30 minutes there and back",
        "in all £450 £45 a session, £500 at most",
    ]
    assert "10 sessions · 11.7 hours with travel · £450" in Page(text).text[0]
    assert "not counted" not in text


def test_as_it_goes_each_is_told_so_far_and_in_all(patient: Any, clock: Any):
    patient.post("/plan", plan_fields())
    went(patient, clock, "went", "went", "missed", "went")
    text = patient.get("/plan").text
    assert sums(text) == "3 of 9 sessions · 3.5 of 10.5 hours with travel · £135 of £405"
    assert figures(text) == [
        "sessions so far 3 of 9 in 10 weeks",
        "hours so far 3.5 of 10.5 including travel",
        "hours of travel so far 1.5 of 4.5 30 minutes there and back",
        "for the sessions you went to £135 of £405 £45 a session",
    ]
    assert "You may still have to pay for them: ask." in text
    assert "Past sessions are counted once you note them." in text


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"max_sessions": "1", "minutes": "60", "travel_minutes": "", "price": ""}, "1 session · 1 hour"),
        ({"max_sessions": "1", "minutes": "30", "travel_minutes": "1"}, "1 session · 0.5 hours with travel · £45"),
        ({"max_sessions": "2", "minutes": "30", "travel_minutes": "0", "price": "0"}, "2 sessions · 1 hour · £0"),
        ({"max_sessions": "2", "price": "37,5", "currency": "EUR", "minutes": "60"}, "2 sessions · 3 hours with travel · €75"),
        ({"max_sessions": "3", "price": "37.25", "currency": "USD"}, "3 sessions · 3.5 hours with travel · US$111.75"),
        ({"max_sessions": "3", "price": "4000", "currency": "JPY"}, "3 sessions · 3.5 hours with travel · JP¥12,000"),
    ],
)  # fmt: skip
def test_one_is_no_plural_and_money_is_written_as_people_write_it(patient: Any, asked: dict[str, str], words: str):
    patient.post("/plan", plan_fields(**asked))
    assert sums(patient.get("/plan").text) == words


def test_one_minute_of_travel_is_no_plural(patient: Any):
    assert "1 minute there and back" in patient.post("/plan", plan_fields(travel_minutes="1", do="preview")).text


# ------------------------------------------------------------------ the table


def table(text: str) -> list[list[str]]:
    [found] = [one for one in Page(text).all("table") if one.attrs.get("aria-labelledby") == "all-sessions"]
    return [
        [one.words for one in row.children if one.tag in ("th", "td") and "no-print" not in one.attrs.get("class", "")]
        for row in found.inside("tr")
    ]


def test_the_table_says_of_each_session_what_the_strip_shows(patient: Any, clock: Any):
    patient.post("/plan", plan_fields(max_sessions="12"))
    clock.now = clock.now.replace(month=12, day=15)
    for number, log in ((1, "went"), (2, "missed")):
        patient.post(f"/plan/sessions/{number}/log", {"log": log})
    patient.post("/plan/sessions/4/move", {"day": "2026-12-22", "time": "14:30", "which": "this"})
    text = patient.get("/plan").text

    head, *rows = table(text)
    assert head == ["Session", "Day", "Time", "What became of it", "What comes after"]
    assert rows[:5] == [
        ["1", "Mon 30 Nov 2026", "09:00", "✓ went", "Safety check"],
        ["2", "Mon 7 Dec 2026", "09:00", "✕ missed", ""],
        ["3", "Mon 14 Dec 2026", "09:00", "over", ""],
        ["4", "Tue 22 Dec 2026", "14:30", "next moved", ""],
        ["5", "Mon 28 Dec 2026", "09:00", "to come", "A first look"],
    ]
    after = [row[4] for row in rows if row[4]]
    assert after == ["Safety check", "A first look", "Time to decide", "Time to decide"]
    assert [row[0] for row in rows if "only if it has helped" in row[3]] == ["11", "12"]
    marks = re.findall(r'<span class="strip-mark strip-(\w+)', text)
    words = {"✓ went": "went", "✕ missed": "missed", "over": "over", "next moved": "next"}
    assert marks == [words.get(row[3], "ahead") for row in rows]


def test_each_cell_keeps_its_part_of_the_table_where_a_phone_stacks_them(patient: Any):
    patient.post("/plan", plan_fields())
    [found] = [one for one in Page(patient.get("/plan").text).all("table") if one.attrs.get("role") == "table"]
    assert {one.attrs.get("role") for one in found.inside("tr")} == {"row"}
    assert {one.attrs.get("role") for one in found.inside("td")} == {"cell"}
    assert {(one.attrs.get("role"), one.attrs.get("scope")) for one in found.inside("th")} == {
        ("columnheader", "col"), ("rowheader", "row"),
    }  # fmt: skip
