"""The whole check-in with the server gone: it opens, is answered, told of danger, kept, and sent once when the network is back."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.axe import findings
from tests.support.browser import PHONE, SAVES_DATA, phone_page, until
from tests.support.modules import started
from tests.support.server import Server
from tests.support.stand_in import StandIn, standing_in
from tests.support.walk import tick

pytestmark = pytest.mark.browser

RECORDS = 'import("/static/js/queue.js").then(({ records }) => records())'
DRAFTS = 'import("/static/js/phone-store.js").then(({ all }) => all("drafts"))'
NOTE_PERSON = '(mark) => import("/static/js/phone-store.js").then(({ notePerson }) => notePerson(mark))'
GONE = "502 of a proxy"
WORDS = "aching quince thumb"
STEPS = [
    "Right now",
    "About you",
    "Lately",
    "What matters to you",
    "The last 7 days",
    "How it affects you",
    "Before needles",
]


@pytest.fixture(scope="module")
def stand_in(shared_server: Server, loop: asyncio.AbstractEventLoop) -> Iterator[StandIn]:
    with standing_in(shared_server.port, loop) as made:
        yield made


@pytest.fixture
def between(stand_in: StandIn, loop: asyncio.AbstractEventLoop) -> StandIn:
    change(stand_in, loop, "the app")
    return stand_in


@pytest.fixture
def page(browser: Any, between: StandIn) -> Iterator[Any]:
    context = browser.new_context(**PHONE, base_url=between.url)
    context.add_init_script(SAVES_DATA)
    yield here_once(context)
    context.close()


def here_once(context: Any) -> Any:
    """A phone that was here once, on another page, and has what is saved with the app."""
    page = context.new_page()
    page.goto("/about")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    return page


@pytest.fixture
def cut_off(page: Any, between: StandIn, loop: asyncio.AbstractEventLoop) -> Any:
    change(between, loop, GONE)
    return page


def change(between: StandIn, loop: asyncio.AbstractEventLoop, mode: str) -> None:
    asyncio.run_coroutine_threadsafe(between.change(mode), loop).result(10)


def opened(page: Any, address: str = "/quiz/whole") -> None:
    page.goto(address)
    started(page)
    page.locator("form.is-stepped").wait_for()


def choose(page: Any, name: str, value: str) -> None:
    tick(page.locator(f'.is-here [name="{name}"][value="{value}"]'))


def go_on(page: Any, heading: str) -> None:
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", level=2, name=heading, exact=True).wait_for()


def to_review(page: Any, **ticks: str) -> None:
    """`ticks` are choices by step: `name=value`, several with a space between."""
    own = {
        "Right now": "none_right_now=1",
        "About you": "age_band=40-64 conditions=ra",
        "Lately": "none_lately=1",
        "Before needles": "none_before_needles=1",
    } | {name.replace("_", " "): value for name, value in ticks.items()}
    for number, heading in enumerate(STEPS):
        page.get_by_role("heading", level=2, name=heading, exact=True).wait_for()
        for one in own.get(heading, "").split():
            choose(page, *one.split("="))
        if heading == "What matters to you":
            page.locator('[name="problem_words"]').fill(WORDS)
        go_on(page, [*STEPS, "Check your answers"][number + 1])


def kept_draft(page: Any, name: str) -> None:
    until(page, lambda: any(name == field for one in page.evaluate(DRAFTS) for field, _ in one["fields"]))


def send(page: Any) -> None:
    page.get_by_role("button", name="Agree and send").click()


def check_ins(page: Any) -> list[str]:
    return [one["answers"]["problem_words"] for one in page.request.get("/me/export.json").json()["check_ins"]]


def test_with_the_server_gone_it_is_answered_kept_and_sent_once_when_it_is_back(cut_off, between, loop):
    opened(cut_off)
    assert cut_off.get_by_text("You can open this check-in and answer it offline").is_visible()
    assert cut_off.get_by_text("Step 1 of 8").is_visible()
    to_review(cut_off)
    review = cut_off.locator("#whole-review").inner_text()
    assert WORDS in review
    assert "Rheumatoid" in review

    send(cut_off)

    cut_off.get_by_role("heading", name="Kept on this phone").wait_for()
    (record,) = cut_off.evaluate(RECORDS)
    assert (record["state"], record["kind"], record["person"]) == ("waiting", "check-in", "")
    fields = dict(record["fields"])
    assert fields["problem_words"] == WORDS
    assert fields["consent_at"]
    assert fields["quiz_version"]
    assert "from_page" not in fields
    assert [answer for _, answer in record["lines"] if WORDS in answer] == [WORDS]
    assert record["lines"][-1][0] == "Version of the danger sign rules on this phone"
    assert cut_off.evaluate(DRAFTS) == []
    cut_off.get_by_role("link", name="See your answers").click()
    cut_off.get_by_text("On this phone", exact=True).wait_for()

    change(between, loop, "the app")
    cut_off.goto("/emergency")
    until(cut_off, lambda: cut_off.evaluate(RECORDS)[0]["state"] == "sent")
    assert check_ins(cut_off) == [WORDS]


def test_a_draft_is_there_again_after_a_reload_and_goes_when_one_starts_again(cut_off):
    opened(cut_off)
    choose(cut_off, "none_right_now", "1")
    go_on(cut_off, "About you")
    choose(cut_off, "conditions", "ms")
    kept_draft(cut_off, "conditions")
    assert cut_off.locator("#quiz-saved").inner_text() == "Kept on this phone."
    assert cut_off.locator("#quiz-saved").get_attribute("role") == "status"

    opened(cut_off)

    cut_off.get_by_text("These are the answers you had not finished").wait_for()
    cut_off.get_by_role("heading", level=2, name="About you").wait_for()
    assert cut_off.locator('[name="conditions"][value="ms"]').is_checked()
    cut_off.get_by_role("button", name="Delete them and start again").click()
    cut_off.get_by_text("Step 1 of").wait_for()
    started(cut_off)
    assert not cut_off.locator('[name="conditions"][value="ms"]').is_checked()
    assert cut_off.evaluate(DRAFTS) == []


def test_a_draft_of_another_person_is_not_shown_and_is_theirs_again(cut_off):
    opened(cut_off)
    choose(cut_off, "none_right_now", "1")
    kept_draft(cut_off, "none_right_now")
    cut_off.evaluate(NOTE_PERSON, "another")

    opened(cut_off)
    assert not cut_off.locator('[name="none_right_now"]').is_checked()
    assert not cut_off.get_by_text("These are the answers you had not finished").is_visible()
    cut_off.evaluate(NOTE_PERSON, "")
    opened(cut_off)

    assert cut_off.locator('[name="none_right_now"]').is_checked()


def test_with_the_server_really_stopped_it_opens_and_waits_for_it(browser, server):
    context = browser.new_context(**PHONE, base_url=server.url)
    context.add_init_script(SAVES_DATA)
    page = here_once(context)
    server.stop()

    opened(page)
    to_review(page)
    send(page)
    page.get_by_role("heading", name="Kept on this phone").wait_for()
    server.start()
    page.goto("/emergency")

    until(page, lambda: page.evaluate(RECORDS)[0]["state"] == "sent")
    assert check_ins(page) == [WORDS]
    context.close()


def test_a_press_with_the_network_there_leads_to_the_summary(page):
    opened(page)
    to_review(page)
    send(page)

    page.wait_for_url("**/results/*")
    assert check_ins(page) == [WORDS]
    assert page.evaluate(DRAFTS) == []


def test_a_sign_that_follows_from_other_answers_is_told_at_once_with_whom_to_call(cut_off):
    opened(cut_off)
    to_review(cut_off, Before_needles="precautions=fever-or-infection-now precautions=severe-neutropenia")

    card = cut_off.locator("#whole-care .care.emergency-now")
    assert card.get_by_role("heading", name="Get help now").is_visible()
    assert card.locator('a[href="tel:999"]').is_visible()
    cut_off.locator('#whole-review a[href="#step-before-needles"]').click()
    tick(cut_off.locator('[name="precautions"][value="severe-neutropenia"]'))
    assert card.is_visible(), "while it is answered, too"
    cut_off.locator('[name="precautions"][value="severe-neutropenia"]').uncheck()
    assert card.is_visible(), "the group is ticked, with nothing chosen inside"
    cut_off.locator('[name="groups"][value="blood-and-organs"]').uncheck()
    card.wait_for(state="detached")


def test_it_is_said_aloud_beside_the_answer_and_stands_first_at_the_end(cut_off):
    opened(cut_off, "/quiz/whole")
    choose(cut_off, "none_right_now", "1")
    cut_off.evaluate("location.hash = 'step-before-needles'")
    cut_off.get_by_role("heading", level=2, name="Before needles").wait_for()
    choose(cut_off, "precautions", "no-spleen")
    choose(cut_off, "precautions", "fever-or-infection-now")

    cut_off.locator("#whole-care .care").first.wait_for()
    assert "Get help now" in cut_off.locator("#quiz-alert").inner_text()
    assert cut_off.evaluate("document.getElementById('whole-care').closest('.quiz-precautions') !== null")


def test_a_sign_that_is_ticked_stays_whatever_else_is_answered(cut_off):
    opened(cut_off)
    choose(cut_off, "red_flags", "myxoedema-crisis")
    go_on(cut_off, "About you")
    choose(cut_off, "age_band", "under-16")
    choose(cut_off, "conditions", "ra")

    assert cut_off.get_by_text("Step 2 of 3").is_visible()
    go_on(cut_off, "Check your answers")
    assert cut_off.locator("#whole-care .care.emergency-now").is_visible()
    send(cut_off)

    cut_off.get_by_role("heading", name="Kept on this phone").wait_for()
    assert cut_off.locator("#whole-care .care.emergency-now").is_visible()
    assert "Get help now" in cut_off.evaluate("document.activeElement.textContent"), "before that it is kept"
    assert cut_off.evaluate("scrollY") == 0
    assert "Your answers are kept on this phone" in cut_off.locator("#quiz-status").inner_text()
    (record,) = cut_off.evaluate(RECORDS)
    assert ["red_flags", "myxoedema-crisis"] in record["fields"]


SPOILT = {
    "broken": "caches.keys().then(async (names) => { for (const name of names) { const cache = await caches.open(name);"
    " if (await cache.match('/quiz/rules.json')) await cache.put('/quiz/rules.json', new Response('{\"content\": 1')); } })",
    "of another release": "caches.keys().then(async (names) => { for (const name of names) { const cache = await"
    " caches.open(name); const found = await cache.match('/quiz/rules.json'); if (!found) continue; const rules = await"
    " found.json(); delete rules.precautions['no-spleen']; for (const ids of Object.values(rules.precaution_groups)) if"
    " (ids.includes('no-spleen')) ids.splice(ids.indexOf('no-spleen'), 1);"
    " await cache.put('/quiz/rules.json', new Response(JSON.stringify(rules))); } })",
    "missing": "caches.keys().then(async (names) => { for (const name of names) await (await caches.open(name))"
    ".delete('/quiz/rules.json'); })",
}


@pytest.mark.parametrize("how", SPOILT)
def test_rules_that_are_broken_or_missing_lead_to_the_whole_list_of_signs(cut_off, how):
    cut_off.evaluate(SPOILT[how])
    # The browser's own cache has them still, for some minutes.
    cut_off.context.new_cdp_session(cut_off).send("Network.clearBrowserCache")
    opened(cut_off)
    to_review(cut_off, Before_needles="precautions=no-spleen")

    lost = cut_off.locator("#whole-no-rules")
    lost.wait_for()
    assert lost.get_by_text("could not check your answers for danger signs").is_visible()
    assert lost.locator('a[href="tel:999"]').is_visible()
    lost.get_by_role("link", name="Is it urgent? What to do now").click()
    assert cut_off.locator("h1").inner_text() == "Is it urgent?"


def test_a_silent_network_keeps_the_whole_list_of_signs_back_from_nobody(page, between, loop):
    page.evaluate(SPOILT["missing"])
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    change(between, loop, "silence")

    opened(page)

    page.locator("#whole-no-rules").get_by_text("could not check your answers for danger signs").wait_for()


def test_what_is_not_answered_is_asked_for_before_one_goes_on(cut_off):
    opened(cut_off)
    cut_off.get_by_role("button", name="Continue").click()

    summary = cut_off.locator(".error-summary")
    summary.wait_for()
    assert summary.evaluate("(one) => one === document.activeElement")
    assert cut_off.get_by_text("Tick every sign you have, or tick “None of these”.").count() == 4, (
        "beside it, above it, and two that wait"
    )
    choose(cut_off, "none_right_now", "1")
    assert summary.count() == 0
    go_on(cut_off, "About you")
    cut_off.get_by_role("button", name="Continue").click()
    assert cut_off.locator(".error-summary li").all_inner_texts() == [
        "Choose an age group.",
        "Tick at least one condition, or “No diagnosis yet”.",
    ]
    cut_off.go_back()
    cut_off.get_by_role("heading", level=2, name="Right now").wait_for()


def test_the_script_shows_what_css_shows(page):
    opened(page)
    choose(page, "none_right_now", "1")
    page.evaluate("document.getElementById('quiz-form').classList.remove('is-stepped')")
    same = """() => [...document.querySelectorAll("[data-for]")].filter((one) => {
      const marked = [one.hidden, one.className];
      const byScript = !one.hidden;
      one.hidden = false;
      one.classList.remove("is-for-you");
      const byCss = getComputedStyle(one).display !== "none";
      [one.hidden, one.className] = marked;
      return byScript !== byCss;
    }).map((one) => one.outerHTML.slice(0, 120))"""
    for name, value in [
        ("conditions", "ra"), ("conditions", "psoriasis"), ("answering_for", "my-child"), ("instruments.peg.1", "0"),
        ("conditions", "none-yet"), ("age_band", "under-16"),
    ]:  # fmt: skip
        page.locator(f'[name="{name}"][value="{value}"]').check(force=True)
        until(page, lambda: page.evaluate(same) == [])


def test_each_step_is_heard_as_it_should_be(page):
    opened(page)
    for heading in ["About you", "Lately"]:
        assert findings(page) == []
        choose(
            page, "none_right_now" if heading == "About you" else "age_band", "1" if heading == "About you" else "40-64"
        )
        if heading == "Lately":
            choose(page, "conditions", "ra")
        go_on(page, heading)
        assert page.evaluate("document.activeElement.textContent") == heading
        assert page.title().startswith(heading)


def test_without_javascript_it_is_answered_and_sent_in_one_go(browser, shared_server):
    with phone_page(browser, shared_server.url, scripts=False) as page:
        page.goto("/quiz/whole")
        for name, value in [("none_right_now", "1"), ("age_band", "40-64"), ("none_lately", "1")]:
            page.locator(f'[name="{name}"][value="{value}"]').check()
        assert not page.locator('[name="ratings.itch"]').first.is_visible()
        page.locator('[name="conditions"][value="psoriasis"]').check()
        page.locator('[name="groups"][value="joints"]').check()
        page.locator('[name="red_flags"][value="clot-leg"]').check()
        sign = page.locator(".quiz-sign", has=page.locator('[value="clot-leg"]'))
        assert sign.get_by_role("heading", name="Get medical advice today").is_visible()
        page.locator('[name="none_lately"]').uncheck()
        tick(page.locator('[name="ratings.itch"][value="4"]'))
        page.locator('[name="problem_words"]').fill(WORDS)

        send(page)

        assert "/results/" in page.url
        assert check_ins(page) == [WORDS]


def test_without_javascript_a_fault_brings_it_back_with_all_that_was_answered(browser, shared_server):
    with phone_page(browser, shared_server.url, scripts=False) as page:
        page.goto("/quiz/whole")
        page.locator('[name="conditions"][value="psoriasis"]').check()
        page.locator('[name="problem_words"]').fill(WORDS)

        send(page)

        assert page.locator(".error-summary a").all_inner_texts() == ["Choose an age group."]
        assert page.locator('[name="problem_words"]').input_value() == WORDS
        page.locator('[name="age_band"][value="40-64"]').check()
        send(page)
        assert "/results/" in page.url


def test_the_page_for_no_network_leads_to_it(cut_off):
    cut_off.goto("/check-in")

    cut_off.get_by_role("link", name="Answer a check-in offline").click()

    assert cut_off.locator("h1").inner_text() == "Full check-in"


def test_a_phone_with_no_room_left_says_so_and_the_press_still_goes(page, between):
    session = page.context.new_cdp_session(page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": between.url, "quotaSize": 1})
    opened(page)
    choose(page, "none_right_now", "1")
    page.get_by_text("This phone has no space left to keep your answers.").wait_for()
    page.locator('[name="none_right_now"]').uncheck()

    to_review(page)
    send(page)

    page.wait_for_url("**/results/*")
    assert check_ins(page) == [WORDS]
