"""A summary without a danger sign, and another check-in with one: what Today says stands on both, and no plan is offered."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from tests.support.people import RA, answer_quiz

CHEST = {"groups": ["chest-and-breath"]}
SIGNS = {
    "emergency": (CHEST, "Even if it has passed: call.", "tel:999"),
    "same day": ({"red_flags": ["septic-joint"]}, "get medical advice", "tel:"),
    "within days": ({"red_flags": ["late-lumps-at-needle-sites"]}, "see your doctor", ""),
}


def follow_up_with(client: Any, clock: Any, told: dict[str, Any], kept_by: str = "draft") -> str:
    clock.now += timedelta(days=3)
    address: str = client.post("/quiz", {"variant": "follow-up"}).headers["location"]
    match kept_by:
        case "draft":
            client.post(f"{address}/draft", told)
        case "pause":
            client.post(f"{address}/pause", told)
        case "press with a fault":
            assert client.post(address, {**told, "none_right_now": "1"}).status_code == 422
        case _:
            assert "/results/" in client.post(address, told).headers["location"]
    return address


@pytest.mark.parametrize("kept_by", ["draft", "pause", "press with a fault", "finished"])
def test_an_emergency_elsewhere_is_the_red_card_and_offers_no_plan(client: Any, clock: Any, kept_by: str) -> None:
    summary = answer_quiz(client, RA).headers["location"]
    assert "Make a plan" in client.get(summary).text
    address = follow_up_with(client, clock, CHEST, kept_by)

    for ending in ("", ".txt"):
        text = client.get(summary.partition("?")[0] + ending).text
        assert "Even if it has passed" in text, ending
        assert "You told us about this in another check-in" in text
        assert "Make a plan" not in text
    page = client.get(summary).text
    assert 'href="tel:999"' in page
    assert f'href="{address}">Ticked by mistake? Change it' in page


@pytest.mark.parametrize("kind", SIGNS)
def test_whatever_today_tells_of_stands_on_the_summary(client: Any, clock: Any, kind: str) -> None:
    told, words, number = SIGNS[kind]
    summary = answer_quiz(client, RA).headers["location"]
    follow_up_with(client, clock, told)

    today, page = client.get("/today").text, client.get(summary).text

    assert "Get help first" in today
    assert words in page
    assert number in page
    assert "Make a plan" not in page
    assert "You did not tick any danger signs" not in page


def test_help_ends_the_card_and_opens_no_plan(client: Any, clock: Any) -> None:
    summary = answer_quiz(client, RA).headers["location"]
    follow_up_with(client, clock, CHEST)
    client.post("/today/had-help")

    page = client.get(summary).text

    assert "Even if it has passed" not in page
    assert "Make a plan" not in page
    assert "Why there is no plan for now" in page


def test_a_check_in_without_it_ends_it_on_every_summary(client: Any, clock: Any) -> None:
    summary = answer_quiz(client, RA).headers["location"]
    follow_up_with(client, clock, CHEST)
    clock.now += timedelta(minutes=9)
    newer = answer_quiz(client, RA).headers["location"]

    for one in (summary, newer):
        page = client.get(one).text
        assert "Even if it has passed" not in page
        assert "Make a plan" in page


def test_a_sign_of_its_own_is_told_once(client: Any, clock: Any) -> None:
    summary = answer_quiz(client, RA | CHEST | {"none_right_now": ""}).headers["location"]
    follow_up_with(client, clock, CHEST)

    page = client.get(summary).text

    assert "in another check-in" not in page
    assert len(re.findall('class="results-sign"', page)) == 1
