"""The three engines that phones have: Chromium, Firefox and WebKit, each as Debian has it.

Playwright drives the first two; WebKitGTK speaks WebDriver alone, and needs a display, which Xvfb is.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import sync_playwright
from selenium import webdriver
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

from tests.support.browser import CHROMIUM

ENGINES = ("chromium", "firefox", "webkitgtk")
_FIREFOX = os.environ.get("FIREFOX", "/usr/bin/firefox-esr")
_MINIBROWSER = os.environ.get("MINIBROWSER", "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser")
Evaluate = Callable[[str, Any], Any]


def evaluate(engine: str, function: str, given: Any) -> Any:
    """What a function of JavaScript gives for `given` on an empty page of this engine."""
    # A thread of its own: Playwright takes one driver a thread, and a session of tests has one already.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(_evaluated, engine, function, given).result()


def _evaluated(engine: str, function: str, given: Any) -> Any:
    with _webkitgtk() if engine == "webkitgtk" else _playwright(engine) as page:
        return page(function, given)


@contextmanager
def _playwright(engine: str) -> Iterator[Evaluate]:
    with sync_playwright() as drivers:
        if engine == "firefox":
            browser = drivers.firefox.launch(channel="moz-firefox", executable_path=_FIREFOX)
        else:
            browser = drivers.chromium.launch(executable_path=CHROMIUM)
        page = browser.new_page()
        yield page.evaluate
        browser.close()


@contextmanager
def _webkitgtk() -> Iterator[Evaluate]:
    with webkitgtk() as driver:
        driver.get("about:blank")
        yield lambda function, given: driver.execute_script(f"return ({function})(arguments[0])", given)


@contextmanager
def webkitgtk() -> Iterator[webdriver.WebKitGTK]:
    """MiniBrowser with a profile that lasts as long as it runs: no other is to be had by WebDriver."""
    with _display() as display:
        options = Options()
        options.binary_location = _MINIBROWSER
        options.add_argument("--automation")
        service = Service(shutil.which("WebKitWebDriver"), env={**os.environ, "DISPLAY": display})
        with warnings.catch_warnings():
            # Selenium builds its own connection in a way that it calls deprecated.
            warnings.simplefilter("ignore", DeprecationWarning)
            driver = webdriver.WebKitGTK(options=options, service=service)
        try:
            yield driver
        finally:
            driver.quit()


@contextmanager
def _display() -> Iterator[str]:
    """A display of its own: the number that Xvfb found free."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as said:
            yield f":{said.readline().strip()}"
    finally:
        server.terminate()
        server.wait(10)
