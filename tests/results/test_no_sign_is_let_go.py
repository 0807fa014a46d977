"""A danger sign that follows from answers, or that has no words any more, is never let go by another answer."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec
import pytest

from acupwa.app import create_app
from acupwa.library.model import Library
from acupwa.quiz.rules import complete
from acupwa.quiz.safety import derive
from acupwa.settings import Settings
from tests.support.answers import make_answers
from tests.support.client import Client
from tests.support.clock import Clock
from tests.support.people import RA, answer_quiz, fill, on_screen

FEVER = {"precautions": ["severe-neutropenia", "fever-or-infection-now"]}
SHORT_PATHS = [{"conditions": ["none-yet"]}, {"age_band": "under-16"}]


def is_red(client: Client, result: str) -> bool:
    return "Even if it has passed: call." in client.get(result).text


def plan_is_closed(client: Client) -> bool:
    page = client.get("/plan").text
    return "Why there is no plan for now" in page and 'href="tel:112"' in page


@pytest.mark.parametrize("short", SHORT_PATHS)
def test_a_derived_emergency_stays_when_the_quiz_turns_short(client: Client, short: dict[str, Any]):
    place = fill(client, {**RA, **FEVER}, until="review")
    client.post(f"{place}/about-you", on_screen("about-you", {**RA, **short}))
    review = client.get(f"{place}/review").text
    assert "Get help now" in review
    assert f"{place}/before-needles" in review
    client.post(f"{place}/lately", {"none_lately": "1"})
    client.post(f"{place}/before-needles", FEVER)

    result = client.post(f"{place}/finish").headers["location"]

    assert is_red(client, result)
    assert plan_is_closed(client)


def test_it_is_still_there_when_the_diagnosis_is_back_and_goes_when_it_is_unticked(client: Client):
    place = fill(client, {**RA, **FEVER}, until="review")
    result = client.post(f"{place}/finish").headers["location"]
    client.post(f"{place}/about-you", on_screen("about-you", {**RA, "conditions": ["none-yet"]}))
    assert is_red(client, result)
    client.post(f"{place}/about-you", on_screen("about-you", RA))

    assert is_red(client, result)
    assert plan_is_closed(client)
    client.post(f"{place}/before-needles", {"none_before_needles": "1"})
    assert not is_red(client, result)


@pytest.mark.parametrize("short", SHORT_PATHS)
@pytest.mark.parametrize("kept", ["severe-neutropenia", "no-spleen"])
def test_on_a_short_path_what_made_an_emergency_stays_when_the_fever_is_unticked_and_ticked_again(
    client: Client, short: dict[str, Any], kept: str
):
    told = {"precautions": [kept, "fever-or-infection-now"]}
    result = answer_quiz(client, {**RA, **short, **told}).headers["location"]
    place = result.replace("/results/", "/quiz/")
    urgent = is_red(client, result)

    client.post(f"{place}/before-needles", {"precautions": [kept]})
    assert not is_red(client, result)
    page = client.get(f"{place}/before-needles").text
    assert f'value="{kept}" checked' in page
    client.post(f"{place}/before-needles", told)

    assert urgent
    assert is_red(client, result)
    client.post(f"{place}/before-needles", {"none_before_needles": "1"})
    assert client.get("/me/export.json").json()["check_ins"][0]["answers"].get("precautions", []) == []


def test_the_quiz_sent_at_once_and_the_command_agree(client: Client):
    sent = {**RA, "conditions": ["none-yet"], "precautions": ["no-spleen", "fever-or-infection-now"]}

    assert is_red(client, answer_quiz(client, sent).headers["location"])


@pytest.mark.parametrize("conditions", [("ra",), ("other",), ("none-yet",), ("psoriasis",)])
@pytest.mark.parametrize(
    "told",
    [
        ("pregnancy", "acitretin"), ("pregnancy", "anticoagulants"), ("no-spleen", "fever-or-infection-now"),
        ("fever-or-infection-now", "steroids-over-10mg"), ("hot-swollen-joint",),
    ],
)  # fmt: skip
def test_whatever_raises_a_sign_is_kept_for_every_condition(
    library: Library, conditions: tuple[str, ...], told: tuple[str, ...]
):
    answers = make_answers(conditions=conditions, precautions=told)
    before = derive(answers, library).flag_ids

    assert before
    assert derive(complete(answers, (), library), library).flag_ids == before


def test_an_emergency_sign_that_is_no_longer_asked_keeps_its_urgency(
    client: Client, settings: Settings, library: Library, clock: Clock, loop: asyncio.AbstractEventLoop
):
    result = answer_quiz(client, {**RA, "none_right_now": "", "red_flags": ["sepsis"]}).headers["location"]
    left = {id: flag for id, flag in library.red_flags.items() if id != "sepsis"}
    later = msgspec.structs.replace(library, red_flags=left)
    app = create_app(settings, library=later, clock=clock)
    after = Client(app, loop)
    for name, value in client.cookies.items():
        after.cookies.set(name, value)

    page = after.get(result).text

    assert "You ticked an emergency sign we no longer ask about" in page
    assert 'href="tel:999"' in page
    assert "If it is still true" not in page
    assert "To read" not in page
    assert "Emergency: call for help now" in after.get(f"{result}.txt").text
    assert "you ticked a danger sign we no longer ask about" in after.get("/plan").text
    app.inner.state.work.close()


def test_a_sign_for_today_that_is_no_longer_asked_says_call_with_the_number(
    client: Client, settings: Settings, library: Library, clock: Clock, loop: asyncio.AbstractEventLoop
):
    result = answer_quiz(client, {**RA, "none_lately": "", "red_flags": ["septic-joint"]}).headers["location"]
    left = {id: flag for id, flag in library.red_flags.items() if id != "septic-joint"}
    app = create_app(settings, library=msgspec.structs.replace(library, red_flags=left), clock=clock)
    after = Client(app, loop)
    for name, value in client.cookies.items():
        after.cookies.set(name, value)

    page = after.get(result).text

    assert "You ticked a danger sign we no longer ask about." in page
    assert 'href="tel:999"' in page
    assert "999" in after.get(f"{result}.txt").text
    assert "You did not tick any danger signs" not in page
    app.inner.state.work.close()
