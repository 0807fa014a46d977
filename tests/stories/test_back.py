"""What was typed is there again after Back, over https too, where browsers forget the forms of private pages."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.planner.test_phone import told_us
from tests.quiz.test_phone import go_on_from_what_matters_to_the_review, reach, type_and_leave, until_saved
from tests.support.browser import PHONE, SAVES_DATA
from tests.support.modules import started
from tests.support.people import coming_monday
from tests.support.postgres import free_port
from tests.support.practitioners import invitation
from tests.support.server import Server
from tests.support.tls import behind_tls

pytestmark = pytest.mark.browser

SESSION = "JSON.stringify({ ...sessionStorage })"
# Chromium keeps the fields of a form for Back unless it says otherwise; others keep none of a private page.
FORGETS = "addEventListener('DOMContentLoaded', () => [...document.forms].forEach((one) => (one.autocomplete = 'off')))"
FIRST, OFF, OTHER = ((coming_monday() + timedelta(weeks=number)).isoformat() for number in (8, 10, 16))


@pytest.fixture(scope="module")
def secure(tmp_path_factory: pytest.TempPathFactory, loop: asyncio.AbstractEventLoop) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("secure")
    port = free_port()
    server = Server(folder, ACUPWA_PUBLIC_URL=f"https://127.0.0.1:{port}").start()
    with behind_tls(port, server.port, folder, loop) as address:
        yield address
    server.stop()


@pytest.fixture(params=["http", "https", "forgetful"])
def page(request: pytest.FixtureRequest, browser: Any, shared_server: Server) -> Iterator[Any]:
    address = shared_server.url if request.param == "http" else request.getfixturevalue("secure")
    context = browser.new_context(**PHONE, base_url=address, ignore_https_errors=True)
    context.add_init_script(SAVES_DATA)
    if request.param == "forgetful":
        context.add_init_script(FORGETS)
    page = context.new_page()
    page.address = address
    page.set_default_timeout(10_000)
    yield page
    context.close()


def fill_in_a_plan(page: Any) -> None:
    page.goto("/plan")
    started(page)
    page.get_by_text("Fine-tune").click()
    page.get_by_label("When could you start?").fill(FIRST)
    page.get_by_label("Monday").check()
    page.get_by_label("Thursday").check()
    page.get_by_role("radio", name="Another time").check()
    page.get_by_label("Which time?").fill("09:30")
    page.get_by_label("Price of one session").fill("45")
    page.get_by_label("How many sessions at most?").fill("8")
    page.get_by_label("First day", exact=True).first.fill(OFF)


def is_filled_in(page: Any) -> None:
    page.locator("#f-price").wait_for(state="attached")
    started(page)
    assert page.locator("#f-first-day").input_value() == FIRST
    assert page.get_by_label("Monday").is_checked()
    assert page.get_by_label("Thursday").is_checked()
    assert page.locator("#f-other-time").input_value() == "09:30"
    assert page.locator("#f-price").input_value() == "45"
    assert page.locator("#f-max-sessions").input_value() == "8"
    assert page.get_by_label("First day", exact=True).first.input_value() == OFF


@pytest.mark.parametrize("way", ["Show my sessions", "by a link", "by the jump to the form"])
def test_back_to_the_form_of_a_plan(page, way):
    told_us(page, page.address)
    fill_in_a_plan(page)
    if way == "by a link":
        page.get_by_role("link", name="Is it urgent?").click()
    else:
        if way != "Show my sessions":
            page.evaluate("location.hash = 'planner-form'")
        page.get_by_role("button", name="Show my sessions").click()
    page.locator("h1", has_text="Your sessions would be" if way != "by a link" else "Is it urgent?").wait_for()

    page.go_back()

    is_filled_in(page)


@pytest.mark.parametrize("page", ["https"], indirect=True)
def test_a_plan_that_changed_since_is_newer_than_what_was_typed(page):
    told_us(page, page.address)
    fill_in_a_plan(page)
    page.get_by_role("button", name="Show my sessions").click()
    page.get_by_role("button", name="Save this plan").click()
    page.get_by_text("Change, print or delete this plan").click()
    page.get_by_role("link", name="Change the plan").click()
    started(page)
    page.get_by_text("Fine-tune").click()
    page.get_by_label("Price of one session").fill("50")
    page.get_by_role("button", name="Show my sessions").click()
    page.get_by_role("button", name="Save this plan").click()
    page.get_by_role("heading", name="Your plan", exact=True).wait_for()

    page.goto("/plan/change")
    started(page)
    assert page.locator("#f-price").input_value() == "50"
    page.get_by_text("Fine-tune").click()
    page.get_by_label("Price of one session").fill("60")
    page.goto("/plan")
    page.evaluate(
        "fetch('/plan/delete', { method: 'POST' }).then(() => fetch('/plan', { method: 'POST', body: new URLSearchParams("
        f"{{ first_day: '{OTHER}', weekdays: 'mon', price: '', travel_minutes: '', time: '10:00', time_zone: 'Europe/London', per_week: '1',"
        " max_sessions: '6', minutes: '30', currency: 'GBP', do: 'save' }) }))"
    )
    page.wait_for_timeout(500)
    page.go_back()
    started(page)

    assert page.locator("#f-first-day").input_value() == OTHER
    assert page.locator("#f-price").input_value() == ""


def test_back_to_a_code(page):
    page.goto("/resume")
    started(page)
    page.get_by_label("Your code").fill("cdf-hjk")
    page.get_by_role("link", name="Is it urgent?").first.click()
    page.locator("h1", has_text="Is it urgent?").wait_for()

    page.go_back()

    page.get_by_label("Your code").wait_for()
    started(page)
    assert page.get_by_label("Your code").input_value() == "cdf-hjk"


def test_words_typed_within_the_delay_of_the_quiz_are_saved_and_wait_in_no_store(page):
    reach(page, "what-matters")
    started(page)
    address = type_and_leave(page, "sore wrists")
    assert "sore wrists" not in page.evaluate(SESSION)
    until_saved(page, address, "sore wrists")

    page.go_back()

    page.get_by_label("What troubles you most? Use your own words.").wait_for()
    started(page)
    assert page.get_by_label("What troubles you most? Use your own words.").input_value() == "sore wrists"
    go_on_from_what_matters_to_the_review(page)
    assert page.get_by_text("sore wrists").first.is_visible()


def test_nothing_typed_is_left_in_the_tab_after_all_is_deleted(page):
    told_us(page, page.address)
    fill_in_a_plan(page)
    page.goto("/me/data")
    assert FIRST in page.evaluate(SESSION)
    page.get_by_role("link", name="Delete everything").click()
    started(page)
    page.get_by_role("button", name="Yes, delete everything").click()
    page.get_by_text("We hold nothing about you").wait_for()

    assert page.evaluate(SESSION) == "{}"


@pytest.mark.parametrize("page", ["http"], indirect=True)
def test_a_password_is_never_kept(page, shared_server):
    invitation(shared_server, "one@clinic.example")
    page.goto("/practice/sign-in")
    started(page)
    page.get_by_label("Email address").fill("one@clinic.example")
    page.get_by_label("Password").fill("four words that do not")
    page.goto("/about")

    kept = page.evaluate(SESSION)
    assert "one@clinic.example" in kept
    assert "four words" not in kept
    page.go_back()
    started(page)
    assert page.get_by_label("Email address").input_value() == "one@clinic.example"
