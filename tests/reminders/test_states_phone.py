"""The page of reminders on a phone, in each state that a browser can be in: what is so, and what to do about it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.offline.test_new_build import SEND
from tests.site.main_pages import ANSWERS, known_on
from tests.site.test_install_hint_phone import IPHONE
from tests.support.axe import findings
from tests.support.browser import CHROMIUM, FLAGS, PHONE, SAVES_DATA

pytestmark = pytest.mark.browser
PAGE = "/plan/reminders"
ANDROID = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36"
)
NO_PUSH = "delete window.PushManager"
ASKED = "window.asked = 0; Notification.requestPermission = async () => { window.asked += 1; return 'default'; }"
START = "Remind me on this phone"


@contextmanager
def opened(browser: Any, url: str, *scripts: str, **options: Any) -> Iterator[Any]:
    """Somebody with a plan, at the page of reminders."""
    context = browser.new_context(**PHONE | options, base_url=url)
    for script in (SAVES_DATA, *scripts):
        context.add_init_script(script)
    page = context.new_page()
    known_on(page)
    page.goto(PAGE)
    yield page
    context.close()


def box(page: Any) -> Any:
    return page.locator(".reminders-phone")


def says(page: Any, words: str) -> None:
    """Where it can be seen."""
    expect(box(page)).to_contain_text(words, use_inner_text=True)


@pytest.mark.parametrize(
    ("agent", "words", "others"),
    [
        (ANDROID, "App info", ("Settings", "Click the sign")),
        (None, "Click the sign", ("Settings", "App info")),
    ],
)
def test_a_phone_that_said_no_is_told_how_to_say_yes(browser, shared_server, agent, words, others):
    with opened(browser, shared_server.url, user_agent=agent) as page:
        # A browser without a screen counts as one where it was refused.
        assert page.evaluate("Notification.permission") == "denied"

        says(page, "does not let Acupwa send notifications")
        says(page, words)
        for other in others:
            expect(page.get_by_text(other)).to_be_hidden()
        expect(page.get_by_role("button", name=START)).to_be_hidden()
        assert findings(page) == []


def test_a_browser_without_push_says_so_and_what_else_there_is(browser, shared_server):
    with opened(browser, shared_server.url, NO_PUSH) as page:
        says(page, "This browser cannot show reminders.")
        says(page, "calendar")
        expect(page.get_by_role("button", name=START)).to_be_hidden()


def test_an_iphone_in_the_tab_is_led_to_the_home_screen(browser, shared_server):
    with opened(browser, shared_server.url, NO_PUSH, user_agent=IPHONE) as page:
        expect(box(page).locator("ol li:visible")).to_have_count(3)
        says(page, "Tap “Add to Home Screen”.")
        assert findings(page) == []

        page.get_by_role("button", name="Make a code").click()

        expect(page).to_have_url(f"{shared_server.url}/me/move")


def test_an_iphone_on_the_home_screen_is_asked_like_any_other(whole_browser, shared_server):
    inside = "Object.defineProperty(navigator, 'standalone', { value: true })"
    with opened(whole_browser, shared_server.url, inside, user_agent=IPHONE, permissions=["notifications"]) as page:
        expect(page.get_by_role("button", name=START)).to_be_visible()


def test_without_a_script_the_page_says_so_and_still_shows_the_words(browser, shared_server):
    with opened(browser, shared_server.url, java_script_enabled=False) as page:
        expect(box(page).locator("noscript p")).to_be_visible()
        expect(box(page).locator("button:visible")).to_have_count(0)
        expect(page.get_by_text("“A few questions are waiting for you.”")).to_be_visible()


def test_an_address_without_tls_says_that_it_is_that(browser, shared_server):
    # Loopback counts as safe; under a name it does not.
    plain = [*FLAGS, "--host-resolver-rules=MAP plain.example 127.0.0.1"]
    other = browser.browser_type.launch(executable_path=CHROMIUM, args=plain)
    page = other.new_context(**PHONE, base_url=f"http://plain.example:{shared_server.port}").new_page()
    page.goto("/today")
    page.evaluate(SEND, ["/quiz/whole", ANSWERS, {"Idempotency-Key": str(uuid.uuid4())}])

    page.goto(PAGE)

    assert not page.evaluate("isSecureContext")
    says(page, "a secure address that begins with https")
    other.close()


def test_the_browser_asks_when_the_button_is_tapped_and_not_before(whole_browser, shared_server):
    with opened(whole_browser, shared_server.url, ASKED, permissions=["notifications"]) as page:
        says(page, "Reminders are off.")
        assert page.evaluate("window.asked") == 0

        page.get_by_role("button", name=START).click()

        expect(page.get_by_role("status").filter(has_text="Your phone did not allow it yet.")).to_be_visible()
        assert page.evaluate("window.asked") == 1
        assert findings(page) == []


def test_a_push_service_that_never_answers_is_told_and_nothing_is_called_on(whole_browser, shared_server):
    silent = "PushManager.prototype.subscribe = () => new Promise(() => {})"
    with opened(whole_browser, shared_server.url, silent, permissions=["notifications"]) as page:
        page.clock.install()
        page.get_by_role("button", name=START).click()
        expect(page.get_by_role("status").filter(has_text="One moment …")).to_be_visible()

        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        page.clock.fast_forward(31_000)

        expect(page.get_by_role("status").filter(has_text="That did not work.")).to_be_visible()
        expect(page.get_by_role("button", name=START)).to_be_enabled()
        expect(page.get_by_text("They come to this phone.")).to_be_hidden()
        assert page.evaluate("localStorage.getItem('reminders')") is None
