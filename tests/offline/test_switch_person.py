"""Let someone else use this phone: nothing of the one before is left on it, and what waits to be sent is told first."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from tests.offline.own_phone import PATHS, WORD, become, phone_of, say_yes, stored
from tests.support.browser import until
from tests.support.html_page import Page
from tests.support.modules import started
from tests.support.people import RA, answer_quiz
from tests.support.server import Server
from tests.support.stand_in import StandIn, standing_in

PRESS = "/list/what-to-expect"
ADD = """
async ([person, word]) => {
  const { add } = await import("/static/js/queue.js");
  const whose = person ?? document.body.dataset.owner;
  const record = { person: whose, kind: "press", what: "Page put on the list", path: "/list/what-to-expect", fields: [["note", word]] };
  return (await add(record)).id;
}
"""
QUEUE = """
async () => {
  const { records } = await import("/static/js/queue.js");
  return (await records()).map(({ person, state, fields }) => [person, state, JSON.stringify(fields)]);
}
"""
LEAVE_TYPED = """
async (word) => {
  const { put } = await import("/static/js/phone-store.js");
  await put("drafts", { id: "whole", person: document.body.dataset.owner, fields: [["note", word]] });
  sessionStorage.setItem("typed:place", word);
  localStorage.setItem("look", JSON.stringify({ text: "150" }));
  localStorage.setItem("waiting", "today");
}
"""

CLEAR_AND_TRY = """
async () => {
  const { dropAll } = await import("/static/js/phone-drop.js");
  const { all } = await import("/static/js/phone-store.js");
  await dropAll();
  await all("queue").catch(() => {});
  return indexedDB.databases();
}
"""


@pytest.fixture
def page(browser: Any, shared_server: Server) -> Iterator[Any]:
    with phone_of(browser, shared_server.url) as made:
        yield made


@pytest.fixture
def between(shared_server: Server, loop: asyncio.AbstractEventLoop) -> Iterator[StandIn]:
    with standing_in(shared_server.port, loop) as made:
        yield made


@pytest.fixture
def waiting(browser: Any, between: StandIn) -> Iterator[Any]:
    """A phone of somebody whose presses do not come through."""
    with phone_of(browser, between.url) as made:
        become(made)
        between.in_place_of[PRESS] = "502 of a proxy"
        yield made


@pytest.fixture
def cut_off(browser: Any, server: Server) -> Iterator[Any]:
    with phone_of(browser, server.url) as made:
        yield made


def press_switch(page: Any) -> None:
    page.get_by_role("button", name="Yes, take my answers off this phone").click()


def switch(page: Any) -> None:
    page.goto("/me/switch")
    started(page)
    press_switch(page)
    page.get_by_role("heading", name="This phone is ready for someone else").wait_for()


@pytest.mark.browser
def test_after_a_switch_nothing_of_the_person_is_in_any_store_and_the_library_stays(page):
    page.goto("/read/ra-overview")
    become(page)
    say_yes(page)
    page.evaluate(LEAVE_TYPED, WORD)
    assert WORD in stored(page), "the search finds what is there"
    saved = page.evaluate("caches.keys()")
    owner = page.evaluate("document.body.dataset.owner")
    assert f"mark={owner}" in stored(page)

    switch(page)

    everything = stored(page)
    assert WORD not in everything
    assert not [
        line for line in everything.splitlines() if line.startswith(("copies: ", "keys: ", "drafts: ", "queue: "))
    ]
    assert f"mark={owner}" not in everything
    assert page.context.cookies() == [], "the key is gone"
    assert page.evaluate("({ ...localStorage })") == {"look": '{"text":"150"}'}
    assert page.evaluate("sessionStorage.length") == 0
    assert page.evaluate("caches.keys()") == saved
    assert page.evaluate("caches.match('/read/ra-overview').then(Boolean)")


@pytest.mark.browser
@pytest.mark.parametrize("way", ["switch", "clear"])
def test_back_shows_nothing_of_whoever_was_here(page, way):
    summary = become(page)
    say_yes(page)
    for path in ("/today", summary, "/progress"):
        page.goto(path)
        assert WORD in page.content(), path
    if way == "switch":
        switch(page)
    else:
        page.goto("/me/clear")
        started(page)
        page.get_by_role("button", name="Yes, clear this phone").click()
        page.get_by_role("heading", name="This phone is clear").wait_for()

    for _ in range(5):
        page.go_back()
        started(page)
        assert WORD not in page.content(), page.url
    assert WORD not in stored(page)


@pytest.mark.browser
def test_after_a_switch_no_copy_opens_with_the_server_stopped_not_for_the_next_person_either(cut_off, server):
    become(cut_off)
    say_yes(cut_off)
    switch(cut_off)
    summary = become(cut_off, word="plumword")
    say_yes(cut_off)
    server.stop()

    for path in (*PATHS, summary):
        cut_off.goto(path)
        cut_off.locator("#as-of p").wait_for()
        assert WORD not in cut_off.content(), path
    assert "plumword" in cut_off.locator("main").inner_text() or "plumword" in cut_off.content()


@pytest.mark.browser
def test_what_waits_is_told_with_its_number_and_nothing_goes_before_it_is_deleted(waiting):
    waiting.evaluate(ADD, [None, WORD])
    waiting.evaluate(ADD, ["", WORD])
    waiting.evaluate(ADD, ["0123456789ab", "of another"])
    waiting.goto("/me/switch")
    started(waiting)
    waits = waiting.locator("[data-waits]")
    waits.get_by_text("Not sent yet: 2").wait_for()
    assert waits.get_by_role("link", name="Make a backup file").get_attribute("href") == "/offline/backup"

    press_switch(waiting)
    waits.locator("h2:focus").wait_for()
    assert waiting.context.cookies(), "nothing has gone on"

    waits.get_by_role("button", name="Delete it", exact=True).click()
    waits.get_by_role("button", name="Yes, delete it").click()
    waiting.get_by_text("Nothing of yours is left to send.").wait_for()
    press_switch(waiting)
    waiting.get_by_role("heading", name="This phone is ready for someone else").wait_for()

    assert WORD not in stored(waiting)
    assert waiting.evaluate(QUEUE) == [["0123456789ab", "waiting", '[["note","of another"]]']], "those of others stay"


@pytest.mark.browser
def test_what_waits_can_be_sent_first(waiting, between):
    waiting.evaluate(ADD, [None, WORD])
    waiting.goto("/me/switch")
    started(waiting)
    waiting.get_by_text("Not sent yet: 1").wait_for()
    between.in_place_of.clear()
    waiting.get_by_role("button", name="Send it now").click()
    until(waiting, lambda: [state for _, state, _ in waiting.evaluate(QUEUE)] != ["waiting"])


@pytest.mark.browser
def test_clearing_the_phone_says_how_many_wait_and_drops_them(waiting):
    waiting.evaluate(ADD, [None, WORD])
    waiting.evaluate(ADD, ["0123456789ab", WORD])
    waiting.goto("/me/clear")
    started(waiting)
    waiting.get_by_text("Not sent yet, and lost if you go on: 2").wait_for()

    waiting.get_by_role("button", name="Yes, clear this phone").click()
    waiting.get_by_role("heading", name="This phone is clear").wait_for()

    until(waiting, lambda: waiting.evaluate("indexedDB.databases()") == [])
    assert WORD not in stored(waiting)


@pytest.mark.browser
def test_what_a_page_still_tries_makes_no_database_after_clearing(page):
    page.goto("/me/clear")
    started(page)

    assert page.evaluate(CLEAR_AND_TRY) == []


@pytest.mark.browser
def test_without_javascript_the_key_goes_by_the_form(phone_without_js):
    phone = phone_without_js
    phone.goto("/quiz")
    phone.get_by_role("button", name="Agree and start").click()
    assert phone.context.cookies()
    phone.goto("/me/switch")
    press_switch(phone)

    assert phone.locator("h1").inner_text() == "This phone is ready for someone else"
    assert phone.context.cookies() == []


def test_the_page_says_what_goes_what_stays_and_how_one_comes_back(client):
    answer_quiz(client, RA)
    told = client.get("/me/switch")

    assert told.status_code == 200
    for words in (
        "Removed from this phone",
        "Still on this phone: the library",
        "Make a code here: it works once",
        "Download your answers",
    ):
        assert words in " ".join(Page(told.text).text), words
    assert "How to get your answers back" not in client.another().get("/me/switch").text, "of whom nothing is held"


def test_the_post_takes_the_key_off_this_browser_alone(client):
    answer_quiz(client, RA)
    key = dict(client.cookies)
    answer = client.post("/me/switch")

    assert answer.status_code == 200
    assert answer.headers["clear-site-data"] == '"cache"'
    assert answer.headers["cache-control"] == "no-store"
    assert not dict(client.cookies)
    client.cookies.update(key)
    assert client.get("/plan/calendar").status_code == 404, "the key opens nothing any more"
