"""A new version is a button: it loads the page on which it is pressed, and no other one."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from tests.offline.test_new_build import with_another_build
from tests.offline.test_worker_aside import worker_answers
from tests.support.browser import PHONE, SAVES_DATA, until
from tests.support.modules import started
from tests.support.server import Server
from tests.support.stand_in import StandIn, standing_in

pytestmark = pytest.mark.browser

UPDATE = "navigator.serviceWorker.getRegistration().then((one) => one.update()).then(() => true)"
NEW_ONE_ANSWERS = "() => navigator.serviceWorker.controller?.state === 'activated' && caches.keys().then((names) => names.filter((name) => name.startsWith('shell-')).join() === 'shell-a-later-build')"


@pytest.fixture
def between(shared_server: Server, loop: asyncio.AbstractEventLoop) -> Iterator[StandIn]:
    with standing_in(shared_server.port, loop) as made:
        yield made


@pytest.fixture
def context(browser: Any, between: StandIn) -> Iterator[Any]:
    made = browser.new_context(**PHONE, base_url=between.url)
    made.add_init_script(SAVES_DATA)
    yield made
    made.close()


def offer(page: Any) -> Any:
    return page.locator("#update-offer").get_by_role("button", name="Update now")


def test_two_pages_are_offered_a_new_version_and_each_is_loaded_by_its_own_press(context, between, shared_server):
    first, second = context.new_page(), context.new_page()
    first.goto("/")
    worker_answers(first)
    second.goto("/search")
    worker_answers(second)
    started(second)
    between.answers["a later build"] = with_another_build(shared_server)
    between.in_place_of["/service-worker.js"] = "a later build"
    # Asked for again each time: one that is on its way already is the old one.
    until(first, lambda: first.evaluate(UPDATE) and offer(first).is_visible())
    offer(second).wait_for()
    second.get_by_label("What are you looking for?").fill("half a word")
    second.evaluate("() => (window.asItWas = true)")

    with first.expect_navigation():
        offer(first).click()
    first.wait_for_function(NEW_ONE_ANSWERS)
    second.wait_for_function(NEW_ONE_ANSWERS)

    assert second.evaluate("window.asItWas"), "loaded by the press of another page"
    assert second.get_by_label("What are you looking for?").input_value() == "half a word"
    assert offer(second).is_visible()
    with second.expect_navigation():
        offer(second).click()
    started(second)
    assert not offer(second).is_visible()
    assert not offer(first).is_visible()
