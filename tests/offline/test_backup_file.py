"""The backup file: it opens with its passphrase, with no server, in every later version, and with nothing else."""

from __future__ import annotations

import base64
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from tests.offline.test_queue import CHECK_INS, RECORDS, SEND, add, become_somebody, states
from tests.offline.test_worker_aside import worker_answers
from tests.support.browser import PHONE, SAVES_DATA, phone_page, until
from tests.support.modules import started
from tests.support.server import Server

pytestmark = pytest.mark.browser

PASSPHRASE = "plum ladder quiet otter"
WORDS = "aching quince thumb"
FIXTURE = Path(__file__).parent / "fixtures" / "backup-1.json"
SEAL = "([content, words]) => import('/static/js/backup-file.js').then(({ seal }) => seal(content, words))"
OPEN = """([text, words]) => import('/static/js/backup-file.js').then(({ open }) => open(text, words))
  .catch((fault) => fault.kind || String(fault))"""
GOOD = "(words) => import('/static/js/backup-file.js').then(({ isGood }) => isGood(words))"
PUT = "([store, value]) => import('/static/js/phone-store.js').then(({ put }) => put(store, value))"
ALL = "(store) => import('/static/js/phone-store.js').then(({ all }) => all(store))"
EMPTY = """(store) => import('/static/js/phone-store.js').then(async ({ all, remove }) => {
  for (const { id } of await all(store)) await remove(store, id);
})"""
DRAFT = {
    "id": "nobody:whole",
    "quiz_version": "7",
    "step": "ratings",
    "fields": [["ratings.pain", "7"]],
    "made": 1764500000000,
}
CONTENT = {"made": 1764500000000, "queue": [{"id": "a", "lines": [["Pain?", "7"]]}], "drafts": []}


@pytest.fixture(scope="module")
def pure(browser: Any, shared_server: Server) -> Iterator[Any]:
    with phone_page(browser, shared_server.url) as page:
        page.goto("/offline/backup")
        yield page


@pytest.fixture
def page(browser: Any, server: Server) -> Iterator[Any]:
    context = browser.new_context(**PHONE, base_url=server.url)
    context.add_init_script(SAVES_DATA)
    made = context.new_page()
    made.goto("/offline/backup")
    worker_answers(made)
    started(made)
    yield made
    context.close()


def make_file(page: Any, folder: Path, passphrase: str = PASSPHRASE) -> Path:
    page.goto("/offline/backup")
    started(page)
    form = page.locator("[data-make]")
    form.get_by_label("Passphrase").fill(passphrase)
    with page.expect_download() as download:
        form.get_by_role("button", name="Make the file").click()
    assert download.value.suggested_filename == "acupwa-backup.json"
    made = folder / "acupwa-backup.json"
    download.value.save_as(made)
    return made


def open_file(page: Any, file: Path, passphrase: str = PASSPHRASE) -> None:
    page.goto("/offline/backup")
    started(page)
    form = page.locator("[data-open]")
    form.get_by_label("Your file").set_input_files(file)
    form.get_by_label("Passphrase").fill(passphrase)
    form.get_by_role("button", name="Open the file").click()


def put_back(page: Any) -> str:
    page.get_by_role("button", name="Put it back on this phone").click()
    page.wait_for_selector("[data-outcome] p")
    return str(page.locator("[data-outcome]").inner_text())


def as_made(page: Any) -> list[dict[str, Any]]:
    """The records but for what a try to send them says of them meanwhile."""
    return [{name: one[name] for name in one if name != "state"} for one in page.evaluate(RECORDS)]


def test_it_is_what_it_says_and_any_program_can_open_it(pure):
    file = json.loads(pure.evaluate(SEAL, [CONTENT, PASSPHRASE]))

    assert (file["file"], file["version"], file["iterations"]) == ("acupwa-backup", 1, 600_000)
    raw = {name: base64.b64decode(file[name]) for name in ("salt", "iv", "data")}
    key = PBKDF2HMAC(SHA256(), 32, raw["salt"], file["iterations"]).derive(PASSPHRASE.encode())
    head = json.dumps(
        {name: file[name] for name in ("file", "version", "iterations", "salt", "iv")}, separators=(",", ":")
    )
    assert json.loads(AESGCM(key).decrypt(raw["iv"], raw["data"], head.encode())) == CONTENT
    assert set(file) == {"file", "version", "iterations", "salt", "iv", "data"}


def test_two_files_of_the_same_have_nothing_in_common(pure):
    one, other = (json.loads(pure.evaluate(SEAL, [CONTENT, PASSPHRASE])) for _ in range(2))

    assert not {one[name] for name in ("salt", "iv", "data")} & {other[name] for name in ("salt", "iv", "data")}


def test_one_of_version_1_opens_for_ever(pure):
    content = pure.evaluate(OPEN, [FIXTURE.read_text(), "correct horse battery staple"])

    assert [one["lines"] for one in content["queue"]] == [[["What is it about?", WORDS]]]
    assert content["drafts"] == [DRAFT]


