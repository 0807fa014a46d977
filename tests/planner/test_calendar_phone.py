"""The calendar page on a phone: the address is made, used and replaced, with scripts and without."""

from __future__ import annotations

from typing import Any

import pytest

from tests.planner.test_phone import plan_ten_sessions, told_us


@pytest.mark.parametrize("scripts", ["phone", "phone_without_js"])
def test_an_address_is_made_once_and_replaced(scripts: str, request: pytest.FixtureRequest, shared_server: Any):
    page = request.getfixturevalue(scripts)
    page.emulate_media(reduced_motion="reduce")
    told_us(page, shared_server.url)
    plan_ten_sessions(page)
    page.goto("/plan/calendar")
    page.get_by_label("A day before", exact=True).check()
    page.get_by_role("button", name="Save these choices").click()
    page.get_by_text("Your choices are saved").wait_for()

    page.get_by_role("button", name="Make a calendar address").click()
    page.get_by_role("heading", name="Your calendar address").wait_for()
    address = page.locator(".planner-address code").inner_text()
    opened = page.get_by_role("link", name="Add to my calendar").get_attribute("href")

    assert address.startswith(f"{shared_server.url}/plan/calendar/")
    assert opened == address.replace("http://", "webcal://")
    first = page.request.get(address)
    assert (first.status, first.text().count("TRIGGER:-P1D")) == (200, 10)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    page.get_by_role("link", name="Done").click()
    page.get_by_text("A calendar last looked").wait_for()
    assert address not in page.content()
    page.get_by_text("New address, or switch it off").click()
    page.get_by_role("button", name="Make a new address").click()
    page.get_by_role("heading", name="Your calendar address").wait_for()
    assert page.request.get(address).status == 404
    newer = page.locator(".planner-address code").inner_text()
    assert page.request.get(newer).status == 200


def test_the_address_is_copied_and_a_reload_does_not_make_another(phone: Any, shared_server: Any):
    page = phone
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=shared_server.url)
    told_us(page, shared_server.url)
    plan_ten_sessions(page)
    page.goto("/plan/calendar")
    page.get_by_role("button", name="Make a calendar address").click()
    page.get_by_role("button", name="Copy the address").click()
    page.get_by_text("Copied.").wait_for()

    address = page.evaluate("navigator.clipboard.readText()")
    assert address == page.locator(".planner-address code").inner_text()
    page.reload()
    page.get_by_text("No calendar has looked yet").wait_for()
    assert page.request.get(address).status == 200
