"""A press that nobody answers: said after some seconds, aloud too, and ended or kept; without a worker the page stays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.quiz.test_phone import begin, reach
from tests.support.browser import PHONE, SAVES_DATA
from tests.support.modules import started
from tests.support.stand_in import StandIn
from tests.web.test_press_phone import ALOUD, MARK, between, turn

__all__ = ["between", "turn"]
pytestmark = pytest.mark.browser
SLOW, SILENT, GIVEN_UP = 9_500, 11_500, 21_500  # ms, each after the one before
KEPT_BY = 3_500


@pytest.fixture
def page(browser: Any, between: StandIn, turn: Callable[[str], None]) -> Iterator[Any]:
    context = browser.new_context(**PHONE, base_url=between.url, service_workers="block")
    context.add_init_script(SAVES_DATA)
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


def pass_by(page: Any, milliseconds: int) -> None:
    page.wait_for_timeout(300)
    page.clock.fast_forward(milliseconds)
    page.clock.run_for(200)


def test_a_press_on_the_list_is_said_to_be_kept_soon_and_nothing_else_later(page, turn):
    page.clock.install()
    page.goto("/list")
    started(page)
    entry = page.locator(".reading-entry").nth(1)
    entry.locator("summary").click()
    entry.get_by_role("button", name="Pin to the top").click()
    page.get_by_text("Now at the top").wait_for()
    pinned = page.locator(f"#{page.locator('.reading-entry').first.get_attribute('id')}")
    turn("silence")

    pinned.get_by_role("button", name="Pin to the top").click()
    pass_by(page, KEPT_BY)
    kept = page.locator(".outcome", has_text="Kept on this phone")
    kept.wait_for()
    page.clock.run_for(200)
    assert "Kept on this phone" in page.evaluate(ALOUD)

    pass_by(page, GIVEN_UP)
    assert page.locator(".outcome").count() == kept.count() == 1
    assert "Kept on this phone" in page.evaluate(ALOUD)

    pinned.get_by_role("button", name="Pin to the top").click()
    assert page.evaluate(ALOUD) == "", "what was said of the press before is not said of this one"
    turn("the app")
    assert pinned.count() == 1


def test_an_answer_in_time_is_never_called_slow(page):
    page.clock.install()
    page.goto("/list")
    started(page)
    page.locator(".reading-entry").nth(1).get_by_role("button", name="Mark as read").click()
    page.get_by_text("Marked as read").wait_for()

    pass_by(page, GIVEN_UP + SLOW)

    assert page.locator(".outcome").count() == 0
    assert "Still" not in page.evaluate(ALOUD)


def test_answers_that_wait_to_be_saved_say_so_and_end(page, turn):
    page.clock.install()
    begin(page)
    line = page.locator("#quiz-saved")
    page.get_by_label("None of these").check()
    pass_by(page, 1_000)
    line.locator(MARK).wait_for()
    turn("silence")

    page.get_by_label("None of these").uncheck()
    pass_by(page, 1_000)
    pass_by(page, SLOW)
    line.get_by_text("Still saving").wait_for()

    pass_by(page, SILENT)
    line.get_by_text("There was no answer").wait_for()


@pytest.mark.parametrize("mode", ["502 of a proxy", "a portal's page", "gone"])
def test_without_a_worker_a_press_soon_after_an_answer_stays_on_the_page(page, between, turn, mode):
    between.answers["gone"] = b"\n"
    page.clock.install()
    reach(page, "what-matters")
    words = page.get_by_label("What troubles you most? Use your own words.")
    words.fill("stiff hands")
    page.locator("#quiz-saved").locator(MARK).wait_for()
    page.clock.fast_forward(6_000)
    address = page.url
    turn(mode)

    page.get_by_role("button", name="Continue").click()

    page.get_by_text("Nothing was sent").first.wait_for()
    assert page.url == address
    assert words.input_value() == "stiff hands"
    assert page.get_by_role("link", name="Is it urgent?").first.is_visible()
