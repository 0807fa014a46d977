"""The rating of pain without the rest of PEG is an answer like any other: seen, taken along, shared, asked again."""

from __future__ import annotations

import re

import pytest

from tests.support.people import finish_check_in
from tests.support.practitioners import asked, give, opened, signed_in

ALONE = {"age_band": "40-64", "country": "GB", "conditions": ["ra"], "ratings.pain": "7"}


def text_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page))


@pytest.fixture
def result(client):
    return f"/results/{finish_check_in(client)}"


def test_it_stands_in_the_summary_and_in_its_files(client, result):
    pdf = client.get(f"{result}.pdf")

    assert "7 of 10" in text_of(client.get(result).text)
    assert "7 of 10" in client.get(f"{result}.txt").text
    assert pdf.status_code == 200


def test_it_stands_in_the_review(client, result):
    review = client.get(f"/quiz/{result.rpartition('/')[2]}/review").text

    assert "7 of 10" in text_of(review)


def test_it_stands_in_the_table(client, result):
    rows = client.get("/me/export.csv").text

    assert "7 of 10" in rows


def test_its_screen_shows_it_and_a_press_keeps_it(client, result):
    place = f"/quiz/{result.rpartition('/')[2]}/ratings"

    page = client.get(place).text
    checked = re.search(r'<input[^>]*name="instruments.peg.1"[^>]*value="7"[^>]*>', page)

    assert checked
    assert "checked" in checked[0]
    client.post(place, {"ratings.fatigue": "5"})
    assert client.get("/me/export.json").json()["check_ins"][0]["answers"]["ratings"] == {"pain": 7, "fatigue": 5}


def test_prefer_not_to_say_is_an_answer_too(client):
    result = f"/results/{finish_check_in(client, **{'ratings.pain': 'skip'})}"
    review = text_of(client.get(f"/quiz/{result.rpartition('/')[2]}/review").text)

    assert "Prefer not to say" in review


def test_a_follow_up_asks_for_it_with_the_last_answer_beside_it(client, clock, result):
    place = client.post("/quiz", {"variant": "follow-up"}).headers["location"]

    assert "7 last time" in text_of(client.get(place).text)
    finished = client.post(place, {"none_right_now": "1", "instruments.peg.1": "4"}).headers["location"]
    assert "4 of 10" in text_of(client.get(finished).text)


def test_a_follow_up_that_is_sent_whole_keeps_it(client, result):
    again = client.post("/quiz/whole", {**ALONE, "variant": "follow-up", "ratings.pain": "4"}).headers["location"]

    assert "4 of 10" in text_of(client.get(f"/quiz/{again.rpartition('/')[2]}/review").text)


def test_it_is_shared_without_half_a_questionnaire(client):
    ann = signed_in(client)
    give(client, asked(client, ann, fields=ALONE))

    page = text_of(ann.get(opened(ann)).text)

    assert "7 of 10" in page
    assert "PEG" not in page