@pytest.mark.parametrize("seed", range(4))
def test_what_went_in_comes_out(pure, seed):
    chance = random.Random(seed)
    signs = 'aZ09 äß\u00a0\u200f😀漢\n"\\\x00\ud7ff'

    def words(most: int = 40) -> str:
        return "".join(chance.choice(signs) for _ in range(chance.randrange(most)))

    def record() -> dict[str, Any]:
        pairs = [[words(), words()] for _ in range(chance.randrange(200))]
        return {"id": words(), "made": chance.random(), "fields": pairs, "lines": pairs, words(): None}

    content = {
        "made": chance.randrange(2**50),
        "queue": [record() for _ in range(chance.randrange(20))],
        "drafts": [record() for _ in range(chance.randrange(3))],
    }
    passphrase = "twelve signs" + words()

    assert pure.evaluate(OPEN, [pure.evaluate(SEAL, [content, passphrase]), passphrase]) == content


def test_a_phone_that_adds_a_space_or_writes_a_letter_in_two_ways_opens_it(pure):
    text = pure.evaluate(SEAL, [CONTENT, "caf\u00e9 ladder quiet otter"])

    assert pure.evaluate(OPEN, [text, " cafe\u0301 ladder  quiet otter "]) == CONTENT
    assert pure.evaluate(OPEN, [text, "cafe ladder quiet otter"]) == "locked"


def flipped(text: str) -> str:
    raw = bytearray(base64.b64decode(text))
    raw[len(raw) // 2] ^= 1
    return base64.b64encode(raw).decode()


def test_a_file_of_which_anything_was_changed_does_not_open(pure):
    text = pure.evaluate(SEAL, [CONTENT, PASSPHRASE])
    file = json.loads(text)
    changed = {
        "salt": flipped(file["salt"]),
        "iv": flipped(file["iv"]),
        "data": flipped(file["data"]),
        "iterations": file["iterations"] + 1,
    }
    for name, value in changed.items():
        assert pure.evaluate(OPEN, [json.dumps(file | {name: value}), PASSPHRASE]) == "locked", name
    for name, value in {
        "salt": "",
        "iv": "!",
        "data": "%",
        "iterations": 1,
        "version": 0,
    }.items():
        assert pure.evaluate(OPEN, [json.dumps(file | {name: value}), PASSPHRASE]) == "broken", name
    for name in ("salt", "iv", "data", "iterations", "version"):
        part = {key: value for key, value in file.items() if key != name}
        assert pure.evaluate(OPEN, [json.dumps(part), PASSPHRASE]) == "broken", name
    for length in (30, 80, len(text) - 1):
        assert pure.evaluate(OPEN, [text[:length], PASSPHRASE]) == "broken", length
    assert pure.evaluate(OPEN, [json.dumps(file | {"iterations": 10**9}), PASSPHRASE]) == "broken", "busy for ever"
    assert pure.evaluate(OPEN, [json.dumps(file | {"version": 2}), PASSPHRASE]) == "newer"
    for other in ("", "{}", "null", "[1]", "<h1>a photograph</h1>", '{"file": "something"}'):
        assert pure.evaluate(OPEN, [other, PASSPHRASE]) == "other", other


@pytest.mark.parametrize(
    ("passphrase", "good"),
    [
        ("", False),
        ("elevensigns", False),
        ("twelve signs", True),
        ("aaaaaaaaaaaaaaaa", False),
        ("123412341234", False),
        ("a  b  c  d  ", False),
        (PASSPHRASE, True),
        ("漢字漢字一二三四五六七八", True),
    ],
)
def test_a_passphrase_is_long_and_not_the_same_over_and_over(pure, passphrase, good):
    assert pure.evaluate(GOOD, passphrase) is good


def test_with_the_server_stopped_it_is_made_read_and_put_back(page, server, tmp_path):
    server.stop()
    page.goto("/offline/backup")
    add(page, person="")
    page.evaluate(PUT, ["drafts", DRAFT])
    before = as_made(page)
    file = make_file(page, tmp_path)
    page.get_by_text("Your file is ready.").wait_for()
    text = file.read_text()
    assert WORDS not in text
    assert not page.locator("[data-make]").get_by_label("Passphrase").input_value()
    for store in ("queue", "drafts"):
        page.evaluate(EMPTY, store)

    open_file(page, file)

    page.get_by_role("heading", name="What is in the file").wait_for()
    page.locator("[data-records] summary").first.click()
    assert page.get_by_text(WORDS).is_visible()
    assert page.get_by_text("A check-in that is not finished").is_visible()
    assert page.evaluate(ALL, "queue") == page.evaluate(ALL, "drafts") == [], "only read"
    assert "Back on this phone: 2." in put_back(page)
    assert as_made(page) == before
    assert page.evaluate(ALL, "drafts") == [DRAFT]
    open_file(page, file)
    assert "Already on this phone, so not changed: 2." in put_back(page)
    page.get_by_role("button", name="Close the file").click()
    assert not page.get_by_text(WORDS).count()


def test_what_was_put_back_is_sent_once_however_often(page, server, tmp_path):
    become_somebody(page)
    server.stop()
    add(page)
    file = make_file(page, tmp_path)
    server.start()
    page.evaluate(SEND)
    assert sorted(page.evaluate(CHECK_INS)) == [WORDS, "of before"]

    open_file(page, file)
    assert "Already on this phone" in put_back(page), "what was sent is known"
    page.evaluate(EMPTY, "queue")
    open_file(page, file)
    assert "Back on this phone: 1." in put_back(page)

    until(page, lambda: states(page) == ["sent"])
    assert sorted(page.evaluate(CHECK_INS)) == [WORDS, "of before"]


def test_what_is_another_persons_is_neither_taken_into_a_file_nor_put_back(page, server, tmp_path):
    server.stop()
    add(page, person="somebody else", words="of another")
    page.evaluate(PUT, ["drafts", DRAFT | {"id": "0123456789ab:whole"}])
    page.goto("/offline/backup")
    started(page)
    page.get_by_text("Nothing waits on this phone").wait_for()
    assert not page.get_by_role("button", name="Make the file").is_visible()
    text = page.evaluate(
        SEAL, [{"made": 1, **{name: page.evaluate(ALL, name) for name in ("queue", "drafts")}}, PASSPHRASE]
    )
    (file := tmp_path / "other.json").write_text(text)
    for store in ("queue", "drafts"):
        page.evaluate(EMPTY, store)

    open_file(page, file)

    assert (
        put_back(page)
        == "Not put back: 2. It belongs to other answers than those on this phone. It is still in the file."
    )
    assert page.get_by_role("link", name="carry on with a code").is_visible()
    assert page.evaluate(ALL, "queue") == page.evaluate(ALL, "drafts") == []


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("press", "/me/delete"),
        ("press", "/me/shares/new"),
        ("press", "/plan/delete"),
        ("press", "https://elsewhere.example/list/a"),
        ("press", "/list/../me/delete"),
        ("check-in", "/me/delete"),
        ("other", "/quiz/whole"),
    ],
)
def test_a_file_of_somebody_else_presses_no_other_button(page, server, tmp_path, kind, path):
    add(page, person="")
    (record,) = page.evaluate(RECORDS)
    page.evaluate(EMPTY, "queue")
    content = {"made": 1, "queue": [record | {"kind": kind, "path": path}], "drafts": []}
    (file := tmp_path / "made.json").write_text(page.evaluate(SEAL, [content, PASSPHRASE]))

    open_file(page, file)

    assert "Not put back" in put_back(page)
    assert page.evaluate(ALL, "queue") == []


