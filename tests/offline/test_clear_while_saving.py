"""A phone that is cleared while its worker still saves: what comes later is not saved."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.browser import PHONE, have_worker
from tests.support.modules import started
from tests.support.server import Server
from tests.support.stand_in import StandIn, standing_in

pytestmark = pytest.mark.browser

SLOW = 3.0
LEFT = "async () => [await caches.keys(), (await navigator.serviceWorker.getRegistrations()).length]"


@pytest.fixture
def between(shared_server: Server, loop: asyncio.AbstractEventLoop) -> Iterator[StandIn]:
    with standing_in(shared_server.port, loop) as made:
        yield made


@pytest.fixture
def page(browser: Any, between: StandIn) -> Iterator[Any]:
    context = browser.new_context(**PHONE, base_url=between.url)
    yield context.new_page()
    context.close()


def until_asked(page: Any, between: StandIn, path: str) -> None:
    for _ in range(200):
        if path in between.waiting:
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{path} was not asked for")


def clear(page: Any) -> None:
    page.get_by_role("button", name="Yes, clear this phone").click()
    page.get_by_role("heading", name="This phone is clear").wait_for()


@pytest.mark.parametrize("path", ["/emergency", "/read/ra-overview"], ids=["the app", "the library"])
def test_nothing_comes_back_after_the_phone_is_cleared(page, between, path):
    between.delay_of[path] = SLOW
    page.goto("/me")
    if path != "/emergency":
        have_worker(page)
    started(page)
    until_asked(page, between, path)
    page.goto("/me/clear")
    started(page)

    clear(page)

    assert path in between.waiting, "it was still to come"
    page.wait_for_timeout(SLOW * 1000 + 500)
    assert path not in between.waiting
    assert page.evaluate(LEFT) == [[], 0]


def test_the_page_that_clears_begins_no_worker(page):
    page.goto("/me/clear")
    started(page)

    page.wait_for_timeout(1500)

    assert page.evaluate(LEFT) == [[], 0]
