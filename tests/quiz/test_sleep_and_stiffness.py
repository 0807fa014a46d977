"""Trouble sleeping is asked in place of sleep, which stays readable; how long stiffness lasts is asked with stiffness."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acupwa.library.load import load_library
from acupwa.quiz.follow_up import asks_of, carried_over
from acupwa.quiz.rules import complete, ratings_asked, symptom_choices
from acupwa.quiz.stiffness import STIFFNESS_MINUTES
from acupwa.reading.ranking import rank
from acupwa.results.assess import assess, run_assess
from acupwa.results.previous import previous_scores
from tests.support.answers import make_answers, make_draft, read
from tests.support.people import MS_BY_CARER, RA, answer_quiz, fill

LIBRARY = load_library()
OLD = {name: value for name, value in RA.items() if name not in ("ratings.sleep-trouble", "stiffness_minutes")} | {
    "ratings.sleep": "8",
    "main_symptom": "sleep",
    "quiz_version": "1",
}
conditions = st.lists(st.sampled_from(sorted(set(LIBRARY.conditions) - {"none-yet"})), min_size=1, unique=True)


def newest(client: Any) -> dict[str, Any]:
    return dict(client.get("/me/export.json").json()["check_ins"][0])


@given(conditions)
def test_sleep_is_never_asked_and_its_successor_always(chosen: list[str]) -> None:
    answers = make_answers(conditions=tuple(chosen))
    for keys in (
        [one.key for one in some] for some in (ratings_asked(answers, LIBRARY), symptom_choices(answers, LIBRARY))
    ):
        assert "sleep-trouble" in keys
        assert "sleep" not in keys


def test_a_phone_that_was_offline_still_brings_the_old_question(client: Any) -> None:
    answer_quiz(client, OLD)
    made = newest(client)

    assert (made["quiz_version"], made["answers"]["main_symptom"]) == ("1", "sleep")
    assert made["answers"]["ratings"]["sleep"] == 8
    for path in (f"/quiz/{made['id']}/review", f"/results/{made['id']}", f"/results/{made['id']}.txt", "/progress"):
        assert "Sleep" in client.get(path).text, path
    review = client.get(f"/quiz/{made['id']}/review").text
    assert "how well did you sleep?" in review
    assert "trouble did you have sleeping?" not in review, "a symptom stands there once, as it was answered"


def test_a_page_that_was_opened_before_still_saves_the_old_question(client: Any) -> None:
    place = fill(client, RA, until="ratings")

    assert client.post(f"{place}/ratings", {"ratings.sleep": "8", "ratings.fatigue": "1"}).status_code == 303
    assert newest(client)["answers"]["ratings"]["sleep"] == 8


def test_after_sleep_a_follow_up_asks_about_trouble_sleeping_and_compares_the_two_with_nothing(
    client: Any, clock: Any
) -> None:
    answer_quiz(client, OLD)
    clock.now += timedelta(days=21)
    place = client.post("/quiz", {"variant": "follow-up"}).headers["location"]
    page = client.get(place).text
    assert 'name="ratings.sleep-trouble"' in page
    assert 'name="ratings.sleep"' not in page
    assert "8 last time" not in page

    ratings = {"ratings.sleep-trouble": "2", "ratings.fatigue": "2"}
    result = client.follow(client.post(place, {"none_right_now": "1", **ratings})).text

    assert newest(client)["answers"]["main_symptom"] == "sleep-trouble"
    assert "5 last time, 2 now: 3 lower." in result, "tiredness was asked in the same words"
    assert "8 last time" not in result


def test_both_keys_name_a_main_problem_and_lead_to_the_same_pages() -> None:
    for key in ("sleep", "sleep-trouble"):
        answers = make_answers(main_symptom=key, ratings={key: 6}, conditions=("fibromyalgia",))
        assert complete(answers, (), LIBRARY).main_symptom == key
        assert complete(answers, (), LIBRARY).ratings == {key: 6}
        assert carried_over(answers, LIBRARY).main_symptom == "sleep-trouble"
        about = [one for one in rank(answers, LIBRARY) if f"main_symptom:{key}" in map(str, one.because)]
        assert "fibromyalgia-what-studies-found" in [one.slug for one in about]


@given(st.integers(0, 10), st.integers(0, 10))
def test_sleep_and_trouble_sleeping_are_never_compared(then: int, now: int) -> None:
    at = make_draft().created_at
    earlier = make_draft(make_answers(ratings={"sleep": then}), finished_at=at)
    newest_ = make_draft(make_answers(ratings={"sleep-trouble": now}), quiz_version="2", finished_at=at + timedelta(20))

    scores = assess(newest_.answers, previous_scores(newest_, earlier, LIBRARY), LIBRARY).scores

    assert set(scores) == {"sleep-trouble"}
    assert scores["sleep-trouble"].change is None
    assert asks_of((earlier,), at + timedelta(20), LIBRARY)[0] == "sleep-trouble"


# ------------------------------------------------------------------ how long stiffness lasts


@given(st.integers(0, 1440))
def test_any_whole_number_of_minutes_of_a_day_is_kept(minutes: int) -> None:
    found = read("ratings", LIBRARY, {STIFFNESS_MINUTES: f" {minutes} "}, make_answers())

    assert (found.errors, found.answers.stiffness_minutes) == ((), minutes)


@given(st.text("0123456789 .,-+ahm²٤", min_size=1, max_size=12) | st.integers(1441).map(str) | st.floats().map(str))
def test_anything_else_is_told_beside_the_field_and_shown_again(typed: str) -> None:
    valid = typed.strip().isascii() and typed.strip().isdecimal() and len(typed.strip()) <= 6
    if not typed.strip() or (valid and int(typed) <= 1440):
        return
    found = read("ratings", LIBRARY, {STIFFNESS_MINUTES: typed}, make_answers(stiffness_minutes=30))

    assert [one.field for one in found.errors] == [STIFFNESS_MINUTES]
    assert found.answers.stiffness_minutes == 30
    assert found.typed[STIFFNESS_MINUTES].strip() == typed.strip()


def test_an_empty_field_takes_the_answer_back_and_an_absent_one_leaves_it() -> None:
    before = make_answers(stiffness_minutes=30)

    assert read("ratings", LIBRARY, {STIFFNESS_MINUTES: ""}, before).answers.stiffness_minutes is None
    assert read("ratings", LIBRARY, {"ratings.fatigue": "1"}, before).answers.stiffness_minutes == 30


@pytest.mark.parametrize("typed", ["an hour", "1441", "-5", "45.5", "٤٥"])
def test_a_wrong_number_of_minutes_is_a_422_beside_its_field(client: Any, typed: str) -> None:
    place = fill(client, RA, until="ratings")

    answer = client.post(f"{place}/ratings", {STIFFNESS_MINUTES: typed, "ratings.fatigue": "3"})

    assert answer.status_code == 422
    assert 'id="f-stiffness-minutes-error"' in answer.text
    assert f'value="{typed}"' in answer.text
    assert "Enter a whole number of minutes, from 0 to 1440" in answer.text


def test_it_is_asked_where_stiffness_is_and_nowhere_else(client: Any) -> None:
    assert 'name="stiffness_minutes"' in client.get(f"{fill(client, RA, until='ratings')}/ratings").text
    other = client.another()
    place = fill(other, MS_BY_CARER, until="ratings")
    assert 'name="stiffness_minutes"' not in other.get(f"{place}/ratings").text
    assert other.post(f"{place}/ratings", {STIFFNESS_MINUTES: "30"}).status_code == 422


def test_it_goes_when_stiffness_is_no_longer_asked() -> None:
    answers = make_answers(conditions=("ra",), stiffness_minutes=30)

    assert complete(answers, (), LIBRARY).stiffness_minutes == 30
    assert complete(make_answers(conditions=("ms",), stiffness_minutes=30), (), LIBRARY).stiffness_minutes is None


def test_it_is_in_the_review_the_summary_every_file_and_the_follow_up(client: Any, clock: Any) -> None:
    answer_quiz(client, RA)
    made = newest(client)

    assert made["answers"]["stiffness_minutes"] == 45
    for path in (f"/quiz/{made['id']}/review", f"/results/{made['id']}", f"/results/{made['id']}.txt"):
        assert "45 minutes" in client.get(path).text, path
    rows = csv.DictReader(io.StringIO(client.get("/me/export.csv").content.decode("utf-8-sig"), newline=""))
    assert ("Morning stiffness lasts", "45 minutes") in {(row["question"], row["answer"]) for row in rows}
    fhir = json.dumps(client.get(f"/results/{made['id']}/bundle.json").json())
    assert '"valueQuantity": {"value": 45, "unit": "min"' in fhir
    clock.now += timedelta(days=14)
    place = client.post("/quiz", {"variant": "follow-up"}).headers["location"]
    assert "Last time: 45 minutes." in client.get(place).text
    told = {"none_right_now": "1", "ratings.stiffness": "2", STIFFNESS_MINUTES: "10"}
    assert "Last time: 45 minutes." in client.follow(client.post(place, told)).text


@given(st.integers(0, 1440), st.none() | st.integers(0, 1440))
def test_assess_gives_the_minutes_then_and_now_and_no_verdict(now: int, then: int | None) -> None:
    file = {
        "answers": {"age_band": "40-64", "conditions": ["ra"], "stiffness_minutes": now},
        "previous": {"stiffness_minutes": then},
    }

    code, out, lines = run_assess(json.dumps(file), LIBRARY)

    assert (code, lines) == (0, ())
    score = json.loads(out)["scores"]["stiffness_minutes"]
    assert (score["value"], score["previous"]) == (now, then)
    assert (score["change"], score["meaning"]) == (None, "not-compared")
