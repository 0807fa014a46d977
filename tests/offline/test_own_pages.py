"""Own pages stay on the phone of whoever said so, encrypted, and open with the server stopped; of nobody else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.offline.own_phone import COPIES, KEYS, PATHS, WORD, become, phone_of, say_yes, stored
from tests.support.browser import until
from tests.support.modules import started
from tests.support.server import Server

pytestmark = pytest.mark.browser

AS_OF = re.compile(r"This page is from \d{1,2} \w+, \d\d:\d\d\. We cannot get a newer one right now\.")


@pytest.fixture
def page(browser: Any, server: Server) -> Iterator[Any]:
    with phone_of(browser, server.url) as made:
        yield made


@pytest.fixture
def shared(browser: Any, shared_server: Server) -> Iterator[Any]:
    with phone_of(browser, shared_server.url) as made:
        yield made


def test_with_the_server_stopped_they_open_as_of_when_and_lead_to_each_other(page, server):
    summary = become(page)
    say_yes(page)
    assert page.evaluate(COPIES) == sorted([*PATHS, summary])
    server.stop()

    headings = {}
    for path in (*PATHS, summary):
        page.goto(path)
        line = page.locator("#as-of p")
        line.wait_for()
        assert AS_OF.fullmatch(line.inner_text()), line.inner_text()
        assert page.locator("#as-of").get_attribute("role") == "status", "it is said aloud"
        headings[path] = page.locator("h1").first.inner_text()
    assert "You are offline" not in headings.values(), headings
    assert page.get_by_text(WORD).first.is_visible()
    page.goto("/today")
    page.locator(".bar").get_by_role("link", name="Plan").click()
    page.locator("#as-of p").wait_for()
    assert page.locator("h1").first.inner_text() == headings["/plan"]
    page.goto("/me")
    assert page.locator("h1").inner_text() == "You are offline"
    own = page.locator("section", has_text="Your own pages")
    own.wait_for()
    names = ["Today", "Your plan", "Your reading list", "Your last summary", "Your progress"]
    assert [
        words.partition(" from")[0].splitlines()[0].strip() for words in own.locator("li:visible").all_inner_texts()
    ] == names
    own.get_by_role("link", name="Your last summary").click()
    page.locator("#as-of p").wait_for()
    assert page.url.endswith(summary)


def test_a_link_of_a_kept_page_that_is_not_kept_says_what_can_be_done_and_leads_back(page, server):
    become(page)
    say_yes(page)
    server.stop()
    page.goto("/plan")
    page.locator("#as-of p").wait_for()

    page.get_by_role("link", name="Move session 1", exact=True).click()

    own = page.locator("section", has_text="Your own pages")
    own.get_by_text("A page that is not listed here opens when you are back online.").wait_for()
    own.get_by_role("link", name="Your plan").click()
    page.locator("#as-of p").wait_for()
    assert page.url.endswith("/plan")


def test_nothing_is_kept_unless_the_person_says_so_and_after_no_it_is_never_asked_again(page, server):
    summary = become(page)
    started(page)
    ask = page.locator("[data-module=own-ask]")
    ask.get_by_text("Keep your own pages on this phone?").click()
    assert "Anyone who can unlock this phone can read them" in ask.inner_text()
    ask.get_by_role("button", name="No, thanks").click()
    page.reload()
    started(page)
    assert not ask.is_visible()
    for path in PATHS:
        page.goto(path)
    assert page.evaluate(COPIES) == page.evaluate(KEYS) == []
    server.stop()

    for path in (*PATHS, summary):
        page.goto(path)
        assert page.locator("h1").inner_text() == "You are offline", path
    assert not page.get_by_text("Your own pages").is_visible()


def test_what_is_kept_is_encrypted_under_a_key_that_cannot_be_taken_out(shared):
    become(shared)
    say_yes(shared)
    shared.goto("/today")

    assert [key[1:] for key in shared.evaluate(KEYS)] == [[False, "AES-GCM"]]
    everything = stored(shared)
    assert everything.count("\ncopies: ") == 5
    assert WORD not in everything


def test_it_can_be_chosen_and_stopped_under_you(shared):
    become(shared)
    shared.goto("/me")
    started(shared)
    shared.get_by_role("button", name="Keep my own pages here").click()
    shared.get_by_text("Kept. They now open offline.").wait_for()
    assert len(shared.evaluate(COPIES)) == 5
    assert shared.get_by_text("Acupwa uses about").is_visible()
    assert shared.locator("[data-promise]").is_visible(), "and whether the browser agreed to keep it"

    shared.get_by_role("button", name="Remove my own pages from this phone").click()
    shared.get_by_text("Your own pages have been removed from this phone.").wait_for()

    assert shared.evaluate(COPIES) == shared.evaluate(KEYS) == []


def test_of_summaries_the_last_one_alone_is_kept_and_an_address_with_more_to_it_is_not(shared):
    first = become(shared)
    say_yes(shared)
    second = become(shared)
    until(shared, lambda: second in shared.evaluate(COPIES))

    shared.goto(first)
    shared.goto("/plan?done=moved")
    shared.goto("/me/data")

    assert shared.evaluate(COPIES) == sorted([*PATHS, second])


def test_another_person_on_the_phone_sees_none_of_them_and_they_are_gone(page, server):
    """Without a switch: by a code of their own, the key in the cookie is another one."""
    summary = become(page)
    say_yes(page)
    page.context.clear_cookies()
    become(page, word="plumword")
    until(page, lambda: page.evaluate(COPIES) == page.evaluate(KEYS) == [])
    server.stop()

    for path in (*PATHS, summary):
        page.goto(path)
        assert page.locator("h1").inner_text() == "You are offline", path
    assert WORD not in stored(page)


def test_whoever_deletes_everything_leaves_none_of_them(shared):
    become(shared)
    say_yes(shared)
    shared.goto("/me/delete")
    started(shared)

    shared.get_by_role("button", name="Yes, delete everything").click()
    shared.get_by_text("We hold nothing about you").wait_for()

    until(shared, lambda: shared.evaluate(COPIES) == shared.evaluate(KEYS) == [])
