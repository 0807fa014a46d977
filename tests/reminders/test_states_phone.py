"""The page of reminders on a phone, in each state that a browser can be in: what is so, and what to do about it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.site.main_pages import OURS, known_on
from tests.site.test_install_hint_phone import IPHONE
from tests.support.axe import findings
from tests.support.browser import PHONE, SAVES_DATA

pytestmark = pytest.mark.browser
PAGE = "/plan/reminders"
ANDROID = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36"
)
NO_PUSH = "delete window.PushManager"
ASKED = "window.asked = 0; Notification.requestPermission = async () => { window.asked += 1; return 'default'; }"
START = "Remind me on this phone"
# A phone of a push service that browsers have; nothing is sent to it here.
ELSEWHERE = {
    "endpoint": "https://fcm.googleapis.com/fcm/send/another-phone",
    "p256dh": "BP6KHG1Tffrz8tyhVS-s1znlbQ4L3eiaz-HyaMEz2zZSPGj55ydhCpCF0ZeBNGA7ENYG7MqoLkLAoerlnBy4NMg",
    "auth": "oVdYDw4PqpoSNFl-iWCLEQ",
}

# A push service that says yes, until a test says otherwise: how a subscription ends, and which address it has.
_KIND = """({ endpoint, p256dh, auth }) => {
  const held = () => JSON.parse(localStorage.getItem("held"));
  const made = ({ key, endpoint }) => ({
    endpoint,
    options: { applicationServerKey: Uint8Array.from(key).buffer },
    unsubscribe: async () => window.ending?.() ?? !localStorage.removeItem("held"),
    toJSON: () => ({ endpoint, keys: { p256dh, auth } }),
  });
  PushManager.prototype.getSubscription = async () => held() && made(held());
  PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
    const one = { key: [...applicationServerKey], endpoint: localStorage.getItem("address") || endpoint };
    localStorage.setItem("held", JSON.stringify(one));
    localStorage.setItem("asked", 1 + Number(localStorage.getItem("asked")));
    return made(one);
  };
}"""
KIND = f"({_KIND})({json.dumps(ELSEWHERE)})"
NO, NEVER = "Promise.reject(new Error('no'))", "new Promise(() => {})"


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
        (ANDROID, "App info", ("Settings", "Click the small icon")),
        (None, "Click the small icon", ("Settings", "App info")),
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
    # A browser keeps our key on loopback alone without TLS, and loopback counts as safe.
    plain = "Object.defineProperty(window, 'isSecureContext', { value: false })"
    with opened(browser, shared_server.url, plain) as page:
        says(page, "a secure address that begins with https")


def test_the_browser_asks_when_the_button_is_tapped_and_not_before(whole_browser, shared_server):
    with opened(whole_browser, shared_server.url, ASKED, permissions=["notifications"]) as page:
        says(page, "Reminders are off.")
        assert page.evaluate("window.asked") == 0

        page.get_by_role("button", name=START).click()

        expect(page.get_by_role("status").filter(has_text="Your phone did not allow it yet.")).to_be_visible()
        assert page.evaluate("window.asked") == 1
        assert findings(page) == []


def test_a_push_service_that_never_answers_is_told_and_nothing_is_called_on(whole_browser, shared_server):
    silent = "PushManager.prototype.subscribe = () => ((window.asked = true), new Promise(() => {}))"
    with opened(whole_browser, shared_server.url, silent, permissions=["notifications"]) as page:
        page.clock.install()
        page.get_by_role("button", name=START).click()
        expect(page.get_by_role("status").filter(has_text="One moment …")).to_be_visible()

        page.wait_for_function("() => window.asked")
        page.clock.fast_forward(31_000)

        expect(page.get_by_role("status").filter(has_text="That did not work.")).to_be_visible()
        expect(page.get_by_role("button", name=START)).to_be_enabled()
        expect(page.get_by_text("They come to this phone.")).to_be_hidden()
        assert page.evaluate("localStorage.getItem('reminders')") is None


@contextmanager
def turned_on(browser: Any, url: str) -> Iterator[Any]:
    with opened(browser, url, KIND, permissions=["notifications"]) as page:
        page.get_by_role("button", name=START).click()
        page.wait_for_url("**?done=subscribed")
        says(page, "They come to this phone.")
        yield page


@pytest.mark.parametrize("ending", [NO, NEVER])
def test_a_browser_that_will_not_forget_is_no_reason_to_go_on(whole_browser, shared_server, ending):
    with turned_on(whole_browser, shared_server.url) as page:
        page.evaluate(f"void (window.ending = () => {ending})")
        page.get_by_role("button", name="Stop on this phone").click()

        page.wait_for_url("**?done=stopped")
        says(page, "Reminders are off.")
        expect(page.locator(".reminders-phone[data-here]")).to_have_count(0)


def test_a_server_that_is_not_reached_is_no_reason_to_go_on(whole_browser, shared_server):
    with turned_on(whole_browser, shared_server.url) as page:
        page.context.set_offline(True)
        page.get_by_role("button", name="Stop on this phone").click()
        page.wait_for_function("() => !localStorage.getItem('reminders')")
        assert page.evaluate("localStorage.getItem('held')") is None


def test_nothing_is_called_off_where_neither_browser_nor_server_took_it(whole_browser, shared_server):
    with turned_on(whole_browser, shared_server.url) as page:
        page.evaluate(f"void (window.ending = () => {NO})")
        page.context.set_offline(True)
        page.get_by_role("button", name="Stop on this phone").click()

        expect(page.get_by_role("status").filter(has_text="That did not work.")).to_be_visible()
        says(page, "They come to this phone.")
        page.context.set_offline(False)
        page.get_by_role("button", name="Stop on this phone").click()
        page.wait_for_url("**?done=stopped")


def test_a_phone_is_cleared_although_a_push_service_is_silent(whole_browser, shared_server):
    with turned_on(whole_browser, shared_server.url) as page:
        page.goto("/me/clear")
        page.evaluate(f"void (window.ending = () => {NEVER})")
        page.locator("form[action='/me/clear'] .button.danger").click()

        expect(page.get_by_role("heading", name="This phone is clear")).to_be_visible()


def test_what_is_brought_back_says_so_and_is_not_tried_on_each_page_once_refused(whole_browser, shared_server):
    with turned_on(whole_browser, shared_server.url) as page:
        told: list[str] = []
        page.on("request", lambda one: one.url.endswith("/subscription") and told.append(one.post_data))
        page.evaluate("localStorage.setItem('address', 'https://push.example/x') ?? localStorage.removeItem('held')")

        page.goto("/today")
        page.wait_for_function("() => !localStorage.getItem('reminders')")
        page.goto("/plan")
        page.wait_for_load_state("networkidle")

        assert page.evaluate("localStorage.getItem('asked')") == "2", "once by the button, once since"
        assert ["again=1" in one for one in told] == [True]
        assert page.evaluate("localStorage.getItem('held')") is None


def test_on_another_phone_is_not_on_here_and_choices_can_be_made_all_the_same(whole_browser, shared_server):
    with opened(whole_browser, shared_server.url, permissions=["notifications"]) as page:
        kept = page.request.post(f"{PAGE}/subscription", form=ELSEWHERE, headers=OURS, max_redirects=0)
        assert kept.status == 303, kept.text()[:500]
        page.goto(PAGE)
        says(page, "Reminders are on, but not on this phone.")
        expect(page.get_by_role("button", name=START)).to_be_visible()
        expect(page.get_by_role("button", name="Send a test reminder")).to_be_hidden()
        assert findings(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]

        page.get_by_label("When a check-in is due").uncheck()
        page.locator("[name=quiet_from]").fill("22:30")
        page.locator("[name=quiet_to]").fill("")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("alert")).to_contain_text("leave both empty")
        expect(page.get_by_label("When a check-in is due")).not_to_be_checked()
        expect(page.locator("[name=quiet_from]")).to_have_value("22:30")
        assert page.locator("[name=quiet_to]").get_attribute("aria-invalid") == "true"

        page.locator("[name=quiet_to]").fill("07:00")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("status").filter(has_text="Saved.")).to_be_focused()
        expect(page.locator("[name=quiet_to]")).to_have_value("07:00")

        page.get_by_role("button", name="Turn off all reminders").click()
        expect(page.get_by_text("Reminders are off on every phone.")).to_be_visible()
        says(page, "Reminders are off.")


def test_what_the_server_does_not_send_to_is_said_in_its_words_and_nothing_is_on(whole_browser, shared_server):
    stranger = ELSEWHERE["p256dh"], ELSEWHERE["auth"]
    odd = """PushManager.prototype.subscribe = async () => ({ unsubscribe: async () => true, endpoint: "https://push.example/x",
      toJSON: () => ({ endpoint: "https://push.example/x", keys: { p256dh: "%s", auth: "%s" } }) })"""
    with opened(whole_browser, shared_server.url, odd % stranger, permissions=["notifications"]) as page:
        page.get_by_role("button", name=START).click()

        expect(page.get_by_role("status").filter(has_text="We do not send to this address.")).to_be_visible()
        says(page, "Reminders are off.")
        assert page.evaluate("localStorage.getItem('reminders')") is None


def test_the_plan_and_you_lead_there(browser, shared_server):
    with opened(browser, shared_server.url) as page:
        for start in ("/plan", "/me"):
            page.goto(start)
            assert page.locator(f'main a[href="{PAGE}"]').count() == 1, start
