"""A form that goes back for a fault may never be sent again: the danger signs that were ticked in it are kept."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from tests.support.people import RA, UNDER_16, answer_quiz, fill, on_screen

SIGN, GROUP, NONE = {"red_flags": ["cauda-equina"]}, {"groups": ["chest-and-breath"]}, {"none_right_now": "1"}


def stands(client: Any) -> bool:
    return "/today/had-help" in client.get("/today").text


def stamp(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(version|opened)" value="(\d+)"', page))


@pytest.mark.parametrize("ticked", [SIGN, GROUP])
def test_a_sign_stays_when_the_follow_up_goes_back_for_another_answer(client: Any, clock: Any, ticked: Any) -> None:
    answer_quiz(client, RA)
    clock.now += timedelta(days=100)
    address = client.post("/quiz", {"variant": "follow-up"}).headers["location"]

    sent_back = client.post(address, ticked | stamp(client.get(address).text))

    assert sent_back.status_code == 422, "what to know before needles is asked"
    assert "tel:999" in sent_back.text
    assert stands(client)
    assert "checked" in re.search(rf'value="{next(iter(ticked.values()))[0]}"[^>]*', client.get(address).text)[0]
    mended = {**NONE, "still_true": "yes", **stamp(sent_back.text)}
    assert "/results/" in client.post(address, mended).headers["location"], "taken off on the page that showed it"
    assert not stands(client)


@pytest.mark.parametrize("fields", [RA, UNDER_16])
@pytest.mark.parametrize("ticked", [SIGN, GROUP])
def test_a_sign_beside_none_of_these_is_asked_about_and_kept(client: Any, fields: Any, ticked: Any) -> None:
    place = fill(client, fields, until="lately" if fields is RA else "review")
    assert not stands(client)

    assert client.post(f"{place}/right-now", ticked | NONE).status_code == 422

    assert stands(client)


def test_a_finished_one_keeps_a_sign_too_and_nothing_else_of_a_faulty_form(client: Any, clock: Any) -> None:
    place = answer_quiz(client, RA).headers["location"].partition("?")[0]
    quiz = place.replace("results", "quiz")
    told = on_screen("lately", RA) | {"red_flags": ["clot-leg"]}

    assert client.post(f"{quiz}/lately", told).status_code == 422
    assert stands(client)

    clot = client.get(place).text
    assert client.post(f"{quiz}/about-you", {**on_screen("about-you", RA), "conditions": []}).status_code == 422
    assert client.get(place).text == clot


def test_no_fault_takes_a_sign_off(client: Any) -> None:
    place = fill(client, RA, until="right-now")
    assert client.post(f"{place}/right-now", SIGN).status_code == 303

    assert client.post(f"{place}/right-now", {}).status_code == 422

    assert stands(client)
