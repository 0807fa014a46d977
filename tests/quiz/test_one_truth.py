"""One question has one answer: two numbers for the pain, a zone that no clock knows, a key in two places, are told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acupwa.quiz.forms import read_one_page
from acupwa.web.forms import FormData
from tests.support.answers import make_answers, messages, read
from tests.support.people import finish_check_in

ABOUT = {"age_band": "40-64", "conditions": ["ra"]}
BOTH = {"ratings.pain", "instruments.peg.1"}
numbers = st.sampled_from(["0", "3", "7", "10", "skip"])


@given(numbers, numbers, st.booleans())
def test_the_pain_and_the_first_of_peg_are_one_number_or_both_are_told(library, pain, item, repeated):
    peg = {"instruments.peg": [item, "6", "6"]} if repeated else {"instruments.peg.1": item}

    found = read_one_page(FormData.of({**ABOUT, "ratings.pain": pain, **peg}), library)

    assert set(messages(found)) == (set() if pain == item else BOTH)
    assert found.answers.ratings["pain"] == found.answers.instruments["peg"][0]


@pytest.mark.parametrize(("pain", "item"), [("", "7"), ("7", "")])
def test_an_empty_one_of_the_two_is_not_given(library, pain, item):
    found = read("ratings", library, {"ratings.pain": pain, "instruments.peg.1": item})

    assert not found.errors
    assert found.answers.ratings["pain"] == found.answers.instruments["peg"][0] == 7


def test_a_number_at_fault_is_told_as_such_alone(library):
    before = make_answers(ratings={"pain": 5}, instruments={"peg": (5, 5, 5)})

    assert set(messages(read("ratings", library, {"ratings.pain": "11", "instruments.peg.1": "7"}, before))) == {
        "ratings.pain"
    }
    assert set(messages(read("ratings", library, {"ratings.pain": "7", "instruments.peg.1": "11"}, before))) == {
        "instruments.peg.1"
    }


def test_the_newer_of_two_answers_counts_whichever_of_the_two_it_is(library):
    before = make_answers(ratings={"pain": 5}, instruments={"peg": (5, 5, 5)})

    for name in BOTH:
        found = read("ratings", library, {name: "2"}, before)
        assert (found.answers.ratings["pain"], found.answers.instruments["peg"][0]) == (2, 2)


def test_it_is_named_at_the_door_and_nothing_is_kept(client):
    answer = client.post("/quiz/whole", {**ABOUT, "ratings.pain": "7", "instruments.peg": ["3", "6", "6"]})

    assert answer.status_code == 422
    assert all(f"<code>{name}</code>" in answer.text for name in BOTH)
    assert client.get("/me/export.json").status_code == 404


@pytest.mark.parametrize(
    "zone", ["Mars/Phobos", "../../etc/passwd", "x" * 300, "europe/london", "Europe/London;", "UTC+1"]
)
def test_a_zone_that_no_clock_knows_is_named(client, zone):
    answer = client.post("/quiz/whole", {**ABOUT, "time_zone": zone})

    assert answer.status_code == 422
    assert "<code>time_zone</code>: We do not know this time zone" in answer.text


@pytest.mark.parametrize("zone", ["", "Europe/London", "Asia/Calcutta", "UTC"])
def test_a_zone_that_is_known_or_left_out_is_taken(client, zone):
    finish_check_in(client, time_zone=zone)

    assert client.get("/me/export.json").json()["person"]["time_zone"] == (zone or "Europe/London")


@pytest.mark.parametrize(
    ("headers", "fields", "named"),
    [
        ({"idempotency-key": "one"}, {"idempotency_key": "two"}, "idempotency_key"),
        ({}, {"idempotency_key": "one", "Idempotency-Key": "two"}, "idempotency_key"),
        ({"idempotency-key": "a", "idempotency-claim": "A" * 43}, {"idempotency_claim": "B" * 43}, "idempotency_claim"),
    ],
)
def test_a_key_or_a_claim_in_two_places_is_the_same_in_both(client, headers, fields, named):
    answer = client.post("/quiz/whole", {**ABOUT, **fields}, headers=headers)

    assert answer.status_code == 422
    assert f"<code>{named}</code>" in answer.text


def test_a_header_that_comes_twice_is_no_key_unless_it_is_the_same(client):
    body, kind = "age_band=40-64&conditions=ra", ("content-type", "application/x-www-form-urlencoded")
    twice = [("idempotency-key", "one"), ("idempotency-key", "two"), kind, ("sec-fetch-site", "same-origin")]
    same = [("idempotency-key", "one"), ("idempotency-key", "one"), kind, ("sec-fetch-site", "same-origin")]

    refused = client.request("POST", "/quiz/whole", content=body, headers=twice)
    assert refused.status_code == 422
    assert "<code>idempotency_key</code>" in refused.text
    assert client.request("POST", "/quiz/whole", content=body, headers=same).status_code == 303


@pytest.mark.parametrize("start", ["0", "no", "false", "off"])
def test_a_button_that_says_no_starts_nothing(client, start):
    assert client.post("/quiz", {"start": start}).status_code == 422
    assert client.get("/me/export.json").status_code == 404


def test_the_same_key_in_both_places_is_one(client):
    headers = {"idempotency-key": '"one"'}

    assert client.post("/quiz/whole", {**ABOUT, "idempotency_key": "one"}, headers=headers).status_code == 303
