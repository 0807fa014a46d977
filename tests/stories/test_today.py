"""Today on a phone: from a newcomer's first look to what waits after the summary; help that is noted, with and without
scripts."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.support.people import RA, RA_HOT_JOINT
from tests.support.walk import finish, to_review

BAR = 60


def fits(page: Any, words: str) -> None:
    """It can be read without a tap: on the first screen, above the bar, and nothing is wider than the phone."""
    page.evaluate("scrollTo(0, 0)")
    box = page.get_by_text(words, exact=True).first.bounding_box()
    assert box["y"] + box["height"] < page.viewport_size["height"] - BAR
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_from_the_first_look_to_the_next_thing(phone):
    phone.goto("/today")
    fits(phone, "Start a check-in")
    phone.get_by_role("link", name="Start a check-in").click()
    expect(phone).to_have_url("/quiz")

    to_review(phone, RA)
    finish(phone)
    phone.get_by_role("navigation", name="Main").get_by_role("link", name="Today").click()

    expect(phone.get_by_role("heading", name="Ready for a plan?")).to_be_visible()
    fits(phone, "Make a plan")
    phone.get_by_role("link", name="Make a plan").click()
    expect(phone).to_have_url("/plan")


@pytest.mark.parametrize("kind", ["phone", "phone_without_js"])
def test_help_is_noted_said_and_has_the_focus(kind, request):
    page = request.getfixturevalue(kind)
    to_review(page, RA_HOT_JOINT)
    finish(page)

    page.goto("/today")
    fits(page, "111")
    page.get_by_role("button", name="I have had help").click()

    done = page.get_by_role("status").filter(has_text="Noted.")
    expect(done).to_be_visible()
    expect(done).to_be_focused()
    expect(page.get_by_role("heading", name="No plan for now")).to_be_visible()


def test_a_draft_goes_on_where_it_was(phone):
    phone.goto("/quiz")
    with phone.expect_event("load"):
        phone.locator("main form button").first.click()
    place = phone.url.rpartition("/")[0]
    phone.locator('[name="none_right_now"]').check()
    with phone.expect_event("load"):
        phone.locator("#quiz-form .button:not(.secondary):not(.quiet)").last.click()

    phone.goto("/today")

    expect(phone.get_by_role("heading", name="Carry on, step 2 of ")).to_be_visible()
    phone.get_by_role("link", name="Carry on").click()
    expect(phone).to_have_url(f"{place}/about-you")
