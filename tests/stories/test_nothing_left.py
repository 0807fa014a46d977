"""A person uses all there is, deletes it and clears the phone: their words are searched for in every place there is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.browser import PHONE
from tests.support.people import RA
from tests.support.walk import finish, to_review

pytestmark = pytest.mark.browser

WORDS, NOTE = "aching zebra thumb", "the violet umbrella day"
POST = """
async ([path, fields]) => {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) body.append(name, one);
  return (await fetch(path, { method: "POST", body })).url;
}
"""
STORES = """
async () => {
  const found = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) found.push(request.url, await (await cache.match(request)).text());
  }
  for (const { name } of await indexedDB.databases()) found.push(name);
  return found;
}
"""


@pytest.fixture
def visitor(browser: Any, server: Any) -> Any:
    context = browser.new_context(**PHONE, base_url=server.url, accept_downloads=True)
    yield context.new_page()
    context.close()


def on_disk(server: Any) -> bytes:
    """The database with its log, the server's log, and whatever else stands in the folder, but the key."""
    files = [path for path in Path(server.folder).rglob("*") if path.is_file() and path.name != "secret-keys"]
    assert {"acupwa.sqlite3", "server.log"} <= {path.name for path in files}
    return b"".join(path.read_bytes() for path in files)


def export_of(visitor: Any) -> str:
    """Downloaded as a person does, from the page about their data."""
    visitor.goto("/me/data")
    with visitor.expect_download() as download:
        visitor.get_by_role("link", name="Download my data").click()
    return Path(download.value.path()).read_text()


def go_to(visitor: Any, name: str) -> None:
    """By a link; where a machine at its limit answers later than the phone waits, a person presses *Try again*."""
    with visitor.expect_event("load"):
        visitor.get_by_role("link", name=name).click()
    if visitor.get_by_role("link", name="Try again").is_visible():
        visitor.get_by_role("link", name="Try again").click()


def clear_the_phone(visitor: Any) -> None:
    visitor.goto("/me")
    go_to(visitor, "Clear this phone")
    visitor.get_by_role("button", name="Yes, clear this phone").click()
    visitor.get_by_role("heading", name="This phone is clear").wait_for()


def delete_everything_and_clear_the_phone(visitor: Any) -> None:
    visitor.goto("/me/data")
    go_to(visitor, "Delete everything")
    visitor.get_by_role("button", name="Yes, delete everything").click()
    visitor.get_by_text("We hold nothing about you").wait_for()
    clear_the_phone(visitor)


def as_stored(ids: list[str]) -> list[bytes]:
    return [id.replace("-", "").encode() for id in ids]


def nothing_is_left(visitor: Any, server: Any, words: list[str], ids: list[str]) -> None:
    """In the database with its log, the server's log, and every store of the browser."""
    left = on_disk(server)
    for word in (*(word.encode() for word in (*words, *ids, "anticoagulants")), *as_stored(ids)):
        assert word not in left
    stores = visitor.evaluate(STORES)
    assert stores == ["{}", "{}", ""], "nothing at all"
    assert visitor.context.cookies() == []
    assert visitor.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0


def test_after_deleting_and_clearing_nothing_of_the_person_is_anywhere(visitor, server):
    to_review(visitor, RA | {"problem_words": WORDS})
    finish(visitor)
    first = visitor.url.rpartition("/")[2]
    begun = visitor.evaluate(POST, ["/quiz", {"variant": "follow-up"}])
    answers = {"none_right_now": "1", "sessions_since": "2", "side_effects": ["bruise"], "ratings.problem": "4"}
    visitor.evaluate(POST, [begun, answers | {"instruments.pgic.1": "3", "note": NOTE}])
    second = begun.split("/")[-2]
    visitor.goto(f"/results/{second}")
    visitor.evaluate("localStorage.setItem('look', JSON.stringify({ text: 'large' }))")
    visitor.evaluate(
        "new Promise((done) => { indexedDB.open('planted').onsuccess = ({ target }) => { target.result.close(); done(); } })"
    )
    visitor.goto("/progress")
    export = export_of(visitor)
    assert WORDS in export
    assert NOTE in export
    ids = [first, second, json.loads(export)["person"]["id"]]
    assert all(id in on_disk(server) for id in as_stored(ids)), "the search finds what is there"

    delete_everything_and_clear_the_phone(visitor)

    nothing_is_left(visitor, server, [WORDS, NOTE], ids)
    assert visitor.evaluate("document.documentElement.dataset.text") is None
