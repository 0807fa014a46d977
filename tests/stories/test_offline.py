"""After one visit, with the server stopped: the library, the start page and the danger signs open from the phone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stories.test_nothing_left import clear_the_phone
from tests.support.browser import PHONE, SAVES_DATA
from tests.support.people import RA
from tests.support.server import Server
from tests.support.walk import finish, to_review

pytestmark = pytest.mark.browser

WAIT_FOR_LIBRARY = """
async () => {
  const registration = await navigator.serviceWorker.ready;
  return await new Promise((done) => {
    navigator.serviceWorker.addEventListener("message", (event) => {
      if (event.data.type === "saved") done([event.data.saved, event.data.of]);
    });
    registration.active.postMessage({ type: "fill" });
  });
}
"""


def after_one_visit(context: Any) -> Any:
    page = context.new_page()
    page.goto("/")
    saved, of = page.evaluate(WAIT_FOR_LIBRARY)
    assert saved == of > 30
    return page


@pytest.fixture
def visitor(browser: Any, shared_server: Server) -> Any:
    context = browser.new_context(**PHONE, base_url=shared_server.url)
    yield after_one_visit(context)
    context.close()


@pytest.fixture
def cut_off(browser: Any, server: Server) -> Any:
    """A phone whose server was stopped after the visit."""
    context = browser.new_context(**PHONE, base_url=server.url)
    page = after_one_visit(context)
    server.stop()
    yield page
    context.close()


def test_with_the_server_stopped_all_that_was_promised_opens_and_the_rest_lists_what_is_there(cut_off, library):
    for path, heading in [
        ("/", "Acupuncture alongside your usual care"),
        ("/emergency", "Is it urgent?"),
        ("/read", "The library"),
        *((f"/read/{slug}", page.head.title) for slug, page in library.pages.items()),
        ("/claims", "Claims check"),
        ("/glossary", "Hard words"),
        ("/studies", "Studies"),
    ]:
        cut_off.goto(path)
        assert cut_off.locator("h1").inner_text() == heading, path
    cut_off.goto("/emergency")
    assert cut_off.locator('a[href="tel:999"]').first.is_visible()
    styled = cut_off.evaluate("getComputedStyle(document.querySelector('.tel')).borderStyle")
    assert styled == "solid"
    for path in ("/plan", "/me", "/list", "/studies/no-such-study", "/no-such-page"):
        cut_off.goto(path)
        assert cut_off.locator("h1").inner_text() == "You are offline", path
    links = cut_off.locator('main a[href^="/read/"]')
    visible = [links.nth(i).get_attribute("href") for i in range(links.count()) if links.nth(i).is_visible()]
    assert set(visible) == {f"/read/{slug}" for slug in library.pages}


def test_nothing_of_a_person_is_ever_in_a_cache(visitor):
    to_review(visitor, RA)
    finish(visitor)
    visitor.goto("/plan")
    visitor.goto("/me")

    stored = visitor.evaluate(
        """async () => {
          const found = [];
          for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const request of await cache.keys()) {
              found.push([new URL(request.url).pathname, await (await cache.match(request)).text()]);
            }
          }
          return found;
        }"""
    )

    starts = ("/quiz/", "/results", "/me", "/list", "/plan", "/progress")
    personal = {path for path, _ in stored if path.startswith(starts)}
    assert stored
    assert personal == {"/quiz/rules.json", "/quiz/whole"}, "which are the same for everyone"
    assert not [path for path, text in stored if RA["problem_words"] in text]
    assert visitor.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)].join()") in (
        "had",
        "had,own-pages",
    ), "that this phone held something, and that it was asked what may stay"


def test_clearing_the_phone_leaves_nothing(visitor):
    to_review(visitor, RA)
    visitor.evaluate("localStorage.setItem('look', JSON.stringify({ text: 'large' }))")
    clear_the_phone(visitor)
    visitor.wait_for_timeout(1_000)

    assert visitor.context.cookies() == [], "the key is gone"
    assert visitor.evaluate("localStorage.length + sessionStorage.length") == 0
    assert visitor.evaluate("caches.keys()") == []
    assert visitor.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0


def test_a_server_that_hangs_gives_the_saved_page_within_three_seconds(visitor, shared_server):
    import signal
    import time

    shared_server.process.send_signal(signal.SIGSTOP)
    try:
        began = time.monotonic()
        visitor.goto("/", timeout=15_000, wait_until="domcontentloaded")
        assert visitor.locator("h1").inner_text() == "Acupuncture alongside your usual care"
        assert time.monotonic() - began < 6
    finally:
        shared_server.process.send_signal(signal.SIGCONT)


def test_saving_data_leaves_the_library_alone(browser, shared_server):
    context = browser.new_context(**PHONE, base_url=shared_server.url)
    context.add_init_script(SAVES_DATA)
    page = context.new_page()
    page.goto("/")
    page.evaluate("navigator.serviceWorker.ready.then(() => new Promise((go) => setTimeout(go, 3000)))")

    assert page.evaluate("caches.keys().then((names) => names.filter((name) => name.startsWith('read')))") == []
    context.close()
