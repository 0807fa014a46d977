"""Whoever is faster than the scripts of the whole check-in loses nothing of what they answered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.browser import PHONE, until
from tests.support.modules import started
from tests.support.server import Server
from tests.support.walk import tick

pytestmark = pytest.mark.browser

SCRIPT = "**/static/js/whole.js*"
DRAFTS = 'import("/static/js/phone-store.js").then(({ all }) => all("drafts"))'


@pytest.fixture
def page(browser: Any, shared_server: Server) -> Iterator[Any]:
    """Without a worker, so that the script can be held back."""
    context = browser.new_context(**PHONE, base_url=shared_server.url, service_workers="block")
    yield context.new_page()
    context.close()


def opened_before_its_script(page: Any) -> list[Any]:
    held: list[Any] = []
    page.route(SCRIPT, lambda route: held.append(route))
    page.goto("/quiz/whole", wait_until="commit")
    until(page, lambda: held)
    return held


def comes(page: Any, held: list[Any]) -> None:
    for route in held:
        route.continue_()
    page.unroute(SCRIPT)
    started(page)
    page.locator("form.is-stepped").wait_for()


def drafted(page: Any) -> list[str]:
    return [name for one in page.evaluate(DRAFTS) for name, _ in one["fields"]]


def test_what_was_ticked_before_the_script_came_stays_and_is_kept(page):
    held = opened_before_its_script(page)
    tick(page.locator('[name="none_right_now"]'))

    comes(page, held)

    assert page.locator('[name="none_right_now"]').is_checked()
    until(page, lambda: "none_right_now" in drafted(page))


def test_beside_a_draft_what_was_ticked_since_stays_too(page):
    comes(page, opened_before_its_script(page))
    tick(page.locator('[name="none_right_now"]'))
    page.get_by_role("button", name="Continue").click()
    tick(page.locator('[name="age_band"][value="40-64"]'))
    tick(page.locator('[name="conditions"][value="ms"]'))
    until(page, lambda: "conditions" in drafted(page))
    page.goto("/about")

    held = opened_before_its_script(page)
    tick(page.locator('[name="age_band"][value="65-plus"]'))
    page.locator('[name="problem_words"]').fill("sore wrists")
    comes(page, held)

    assert page.locator('[name="conditions"][value="ms"]').is_checked()
    assert page.locator('[name="none_right_now"]').is_checked()
    assert page.locator('[name="age_band"]:checked').get_attribute("value") == "65-plus"
    assert page.locator('[name="problem_words"]').input_value() == "sore wrists"
