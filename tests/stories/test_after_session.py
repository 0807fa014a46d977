"""How a session was, on a phone: three taps from Today, a danger sign that is met at once, with and without scripts."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.planner.test_phone import keep_plan_from_today, told_us

pytestmark = pytest.mark.browser
BOTH = pytest.mark.parametrize("scripts", ["phone", "phone_without_js"])


def went(page: Any, address: str) -> None:
    """A session of today, noted from the plan."""
    page.emulate_media(reduced_motion="reduce")
    told_us(page, address)
    keep_plan_from_today(page, address)
    page.goto("/plan")
    page.get_by_role("button", name="Went").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How was it?")


def fits(page: Any) -> bool:
    wide: int = page.evaluate("document.documentElement.scrollWidth")
    return wide <= page.viewport_size["width"]


@BOTH
def test_went_felt_and_none_of_these(scripts: str, request: pytest.FixtureRequest, shared_server: Any) -> None:
    page = request.getfixturevalue(scripts)
    went(page, shared_server.url)
    assert page.evaluate("document.activeElement.id") == "done"
    assert fits(page)

    page.get_by_role("radio", name="All right").check()
    page.get_by_role("button", name="None of these").click()

    expect(page.get_by_role("status").filter(has_text="It is noted")).to_be_focused()
    page.goto("/today")
    expect(page.get_by_text("How were you after your first session?")).to_have_count(0)


@BOTH
def test_a_row_ticked_says_at_once_what_to_do_and_leads_to_the_red_card(
    scripts: str, request: pytest.FixtureRequest, shared_server: Any
) -> None:
    page = request.getfixturevalue(scripts)
    went(page, shared_server.url)

    page.get_by_role("checkbox", name="A danger sign after needles").check()
    expect(page.get_by_text("Get help now").first).to_be_visible()
    expect(page.get_by_role("link", name="999").first).to_be_visible()
    page.get_by_role("button", name="Save").click()

    expect(page).to_have_url("/today")
    expect(page.get_by_role("heading", name="Get help first")).to_be_in_viewport()
    expect(page.get_by_role("link", name="999").first).to_be_in_viewport()
    expect(page.get_by_role("button", name="I have had help")).to_be_visible()


@BOTH
def test_the_first_session_is_asked_after_until_it_is_told(
    scripts: str, request: pytest.FixtureRequest, shared_server: Any
) -> None:
    page = request.getfixturevalue(scripts)
    went(page, shared_server.url)
    page.goto("/today")
    expect(page.get_by_role("heading", name="How were you after your first session?")).to_be_visible()
    page.get_by_role("link", name="Tell us").click()

    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert").filter(has_text="There is a problem")).to_be_focused()
    page.get_by_role("checkbox", name="A bruise").check()
    page.get_by_role("button", name="None of these").click()
    expect(page.get_by_text("untick it, or press Save").first).to_be_visible()
    expect(page.get_by_role("checkbox", name="A bruise")).to_be_checked()
    page.get_by_role("button", name="Save").click()

    expect(page).to_have_url("/today?done=told&session=1")


def test_by_keyboard_alone(phone: Any, shared_server: Any) -> None:
    went(phone, shared_server.url)
    phone.locator('[name="felt"]').first.focus()
    phone.keyboard.press("Space")
    phone.locator('[name="groups"]').focus()
    phone.keyboard.press("Space")
    phone.keyboard.press("Tab")
    inside = "document.activeElement.closest('.door-inside') !== null"
    assert phone.evaluate(inside), "what the row opens comes next"
    while phone.evaluate("document.activeElement.value") != "needle-left-or-broken":
        phone.keyboard.press("Tab")
        assert phone.evaluate(inside)
    phone.keyboard.press("Space")
    phone.get_by_role("button", name="Save").focus()
    phone.keyboard.press("Enter")

    expect(phone.get_by_role("heading", name="Get help first")).to_be_visible()
    expect(phone.get_by_text("Do not dig for it").first).to_be_visible()
