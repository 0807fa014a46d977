"""Firefox with preferences of our own, driven by WebDriver BiDi over its own socket.

Playwright's Firefox takes no preferences of a profile, and nothing else here can press what Firefox itself shows outside of
the page: for that a script runs in the browser's own window.
"""

from __future__ import annotations

import itertools
import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import websocket

FIREFOX = os.environ.get("FIREFOX", "/usr/bin/firefox-esr")
IS_THERE = shutil.which(FIREFOX) is not None
_QUIET = {
    "app.update.auto": False, "browser.aboutwelcome.enabled": False, "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False, "toolkit.telemetry.enabled": False,
    "browser.startup.homepage_override.mstone": "ignore", "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False, "browser.safebrowsing.downloads.enabled": False,
    "services.settings.server": "http://127.0.0.1:9/", "extensions.getAddons.cache.enabled": False,
    "browser.translations.enable": False, "app.normandy.enabled": False, "network.trr.mode": 5,
    "network.dns.disableIPv6": True, "browser.startup.page": 0, "browser.newtabpage.enabled": False,
    "dom.ipc.processPrelaunch.enabled": False, "media.gmp-manager.updateEnabled": False,
    "extensions.systemAddon.update.enabled": False, "gfx.webrender.software": True,
}  # fmt: skip


class FirefoxFault(Exception):
    pass


class Firefox:
    def __init__(self, socket: Any) -> None:
        self._socket = socket
        self._ids = itertools.count(1)

    def ask(self, method: str, **params: Any) -> Any:
        id = next(self._ids)
        self._socket.send(json.dumps({"id": id, "method": method, "params": params}))
        while True:
            told = json.loads(self._socket.recv())
            if told.get("id") != id:
                continue
            if told["type"] == "error":
                raise FirefoxFault(f"{method}: {told['error']}: {told['message']}")
            return told["result"]

    def pages(self, **more: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.ask("browsingContext.getTree", **more)["contexts"]
        return found

    def go(self, url: str, page: str | None = None, *, wait: str = "complete") -> None:
        self.ask("browsingContext.navigate", context=page or self.pages()[0]["context"], url=url, wait=wait)

    def run(self, script: str, page: str | None = None) -> Any:
        """What an expression gives, awaited, as JSON; as if the person had just tapped."""
        context = page or self.pages()[0]["context"]
        return self._run(f"(async () => JSON.stringify(await ({script})) ?? 'null')()", context)

    def run_in_browser(self, script: str) -> Any:
        """The same in the window of the browser itself, which may do anything."""
        context = self.pages(**{"moz:scope": "chrome"})[0]["context"]
        return self._run(f"(async () => JSON.stringify(await ({script})) ?? 'null')()", context)

    def wait_for(self, script: str, seconds: float = 20) -> Any:
        """Until it gives something; a page may be on its way meanwhile."""
        until = time.monotonic() + seconds
        last: Any = None
        while time.monotonic() < until:
            try:
                if last := self.run(script):
                    return last
            except FirefoxFault as fault:
                last = fault
            time.sleep(0.1)
        raise AssertionError(f"{script}: {last}")

    def _run(self, expression: str, context: str) -> Any:
        told = self.ask(
            "script.evaluate",
            expression=expression,
            target={"context": context},
            awaitPromise=True,
            userActivation=True,
        )
        if told["type"] == "exception":
            raise FirefoxFault(told["exceptionDetails"]["text"])
        return json.loads(told["result"]["value"])


@contextmanager
def firefox(profile: Path, preferences: Mapping[str, object]) -> Iterator[Firefox]:
    profile.mkdir(exist_ok=True)
    lines = (
        f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in {**_QUIET, **preferences}.items()
    )
    (profile / "user.js").write_text("\n".join(lines))
    command = [
        FIREFOX, "--headless", "--no-remote", "--remote-allow-system-access", "--profile", str(profile),
        "--remote-debugging-port", "0",
    ]  # fmt: skip
    log = profile / "firefox.log"
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=log.open("wb"))
    try:
        socket = websocket.create_connection(f"{_address(process, log)}/session", timeout=60, suppress_origin=True)
        made = Firefox(socket)
        made.ask("session.new", capabilities={})
        yield made
        socket.close()
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(5)


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        if found := re.search(r"WebDriver BiDi listening on (ws://\S+)", log.read_text(errors="replace")):
            return found[1]
        time.sleep(0.05)
    raise RuntimeError(log.read_text(errors="replace")[-2000:])
