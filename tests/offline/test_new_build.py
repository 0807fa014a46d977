"""The worker that a phone has is replaced by one of a new build, on a phone with a person: nothing of theirs is stored."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.stories.test_offline import WAIT_FOR_LIBRARY
from tests.support.browser import PHONE, SAVES_DATA
from tests.support.people import RA
from tests.support.server import Server
from tests.support.stand_in import OURS, StandIn, standing_in

pytestmark = pytest.mark.browser

WORDS = "aching zebra thumb"
SEND = """
async ([path, fields, headers]) => {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) body.append(name, one);
  return (await fetch(path, { method: "POST", body, headers })).url;
}
"""
STORED = """
async () => {
  const found = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const answer = await cache.match(request);
      found.push([name, new URL(request.url).pathname, answer.redirected, await answer.text()]);
    }
  }
  return found;
}
"""
PERSONAL = ("/today", "/check-in", "/quiz/", "/results", "/me", "/list", "/plan", "/progress")
FOR_EVERYONE = {"/quiz/rules.json", "/quiz/whole"}


@pytest.fixture
def between(server: Server, loop: asyncio.AbstractEventLoop) -> Iterator[StandIn]:
    with standing_in(server.port, loop) as made:
        yield made


@pytest.fixture
def page(browser: Any, between: StandIn) -> Iterator[Any]:
    context = browser.new_context(**PHONE, base_url=between.url)
    context.add_init_script(SAVES_DATA)
    yield context.new_page()
    context.close()


def with_another_build(server: Server) -> bytes:
    """The worker of a later release: other bytes at the same address."""
    text = httpx.get(f"{server.url}/service-worker.js").text
    build = json.loads(text.partition("const LISTS = ")[2].partition(";\n")[0])["build"]
    body = text.replace(build, "a-later-build").encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/javascript\r\nContent-Length: {len(body)}\r\n{OURS}Connection: close\r\n\r\n"
    return head.encode() + body


def open_all(page: Any, addresses: tuple[str, ...]) -> None:
    for address in addresses:
        page.goto(address)


def test_a_new_build_stores_nothing_of_the_person_and_the_phone_starts_without_a_network(page, between, server):
    page.goto("/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    key = {"Idempotency-Key": "b1f7a6c0-2f0e-4a53-9f7c-6a1d3c1f0e11"}
    result = page.evaluate(SEND, ["/quiz/whole", RA | {"problem_words": WORDS}, key])
    assert "/results/" in result
    addresses = (
        "/",
        "/quiz",
        "/",
        result,
        "/me",
        "/plan",
        "/list",
        "/progress",
        "/today",
        "/check-in",
        "/search?q=tired",
    )
    open_all(page, addresses)
    assert page.goto(result).ok
    assert WORDS in page.content(), "the search finds what is there"

    between.answers["a later build"] = with_another_build(server)
    between.in_place_of["/service-worker.js"] = "a later build"
    page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())")
    # The page begins anew by itself, once the new worker has taken over: what is opened before would be cut off by that.
    with page.expect_navigation():
        page.locator("#update-offer").get_by_role("button", name="Update now").click()
    page.wait_for_function(
        "() => caches.keys().then((names) => names.filter((name) => name.startsWith('shell-')).join() === 'shell-a-later-build')"
    )
    open_all(page, addresses)
    saved, of = page.evaluate(WAIT_FOR_LIBRARY)

    stored = page.evaluate(STORED)
    assert saved == of > 30
    assert {"shell-a-later-build", "read-v1"} == {name for name, *_ in stored}
    assert not [path for _, path, _, text in stored if WORDS in text]
    assert not [
        path
        for _, path, redirected, _ in stored
        if redirected or (path.startswith(PERSONAL) and path not in FOR_EVERYONE)
    ]
    for start, heading in (
        ("/today", "You are offline"),
        ("/check-in", "You are offline"),
        ("/", None),
        ("/quiz", None),
    ):
        server.stop()
        page.goto(start)
        assert page.locator(".bar").is_visible(), start
        assert heading is None or page.locator("h1").inner_text() == heading
        assert page.url.endswith(start)


def test_whoever_is_known_is_led_on_past_the_saved_page(phone, shared_server):
    phone.goto("/")
    phone.evaluate("navigator.serviceWorker.ready.then(() => true)")
    phone.goto("/quiz")
    assert phone.url == shared_server.url + "/quiz"
    phone.get_by_role("button", name="Agree and start").click()
    phone.wait_for_url("**/right-now")

    for path, to in (("/quiz", "/check-in"), ("/", "/today")):
        phone.goto(path)
        assert phone.url == shared_server.url + to
    phone.context.clear_cookies()
    phone.goto("/")
    assert phone.url == shared_server.url + "/"