def test_a_fault_is_said_beside_its_field_and_nothing_is_lost(page, server, tmp_path):
    server.stop()
    add(page, person="")
    page.goto("/offline/backup")
    started(page)
    making = page.locator("[data-make]")
    making.get_by_label("Passphrase").fill("short")
    making.get_by_role("button").click()
    making.get_by_text("Too easy to guess.").wait_for()
    assert making.get_by_label("Passphrase").get_attribute("aria-invalid") == "true"
    making.get_by_label("Show what I type").check()
    assert making.get_by_label("Passphrase").get_attribute("type") == "text"
    file = make_file(page, tmp_path)

    opening = page.locator("[data-open]")
    opening.get_by_role("button", name="Open the file").click()
    opening.get_by_text("Choose the file first.").wait_for()
    opening.get_by_label("Your file").set_input_files(file)
    opening.get_by_role("button", name="Open the file").click()
    opening.get_by_text("Type the passphrase of this file.").wait_for()
    (cut := tmp_path / "cut.json").write_text(file.read_text()[:-9])
    (other := tmp_path / "other.json").write_text("{}")
    for given, passphrase, says in (
        (file, PASSPHRASE + "s", "The file does not open with this passphrase."),
        (cut, PASSPHRASE, "This file is damaged."),
        (other, PASSPHRASE, "This is not an Acupwa backup file."),
    ):
        open_file(page, given, passphrase)
        opening.get_by_text(says).wait_for()
        assert not page.get_by_role("heading", name="What is in the file").is_visible()
    assert page.evaluate(RECORDS)[0]["lines"]


def test_without_a_store_it_is_said(browser, shared_server):
    with phone_page(browser, shared_server.url) as page:
        page.add_init_script(
            "Object.defineProperty(window, 'indexedDB', { value: { open() { throw new Error('refused'); } } })"
        )
        page.goto("/offline/backup")
        started(page)

        page.get_by_text("It keeps nothing on this phone, or cannot lock a file").wait_for()
