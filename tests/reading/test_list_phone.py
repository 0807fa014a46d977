"""The reading list on a phone: one press a card, the rest behind a menu, and every press can be undone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.modules import started

pytestmark = pytest.mark.browser
FOCUS = "(document.activeElement.id || document.activeElement.closest('li')?.id || document.activeElement.tagName)"
MENU = "Pin to the top", "Hide", "Move up", "Move down"


@pytest.fixture
def listed(phone: Any) -> Any:
    phone.goto("/list")
    started(phone)
    return phone


def entries(page: Any) -> list[str]:
    return list(page.locator("#f-action .reading-entry").evaluate_all("(all) => all.map((one) => one.id)"))


def test_a_card_has_one_press_and_a_menu_and_what_is_shown_is_no_control_panel(listed):
    page = listed
    assert page.locator(".reading-press:visible").count() == 3
    entry = page.locator(".reading-entry").nth(1)
    entry.locator("summary").click()

    shown = entry.locator(".reading-menu-row button:visible").all_inner_texts()

    assert tuple(shown) == MENU
    sizes = page.evaluate(
        "[...document.querySelectorAll('.reading-entry :is(button, summary)')].filter((one) => one.checkVisibility())"
        ".map((one) => one.getBoundingClientRect()).map(({ width, height }) => Math.min(width, height))"
    )
    assert min(sizes) >= 44
    page.keyboard.press("Escape")
    assert not entry.locator(".reading-menu-row").is_visible()
    assert "more-" in page.evaluate(FOCUS)


def test_read_then_undo_keeps_the_place_and_the_focus(listed):
    page = listed
    before = entries(page)
    page.locator(f"#{before[1]}").get_by_role("button", name="Mark as read").press("Enter")
    page.get_by_text("Marked as read").wait_for()
    page.wait_for_function(f"() => {FOCUS} === {before[2]!r}")
    assert entries(page) == [one for one in before if one != before[1]]

    page.get_by_role("button", name="Undo").press("Enter")
    page.get_by_text("Undone.").wait_for()

    page.wait_for_function(f"() => {FOCUS} === {before[1]!r}")
    assert entries(page) == before


def test_what_was_open_stays_open_and_a_menu_button_keeps_the_focus(listed):
    page = listed
    page.locator("#more-to-read > summary").click()
    entry = page.locator(f"#{entries(page)[5]}")
    entry.locator("summary").click()
    pin = entry.get_by_role("button", name="Pin to the top")
    pin.press("Enter")
    page.get_by_text("Now at the top").wait_for()
    page.wait_for_function(f"() => {FOCUS}.startsWith('pin-')")

    assert entry.get_by_role("button", name="Pin to the top", pressed=True).is_visible()
    assert page.locator("#more-to-read").get_attribute("open") is not None


def test_without_a_script_a_press_is_said_and_undone(phone_without_js):
    page = phone_without_js
    page.goto("/list")
    before = entries(page)
    page.locator(f"#{before[0]}").get_by_role("button", name="Mark as read").click()
    page.get_by_role("status").get_by_text("Marked as read").wait_for()
    assert page.evaluate("document.activeElement.id") == "reading-done"

    page.get_by_role("button", name="Undo").click()

    page.get_by_text("Undone.").wait_for()
    assert entries(page) == before
