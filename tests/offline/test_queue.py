"""What is answered with no network waits on the phone, and the server has it once, for the person whose it is."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.browser import PHONE, SAVES_DATA, have_worker, until
from tests.support.modules import started
from tests.support.people import RA
from tests.support.server import Server
from tests.support.stand_in import StandIn, standing_in

pytestmark = pytest.mark.browser

ADD = """async ([person, fields, words]) => {
  const { add } = await import("/static/js/queue.js");
  const pairs = Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, String(one)]));
  const lines = [["What is it about?", words]];
  return (await add({ person, kind: "check-in", what: "Check-in", path: "/quiz/whole", fields: pairs, lines })).id;
}"""
SEND = 'import("/static/js/queue.js").then(({ sendAll }) => sendAll())'
# With none on its way: the worker may be sending, too.
RECORDS = 'import("/static/js/queue.js").then(({ records }) => navigator.locks.request("queue", records))'
PERSON = 'import("/static/js/phone-store.js").then(({ personHere }) => personHere())'
CHECK_INS = """fetch("/me/export.json").then((answer) => answer.json())
  .then((all) => all.check_ins.map((one) => one.answers.problem_words).sort())"""
LONG_AGO = """import("/static/js/phone-store.js").then(async ({ all, put }) => {
  for (const one of await all("queue")) await put("queue", { ...one, sent: Date.now() - 3 * 24 * 60 * 60 * 1000 });
})"""
AS_LEFT = """import("/static/js/phone-store.js").then(async ({ all, put }) => {
  for (const one of await all("queue")) await put("queue", { ...one, state: "sending" });
})"""
WORDS = "aching quince thumb"


@pytest.fixture
def between(server: Server, loop: asyncio.AbstractEventLoop) -> Iterator[StandIn]:
    with standing_in(server.port, loop) as made:
        yield made


@pytest.fixture
def page(browser: Any, between: StandIn) -> Iterator[Any]:
    context = browser.new_context(**PHONE, base_url=between.url)
    context.add_init_script(SAVES_DATA)
    made = context.new_page()
    made.goto("/offline/unsent")
    made.evaluate("navigator.serviceWorker.ready.then(() => true)")
    have_worker(made)
    started(made)
    yield made
    context.close()


def change(between: StandIn, loop: asyncio.AbstractEventLoop, mode: str) -> None:
    asyncio.run_coroutine_threadsafe(between.change(mode), loop).result(10)


def add(page: Any, words: str = WORDS, person: str | None = None, **changes: Any) -> str:
    person = page.evaluate(PERSON) if person is None else person
    return page.evaluate(ADD, [person, RA | {"problem_words": words} | changes, words])


def add_cut_off(page: Any, between: StandIn, loop: asyncio.AbstractEventLoop, words: str) -> None:
    """It waits: with a network the worker would send it at once, before anything else happens."""
    change(between, loop, "502 of a proxy")
    add(page, words)
    page.evaluate(SEND)
    change(between, loop, "the app")


def states(page: Any) -> list[str]:
    return [one["state"] for one in page.evaluate(RECORDS)]


def become_somebody(page: Any) -> None:
    """Somebody with a check-in of before."""
    add(page, "of before")
    page.evaluate(SEND)
    page.goto("/today")
    until(page, lambda: page.evaluate(PERSON) != "")


@pytest.mark.parametrize("mode", ["502 of a proxy", "a portal's page", "a portal's redirect here", "500 of ours"])
def test_it_waits_while_nobody_of_ours_answers_and_is_sent_once(page, between, loop, mode):
    change(between, loop, mode)
    add(page)
    page.evaluate(SEND)
    assert states(page) == ["waiting"]
    change(between, loop, "the app")

    page.evaluate(SEND)
    page.evaluate(SEND)

    assert states(page) == ["sent"]
    assert page.evaluate(CHECK_INS) == [WORDS]


def test_an_answer_that_was_lost_after_it_was_saved_saves_nothing_twice(page, between, loop):
    add(page)
    # As a phone that lost the answer: it sends the same again.
    before = page.evaluate(RECORDS)[0]
    page.evaluate(SEND)
    page.evaluate(
        "(record) => import('/static/js/phone-store.js').then(({ put }) => put('queue', { ...record, state: 'sending' }))",
        before,
    )
    page.context.clear_cookies()

    page.evaluate(SEND)

    assert states(page) == ["sent"]
    assert page.evaluate(CHECK_INS) == [WORDS]


def test_of_what_was_sent_nothing_that_was_answered_stays(page):
    add(page)
    page.evaluate(SEND)

    (record,) = page.evaluate(RECORDS)

    assert (record["fields"], record["lines"], record["claim"]) == ([], [], "")
    assert record["to"].startswith("/results/")


def test_what_the_server_refuses_stays_and_is_read(page):
    add(page, age_band="as old as the hills")
    page.evaluate(SEND)
    page.goto("/offline/unsent")

    page.get_by_text("Not accepted").wait_for()
    page.get_by_text("What is in it").click()
    assert page.get_by_text(WORDS).is_visible()
    (record,) = page.evaluate(RECORDS)
    assert record["says"]
    for says in record["says"]:
        assert page.get_by_text(says).is_visible()


def test_one_that_is_refused_keeps_no_other_back(page):
    add(page, age_band="as old as the hills")
    add(page, "plum wrist")

    page.evaluate(SEND)

    assert states(page) == ["refused", "sent"]


def test_each_goes_to_its_own_person(page, between, loop):
    become_somebody(page)
    first = page.evaluate(PERSON)
    add_cut_off(page, between, loop, "of the first")
    page.context.clear_cookies()
    page.goto("/today")
    until(page, lambda: page.evaluate(PERSON) == "")
    become_somebody(page)
    add(page, "of the second")

    page.evaluate(SEND)

    assert page.evaluate(CHECK_INS) == ["of before", "of the second"]
    waits = [one for one in page.evaluate(RECORDS) if one["state"] != "sent"]
    assert [one["person"] for one in waits] == [first]
    page.goto("/offline/unsent")
    page.get_by_text("Waiting for someone else who used this phone:").wait_for()
    assert page.get_by_text("of the first").count() == 0


def test_the_server_itself_takes_nothing_of_another(page, between, loop):
    """The phone may not know yet that somebody else has opened their answers here."""
    become_somebody(page)
    add_cut_off(page, between, loop, "of the first")
    before = page.evaluate(PERSON)
    page.context.clear_cookies()
    page.evaluate("fetch('/quiz', { method: 'POST', body: new URLSearchParams({ consent_version: '1' }) })")

    page.evaluate(SEND)

    assert page.evaluate(PERSON) != before
    assert states(page)[-1] == "waiting"
    assert "of the first" not in page.evaluate(CHECK_INS)


def test_what_nobody_answered_waits_for_a_word_of_whoever_is_here(page):
    become_somebody(page)
    add(page, "whose is it", person="")
    page.evaluate(SEND)
    assert states(page)[-1] == "waiting"
    page.goto("/offline/unsent")

    page.get_by_role("button", name="Yes, it is mine: send it").click()

    until(page, lambda: states(page)[-1] == "sent")
    assert page.evaluate(CHECK_INS) == ["of before", "whose is it"]


def test_what_nobody_answered_is_asked_about_also_where_the_answer_was_lost(page):
    """The server has it already; the phone never heard of that, and another person has it by now."""
    add(page, person="")
    record = page.evaluate(RECORDS)[0]
    page.evaluate(SEND)
    page.context.clear_cookies()
    page.evaluate("fetch('/quiz', { method: 'POST', body: new URLSearchParams({ consent_version: '1' }) })")
    page.goto("/today")
    page.evaluate(
        "(record) => import('/static/js/phone-store.js').then(({ put }) => put('queue', record))",
        record | {"state": "sending"},
    )

    page.evaluate(SEND)

    (kept,) = page.evaluate(RECORDS)
    assert (kept["state"], kept["claim"], kept["fields"]) == ("waiting", record["claim"], record["fields"])
    page.goto("/offline/unsent")
    page.get_by_role("button", name="Yes, it is mine: send it").click()
    until(page, lambda: states(page) == ["sent"])
    assert WORDS in page.evaluate(CHECK_INS)


def test_it_is_sent_when_a_page_is_opened_and_told_until_then(page, between, loop):
    become_somebody(page)
    change(between, loop, "502 of a proxy")
    add(page)
    page.goto("/emergency")
    page.get_by_role("link", name="On this phone, not sent: 1").wait_for()
    change(between, loop, "the app")

    page.goto("/emergency")

    until(page, lambda: states(page)[-1] == "sent")
    page.get_by_text("On this phone, not sent:").wait_for(state="detached")
    assert page.evaluate(CHECK_INS) == [WORDS, "of before"]


def test_the_worker_sends_with_no_page_open(page, between, loop):
    become_somebody(page)
    change(between, loop, "502 of a proxy")
    add(page)
    page.goto("about:blank")
    session = page.context.browser.new_browser_cdp_session()
    assert session
    change(between, loop, "the app")
    worker = page.context.service_workers[0]

    worker.evaluate("queue.sendAll()")

    assert worker.evaluate("queue.records().then((all) => all.map(({ state }) => state))")[-1] == "sent"


def test_a_record_is_saved_as_text_and_deleted_after_a_question(page, between, loop):
    change(between, loop, "502 of a proxy")
    add(page)
    page.goto("/offline/unsent")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a text file").click()
    text = download.value.path().read_text()
    assert WORDS in text

    page.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Yes, delete").click()

    page.get_by_text("Nothing is waiting.").wait_for()
    assert states(page) == []


def test_a_danger_sign_in_what_was_sent_stands_in_red_until_its_page_was_opened(page):
    add(page, red_flags="chest-pain-breathless", none_right_now="")
    page.evaluate(SEND)
    page.goto("/read")
    line = page.get_by_role("alert").get_by_role("link", name="The check-in you sent shows a danger sign")
    line.wait_for()
    assert "Get help now" in line.inner_text()
    page.evaluate(LONG_AGO)
    page.evaluate(SEND)
    page.goto("/offline/unsent")
    page.get_by_role("list").get_by_text("Get help now").wait_for()

    page.goto("/about")
    line.click()

    page.wait_for_url("**/results/*")
    page.locator("main .care.emergency-now").first.wait_for()
    until(page, lambda: page.evaluate(RECORDS)[0]["says"] == [])
    page.goto("/about")
    started(page)
    assert line.count() == 0


def test_without_a_danger_sign_nothing_stands_in_red(page):
    add(page)
    page.evaluate(SEND)
    page.goto("/about")
    started(page)

    assert page.evaluate(RECORDS)[0]["says"] == []
    assert page.locator(".unsent-danger").count() == 0


def test_what_was_left_in_the_middle_of_being_sent_can_be_deleted_with_no_network(page, between, loop):
    change(between, loop, "502 of a proxy")
    add(page)
    page.evaluate(SEND)
    page.evaluate(AS_LEFT)
    page.context.set_offline(True)
    page.reload()
    page.get_by_text("On this phone", exact=True).wait_for()

    page.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Yes, delete").click()

    until(page, lambda: states(page) == [])
