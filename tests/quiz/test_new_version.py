"""The quiz changes, and what people told the earlier one stays: kept, readable, compared with nothing in other words."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from acupwa.app import create_app
from acupwa.library.model import Library
from acupwa.quiz.follow_up import carried_over
from acupwa.quiz.retired_answers import known_answers, retired_answers, version_after, with_retired
from acupwa.quiz.wording import wording_of
from acupwa.settings import Settings
from tests.mydata.test_import import bring, elsewhere, send, taken_along, without_place_and_time
from tests.support.answers import make_answers, make_draft
from tests.support.client import Client
from tests.support.clock import Clock
from tests.support.fhir_check import faults_of_response
from tests.support.people import RA, answer_follow_up, answer_quiz, on_screen

__all__ = ["elsewhere"]
replace = msgspec.structs.replace
NOTE = "the violet umbrella day"
TOLD = {
    **RA,
    "conditions": ["ra", "other"],
    "none_lately": "",
    "red_flags": ["new-joint-swelling"],
    "precautions": ["anticoagulants", "diabetes-neuropathy"],
    "ratings.fatigue": "9",
    "main_symptom": "fatigue",
}
GONE = ("ratings.fatigue", "ratings.swollen-joints", "instruments.phq4.3", "instruments.phq4.4")
FILES = ("", ".txt", ".pdf", ".json", "/bundle.json")


def without(values: Any, *keys: str) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key not in keys}


@pytest.fixture(scope="session")
def later_library(library: Library) -> Library:
    """Version 3: a sign, a condition, a precaution and a rating are gone, PHQ-4 lost two items, tiredness is reworded."""
    mood = library.instruments["phq4"]
    fatigue = library.ratings["fatigue"]
    reworded = replace(fatigue, key="tiredness", item="own-tiredness", text="How tired were you this week?")
    stiffness = replace(library.ratings["stiffness"], text="How stiff were you all day?", reworded=("3",))
    return replace(
        library,
        version="2b2b2b2b2b2b",
        quiz=replace(library.quiz, version="3", earlier_versions=("2", "1")),
        red_flags=without(library.red_flags, "new-joint-swelling"),
        conditions=without(library.conditions, "other"),
        precautions=without(library.precautions, "diabetes-neuropathy"),
        ratings=without(library.ratings, "swollen-joints", "fatigue") | {"tiredness": reworded, "stiffness": stiffness},
        instruments=library.instruments | {"phq4": replace(mood, items=mood.items[:2])},
    )


Upgrade = Callable[[Client], Client]


@pytest.fixture
def upgraded(
    settings: Settings, later_library: Library, clock: Clock, loop: asyncio.AbstractEventLoop
) -> Iterator[Upgrade]:
    """The same server with the later library, and the same browser."""
    apps = []

    def make(before: Client) -> Client:
        app = create_app(settings, library=later_library, clock=clock)
        apps.append(app)
        after = Client(app, loop)
        for name, value in before.cookies.items():
            after.cookies.set(name, value)
        return after

    yield make
    for app in apps:
        app.inner.state.work.close()


def newest(client: Client) -> dict[str, Any]:
    return dict(client.get("/me/export.json").json()["check_ins"][0])


@pytest.fixture
def told(client: Client, clock: Clock) -> dict[str, Any]:
    """A check-in finished in version 2, ten days ago."""
    answer_quiz(client, TOLD)
    made = newest(client)
    clock.now += timedelta(days=10)
    return made


def test_every_page_and_file_of_an_old_check_in_opens(client, told, upgraded):
    after = upgraded(client)
    id = told["id"]

    for path in (
        "/today",
        "/me",
        "/list",
        "/plan",
        "/progress",
        "/check-in",
        "/me/export.fhir.json",
        f"/quiz/{id}/review",
    ):
        assert after.get(path).status_code == 200, path
    for screen in ("right-now", "about-you", "lately", "ratings", "impact", "before-needles", "what-matters"):
        assert after.get(f"/quiz/{id}/{screen}").status_code == 200, screen
    for ending in FILES:
        assert after.get(f"/results/{id}{ending}").status_code == 200, ending
    for ending in ("", ".txt"):
        page = after.get(f"/results/{id}{ending}").text
        assert "sore wrists" in page
        assert "7 of 10" in page


def test_nothing_is_lost_and_the_file_still_goes_to_another_server(client, told, upgraded, elsewhere):
    after = upgraded(client)

    assert newest(after) == told

    bring(elsewhere, taken_along(after))
    assert without_place_and_time(taken_along(elsewhere)) == without_place_and_time(taken_along(after))
    assert "There is nothing to import" in send(after, taken_along(elsewhere)).text


def test_old_answers_are_shown_as_no_longer_asked_where_the_person_looks(client, told, upgraded):
    assert "no longer asked" not in client.get("/me").text
    assert "no longer asked" not in client.get(f"/quiz/{told['id']}/review").text
    after = upgraded(client)

    assert "7 answers to questions that are no longer asked" in after.get("/me").text
    review = after.get(f"/quiz/{told['id']}/review").text
    own = review[review.index("Answers to questions we no longer ask") :]
    for words in (
        "New joint swelling",
        "Other",
        "Diabetes neuropathy",
        "Swollen joints",
        "Fatigue",
        "1, 1, 1, 1",
    ):
        assert words in own, words


def test_the_table_and_the_clinic_s_file_hold_them_too(client, told, upgraded, library):
    after = upgraded(client)

    rows = csv.DictReader(io.StringIO(after.get("/me/export.csv").content.decode("utf-8-sig"), newline=""))
    given = {(row["question"], row["answer"]) for row in rows}
    assert {
        ("red_flags", "new-joint-swelling"), ("conditions", "other"), ("precautions", "diabetes-neuropathy"),
        ("fatigue", "9"), ("swollen-joints", "5"), ("phq4", "1, 1, 1, 1"), ("main_symptom", "fatigue"),
    } <= given  # fmt: skip

    response = after.get(f"/results/{told['id']}.json").json()
    assert response["questionnaire"].endswith("|2"), "their words stand in the version that it names"
    text = json.dumps(response)
    for key in (
        "new-joint-swelling",
        "other",
        "diabetes-neuropathy",
        "ratings.fatigue",
        "ratings.swollen-joints",
    ):
        assert key in text
    assert [one["answer"] for one in response["item"] if one["linkId"] == "instruments.phq4.4"] == [
        [{"valueInteger": 1}]
    ]
    assert "instruments.phq4.score" not in text, "half of another instrument has no sum"
    bundle = after.get("/me/export.fhir.json").json()["entry"]
    assert bundle[0]["resource"] == response
    assert not [one for one in bundle if one["resource"].get("code", {}).get("text") == "How tired were you this week?"]
    before = client.get(f"/results/{told['id']}.json").json()
    assert faults_of_response(before, client.get("/fhir/Questionnaire/acupwa-full").json()) == []


def test_a_follow_up_takes_over_what_stays_true_and_compares_with_nothing_in_other_words(client, told, upgraded):
    after = upgraded(client)
    place = after.post("/quiz", {"variant": "follow-up"}).headers["location"]
    asked = after.get(place).text
    assert 'name="ratings.problem"' in asked
    assert "ratings.fatigue" not in asked
    assert "ratings.tiredness" not in asked, "it was not answered the time before"
    ratings = {"ratings.problem": "2", "ratings.sleep-trouble": "1", "ratings.stiffness": "2"}
    page = after.follow(after.post(place, {"none_right_now": "1", "sessions_since": "1", **ratings}))

    assert page.status_code == 200
    made = newest(after)
    assert made["quiz_version"] == "3"
    assert made["answers"]["conditions"] == ["ra", "other"]
    assert made["answers"]["main_symptom"] == "fatigue"
    assert "7 last time, 2 now: 5 lower." in page.text, "the main problem was asked in the same words"
    assert "6 last time" not in page.text
    assert page.text.count("the question has been reworded since") == 1
    for path in ("/progress", f"/results/{made['id']}/bundle.json", "/me/export.fhir.json"):
        assert after.get(path).status_code == 200


def test_who_has_a_condition_alone_that_is_gone_goes_on_too(client, clock, upgraded, elsewhere):
    answer_quiz(client, without(TOLD, "ratings.swollen-joints", "ratings.stiffness") | {"conditions": ["other"]})
    clock.now += timedelta(days=10)
    after = upgraded(client)

    assert after.follow(answer_follow_up(after, {"ratings.sleep-trouble": "1"})).status_code == 200

    assert newest(after)["answers"]["conditions"] == ["other"]
    bring(elsewhere, taken_along(after))


def test_the_full_quiz_done_again_compares_no_reworded_item(client, told, upgraded):
    after = upgraded(client)
    place = after.post("/quiz", {"again": "1"}).headers["location"].rpartition("/")[0]
    new = RA | {"ratings.tiredness": "2", "main_symptom": "tiredness"}
    for screen in ("right-now", "since", "about-you", "lately", "ratings", "impact", "before-needles", "what-matters"):
        fields = {"sessions_since": "2"} if screen == "since" else on_screen(screen, new)
        assert after.post(f"{place}/{screen}", without(fields, *GONE)).status_code == 303, screen
    page = after.follow(after.post(f"{place}/finish")).text

    assert newest(after)["answers"]["ratings"]["tiredness"] == 2
    assert page.count(" last time, ") > 1
    assert "reworded since" in page, "stiffness"
    over_time = after.get("/progress").text
    assert over_time.count("Tiredness") >= 1
    assert "7 lower" not in over_time, "9 of 10 in the old words and 2 in the new are two lines"


def test_an_old_check_in_can_be_changed_and_loses_nothing_else(client, told, upgraded):
    after = upgraded(client)
    place = f"/quiz/{told['id']}"

    assert after.post(f"{place}/before-needles", {"precautions": ["fainting"]}).status_code == 303

    changed = newest(after)
    assert changed["answers"] == told["answers"] | {"precautions": ["fainting", "diabetes-neuropathy"]}
    assert (changed["quiz_version"], changed["urgency"]) == ("2", "within-days"), "no rating was asked anew"
    assert changed["finished_at"] == told["finished_at"]
    after.post(f"{place}/lately", {"red_flags": ["septic-joint"]})
    assert set(newest(after)["answers"]["red_flags"]) == {"septic-joint", "new-joint-swelling"}
    assert newest(after)["urgency"] == "same-day"


def test_once_ratings_of_two_versions_stand_together_what_was_reworded_is_compared_with_neither(
    client, told, upgraded, clock
):
    after = upgraded(client)
    place = f"/quiz/{told['id']}"

    after.post(f"{place}/ratings", {"ratings.tiredness": "1", "ratings.sleep-trouble": "10"})
    mixed = newest(after)
    assert mixed["quiz_version"] == "2-3"
    assert mixed["answers"]["ratings"] == told["answers"]["ratings"] | {"tiredness": 1, "sleep-trouble": 10}
    after.post(f"{place}/impact", {"instruments.phq4.1": "3", "instruments.phq4.2": "3"})
    assert newest(after)["answers"]["instruments"]["phq4"] == [3, 3]
    assert newest(after)["quiz_version"] == "2-3"

    answer_quiz(after, without(RA, *GONE) | {"ratings.tiredness": "9"})
    page = after.get(f"/results/{newest(after)['id']}").text
    assert "10 last time, 4 now" in page, "the words about sleep are the same in both"
    assert "reworded since" in page, "stiffness"
    for ending in FILES:
        assert after.get(f"/results/{told['id']}{ending}").status_code == 200, ending


@pytest.mark.parametrize("screen", ["right-now", "lately", "ratings", "impact", "before-needles", "what-matters"])
def test_a_main_problem_that_is_no_longer_asked_stays_until_another_is_named(client, told, upgraded, screen):
    after = upgraded(client)
    fields = {name: value for name, value in on_screen(screen, TOLD).items() if value != "fatigue"}
    fields |= {"red_flags": ["clot-leg"]} if screen == "lately" else {}
    fields |= {"precautions": ["anticoagulants"]} if screen == "before-needles" else {}

    assert after.post(f"/quiz/{told['id']}/{screen}", without(fields, *GONE)).status_code == 303

    assert newest(after)["answers"]["main_symptom"] == "fatigue"
    assert newest(after)["answers"]["ratings"] == told["answers"]["ratings"]
    after.post(f"/quiz/{told['id']}/what-matters", {"main_symptom": "tiredness"})
    assert newest(after)["answers"]["main_symptom"] == "tiredness"


def test_a_question_that_is_asked_of_fewer_people_now_takes_no_answer_away(
    client, told, settings, library, clock, loop
):
    stiffness = replace(library.ratings["stiffness"], conditions=("psoriasis",))
    thinning = replace(library.precautions["anticoagulants"], conditions=("ms",), harms_unborn=False)
    later = replace(
        library,
        quiz=replace(library.quiz, version="2"),
        ratings=library.ratings | {"stiffness": stiffness},
        precautions=library.precautions | {"anticoagulants": thinning},
    )
    app = create_app(settings, library=later, clock=clock)
    after = Client(app, loop)
    for name, value in client.cookies.items():
        after.cookies.set(name, value)

    after.post(f"/quiz/{told['id']}/right-now", {"none_right_now": "1"})
    after.post(f"/quiz/{told['id']}/before-needles", {"precautions": ["diabetes-neuropathy"]})

    assert newest(after)["answers"] == told["answers"] | {"precautions": ["diabetes-neuropathy", "anticoagulants"]}
    # What the person themselves changes still takes away what no longer fits.
    after.post(f"/quiz/{told['id']}/about-you", on_screen("about-you", RA | {"conditions": ["hashimoto"]}))
    assert "swollen-joints" not in newest(after)["answers"]["ratings"]
    app.inner.state.work.close()


def test_the_version_of_ratings_is_never_taken_for_another(library, later_library):
    rated = make_answers(ratings={"fatigue": 4})
    again = make_answers(ratings={"fatigue": 5})
    draft = make_draft(make_answers())

    assert version_after(draft, rated, library) == "2"
    assert version_after(draft, rated, later_library) == "3", "nothing was rated before"
    assert version_after(make_draft(rated), rated, later_library) == "1"
    assert version_after(make_draft(rated), again, later_library) == "1-3"
    assert version_after(make_draft(again, quiz_version="1-3"), rated, later_library) == "1-3"
    long = version_after(make_draft(rated, quiz_version="1-2-4-5-6-7-8-9-10"), again, later_library)
    assert len(long) <= 20
    assert long.endswith("-3")
    assert wording_of("pain", long, later_library) is None


def test_what_is_set_aside_comes_back_and_is_told_once(later_library):
    answers = make_answers(ratings={"sleep": 4, "fatigue": None}, main_symptom="fatigue", conditions=("ra", "sle"))

    known = known_answers(answers, later_library)

    assert with_retired(known, answers, later_library) == answers
    assert retired_answers(answers, later_library) == (("fatigue", "-"), ("main_symptom", "fatigue"))
    assert retired_answers(known, later_library) == ()
    assert carried_over(answers, later_library).main_symptom == "fatigue"


def test_a_ticked_sign_that_is_gone_is_never_told_as_no_sign(client, told, upgraded):
    after = upgraded(client)
    place = f"/results/{told['id']}"

    for told_now in (after.get(place).text, after.get(f"{place}.txt").text):
        assert "You did not tick any danger signs" not in told_now
        assert "You ticked a danger sign we no longer ask about." in told_now
    assert "no longer ask about" not in client.get(place).text
