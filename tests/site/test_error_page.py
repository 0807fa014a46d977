"""The page of a fault leads on: what was asked for is asked for again, and what was sent is gone back to and lost by nothing."""

from __future__ import annotations

import sqlite3

import pytest

from tests.planner.test_phone import told_us
from tests.support.browser import PHONE
from tests.support.html_page import Page
from tests.support.modules import started
from tests.support.people import finish_check_in


def again(text: str) -> list[str]:
    return [one.attrs["href"] for one in Page(text).all("a") if one.words == "Try again"]


def test_a_page_that_failed_is_asked_for_again_by_its_own_address(client, settings):
    finish_check_in(client)
    file = settings.database_url.partition(":///")[2]
    with sqlite3.connect(file) as database:
        database.execute("ALTER TABLE check_in RENAME TO lost")

    answer = client.get("/me")

    assert answer.status_code == 503
    assert again(answer.text) == [""]
    assert "go back" not in answer.text
    with sqlite3.connect(file) as database:
        database.execute("ALTER TABLE lost RENAME TO check_in")
    assert client.get("/me").status_code == 200


def test_what_is_not_there_is_not_asked_for_again(client):
    assert again(client.get("/not-here").text) == []


def test_what_was_sent_in_vain_is_gone_back_to(client):
    answer = client.post("/quiz", content=b"{}", headers={"content-type": "application/json"})

    assert answer.status_code == 415
    assert again(answer.text) == []
    assert "What you typed should still be there when you go back." in answer.text
    words = next(one for one in Page(answer.text).all("p") if one.words.startswith("What you typed"))
    assert "hidden" in words.attrs, "it is shown with the button, by the same script"
    assert words.attrs["data-module"] == "back"


def test_a_request_of_another_site_promises_nothing_that_was_typed(client):
    answer = client.post(
        "/quiz", {"start": "1"}, headers={"sec-fetch-site": "cross-site", "origin": "https://evil.example"}
    )

    assert answer.status_code == 403
    assert "What you typed should still be there" not in answer.text


@pytest.mark.browser
def test_back_from_a_failed_form_finds_what_was_typed(browser, shared_server):
    context = browser.new_context(**PHONE, base_url=shared_server.url, service_workers="block")
    page = context.new_page()
    told_us(page, shared_server.url)
    page.goto("/plan")
    started(page)
    page.get_by_label("Monday").check()
    page.get_by_label("Another time").check()
    page.get_by_label("Which time?").fill("09:15")

    def spoil(route):
        sent = route.request.method == "POST"
        route.continue_(headers={**route.request.headers, "content-type": "text/plain"} if sent else None)

    page.route("**/plan?preview", spoil)
    with page.expect_event("load"):
        page.get_by_role("button", name="Show my sessions").click()
    page.get_by_text("What you typed should still be there").wait_for()
    page.get_by_role("button", name="Back", exact=True).click()

    page.get_by_role("button", name="Show my sessions").wait_for()
    page.locator("#planner-form[data-put-back]").wait_for()
    assert page.get_by_label("Which time?").input_value() == "09:15"
    assert page.get_by_label("Monday").is_checked()
    context.close()
