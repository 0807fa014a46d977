"""A browser that refuses to keep anything: every page works, and nothing fails unheard."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.browser import CHROMIUM, FLAGS, PHONE
from tests.support.server import Server

pytestmark = pytest.mark.browser

PAGES = (
    "/", "/read", "/read/ra-overview", "/evidence", "/studies", "/claims", "/glossary", "/search", "/emergency",
    "/quiz", "/quiz/whole", "/about", "/about/design", "/privacy", "/offline", "/offline/library", "/offline/backup", "/me",
    "/me/clear", "/list", "/plan", "/progress", "/resume", "/practice/sign-in", "/me/import",
)  # fmt: skip


@pytest.fixture
def refusing(browser: Any, shared_server: Server, tmp_path: Path) -> Iterator[Any]:
    """Chromium as a person sets it who blocks all cookies: with them go all other stores."""
    settings = tmp_path / "Default" / "Preferences"
    settings.parent.mkdir()
    settings.write_text(json.dumps({"profile": {"default_content_setting_values": {"cookies": 2}}}))
    context = browser.browser_type.launch_persistent_context(
        str(tmp_path), executable_path=CHROMIUM, args=FLAGS, base_url=shared_server.url, **PHONE
    )
    yield context.new_page()
    context.close()


def test_no_page_fails_unheard(refusing):
    faults: list[str] = []
    refusing.on("pageerror", lambda fault: faults.append(f"{refusing.url}: {fault}"))
    refusing.goto("/")
    assert (
        refusing.evaluate("(() => { try { return localStorage.length; } catch { return 'refused'; } })()") == "refused"
    )

    for path in PAGES:
        refusing.goto(path)
        refusing.wait_for_load_state("networkidle")
        refusing.wait_for_timeout(700)

    assert faults == []


def test_search_and_the_length_of_a_page_work_all_the_same(refusing):
    faults: list[str] = []
    refusing.on("pageerror", lambda fault: faults.append(str(fault)))
    refusing.goto("/search")
    refusing.get_by_label("What are you looking for?").fill("methotrexate")
    refusing.keyboard.press("Enter")
    refusing.get_by_text("results, best first").or_(refusing.get_by_text("Here are the best")).wait_for()
    refusing.goto("/read/ra-overview")
    refusing.wait_for_timeout(700)
    refusing.locator("#length input").first.check(force=True)

    # Chromium tells of a page change that it did not animate; that is no fault of a script.
    assert [fault for fault in faults if "Transition" not in fault] == []
