"""A phone that its browser has emptied says so once, and gets back what it held; one that keeps nothing says what is lost."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.offline.own_phone import COPIES, KEYS, become, phone_of, say_yes, with_worker
from tests.support.browser import CHROMIUM, FLAGS, PAGES, PHONE, until
from tests.support.modules import started
from tests.support.server import Server

pytestmark = pytest.mark.browser

REMOVED = "Your browser has removed what Acupwa kept on this phone."
DATABASE_GONE = "() => new Promise((done) => (indexedDB.deleteDatabase('acupwa').onsuccess = done))"
TOLD = "() => navigator.storage.persisted()"


@pytest.fixture
def page(browser: Any, server: Server) -> Iterator[Any]:
    with phone_of(browser, server.url) as made:
        yield made


def empty(page: Any, server: Server) -> None:
    """As browsers do when space runs low, or after some days without a visit: cookies stay."""
    session = page.context.new_cdp_session(page)
    stores = "file_systems,indexeddb,local_storage,service_workers,cache_storage"
    session.send("Storage.clearDataForOrigin", {"origin": server.url, "storageTypes": stores})


def days_later(server: Server) -> None:
    """Their browser was theirs two days ago."""
    with closing(sqlite3.connect(Path(server.folder) / "var" / "acupwa.sqlite3", timeout=30)) as database:
        database.execute("UPDATE device SET created_at = '2020-01-01 00:00:00.000000'")
        database.commit()


def note(page: Any) -> str:
    started(page)
    return str(page.locator("#phone-note").inner_text())


def test_a_phone_that_was_emptied_says_so_once_and_has_its_worker_again(page, server):
    become(page)
    say_yes(page)
    days_later(server)
    page.goto("/today")
    assert note(page) == "", "nothing is gone"

    page.goto("about:blank")
    empty(page, server)
    page.goto("/today")
    page.locator("#phone-note").get_by_text(REMOVED).wait_for()
    assert page.get_by_role("link", name="Keep your own pages here again").get_attribute("href") == "/me#this-phone"

    with_worker(page)
    page.goto("/today")
    assert note(page) == ""


def test_where_the_browser_took_the_database_alone_own_pages_are_fetched_again(page, server):
    summary = become(page)
    say_yes(page)
    page.goto("/about")
    page.evaluate(DATABASE_GONE)

    page.goto("/today")
    page.locator("#phone-note").get_by_text("We are fetching your pages again.").wait_for()

    until(page, lambda: len(page.evaluate(COPIES)) >= 4)
    page.goto(summary)
    until(page, lambda: summary in page.evaluate(COPIES))
    server.stop()
    page.goto("/plan")
    page.locator("#as-of p").wait_for()


def test_a_new_phone_a_first_day_and_an_earlier_release_are_not_taken_for_emptied(page, server):
    become(page)
    assert note(page) == "", "of today"
    days_later(server)
    page.goto("/today")
    with_worker(page)
    page.evaluate("localStorage.clear()")
    page.evaluate(DATABASE_GONE)

    page.goto("/today")

    assert note(page) == "", "with its worker there, and nothing that says it had something: an earlier release"


def test_after_yes_the_browser_is_asked_to_keep_it_and_the_answer_is_shown(browser, shared_server):
    with phone_of(browser, shared_server.url) as page:
        become(page)
        say_yes(page)
        page.goto("/me")
        started(page)
        kept = page.evaluate(TOLD)
        words = (
            "Your browser has agreed not to remove it when space runs low."
            if kept
            else "Your browser may remove it if space runs low."
        )
        assert words in page.locator("[data-promise]").inner_text()


@pytest.fixture
def refusing(browser: Any, shared_server: Server, tmp_path: Path) -> Iterator[Any]:
    """Chromium as a person sets it who blocks all cookies: with them go all other stores."""
    settings = tmp_path / "Default" / "Preferences"
    settings.parent.mkdir()
    settings.write_text(json.dumps({"profile": {"default_content_setting_values": {"cookies": 2}}}))
    context = browser.browser_type.launch_persistent_context(
        str(tmp_path), executable_path=CHROMIUM, args=FLAGS, base_url=shared_server.url, **PHONE
    )
    yield context.new_page()
    context.close()


def test_a_browser_that_keeps_nothing_says_so_where_one_would_keep_something(refusing):
    refusing.goto("/offline/library")
    refusing.get_by_text("This browser keeps nothing from Acupwa on this phone").wait_for()


@pytest.fixture
def little(browser: Any, shared_server: Server) -> Iterator[Callable[[int], Any]]:
    """Gives a phone whose browser has so many bytes for this site, and says so truly: by itself Chromium rounds it up."""
    made = browser.browser_type.launch(executable_path=PAGES, args=[*FLAGS, "--disable-features=StaticStorageQuota"])

    def with_room(room: int) -> Any:
        page = made.new_context(**PHONE, base_url=shared_server.url).new_page()
        page.goto("/about")
        with_worker(page)
        session = page.context.new_cdp_session(page)
        session.send("Storage.overrideQuotaForOrigin", {"origin": shared_server.url, "quotaSize": room})
        return page

    yield with_room
    made.close()


def test_a_browser_with_little_room_says_what_a_private_window_loses(little):
    page = little(50 * 1024 * 1024)

    become(page)

    page.get_by_text("If this is a private window, what is kept here is lost when you close it.").wait_for()


def test_no_room_left_is_told_when_own_pages_are_to_be_kept(little):
    page = little(1)
    become(page)
    started(page)

    page.get_by_text("Keep your own pages on this phone?").click()
    page.get_by_role("button", name="Yes, keep them").click()

    page.get_by_text("This phone has no space left for them.").wait_for()
    assert page.evaluate(KEYS) == page.evaluate(COPIES) == []
