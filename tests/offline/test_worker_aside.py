"""A deploy that is broken strands no phone: the server can tell every worker to step aside, and what waits on the phone stays."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Error

from tests.support.browser import PATIENCE, PHONE, SAVES_DATA, have_worker, until
from tests.support.modules import started
from tests.support.server import Server
from tests.support.stand_in import OURS, StandIn, answer, standing_in

pytestmark = pytest.mark.browser

HAS_WORKER = "async () => (await navigator.serviceWorker.getRegistrations()).length > 0"
IS_READY = "navigator.serviceWorker.getRegistration().then((one) => one?.active?.state === 'activated')"
CONTROLLED = "navigator.serviceWorker.controller !== null"
CACHES = "async () => (await caches.keys()).sort()"
KEEP = """
([store, value]) => new Promise((done, fail) => {
  const asked = indexedDB.open("acupwa", 1);
  asked.onerror = () => fail(asked.error);
  asked.onupgradeneeded = () => {
    for (const [name, keyPath] of [["queue", "id"], ["drafts", "id"], ["keys", "person"], ["copies", "id"], ["facts", "id"]])
      asked.result.createObjectStore(name, { keyPath });
  };
  asked.onsuccess = () => {
    const work = asked.result.transaction(store, "readwrite");
    work.objectStore(store).put(value);
    work.oncomplete = () => { asked.result.close(); done(); };
  };
})
"""
KEPT = """
(store) => new Promise((done, fail) => {
  const asked = indexedDB.open("acupwa");
  asked.onerror = () => fail(asked.error);
  asked.onsuccess = () => {
    const all = asked.result.transaction(store).objectStore(store).getAll();
    all.onsuccess = () => { asked.result.close(); done(all.result); };
  };
})
"""
# Another person's than the one here: nothing sends it meanwhile.
RECORD = {
    "id": "0b7c9a52-6f7e-4a0e-9a53-2f5b8c1d4e10",
    "person": "somebody-else",
    "kind": "check-in",
    "what": "A check-in",
    "path": "/quiz/whole",
    "fields": [["problem_words", "aching zebra thumb"]],
    "claim": "x",
    "seen": "",
    "made": 1,
    "state": "waiting",
    "says": [],
    "to": "",
}
# It answers every page with a fault, and never lets another worker in by itself.
BROKEN = """
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => event.respondWith(Promise.reject(new Error("broken"))));
"""

# Asked for again each time: one that is on its way already is the old one.
NEW_ONE_ANSWERS = (
    "navigator.serviceWorker.getRegistration().then((one) => one.update()).then(() => window.newOneAnswers === true)"
)
WATCH = "navigator.serviceWorker.addEventListener('controllerchange', () => (window.newOneAnswers = true))"


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


def worker_answers(page: Any) -> None:
    # It saves the whole app before it is ready, beside all else that a machine does.
    until(page, lambda: page.evaluate(IS_READY), 4 * PATIENCE)
    have_worker(page)


def gone(page: Any) -> None:
    """Loaded again, no worker answers for the page, and the one that it asked for has taken itself off."""
    page.goto("/emergency")
    started(page)
    until(page, lambda: not page.evaluate(HAS_WORKER))
    assert not page.evaluate(CONTROLLED)


def test_told_to_step_aside_workers_and_what_they_saved_go_and_what_waits_stays(page, server):
    page.goto("/")
    worker_answers(page)
    page.evaluate(KEEP, ["queue", RECORD])
    assert any(name.startswith("shell-") for name in page.evaluate(CACHES))
    page.evaluate("caches.open('somebody-elses')")

    server.start_again(ACUPWA_WORKER="aside")
    page.goto("/")
    until(page, lambda: not page.evaluate(HAS_WORKER))
    gone(page)

    assert page.evaluate(CACHES) == ["somebody-elses"]
    assert page.evaluate(KEPT, "queue") == [RECORD]

    server.start_again(ACUPWA_WORKER="on")
    page.goto("/")
    worker_answers(page)
    assert any(name.startswith("shell-") for name in page.evaluate(CACHES))
    assert page.evaluate(KEPT, "queue") == [RECORD]
    server.stop()
    page.goto("/today")
    assert page.locator("h1").inner_text() == "You are offline"


def test_a_page_that_stays_open_is_not_loaded_again_and_works_without_the_worker(page, server):
    page.goto("/search")
    worker_answers(page)
    started(page)
    page.get_by_label("What are you looking for?").fill("half a word")

    server.start_again(ACUPWA_WORKER="aside")
    other = page.context.new_page()
    other.goto("/")
    until(other, lambda: not other.evaluate(HAS_WORKER))

    assert page.get_by_label("What are you looking for?").input_value() == "half a word"
    assert page.evaluate("fetch('/healthz').then((answer) => answer.ok)")


@pytest.mark.parametrize("setting", ["aside", "on"])
def test_a_worker_that_answers_every_page_with_a_fault_is_replaced(page, between, server, setting):
    page.goto("/")
    worker_answers(page)
    page.evaluate(KEEP, ["queue", RECORD])
    page.evaluate(WATCH)
    between.answers["broken"] = answer("200 OK", BROKEN, OURS).replace(b"text/html", b"text/javascript")
    between.in_place_of["/service-worker.js"] = "broken"
    until(page, lambda: page.evaluate(NEW_ONE_ANSWERS))

    if setting == "aside":
        server.start_again(ACUPWA_WORKER="aside")
    between.in_place_of.clear()
    asked = len(scripts(between))
    with pytest.raises(Error):
        page.goto("/emergency")
    # A browser that is kept busy puts this off: it is not asked again before.
    until(page, lambda: len(scripts(between)) > asked)
    until(page, lambda: opens(page))

    if setting == "aside":
        gone(page)
    else:
        worker_answers(page)
    assert page.evaluate(KEPT, "queue") == [RECORD]


def scripts(between: StandIn) -> list[Any]:
    return [one for one in between.asked if one.path == "/service-worker.js"]


def opens(page: Any) -> bool:
    try:
        page.goto("/emergency")
    except Error:
        return False
    return bool(page.locator("h1").inner_text() == "Is it urgent?")


def test_whoever_saves_the_library_meanwhile_is_told_that_it_cannot_be(page, server):
    server.start_again(ACUPWA_WORKER="aside")
    page.goto("/offline/library")
    started(page)
    page.get_by_role("button", name="Save all pages on this phone").click()

    page.get_by_text("This phone cannot save pages at the moment.").wait_for()
    assert not page.get_by_text("Saving …").is_visible()
    assert not page.locator("progress").is_visible()

    server.start_again(ACUPWA_WORKER="on")
    page.goto("/offline/library")
    worker_answers(page)
    started(page)
    page.get_by_role("button", name="Save all pages on this phone").click()
    page.get_by_text("Saved. Every page with a tick is on this phone.").wait_for(timeout=4 * PATIENCE)
