"""A phone in one of three engines, driven alike: a page is opened, read, filled in and pressed, and the browser ended and begun again.

What is pressed is pressed by a script: whether a finger finds it is asked elsewhere.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Protocol

from tests.support.browser import CHROMIUM, FLAGS, PATIENCE, PHONE
from tests.support.firefox import firefox
from tests.support.modules import STARTED

ENGINES = ("chromium", "firefox", "webkitgtk")
_FOUND = "(async () => { const found = await (%s); return found instanceof Node ? true : found; })()"
_IN_ONE_ANSWER = "(async () => JSON.stringify((await (%s)) ?? null))()"


class Engine(Protocol):
    """`restarts`: whether it has a profile that outlives it."""

    restarts: bool

    def go(self, url: str) -> None: ...

    def run(self, expression: str) -> Any: ...

    def begin(self) -> None: ...

    def end(self) -> None: ...


class Drive:
    """One page of an engine, at the app of `url`."""

    def __init__(self, engine: Engine, url: str) -> None:
        self.engine = engine
        self.url = url
        engine.begin()

    @property
    def restarts(self) -> bool:
        return self.engine.restarts

    def open(self, path: str) -> None:
        self.engine.go(self.url + path)

    def begun(self) -> None:
        """The page's own scripts have come and begun."""
        self.evaluate(f"({STARTED})()")

    def text(self) -> str:
        return str(self.evaluate("document.body.innerText"))

    def heading(self) -> str:
        return str(self.evaluate("document.querySelector('h1')?.innerText.trim()"))

    def evaluate(self, expression: str, *given: Any) -> Any:
        """What an expression comes to, awaited. With something `given` it is a function of that."""
        called = f"({expression})({', '.join(json.dumps(one) for one in given)})" if given else expression
        return self.engine.run(called)

    def click(self, selector: str) -> None:
        self.until(f"document.querySelector({json.dumps(selector)})")
        self.evaluate(f"void document.querySelector({json.dumps(selector)}).click()")

    def fill(self, selector: str, text: str) -> None:
        """As typed: the page hears of it."""
        self.evaluate(
            """(selector, text) => {
              const field = document.querySelector(selector);
              field.value = text;
              for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
            }""",
            selector,
            text,
        )

    def until(self, expression: str) -> Any:
        """What it comes to, once that is something. A page may be on its way meanwhile, and its scripts with it."""
        last: Any = None
        patient = time.monotonic() + PATIENCE / 1000
        while time.monotonic() < patient:
            try:
                if last := self.evaluate(_FOUND % expression):
                    return last
            except Exception as fault:  # each engine has its own for a page that is being left
                last = fault
            time.sleep(0.1)
        raise AssertionError(f"{expression}: {last}")

    def restart(self) -> None:
        """The browser ends and begins again with all that it kept."""
        self.engine.end()
        self.engine.begin()

    def close(self) -> None:
        self.engine.end()


class _Chromium:
    restarts = True

    def __init__(self, kind: Any, profile: Path) -> None:
        self._kind, self._profile = kind, profile

    def begin(self) -> None:
        self.context = self._kind.launch_persistent_context(
            self._profile, executable_path=CHROMIUM, args=FLAGS, **PHONE
        )
        self._page = self.context.pages[0]

    def end(self) -> None:
        self.context.close()

    def go(self, url: str) -> None:
        self._page.goto(url)

    def run(self, expression: str) -> Any:
        return json.loads(self._page.evaluate(_IN_ONE_ANSWER % expression))


class _Firefox:
    restarts = True

    def __init__(self, profile: Path) -> None:
        self._profile = profile

    def begin(self) -> None:
        self._held = ExitStack()
        self._firefox = self._held.enter_context(firefox(self._profile, {}))

    def end(self) -> None:
        self._held.close()

    def go(self, url: str) -> None:
        self._firefox.go(url)

    def run(self, expression: str) -> Any:
        return self._firefox.run(f"(async () => (await ({expression})) ?? null)()")


class _WebKitGTK:
    # Its driver gives each session a profile of its own, and takes it away at the end.
    restarts = False

    def begin(self) -> None:
        # Selenium is loaded by those that need it.
        from tests.support.engines import webkitgtk

        self._held = ExitStack()
        self._driver = self._held.enter_context(webkitgtk())
        self._driver.set_script_timeout(PATIENCE / 1000)

    def end(self) -> None:
        self._held.close()

    def go(self, url: str) -> None:
        self._driver.get(url)

    def run(self, expression: str) -> Any:
        called = "const done = arguments[0]; (%s).then((told) => done([told]), (fault) => done([null, String(fault)]));"
        told, *faults = self._driver.execute_async_script(called % (_IN_ONE_ANSWER % expression))
        if faults:
            raise RuntimeError(faults[0])
        return json.loads(told)


@contextmanager
def driven(name: str, url: str, profile: Path, kind: Any) -> Iterator[Drive]:
    """`kind` is Playwright's of Chromium: it takes one driver a process, which the tests have."""
    made: dict[str, Any] = {
        "chromium": lambda: _Chromium(kind, profile),
        "firefox": lambda: _Firefox(profile),
        "webkitgtk": _WebKitGTK,
    }
    drive = Drive(made[name](), url)
    try:
        yield drive
    finally:
        drive.close()
