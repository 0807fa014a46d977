"""From a tab to the app on the home screen and back, by a code: what waits to be sent does not come along, and is not forgotten."""

from __future__ import annotations

from typing import Any

import pytest

from tests.offline.test_queue import add, become_somebody, between, page, states
from tests.support.browser import PHONE, SAVES_DATA, until
from tests.support.modules import started
from tests.support.walk import posted_to

pytestmark = pytest.mark.browser
__all__ = ["between", "page"]

NOT_SENT = "Something on this phone has not been sent."


def waits_unsent(page: Any, between: Any, words: str = "aching quince thumb", **more: Any) -> None:
    """It waits, and the network with it: all but what sends it is there."""
    between.in_place_of["/quiz/whole"] = "502 of a proxy"
    add(page, words, **more)


def make_code(page: Any) -> str:
    page.goto("/me")
    started(page)
    page.get_by_role("button", name="make a code").click()
    page.wait_for_url("**/me/move")
    started(page)
    return str(page.locator(".code-letters > [aria-hidden]").inner_text())


def test_the_page_of_the_code_says_what_it_does_not_take_along_until_that_is_sent(page, between):
    become_somebody(page)
    make_code(page)
    assert not page.get_by_text(NOT_SENT).is_visible()
    waits_unsent(page, between)

    make_code(page)

    page.get_by_text(NOT_SENT).wait_for()
    between.in_place_of.clear()
    page.get_by_role("link", name="See what it is").click()
    page.wait_for_url("**/offline/unsent")
    until(page, lambda: states(page)[-1] == "sent")
    make_code(page)
    assert not page.get_by_text(NOT_SENT).is_visible()


def test_where_a_code_is_typed_it_is_said_too(page, between):
    page.goto("/resume")
    started(page)
    assert not page.get_by_text(NOT_SENT).is_visible()
    waits_unsent(page, between, person="")

    page.goto("/resume")

    page.get_by_text(NOT_SENT).wait_for()
    assert page.get_by_role("link", name="See what it is").get_attribute("href") == "/offline/unsent"


def test_what_waited_before_a_code_was_used_is_still_there_after_it(page, between, browser):
    """The tab has answered something; the code comes from the app."""
    app = browser.new_context(**PHONE, base_url=between.url)
    app.add_init_script(SAVES_DATA)
    other = app.new_page()
    other.goto("/offline/unsent")
    become_somebody(other)
    waits_unsent(page, between, "of the tab", person="")
    code = make_code(other)

    page.goto("/resume")
    started(page)
    page.get_by_label("Your code").fill(code)
    page.get_by_role("button", name="Carry on").click()
    page.get_by_role("heading", name="Are these your answers?").wait_for()
    page.get_by_text(NOT_SENT).wait_for()
    page.get_by_role("button", name="Yes, they are mine").click()
    page.wait_for_url("**/me*")
    between.in_place_of.clear()
    page.goto("/offline/unsent")

    page.get_by_role("button", name="Yes, it is mine: send it").click()

    until(page, lambda: states(page)[-1] == "sent")
    other.goto("/me")
    assert other.locator(".person-check-ins li").count() == 2
    app.close()


def test_the_page_of_a_pause_says_what_its_code_does_not_take_along(page, between):
    waits_unsent(page, between, person="")
    posted_to(page, "about-you")
    started(page)
    page.get_by_role("button", name="Pause").click()
    page.locator(".code-letters").wait_for()
    started(page)

    page.get_by_text(NOT_SENT).wait_for()
    assert page.get_by_text("The code does not include it.").is_visible()
