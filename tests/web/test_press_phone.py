"""What a press can come to on a phone: kept, not kept, gone, no answer. Said beside the button, aloud, and never wrongly."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.quiz.test_phone import SIGN, begin, go_on_from_what_matters_to_the_review
from tests.support.browser import have_worker, phone_page
from tests.support.modules import started
from tests.support.server import Server
from tests.support.stand_in import StandIn, standing_in
from tests.support.walk import posted_to, tick

pytestmark = pytest.mark.browser

NOT_OURS = ["502 of a proxy", "503 of a proxy", "404 of a proxy", "a portal's page", "a portal's redirect here"]
PARTS = "({ mains: document.querySelectorAll('main').length, heads: document.querySelectorAll('h1').length })"
MARK = ".quiz-saved-mark"
ALOUD = "[...document.querySelectorAll('body > p[role=status]')].map((one) => one.textContent).join('')"


@pytest.fixture(scope="module")
def between(shared_server: Server, loop: asyncio.AbstractEventLoop) -> Iterator[StandIn]:
    with standing_in(shared_server.port, loop) as made:
        yield made


@pytest.fixture
def turn(between: StandIn, loop: asyncio.AbstractEventLoop) -> Iterator[Callable[[str], None]]:
    """Changes what stands between; the app answers again afterwards."""

    def turn(mode: str) -> None:
        asyncio.run_coroutine_threadsafe(between.change(mode), loop).result(10)

    yield turn
    between.in_place_of.clear()
    turn("the app")


@pytest.fixture
def page(browser: Any, between: StandIn, turn: Callable[[str], None]) -> Iterator[Any]:
    with phone_page(browser, between.url) as page:
        page.set_default_timeout(10_000)
        yield page


def saved_once(page: Any) -> Any:
    """At the danger signs, with something saved; the line that said so."""
    begin(page)
    page.get_by_label("None of these").check()
    line = page.locator("#quiz-saved")
    line.locator(MARK).wait_for()
    page.get_by_label("None of these").uncheck()
    assert line.text_content() == ""
    line.locator(MARK).wait_for()
    return line


def told_what_to_do(page: Any) -> None:
    assert page.get_by_role("link", name="999 Emergency help in the United Kingdom").first.is_visible()
    assert page.evaluate(PARTS) == {"mains": 1, "heads": 1}


@pytest.mark.parametrize("mode", [*NOT_OURS, "500 of ours"])
def test_a_save_that_fails_says_so_and_a_danger_sign_still_says_what_to_do(page, turn, mode):
    line = saved_once(page)
    turn(mode)

    tick(page.get_by_label(SIGN))

    line.get_by_text("saved").wait_for()
    said = line.inner_text()
    assert said.startswith(("Not saved", "There was no answer")), said
    assert "Wi-Fi" not in said
    told_what_to_do(page)


def test_a_save_without_a_network_says_so_and_is_made_when_the_network_is_back(page):
    line = saved_once(page)
    page.context.set_offline(True)

    tick(page.get_by_label(SIGN))
    line.get_by_text("Not saved: you are offline.").wait_for()
    told_what_to_do(page)
    page.context.set_offline(False)

    line.locator(MARK).wait_for()
    page.reload()
    assert page.get_by_label(SIGN).is_checked()


@pytest.mark.parametrize("gone", ["cookie", "deleted", "finished"])
def test_answers_that_are_gone_are_told_in_a_sentence(page, gone):
    line = saved_once(page)
    if gone == "cookie":
        page.context.clear_cookies()
    elif gone == "deleted":
        page.evaluate("fetch('/me/delete', { method: 'POST' })")
    else:
        other = page.context.new_page()
        reach_end(other, page.url)
    page.wait_for_timeout(300)

    tick(page.get_by_label(SIGN))

    words = "This check-in was finished" if gone == "finished" else "Not saved: this is no longer here"
    line.get_by_text(words).wait_for()
    assert len(line.inner_text()) < 200
    told_what_to_do(page)


def reach_end(page: Any, address: str) -> None:
    place = address.rpartition("/")[0]
    page.goto(address)
    fields = {
        "right-now": {"none_right_now": "1"},
        "about-you": {"age_band": "40-64", "conditions": "ra"},
        "lately": {"none_lately": "1"},
        "what-matters": {},
        "ratings": {},
        "impact": {},
        "before-needles": {"none_before_needles": "1"},
    }
    send = "async ([path, fields]) => (await fetch(path, { method: 'POST', body: new URLSearchParams(fields) })).url"
    for screen, given in fields.items():
        page.evaluate(send, [f"{place}/{screen}", given])
    assert "/results/" in page.evaluate(send, [f"{place}/finish", {}])


@pytest.mark.parametrize("mode", [*NOT_OURS, "offline"])
def test_continue_without_an_answer_stays_on_the_page_with_all_that_was_typed(page, turn, mode):
    posted_to(page, "what-matters")
    words = page.get_by_label("What troubles you most? Use your own words.")
    words.fill("stiff hands")
    page.locator("#quiz-saved").locator(MARK).wait_for()
    address = page.url
    if mode == "offline":
        page.context.set_offline(True)
    else:
        turn(mode)
    words.fill("stiff hands and feet")
    page.locator("#quiz-saved").get_by_text("saved").wait_for()

    page.get_by_role("button", name="Continue").click()

    page.get_by_text("Nothing was sent").first.wait_for()
    assert page.url == address
    assert words.input_value() == "stiff hands and feet"
    page.wait_for_function(f"() => {ALOUD}.includes('Nothing was sent')")
    page.context.set_offline(False)
    turn("the app")
    go_on_from_what_matters_to_the_review(page)
    assert page.get_by_text("stiff hands and feet").first.is_visible()


@pytest.mark.parametrize("mode", [*NOT_OURS, "offline"])
def test_finishing_without_an_answer_stays_on_the_page(page, turn, mode):
    page.clock.install()
    posted_to(page, "review")
    page.locator("body > p[role=status]").wait_for(state="attached")
    if mode == "offline":
        page.context.set_offline(True)
    else:
        turn(mode)
        page.clock.fast_forward(60_000)

    page.get_by_role("button", name="See my summary").click()

    page.get_by_text("Nothing was sent").first.wait_for()
    assert page.get_by_role("link", name="Is it urgent?", exact=True).is_visible()


@pytest.mark.parametrize("mode", [*NOT_OURS, "500 of ours", "offline"])
def test_a_list_without_an_answer_says_so_beside_the_button_and_stays_as_it_was(page, turn, mode):
    page.goto("/list")
    started(page)
    entry = page.locator(".reading-entry").nth(1)
    name = entry.get_attribute("id")
    entry.locator("summary").click()
    entry.get_by_role("button", name="Pin to the top").click()
    page.get_by_text("Now at the top").wait_for()
    pinned = page.locator(f"#{name}")
    assert pinned.get_by_role("button", name="Pin to the top", pressed=True).is_visible()
    if mode == "offline":
        page.context.set_offline(True)
    else:
        turn(mode)

    pinned.get_by_role("button", name="Pin to the top").click()

    said = pinned.locator(".outcome")
    said.wait_for()
    assert said.inner_text().startswith("Kept on this phone")
    assert page.locator("#reading-done").inner_text() == "", "what was done before is not said again"
    assert pinned.get_by_role("button", name="Pin to the top").is_visible()
    page.wait_for_function(f"() => {ALOUD} === {json.dumps(said.inner_text())}")
    page.context.set_offline(False)
    turn("the app")
    pinned.get_by_role("button", name="Pin to the top").click()
    page.get_by_text("No longer at the top").or_(said.get_by_text("Sent.")).first.wait_for()


def test_what_a_sign_opens_is_said_in_a_region_that_was_there_before(page):
    begin(page)
    started(page)
    assert page.locator("#quiz-form [role=status] :is(h2, h3, a)").count() == 0
    alert = page.locator("[role=alert]")
    assert alert.count() == 1
    assert alert.text_content() == ""

    tick(page.get_by_label(SIGN))

    page.locator("[role=alert]", has_text="Get help now").wait_for(state="attached")
    assert "999" in alert.text_content()


def test_the_focus_stays_where_the_list_was_pressed(page):
    page.goto("/list")
    started(page)
    focused = "document.activeElement.id || document.activeElement.closest('li')?.id"
    page.locator("#more-to-read > summary").click()
    names = page.locator(".reading-entry").evaluate_all("(all) => all.slice(0, 4).map((one) => one.id)")
    for button, said, expected in (
        ("Pin to the top", "Now at the top", "pin-" + names[2].removeprefix("page-")),
        ("Pin to the top", "No longer at the top", "pin-" + names[2].removeprefix("page-")),
        ("Move up", "Moved up", "up-" + names[2].removeprefix("page-")),
        ("Mark as read", "Marked as read", names[1]),
    ):
        entry = page.locator(f"#{names[2]}")
        if entry.locator("details:not([open])").count():
            entry.locator("summary").click()
        place = entry.get_by_role("button", name=button)
        place.focus()
        page.keyboard.press("Enter")
        page.get_by_text(said).first.wait_for()
        page.wait_for_function(f"(expected) => ({focused}) === expected", arg=expected)


@pytest.mark.parametrize("mode", [*NOT_OURS[:4], "offline"])
def test_a_form_whose_answer_is_lost_on_the_way_leads_to_a_page_of_ours(page, between, turn, mode):
    page.goto("/about")
    have_worker(page)
    posted_to(page, "review")
    page.locator("body > p[role=status]").wait_for(state="attached")
    # Somebody is there when it is asked, and gone a moment later.
    if mode == "offline":
        page.evaluate("document.querySelectorAll('form').forEach((one) => (one.dataset.sure = 'true'))")
        page.context.set_offline(True)
    else:
        between.in_place_of[page.url.removeprefix(between.url).replace("review", "finish")] = mode

    page.get_by_role("button", name="See my summary").click()

    page.get_by_text("What you sent may not have arrived.").wait_for()
    assert page.get_by_role("link", name="Is it urgent?", exact=True).is_visible()
    assert not page.get_by_role("link", name="Try again").is_visible()
    between.in_place_of.clear()
    page.context.set_offline(False)
    page.go_back()
    page.get_by_role("button", name="See my summary").click()
    page.wait_for_url("**/results/*")
