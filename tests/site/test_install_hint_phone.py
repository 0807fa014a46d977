"""The hint about the home screen: by kind of browser, once, and never again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.browser import PHONE, SAVES_DATA
from tests.support.modules import started

pytestmark = pytest.mark.browser
# The page that shows every component stands for a summary.
PAGE = "/about/design"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.5 Mobile/15E148 Safari/604.1"
)
OFFERED = (
    "() => { const event = new Event('beforeinstallprompt', { cancelable: true });"
    " event.prompt = () => (window.prompted = true); dispatchEvent(event); return event.defaultPrevented; }"
)


@pytest.fixture
def iphone(browser: Any, shared_server: Any) -> Iterator[Any]:
    context = browser.new_context(**PHONE | {"user_agent": IPHONE}, base_url=shared_server.url)
    context.add_init_script(SAVES_DATA)
    yield context.new_page()
    context.close()


def test_an_iphone_is_shown_how_once_and_never_again_after_no(iphone: Any) -> None:
    iphone.goto(PAGE)
    iphone.locator(".install-hint").get_by_text("Tap “Add to Home Screen”").wait_for()
    assert iphone.locator(".install-hint ol svg").count() == 2

    iphone.get_by_role("button", name="No, thanks").click()

    assert not iphone.locator(".install-hint").is_visible()
    iphone.goto(PAGE)
    started(iphone)
    iphone.wait_for_load_state("networkidle")
    assert not iphone.locator(".install-hint").is_visible()


def test_a_browser_that_can_offers_a_button(phone: Any) -> None:
    phone.goto(PAGE)
    started(phone)
    phone.wait_for_load_state("networkidle")
    assert not phone.locator(".install-hint").is_visible(), "a browser without a way says nothing"

    assert phone.evaluate(OFFERED)
    phone.get_by_role("button", name="Add to home screen").click()

    assert phone.evaluate("window.prompted")
    assert not phone.locator(".install-hint").is_visible()


def test_without_a_script_nothing_is_said(phone_without_js: Any) -> None:
    phone_without_js.goto(PAGE)

    assert not phone_without_js.locator(".install-hint").is_visible()
