"""The search on the phone gives what the server gives, works with no network, and keeps the question to itself."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from acupwa.reading.search import find
from acupwa.reading.search_index import index_of
from tests.support.browser import PHONE
from tests.support.server import Server

pytestmark = pytest.mark.browser

QUESTIONS = [
    "tired", "MS", "ms fatigue", "multiple sclerosis pain", "RA", "rheumatoid arthritis", "lupus", "hashimoto's",
    "Hashimoto’s thyroid", "psoriasis skin", "fibro", "fibromyalgia sleep", "pills", "blood thinners", "warfarin",
    "methotrexate", "steroids", "pregnant", "children", "how many sessions", "does it hurt", "needle fear",
    "what does it cost", "licence", "is it safe", "collapsed lung", "chest pian", "can't breathe", "sucide",
    "vagus nerve", "cytokines", "gut", "T cells", "acupucnture", "inflam", "brain fog", "Naïve STUDIES!", "the", "",
    "xylophone", "__proto__ constructor", "😀 ﬁbro", "stress mood worry sleep pain fatigue gut skin bladder relapse needle",
]  # fmt: skip

FIND = """async (questions) => {
  const { find, prepared } = await import("/static/js/search.js");
  const index = prepared(await (await fetch("/search/index.json")).json());
  return questions.map((question) => find(index, question));
}"""


def test_phone_and_server_give_the_same_answer_to_the_same_question(phone, library):
    index = index_of(library)
    phone.goto("/search")
    on_phone = phone.evaluate(FIND, QUESTIONS)

    assert len(QUESTIONS) >= 40
    for question, theirs in zip(QUESTIONS, on_phone, strict=True):
        ours = find(index, question)
        assert theirs["places"] == list(ours.places), question
        assert (theirs["number"], theirs["danger"], theirs["crisis"]) == (ours.number, ours.danger, ours.crisis)


@pytest.fixture
def reader(browser: Any, shared_server: Server) -> Any:
    """A phone that has the library."""
    context = browser.new_context(**PHONE, base_url=shared_server.url)
    yield saved(context.new_page())
    context.close()


def saved(page: Any) -> Any:
    page.goto("/offline/library")
    page.get_by_text("Everything is saved on this phone.").wait_for(timeout=120_000)
    return page


def test_with_the_server_stopped_the_search_finds_and_the_page_opens(browser, server):
    context = browser.new_context(**PHONE, base_url=server.url)
    reader = saved(context.new_page())
    server.stop()

    reader.goto("/read")
    reader.get_by_label("What are you looking for?").fill("blood thinners")
    reader.get_by_role("button", name="Search").click()
    hit = reader.get_by_role("link", name="Needles and blood thinners")
    hit.wait_for()
    assert reader.get_by_text("What you type stays on this phone").is_visible()
    hit.click()
    reader.get_by_role("heading", level=1, name="Needles and blood thinners").wait_for()
    reader.go_back()
    reader.get_by_role("link", name="Needles and blood thinners").wait_for()
    assert reader.get_by_label("What are you looking for?").input_value() == "blood thinners"
    context.close()


def test_with_the_index_here_no_question_leaves_the_phone_nor_stays_in_the_address(reader):
    asked: list[str] = []
    reader.context.on("request", lambda request: asked.append(request.url) if "zebra" in request.url else None)
    sent: list[str] = []
    wire = reader.context.new_cdp_session(reader)
    wire.send("Network.enable")
    wire.on("Network.responseReceived", lambda e: sent.append(e["response"]["url"])
            if "zebra" in e["response"]["url"] and not e["response"].get("fromServiceWorker") else None)  # fmt: skip

    reader.goto("/search?q=zebra")
    reader.get_by_text("No results for these words.").wait_for()
    assert reader.url.endswith("/search")
    reader.get_by_label("What are you looking for?").fill("zebras chest pain")
    reader.get_by_role("button", name="Search").click()
    reader.get_by_role("link", name="See what is urgent").wait_for()

    assert sent == []
    assert [url for url in asked if not url.endswith("/search?q=zebra")] == []
    assert reader.evaluate("localStorage.length + sessionStorage.length") == 0


def test_typing_shows_results_at_once_and_says_how_many(reader):
    reader.goto("/search")
    reader.get_by_text("What you type stays on this phone").wait_for()
    reader.get_by_label("What are you looking for?").press_sequentially("fatig")

    reader.get_by_role("link", name="Acupuncture can ease fatigue").wait_for()
    # Said once the typing pauses.
    expect(reader.get_by_role("status").first).to_contain_text("result")


def test_without_a_script_the_server_searches(phone_without_js):
    phone_without_js.goto("/read")
    phone_without_js.get_by_label("What are you looking for?").fill("chest pain")
    with phone_without_js.expect_navigation():
        phone_without_js.get_by_role("button", name="Search").click()

    assert phone_without_js.get_by_role("link", name="See what is urgent").is_visible()
    assert phone_without_js.locator(".search-hits li").count() > 3
    assert phone_without_js.get_by_text("keeps no record").is_visible()
    assert not phone_without_js.get_by_text("You are not alone").is_visible()


def test_no_network_and_no_index_is_said(browser, server):
    context = browser.new_context(**PHONE, base_url=server.url)
    context.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'connection', {get: () => ({saveData: true})});"
    )
    page = context.new_page()
    page.goto("/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.goto("/about")
    server.stop()

    page.goto("/search?q=tired")
    page.get_by_text("search is not saved on this phone yet").wait_for()
    assert page.get_by_label("What are you looking for?").input_value() == "tired"
    context.close()


def test_typing_is_not_talked_over_and_enter_leads_to_what_was_found(phone):
    phone.goto("/search")
    phone.evaluate("caches.open('of-this-test').then((one) => one.add('/search/index.json'))")
    phone.reload()
    phone.get_by_text("stays on this phone").wait_for()
    phone.evaluate(
        "window.said = []; new MutationObserver(() => said.push(document.querySelector('.search-said').textContent))"
        ".observe(document.querySelector('.search-said'), { childList: true })"
    )

    phone.locator("#f-q").press_sequentially("tired hands", delay=30)
    phone.locator(".search-said:not(:empty)").wait_for()

    assert len(phone.evaluate("said")) == 1
    phone.keyboard.press("Enter")
    phone.wait_for_function("() => document.activeElement.matches('.search-said')")
    phone.keyboard.press("Tab")
    assert phone.evaluate("document.activeElement.closest('.search-hits') !== null")
