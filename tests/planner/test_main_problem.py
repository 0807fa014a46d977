"""The person's own numbers beside what trials did: told, never weighed."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acupwa.planner.main_problem import OwnNumbers, own_numbers, own_words
from acupwa.planner.plan import PlannerState
from acupwa.planner.plan_fields import posted_values
from acupwa.planner.preview import PlanPreview, preview_form
from acupwa.quiz.model import Answers
from acupwa.web.forms import FormData
from tests.support.people import RA, fill, finish_check_in, on_screen, plan_fields
from tests.support.plan_lives import ANSWERS, LIBRARY, START, check_in, kept, replace

RATINGS = st.integers(0, 10)


def answered(rating: int | None, days: int, version: str = "1", **changes: Any) -> Any:
    told = {"ratings": {"pain": rating}, "main_symptom": "pain"} | changes
    answers = Answers(age_band="40-64", conditions=("ra",), **told)
    return replace(check_in(answers, START + timedelta(days=days)), quiz_version=version)


@pytest.fixture(scope="module")
def plan() -> Any:
    """Session 1 is on Monday 2 March 2026; check-ins are counted in days from 20 February."""
    form = posted_values(FormData.of(plan_fields(first_day="2026-03-02")))
    found = preview_form(form, PlannerState(check_in=check_in(ANSWERS, START)), LIBRARY, START)
    assert isinstance(found, PlanPreview)
    return kept(found.asked, found.made, None, START, LIBRARY)


def test_the_last_number_before_session_1_stands_beside_the_newest(plan: Any):
    found = own_numbers([answered(9, 0), answered(7, 5), answered(6, 20), answered(5, 60)], plan, LIBRARY)
    assert found is not None
    assert (found.before, found.now, found.percent_lower) == (7, 5, 29)
    assert own_words(found).endswith(
        "Pain was 7 on 25 Feb 2026 and 5 on 21 Apr 2026. It is now 2 lower, or 29 percent."
    )


@pytest.mark.parametrize(
    "check_ins",
    [
        [],
        [answered(7, 0)],
        [answered(7, 20), answered(5, 60)],
        [answered(None, 0), answered(5, 60)],
        [answered(7, 0), answered(None, 60)],
        [answered(7, 0), answered(5, 60, version="other")],
        [answered(7, 0), answered(5, 60, main_symptom=None)],
        [answered(7, 0), answered(5, 60, main_symptom="no-longer-asked")],
    ],
    ids=["none", "one", "all-after-session-1", "left-out-then", "left-out-now", "other-words", "no-problem", "retired"],
)
def test_without_two_numbers_in_the_same_words_nothing_is_told(plan: Any, check_ins: list[Any]):
    assert own_numbers(check_ins, plan, LIBRARY) is None


def test_another_version_of_the_quiz_counts_where_its_words_were_the_same(plan: Any):
    def over_versions(key: str) -> Any:
        then = answered(None, 0, "1", ratings={key: 7}, main_symptom=key)
        return own_numbers([then, answered(None, 60, "2", ratings={key: 5}, main_symptom=key)], plan, LIBRARY)

    assert over_versions("pain") is not None
    assert over_versions("walking") is None


def test_own_words_are_compared_only_with_the_same_own_words(plan: Any):
    def own(words: str, rating: int, days: int) -> Any:
        answers = Answers(
            age_band="40-64", conditions=("ra",), ratings={"problem": rating}, main_symptom="problem",
            problem_words=words,
        )  # fmt: skip
        return check_in(answers, START + timedelta(days=days))

    found = own_numbers([own("stiff hands", 6, 0), own("Stiff  hands", 6, 60)], plan, LIBRARY)
    assert found is not None
    assert (
        own_words(found) == "Your own numbers, to talk over: “Stiff  hands” was 6 on 20 Feb 2026 and 6 on 21 Apr 2026."
    )
    assert own_numbers([own("stiff hands", 6, 0), own("sore knees", 4, 60)], plan, LIBRARY) is None


@pytest.mark.parametrize("named", ["fatigue", "stiffness", "pain"])
def test_the_own_problem_with_its_number_goes_before_what_is_closest_to_it(plan: Any, named: str):
    def own(days: int, **ratings: int) -> Any:
        return answered(None, days, ratings=ratings, main_symptom=named, problem_words="sore wrists")

    found = own_numbers([own(0, problem=8), own(60, problem=5)], plan, LIBRARY)
    assert found is not None
    assert (found.name, found.before, found.now) == ("“sore wrists”", 8, 5)
    # Before it had a number, what is closest had: where both have that, it is compared.
    found = own_numbers([own(0, **{named: 7}), own(60, problem=5, **{named: 4})], plan, LIBRARY)
    assert found is not None
    assert (found.name, found.before, found.now) == (LIBRARY.ratings[named].name, 7, 4)
    assert own_numbers([own(0, **{named: 7}), own(60, problem=5)], plan, LIBRARY) is None


@given(before=RATINGS, now=RATINGS)
def test_only_a_fall_is_told_in_percent_and_nothing_is_judged(before: int, now: int):
    own = OwnNumbers(key="pain", name="Pain", before=before, asked_before=START, now=now, asked_now=START)
    words = own_words(own)
    assert ("percent" in words) == (now < before)
    assert not {"better", "worse", "stop", "finish", "continue"} & set(words.lower().replace(".", "").split())
    if own.percent_lower is not None:
        assert 0 < own.percent_lower <= 100


def test_the_plan_shows_them_beside_what_trials_did(client: Any, clock: Any):
    finish_check_in(client)
    client.post("/plan", plan_fields())
    assert "Your own numbers" not in client.get("/plan").text
    clock.now += timedelta(days=60)
    finish_check_in(client, **{"ratings.pain": "5"})
    text = client.get("/plan").text
    assert "Pain was 7 on 23 Nov 2026 and 5 on 22 Jan 2027. It is now 2 lower, or 29 percent." in text
    assert text.index("A large trial in back pain") < text.index("Your own numbers")


def test_the_plan_shows_the_own_number_of_who_answers_only_what_is_open(client: Any, clock: Any):
    place = fill(client, RA | {"main_symptom": "fatigue", "ratings.problem": "8"}, until="ratings")
    page = client.get(f"{place}/ratings").text.partition("Add more")[0]
    answer_open(client, f"{place}/ratings", page, "6")
    for screen in ("impact", "before-needles"):
        client.post(f"{place}/{screen}", on_screen(screen, RA))
    assert "/results/" in client.post(f"{place}/finish").headers["location"]
    client.post("/plan", plan_fields())
    clock.now += timedelta(days=14)
    address = client.post("/quiz", {"variant": "follow-up"}).headers["location"]
    answer_open(client, address, client.get(address).text.partition("Answer more")[0], "3", none_right_now="1")
    assert f"“{RA['problem_words']}” was 8 on 23 Nov 2026 and 3 on 7 Dec 2026" in client.get("/plan").text


def answer_open(client: Any, address: str, page: str, number: str, **more: str) -> None:
    names = set(re.findall(r'name="((?:ratings|instruments)\.[a-z0-9.-]+)"', page))
    assert client.post(address, dict.fromkeys(names, number) | more).status_code == 303
