"""Saving the library: the size first, a tick only for what is stored, and what the browser dropped is noticed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.browser import PHONE
from tests.support.server import Server

PAGE = "/offline/library"
SAVES_DATA = "Object.defineProperty(Navigator.prototype, 'connection', {get: () => ({saveData: true})});"


@pytest.mark.slow  # 36 s on two cores at a load of 20
def test_the_sizes_are_those_that_go_over_the_wire(client, app):
    sizes = json.loads(client.get("/offline/sizes.json").text)

    for path, (_version, size) in sizes["files"].items():
        assert size == len(app.body_of(path).coded(b"br")[0]), path
    assert sum(size for _, size in sizes["files"].values()) <= 700 * 1024


@pytest.mark.slow  # 42 s on two cores at a load of 20
def test_a_page_out_of_the_bundle_is_the_page(client, app):
    (path,) = json.loads(client.get("/offline/sizes.json").text)["bundles"]
    pages = json.loads(client.get(path).text)

    assert set(pages) == {path for path, page in app.pages.items() if page.offline == "bundle"}
    for path in list(pages)[::20]:
        assert pages[path] == client.get(path).text


def test_the_page_lists_everything_that_can_be_saved(client, app):
    html = client.get(PAGE).text
    for path, page in app.pages.items():
        if page.offline in ("library", "bundle") and page.media_type.startswith("text/html"):
            assert f'data-page="{path}"' in html


@pytest.fixture
def saver(browser: Any, shared_server: Server) -> Any:
    """A phone that saves data, so that nothing is saved by itself."""
    context = browser.new_context(**PHONE, base_url=shared_server.url)
    context.add_init_script(SAVES_DATA)
    page = context.new_page()
    page.goto(PAGE)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.get_by_text("To download: about").wait_for()
    yield page
    context.close()


def ticked(page: Any) -> set[str]:
    return set(page.locator('[data-saved="yes"]').evaluate_all("(all) => all.map((one) => one.dataset.page)"))


def stored(page: Any) -> set[str]:
    return set(
        page.evaluate(
            """async () => {
              const keys = await (await caches.open("read-v1")).keys();
              return keys.map((request) => new URL(request.url).pathname);
            }"""
        )
    )


def press_save(page: Any, outcome: str) -> None:
    page.get_by_role("button", name="Save all pages").click()
    page.get_by_text(outcome).wait_for(timeout=120_000)


@pytest.mark.browser
def test_the_size_stands_before_the_button_and_nothing_is_saved_unasked(saver):
    assert not [path for path in ticked(saver) if path.startswith("/read/")]
    size = saver.locator("[data-size]").inner_text()
    assert 100 < int(size.split("about ")[1].split(" KB")[0]) <= 700
    assert saver.evaluate("caches.has('read-v1')") is False or not stored(saver)


@pytest.mark.browser
def test_saving_ticks_every_page_and_says_so(saver, library):
    press_save(saver, "Saved. Every page with a tick")

    assert ticked(saver) >= {f"/read/{slug}" for slug in library.pages} | {f"/studies/{id}" for id in library.studies}
    assert saver.get_by_text("Everything is saved on this phone.").is_visible()
    assert saver.get_by_text("Acupwa uses about").is_visible()


@pytest.mark.browser
def test_a_page_that_did_not_arrive_gets_no_tick(saver):
    saver.context.route("**/read/safety-in-numbers", lambda route: route.abort())

    press_save(saver, "Not saved: 1.")

    assert "/read/safety-in-numbers" not in ticked(saver) | stored(saver)
    assert "/read/ra-overview" in ticked(saver) & stored(saver)
    assert "Pages: 1." in saver.locator("[data-size]").inner_text()
    saver.context.unroute("**/read/safety-in-numbers")
    press_save(saver, "Saved. Every page with a tick")
    assert "/read/safety-in-numbers" in ticked(saver) & stored(saver)


@pytest.mark.browser
def test_what_the_browser_dropped_is_noticed_and_fetched_again(saver):
    press_save(saver, "Saved. Every page with a tick")
    saver.evaluate("caches.open('read-v1').then((cache) => cache.delete('/read/ra-overview'))")

    saver.reload()
    saver.get_by_text("Your browser has removed some saved pages").wait_for()
    assert "/read/ra-overview" not in ticked(saver)

    press_save(saver, "Saved. Every page with a tick")
    assert "/read/ra-overview" in ticked(saver)
    assert not saver.get_by_text("Your browser has removed some saved pages").is_visible()


@pytest.mark.browser
def test_taken_off_it_stays_off_until_the_button_is_pressed(browser, shared_server):
    context = browser.new_context(**PHONE, base_url=shared_server.url)
    page = context.new_page()
    page.goto(PAGE)
    page.get_by_text("Everything is saved on this phone.").wait_for(timeout=120_000)

    page.get_by_role("button", name="Remove saved pages").click()
    page.get_by_text("The saved pages are gone from this phone").wait_for()
    page.goto("/about")
    page.goto(PAGE)
    page.get_by_text("To download: about").wait_for()
    unasked = """new Promise((done) => {
      navigator.serviceWorker.addEventListener("message", (event) => done(event.data.type));
      navigator.serviceWorker.ready.then(({ active }) => active.postMessage({ type: "fill" }));
      setTimeout(() => done("nothing"), 1500);
    })"""
    assert page.evaluate(unasked) == "nothing"
    assert not [path for path in stored(page) if path.startswith("/read/ra")]
    context.close()
