"""Chromium, and a phone in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.support.server import Server

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
    "locale": "en-GB",
    "timezone_id": "Europe/London",
}
# With it the worker takes what a page needs, and not the whole library in the background: minutes, over all stories.
SAVES_DATA = "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })"
# What Playwright waits for a page is what its `expect` waits, too: a machine with much to do is given time.
PATIENCE = 30_000
# Whether a worker answers for the page, once there is one; no longer than five seconds.
_CONTROLLED = """Promise.race([
  navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null),
  new Promise((done) => setTimeout(done, 5000, false)),
])"""
# All of it: what reads a profile's preferences, or asks whether the app can be installed.
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
# The same without its windows, where it is there, takes a third less of the processor's time for all that is on a page.
PAGES = os.environ.get("CHROMIUM") or shutil.which("chromium-headless-shell") or CHROMIUM
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # One of our own (`certificate.py`): a worker may come by no other.
    "--ignore-certificate-errors",
]


@contextmanager
def launched_browser() -> Iterator[Any]:
    # Most runs need no browser: its driver is imported by those that do.
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=PAGES, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def phone_page(browser: Any, address: str, *, scripts: bool = True, zone: str = PHONE["timezone_id"]) -> Iterator[Any]:
    """A page on a phone whose clocks are those of `zone`; relative addresses go to `address`."""
    context = browser.new_context(**PHONE | {"timezone_id": zone}, base_url=address, java_script_enabled=scripts)
    if scripts:
        context.add_init_script(SAVES_DATA)
    yield context.new_page()
    context.close()


def until(page: Any, holds: Callable[[], bool], milliseconds: int = PATIENCE) -> None:
    """What no page can be waited for by itself, such as what arrives at the server."""
    for _ in range(milliseconds // 50):
        if holds():
            return
        page.wait_for_timeout(50)
    raise AssertionError("it did not come to that")


def have_worker(page: Any) -> None:
    """A worker answers for the page, which is loaded again where it came before its worker did."""
    for _ in range(4):
        if page.evaluate(_CONTROLLED):
            return
        page.reload()
    raise AssertionError(f"{page.url}: no worker")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    with launched_browser() as browser:
        yield browser


@pytest.fixture(scope="session")
def whole_browser(browser: Any) -> Iterator[Any]:
    """With all that the other one lacks: it lets a page be allowed to notify, and outlives a push."""
    made = browser.browser_type.launch(executable_path=CHROMIUM, args=FLAGS)
    yield made
    made.close()


@pytest.fixture
def phone(browser: Any, shared_server: Server) -> Iterator[Any]:
    with phone_page(browser, shared_server.url) as page:
        yield page


@pytest.fixture
def phone_without_js(browser: Any, shared_server: Server) -> Iterator[Any]:
    with phone_page(browser, shared_server.url, scripts=False) as page:
        yield page
