"""The library's page asks for one's own next pages only on a phone on which somebody has pages of their own."""

from __future__ import annotations

from typing import Any

import pytest

from tests.planner.test_phone import told_us

pytestmark = pytest.mark.browser
STARTED = "() => document.querySelector('[data-module~=reading-for-you]').dataset.started"


@pytest.fixture
def asked(phone: Any) -> list[str]:
    found: list[str] = []
    phone.on("request", lambda request: found.append(request.url) if request.url.endswith("/list/for-you") else None)
    return found


def settle(page: Any, path: str) -> None:
    page.goto(path)
    page.wait_for_load_state("networkidle")


def test_somebody_new_asks_for_nothing(phone: Any, asked: list[str]):
    settle(phone, "/read")
    phone.wait_for_function(STARTED)

    assert asked == []
    assert phone.get_by_role("heading", name="Start here").is_visible()


def test_after_a_page_of_ones_own_the_next_ones_come_until_all_is_deleted(
    phone: Any, asked: list[str], shared_server: Any
):
    told_us(phone, shared_server.url)
    settle(phone, "/check-in")
    settle(phone, "/read")
    phone.get_by_role("heading", name="For you").wait_for()
    assert len(asked) == 1

    settle(phone, "/me/delete")
    phone.wait_for_function("() => document.querySelector('main form').dataset.started")
    phone.get_by_role("button", name="Yes, delete everything").click()
    phone.wait_for_function("() => localStorage.length === 0")
    settle(phone, "/read")
    assert len(asked) == 1
