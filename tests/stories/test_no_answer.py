"""A proxy whose app is down, a portal, a network gone silent: what is on the phone opens, and nothing foreign is kept."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.stories.test_offline import WAIT_FOR_LIBRARY
from tests.support.browser import PHONE, SAVES_DATA
from tests.support.page_judge import judge
from tests.support.server import Server
from tests.support.stand_in import ANSWERS, OURS, StandIn, answer, standing_in

pytestmark = pytest.mark.browser

OFFLINE = "You are offline"
ME = "You"
START = "Acupuncture alongside your usual care"
PUBLIC = {
    "/emergency": "Is it urgent?",
    "/emergency/": "Is it urgent?",
    "/emergency?from=home#numbers": "Is it urgent?",
    "/": START,
    "/quiz": "Check-in",
    "/offline": OFFLINE,
    "/read/ra-overview": "Rheumatoid arthritis and acupuncture",
}
PERSONAL = dict.fromkeys(("/me", "/list?sort=new", "/plan", "/results/x"), OFFLINE)
STORED = """
async () => {
  const found = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const answer = await cache.match(request);
      const text = await answer.text();
      found.push([new URL(request.url).pathname, answer.status, answer.redirected, text.includes("Sign in to our Wi-Fi")]);
    }
  }
  return found;
}
"""
TOOK = "performance.getEntriesByType('navigation')[0].responseStart"
MADE_BY_THE_WORKER = {"/offline/index.json"}
CONTROLLED = "navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)"


@pytest.fixture(scope="module")
def between(shared_server: Server, loop: asyncio.AbstractEventLoop) -> Iterator[StandIn]:
    with standing_in(shared_server.port, loop) as made:
        yield made


@pytest.fixture
def turn(between: StandIn, loop: asyncio.AbstractEventLoop) -> Iterator[Callable[[str], None]]:
    """Changes what stands between; the app answers again afterwards."""

    def turn(mode: str) -> None:
        asyncio.run_coroutine_threadsafe(between.change(mode), loop).result(10)

    yield turn
    between.in_place_of.clear()
    between.asked.clear()
    between.delay = 0
    turn("the app")


@pytest.fixture(scope="module")
def visited(browser: Any, between: StandIn) -> Iterator[Any]:
    """A phone of a person with a check-in begun, and with all that a visit saves."""
    context = browser.new_context(**PHONE, base_url=between.url)
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto("/")
    saved, of = page.evaluate(WAIT_FOR_LIBRARY)
    assert saved == of > 30
    page.goto("/quiz")
    page.get_by_role("button", name="Start").first.click()
    page.wait_for_url("**/right-now")
    assert context.cookies()
    yield context
    context.close()


@pytest.fixture(scope="module")
def tabs(visited: Any) -> dict[str, Any]:
    """One for each address, so that waiting for silence is waited for once."""
    return {path: visited.new_page() for path in (*PUBLIC, *PERSONAL)}


@pytest.fixture
def page(visited: Any) -> Iterator[Any]:
    page = visited.new_page()
    yield page
    page.close()


def opened_together(tabs: dict[str, Any], url: str) -> dict[str, str]:
    """The heading of each address, all asked for at the same time."""
    for tab in tabs.values():
        tab.goto("about:blank")
    for path, tab in tabs.items():
        tab.evaluate("(address) => { location.href = address; }", url + path)
    return {path: heading(tab) for path, tab in tabs.items()}


def heading(tab: Any) -> str:
    tab.wait_for_url(lambda url: url.startswith("http"), wait_until="commit")
    return str(tab.locator("h1").inner_text())


@pytest.mark.parametrize("mode", ANSWERS)
def test_what_is_no_answer_of_ours_counts_as_no_network(mode, tabs, between, turn):
    turn(mode)
    asked = {path: tab for path, tab in tabs.items() if path in PUBLIC or mode != "ours, stalled"}
    headings = opened_together(asked, between.url)

    assert headings == {path: heading for path, heading in (PUBLIC | PERSONAL).items() if path in asked}
    assert max(tab.evaluate(TOOK) for tab in asked.values()) < 5_000
    for path in ("/emergency", "/me"):
        assert judge(tabs[path].content(), whole=True) == []
    assert tabs["/emergency"].locator('a[href="tel:999"]').first.is_visible()
    assert tabs["/emergency/"].url == between.url + "/emergency"
    assert tabs["/"].evaluate("getComputedStyle(document.querySelector('main')).maxInlineSize") != "none", "styled"


def test_a_portal_at_another_address_is_not_followed(tabs, between, turn, loop):
    with standing_in(between.port, loop) as elsewhere:
        elsewhere.mode = "a portal's page"
        between.answers["elsewhere"] = answer("302 Found", "", f"Location: {elsewhere.url}/login\r\n")
        turn("elsewhere")

        assert opened_together(tabs, between.url) == PUBLIC | PERSONAL


def test_the_emergency_page_waits_for_nobody(page, turn):
    turn("silence")
    page.goto("/emergency")

    assert page.locator("h1").inner_text() == "Is it urgent?"
    assert page.evaluate(TOOK) < 1_500


def test_hanging_requests_are_given_up(page, between, turn):
    turn("silence")
    for path in ("/emergency", "/me", "/read/ra-overview"):
        page.goto(path)
    # The browser asks for a new worker by itself.
    until = time.monotonic() + 45
    while between.waiting - {"/service-worker.js"} and time.monotonic() < until:
        page.wait_for_timeout(250)
    assert between.waiting <= {"/service-worker.js"}


def test_after_that_everything_is_live_again(page, between, turn):
    turn("502 of a proxy")
    page.goto("/me")
    assert page.locator("h1").inner_text() == OFFLINE

    turn("the app")
    page.get_by_role("link", name="Try again").click()
    page.get_by_role("heading", level=1, name=ME, exact=True).wait_for()
    between.asked.clear()
    for path in ("/", "/emergency", "/quiz"):
        page.goto(path)
        page.wait_for_timeout(200)
    assert {path for _, path, _ in between.asked} >= {"/", "/emergency", "/quiz"}


def test_asked_again_a_slow_server_is_given_longer(page, between, turn):
    between.delay = 4.5
    page.goto("/me")
    assert page.locator("h1").inner_text() == OFFLINE

    page.get_by_role("link", name="Try again").click()
    page.get_by_role("heading", level=1, name=ME, exact=True).wait_for()


def test_on_its_own_address_the_page_offers_no_second_try(page, turn):
    page.goto("/offline")
    page.wait_for_timeout(800)
    assert page.get_by_role("link", name="Try again").count() == 0


@pytest.mark.parametrize("status", ["403 Forbidden", "404 Not Found", "410 Gone", "429 Too Many Requests"])
def test_our_own_refusals_are_shown_as_they_are(status, page, between, turn):
    between.answers["refusal"] = answer(status, f"<!doctype html><title>No</title><h1>Ours: {status}</h1>", OURS)
    turn("refusal")

    assert page.goto("/me").status == int(status[:3])
    assert page.locator("h1").inner_text() == f"Ours: {status}"


def test_redirects_of_ours_lead_on_and_are_not_kept(page, between, turn):
    between.answers["moved"] = answer("308 Permanent Redirect", "", f"{OURS}Location: /about\r\n")
    between.in_place_of |= {"/quiz": "moved", "/somewhere": "moved"}
    for path in ("/quiz", "/somewhere"):
        page.goto(path)
        assert page.locator("h1").inner_text() == "About Acupwa"
        assert page.url.endswith("/about")
    between.in_place_of.clear()

    turn("502 of a proxy")
    page.goto("/quiz")
    assert page.locator("h1").inner_text() == PUBLIC["/quiz"]


def test_public_pages_are_asked_for_without_the_key(page, between, turn):
    between.asked.clear()
    for path in ("/", "/quiz", "/emergency", "/read/ra-overview", "/search?q=tired", "/me"):
        page.goto(path)
        page.wait_for_timeout(200)
    page.evaluate(WAIT_FOR_LIBRARY)

    pages = [one for one in between.asked if one.method == "GET" and not one.path.startswith("/static/")]
    assert {one.path for one in pages} >= {"/", "/quiz", "/emergency", "/read/ra-overview", "/me"}
    # From two pages for newcomers a person is led on; the worker's own copies of them are asked for without the key.
    led = {"/", "/quiz", "/today", "/check-in"}
    assert {one.path for one in pages if one.cookie} <= {"/me", "/service-worker.js", *led}
    for path in ("/me", "/", "/quiz"):
        assert [one for one in pages if one.path == path and one.cookie], path


def test_the_first_visit_stores_nothing_that_was_asked_for_with_the_key(browser, between, turn):
    context = browser.new_context(**PHONE, base_url=between.url)
    context.add_cookies([{"name": "acupwa", "value": "somebody", "url": between.url}])
    page = context.new_page()
    page.goto("/")
    between.asked.clear()
    page.evaluate(WAIT_FOR_LIBRARY)
    stored = {path for path, *_ in page.evaluate(STORED)}

    assert "/emergency" in stored
    # The page itself asks for its files and for the worker; the worker asks for its own.
    with_key = {one.path for one in between.asked if one.cookie and not one.path.startswith("/static/")}
    assert with_key <= {"/service-worker.js"}
    bundled = {path for path in stored if path.startswith(("/claims/", "/studies/"))}
    without_key = {path.partition("?")[0] for _, path, cookie in between.asked if not cookie}
    assert without_key >= stored - bundled - MADE_BY_THE_WORKER
    context.close()


@pytest.mark.parametrize("mode", ["a portal's page", "502 of a proxy", "a portal's redirect here"])
def test_a_foreign_answer_is_never_saved_with_the_app(mode, browser, between, turn):
    context = browser.new_context(**PHONE, base_url=between.url)
    context.add_init_script(SAVES_DATA)
    page = context.new_page()
    between.in_place_of["/emergency"] = mode
    between.in_place_of["/login"] = "a portal's page"
    page.goto("/")
    page.wait_for_timeout(1_500)
    assert page.evaluate(STORED) == []

    between.in_place_of.clear()
    page.goto("/read")
    page.evaluate(CONTROLLED)
    stored = {path: rest for path, *rest in page.evaluate(STORED)}
    assert stored["/emergency"] == [200, False, False]
    assert not any(foreign for _, _, foreign in stored.values())
    context.close()


@pytest.mark.parametrize("mode", ["a portal's page", "a portal's redirect here"])
def test_a_foreign_answer_is_never_saved_with_the_library(mode, browser, between, turn):
    context = browser.new_context(**PHONE, base_url=between.url)
    page = context.new_page()
    held = ("/read/ra-overview", "/offline/bundle.json", "/search/index.json")
    between.in_place_of |= dict.fromkeys(held, mode)
    between.in_place_of["/login"] = "a portal's page"
    page.goto("/")
    saved, of = page.evaluate(WAIT_FOR_LIBRARY)
    assert of - saved == len(held)
    stored = page.evaluate(STORED)
    assert not any(redirected or foreign for _, _, redirected, foreign in stored)
    assert not [path for path, *_ in stored if path in held or path.startswith(("/claims/", "/studies/"))]

    between.in_place_of.clear()
    saved, of = page.evaluate(WAIT_FOR_LIBRARY)
    assert saved == of
    context.close()


def test_a_file_of_an_earlier_build_is_replaced_by_the_one_of_today(page, turn):
    page.goto("/about")
    turn("a portal's page")
    types = page.evaluate(
        """async () => {
          const old = await fetch("/static/app.css?v=0123456789");
          const unknown = await fetch("/static/img/none.png");
          return [old.status, old.headers.get("content-type"), unknown.headers.has("acupwa")];
        }"""
    )
    assert types == [200, "text/css; charset=utf-8", False]


def test_a_search_with_no_answer_gives_the_saved_search_page(browser, between, turn):
    context = browser.new_context(**PHONE, base_url=between.url)
    context.add_init_script(SAVES_DATA)
    page = context.new_page()
    page.goto("/")
    page.evaluate(CONTROLLED)
    page.goto("/about")
    for mode in ("502 of a proxy", "a portal's page", "silence"):
        turn(mode)
        page.goto("/search?q=tired")
        page.get_by_text("search is not saved on this phone yet").wait_for()
    context.close()
