"""Chromium with all cookies blocked, and under a name without https: Start says so on the page, and keeps nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from acupwa.db.engine import make_engine
from acupwa.person.store import PersonRow
from tests.support.browser import CHROMIUM, FLAGS, PHONE, phone_page
from tests.support.server import Server

pytestmark = pytest.mark.browser
BLOCKED = {"profile": {"default_content_setting_values": {"cookies": 2}}}


def people(server: Server) -> int:
    engine = make_engine(f"sqlite:///{server.folder / 'var' / 'acupwa.sqlite3'}")
    with engine.connect() as connection:
        count = connection.scalar(select(func.count()).select_from(PersonRow))
    engine.dispose()
    return int(count or 0)


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def without_cookies(browser: Any, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    """A browser that blocks all cookies, as its own settings page does it."""
    (tmp_path / "profile" / "Default").mkdir(parents=True)
    (tmp_path / "profile" / "Default" / "Preferences").write_text(json.dumps(BLOCKED))
    context = browser.browser_type.launch_persistent_context(
        tmp_path / "profile", executable_path=CHROMIUM, args=FLAGS, java_script_enabled=request.param, **PHONE
    )
    yield context.new_page()
    context.close()


def test_with_cookies_blocked_start_says_so_and_keeps_nothing(without_cookies, shared_server):
    before = people(shared_server)
    for _ in range(2):
        without_cookies.goto(f"{shared_server.url}/quiz")
        without_cookies.get_by_role("button", name="Agree and start").click()

        without_cookies.get_by_role("heading", name="This browser does not accept cookies").wait_for()
    without_cookies.get_by_role("link", name="All pages").click()
    without_cookies.wait_for_url(f"{shared_server.url}/read")
    assert people(shared_server) == before


def test_under_a_name_without_https_start_says_so_and_keeps_nothing(browser, shared_server, tmp_path):
    before = people(shared_server)
    flags = [*FLAGS, "--host-resolver-rules=MAP acupwa.lan 127.0.0.1"]
    context = browser.browser_type.launch_persistent_context(
        tmp_path / "profile", executable_path=CHROMIUM, args=flags, **PHONE
    )
    page = context.new_page()
    page.goto(f"http://acupwa.lan:{shared_server.port}/quiz")
    page.get_by_role("button", name="Agree and start").click()

    page.get_by_role("heading", name="This browser does not accept cookies").wait_for()
    assert "https://" in page.inner_text("main")
    context.close()
    assert people(shared_server) == before


@pytest.mark.parametrize("scripts", [True, False])
def test_with_cookies_two_quick_presses_begin_one_check_in(browser, shared_server, scripts):
    before = people(shared_server)
    with phone_page(browser, shared_server.url, scripts=scripts) as page:
        page.goto("/quiz")
        page.get_by_role("button", name="Agree and start").dblclick()
        # The second press ends the first one's way there, and waiting for an address would report just that.
        expect(page).to_have_url(re.compile("/right-now$"))

        assert len(page.request.get("/me/export.json").json()["check_ins"]) == 1
    assert people(shared_server) == before + 1
