"""How far a page was read: kept on this phone by a hash, offered, and never jumped to."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.modules import started

pytestmark = pytest.mark.browser
PAGE = "/read/what-to-expect"
KEPT = "localStorage.getItem('reading-places')"


def read_down(page: Any) -> None:
    page.goto(PAGE)
    started(page)
    page.wait_for_load_state("networkidle")
    page.locator(".reading-text > div").nth(3).evaluate("(one) => one.scrollIntoView()")
    page.wait_for_function("() => scrollY > innerHeight / 2")


def test_the_place_is_kept_as_a_number_under_a_hash_and_offered(phone: Any) -> None:
    read_down(phone)
    before = phone.evaluate("scrollY")
    phone.goto("/read")
    kept = json.loads(phone.evaluate(KEPT))
    assert [len(mark) for mark in kept] == [12]
    assert all(isinstance(at, int) for at in kept.values())

    phone.goto(PAGE)
    carry_on = phone.get_by_role("button", name="Carry on where you stopped")
    carry_on.wait_for()
    assert phone.evaluate("scrollY") == 0, "nothing jumps by itself"
    carry_on.click()

    phone.wait_for_function(f"() => Math.abs(scrollY - {before}) < 200")
    assert phone.evaluate("document.activeElement.closest('.reading-text') !== null")
    assert not carry_on.is_visible()


def test_a_link_to_a_place_in_the_page_is_followed_and_nothing_else_offered(phone: Any) -> None:
    read_down(phone)
    phone.goto("/read")
    phone.goto(f"{PAGE}#sources")
    started(phone)
    phone.wait_for_load_state("networkidle")

    assert phone.get_by_role("button", name="Carry on where you stopped").count() == 0


def test_closing_it_forgets_the_place(phone: Any) -> None:
    read_down(phone)
    phone.goto("/read")
    phone.goto(PAGE)
    phone.locator(".reading-carry-on").get_by_role("button", name="Close").click()

    assert phone.evaluate(KEPT) is None
