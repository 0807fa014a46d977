"""A phone that is cleared while its worker still saves: what comes later is not saved."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.browser import PHONE, until
from tests.support.modules import started
from tests.support.server import Server
from tests.support.stand_in import StandIn, standing_in

pytestmark = pytest.mark.browser

# The page goes on after fifteen seconds, whatever is still under way. Here it is seen whether anything holds it up.
WAITS_FOR_EVER = "{ const real = setTimeout; window.setTimeout = (act, time, ...more) => time === 15000 ? 0 : real(act, time, ...more); }"
LEFT = "async () => [await caches.keys(), (await navigator.serviceWorker.getRegistrations()).length]"


@pytest.fixture
def between(shared_server: Server, loop: asyncio.AbstractEventLoop) -> Iterator[StandIn]:
    with standing_in(shared_server.port, loop) as made:
        yield made


@pytest.fixture
def page(browser: Any, between: StandIn) -> Iterator[Any]:
    context = browser.new_context(**PHONE, base_url=between.url)
    context.add_init_script(WAITS_FOR_EVER)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", ["/emergency", "/search/index.json"], ids=["the app", "the library"])
def test_nothing_comes_back_after_the_phone_is_cleared(page, between, path):
    between.held.add(path)
    page.goto("/me")
    until(page, lambda: path in between.waiting)
    page.goto("/me/clear")
    started(page)

    page.get_by_role("button", name="Yes, clear this phone").click()
    page.get_by_role("heading", name="This phone is clear").wait_for()

    assert path in between.waiting, "it was still to come"
    between.held.clear()
    until(page, lambda: path not in between.waiting)
    page.wait_for_timeout(500)
    assert page.evaluate(LEFT) == [[], 0]


def test_the_page_that_clears_begins_no_worker(page):
    page.goto("/me/clear")
    started(page)

    page.wait_for_timeout(1500)

    assert page.evaluate(LEFT) == [[], 0]
