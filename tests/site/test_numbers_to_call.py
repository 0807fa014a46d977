"""Wherever a page says to call, there is a number to press; and a phone finds its own country by its time zone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.browser import PHONE, SAVES_DATA
from tests.support.client import Client
from tests.support.people import RA, answer_quiz, fill
from tests.support.server import Server
from tests.support.walk import tick

SAYS_CALL = re.compile(r"\bcall (your |the |your local )?emergency (number|help)", re.I)
SIGN = {**RA, "none_lately": "", "red_flags": ["septic-joint"]}


def main_of(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")]


def test_every_public_page_that_says_call_has_a_number_to_press(app: Any):
    silent = [
        path
        for path, page in app.pages.items()
        if page.media_type.startswith("text/html")
        and SAYS_CALL.search(main := main_of(app.body_of(path).data.decode()))
        and 'href="tel:112"' not in main
    ]

    assert silent == []


@pytest.mark.parametrize("country", ["GB", "JP", ""])
def test_every_personal_page_that_says_call_has_a_number_to_press(client: Client, country: str):
    place = fill(client, {**SIGN, "country": country}, until="review")
    pages = [f"{place}/{screen}" for screen in ("right-now", "lately", "impact", "before-needles", "review")]
    result = client.post(f"{place}/finish").headers["location"]
    called = 0
    for path in (*pages, result, "/plan"):
        main = main_of(client.get(path).text)
        if SAYS_CALL.search(main):
            called += 1
            assert 'href="tel:112"' in main, path
    assert called >= 4


def test_an_emergency_that_follows_from_answers_is_told_on_the_next_screen(client: Client):
    place = fill(client, {**RA, "precautions": ["no-spleen", "fever-or-infection-now"]}, until="review")
    main = main_of(client.get(f"{place}/review").text)

    assert "No working spleen" in main
    assert 'href="tel:999"' in main


def test_who_is_in_despair_has_a_line_to_press_without_scripts_too(client: Client):
    page = client.get("/emergency").text
    crisis = page[page.index('id="crisis"') :]

    for number in ("116123", "988"):
        assert f'href="tel:{number}"' in crisis


def test_the_emergency_page_is_the_same_for_everyone(client: Client):
    first = client.get("/emergency", headers={"accept-language": "en-AU"})
    answer_quiz(client, {**RA, "country": "AU"})
    second = client.get("/emergency", headers={"accept-language": "ja"})

    assert first.content == second.content
    assert first.headers["etag"] == second.headers["etag"]


@pytest.fixture
def phone_in(browser: Any, shared_server: Server) -> Iterator[Any]:
    contexts = []

    def open_in(zone: str, language: str = "en-GB") -> Any:
        context = browser.new_context(
            **{**PHONE, "timezone_id": zone, "locale": language, "base_url": shared_server.url}
        )
        context.add_init_script(SAVES_DATA)
        contexts.append(context)
        return context.new_page()

    yield open_in
    for context in contexts:
        context.close()


def first_numbers(page: Any, expected: list[str]) -> list[str]:
    """As they stand once the script has put the country's own in place; it may take its time on a busy machine."""
    for _ in range(100):
        found = [text.split("\n")[0] for text in page.locator(".site-first .phone").all_inner_texts()]
        if found == expected:
            break
        page.wait_for_timeout(50)
    page.wait_for_timeout(100)
    return [text.split("\n")[0] for text in page.locator(".site-first .phone").all_inner_texts()]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("zone", "numbers"),
    [
        ("Australia/Sydney", ["000", "112"]),
        ("America/Chicago", ["911", "112"]),
        ("Europe/Berlin", ["112", "999", "911"]),
        ("Asia/Tokyo", ["112", "Ambulance and fire in Japan: 119. We could not check this number. If it does not work, try 112, or ask someone near you to call."]),
    ],
)  # fmt: skip
def test_a_phone_puts_its_own_country_first_whatever_its_language(phone_in: Any, zone: str, numbers: list[str]):
    page = phone_in(zone, "en-GB")
    page.goto("/emergency")

    assert first_numbers(page, numbers) == numbers


@pytest.mark.browser
def test_a_number_read_second_hand_is_never_a_link(phone_in: Any):
    page = phone_in("Asia/Tokyo")
    page.goto("/emergency")
    told = page.get_by_text("Ambulance and fire in Japan")
    told.nth(1).wait_for(state="attached")

    assert told.count() == 2, "in the list of countries, and among the first numbers"
    assert page.locator('a[href="tel:119"]').count() == 0


@pytest.mark.browser
def test_the_quiz_takes_the_country_from_the_time_zone_until_another_is_chosen(phone_in: Any):
    page = phone_in("Australia/Sydney", "en-US")
    page.goto("/quiz")
    page.get_by_role("button", name="Agree and start").click()
    page.wait_for_url("**/right-now")
    tick(page.locator('[value="chest-pain-breathless"]'))
    page.get_by_role("link", name="000").first.wait_for()
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/about-you")

    page.locator('[name="country"] option[value="AU"]:checked').wait_for(state="attached")
    page.locator("[name=country]").select_option("NZ")
    page.get_by_label("40 to 64").check()
    page.get_by_label("Myself").check()
    page.get_by_label("Rheumatoid arthritis").check()
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/lately")

    assert page.locator("main > .care .phone a").first.get_attribute("href") == "tel:111"
