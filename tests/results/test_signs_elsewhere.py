"""A summary without a danger sign, and another check-in with one: what Today says stands on both, and no plan is offered."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from acupwa.wording import weekday_date_words
from tests.support.html_page import Page
from tests.support.people import RA, answer_quiz, plan_fields

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


CALL_NOW = ("Call your emergency number now", "Get help now", "Emergency:", "Even if it has passed")


def mistake_links(page: str) -> list[str]:
    return re.findall(r'href="([^"]+)">Ticked by mistake', page)


def ticked_at(client: Any, address: str) -> list[str]:
    boxes = Page(client.get(address).text).all("input")
    signs = [one.attrs for one in boxes if one.attrs.get("name") in ("groups", "red_flags")]
    return [one["value"] for one in signs if "checked" in one]


def full_draft(client: Any, clock: Any) -> str:
    clock.now += timedelta(days=1)
    screen: str = client.post("/quiz", {"start": "1", "again": "1"}).headers["location"]
    client.post(screen, CHEST)
    return screen.rpartition("/")[0]


@pytest.mark.parametrize("country", ["US", ""])
def test_the_numbers_are_those_of_where_the_sign_was_told(client: Any, clock: Any, country: str) -> None:
    """Else of where the newest finished check-in was: as on Today."""
    summary = answer_quiz(client, RA).headers["location"]
    client.post("/plan", plan_fields(first_day="2027-01-04", max_sessions="4"))
    place = full_draft(client, clock)
    client.post(
        f"{place}/about-you",
        {"answering_for": "myself", "age_band": "40-64", "conditions": ["ra"]}
        | ({"country": country} if country else {}),
    )
    numbers = {
        one: re.findall(r"tel:(\d+)", client.get(one).text)
        for one in ("/today", summary, "/plan", "/plan/change", "/check-in")
    }

    first = "911" if country else "999"
    other = "999" if country else "911"
    for one, called in numbers.items():
        assert called[0] == first, one
        assert other not in called, one


def test_the_numbers_are_those_of_the_older_check_in_that_tells_of_the_sign(client: Any, clock: Any) -> None:
    older = answer_quiz(client, RA).headers["location"].partition("?")[0].replace("results", "quiz")
    clock.now += timedelta(days=3)
    newer = answer_quiz(client, RA | {"country": "US"}).headers["location"]
    clock.now += timedelta(days=1)
    client.post(f"{older}/right-now", CHEST)

    for one in ("/today", newer, "/plan", "/check-in"):
        assert re.findall(r"tel:(\d+)", client.get(one).text)[0] == "999", one


@pytest.mark.parametrize(
    "own",
    [
        {"red_flags": ["stroke-fast"], "none_right_now": ""},
        {"red_flags": ["late-lumps-at-needle-sites"], "none_lately": ""},
    ],
    ids=["emergency", "within days"],
)
def test_beside_a_sign_of_its_own_the_other_says_where_it_was_told_and_is_changed_there(
    client: Any, clock: Any, own: dict[str, Any]
) -> None:
    summary = answer_quiz(client, RA | own).headers["location"]
    address = follow_up_with(client, clock, CHEST)

    page = client.get(summary).text

    assert page.count("You told us about this in another check-in") == 1
    for link in mistake_links(page):
        assert ticked_at(client, link), link
    assert address in mistake_links(page)
    assert "chest-and-breath" in ticked_at(client, address)


def test_beside_a_sign_of_its_own_each_card_says_where_it_was_told(client: Any, clock: Any) -> None:
    own = {"red_flags": ["septic-joint"], "none_lately": ""}
    summary = answer_quiz(client, RA | own).headers["location"]
    follow_up_with(client, clock, {"red_flags": ["late-lumps-at-needle-sites"]})

    page = client.get(summary).text

    same_day, within_days = (page.index(f'class="care {one}"') for one in ("same-day", "within-days"))
    assert "in another check-in" not in page[same_day:within_days]
    assert "in another check-in" in page[within_days:]


def test_a_sign_that_was_taken_over_is_changed_nowhere(client: Any, clock: Any) -> None:
    summary = answer_quiz(client, RA).headers["location"]
    follow_up_with(client, clock, CHEST)
    clock.now += timedelta(hours=2)
    client.post("/quiz", {"variant": "follow-up", "again": "1"})

    page = client.get(summary).text

    assert "Even if it has passed" in page
    assert mistake_links(page) == []


def test_a_sign_in_a_draft_whose_days_are_over_is_changed_nowhere(client: Any, clock: Any) -> None:
    summary = answer_quiz(client, RA).headers["location"]
    follow_up_with(client, clock, CHEST)
    clock.now += timedelta(days=45)

    page = client.get(summary).text

    assert "Even if it has passed" in page
    assert mistake_links(page) == []


def test_the_day_is_that_of_the_change(client: Any, clock: Any) -> None:
    older = answer_quiz(client, RA).headers["location"].partition("?")[0].replace("results", "quiz")
    clock.now += timedelta(days=3)
    newer = answer_quiz(client, RA).headers["location"]
    clock.now += timedelta(days=1)
    client.post(f"{older}/lately", {"red_flags": ["septic-joint"]})
    day = weekday_date_words(clock.now.date())

    assert f"You told us about this in another check-in, on {day}" in client.get(newer).text
    assert f"You told us about this on {day}" in client.get("/today").text


def test_after_help_nothing_says_to_call_now(client: Any, clock: Any) -> None:
    summary = answer_quiz(client, RA).headers["location"]
    client.post("/plan", plan_fields(first_day="2027-01-04", max_sessions="4"))
    follow_up_with(client, clock, CHEST)
    assert "Get help now" in client.get("/plan").text
    client.post("/today/had-help")

    for one in (summary, "/plan", "/plan/change"):
        page = client.get(one).text
        assert [words for words in CALL_NOW if words in page] == [], one
        assert "Once a doctor has looked at it, check in again." in page, one
        assert "you ticked “Chest and breathing” without saying which" in page, one
    page = client.get(summary).text
    assert "You did not tick any danger signs" not in page
    assert "you have had help" in page


def test_after_help_for_one_sign_another_still_says_to_call(client: Any, clock: Any) -> None:
    summary = answer_quiz(client, RA).headers["location"]
    address = follow_up_with(client, clock, {"red_flags": ["septic-joint"]})
    client.post("/today/had-help")
    client.post(f"{address}/draft", {"red_flags": ["septic-joint"], **CHEST})

    for one in (summary, "/plan"):
        page = client.get(one).text
        assert "Call your emergency number now." in page, one
        assert "tel:999" in page, one


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
