"""`python -m tools.flows`: how far five requests go through the code: calls, functions, files, and switches between files.

Counted with `sys.setprofile`, over the named functions of `acupwa`: no lambdas and comprehensions, a generator once, and
not the look-up of sentences (`wording.py`, `sentences.py`, `web/templates.py`), which says how many words a page has. A
switch is a call into another file than the call before. Each flow is run once before, so that what is made once is not
counted.
"""

import asyncio
import os
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple
from uuid import uuid4

from tests.support.client import Client, running_loop
from tests.support.clock import Clock
from tests.support.database import KEY, migrate
from tests.support.people import RA, answer_quiz, on_screen, plan_fields
from tests.support.practitioners import KEYS, asked, give, opened, signed_in

import acupwa
from acupwa.app import create_app
from acupwa.library.load import load_library
from acupwa.settings import read_settings

SRC = f"{Path(acupwa.__file__).parent}{os.sep}"
SENTENCES = tuple(f"{SRC}{name}" for name in ("wording.py", "sentences.py", f"web{os.sep}templates.py"))
_BEGUN = 4  # a frame that goes on after a `yield` stands further on


class Way(NamedTuple):
    calls: int
    functions: int
    files: int
    switches: int


class Counter:
    """What of our code runs while it is on, in the thread of the event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._seen: list[tuple[str, str, int]] = []

    def __call__(self, flow: Callable[[], Any]) -> Way:
        self._seen.clear()
        self._set(self._note)
        flow()
        self._set(None)
        files = [file for file, _, _ in self._seen]
        switches = sum(one != other for one, other in pairwise(files))
        return Way(len(self._seen), len(set(self._seen)), len(set(files)), switches)

    def _set(self, profile: Any) -> None:
        """Threads that are started meanwhile are watched too."""
        done = threading.Event()
        threading.setprofile(profile)
        self._loop.call_soon_threadsafe(lambda: (sys.setprofile(profile), done.set()))
        done.wait(10)

    def _note(self, frame: FrameType, event: str, _argument: Any) -> None:
        code = frame.f_code
        begins = event == "call" and frame.f_lasti <= _BEGUN and not code.co_name.startswith("<")
        if begins and code.co_filename.startswith(SRC) and code.co_filename not in SENTENCES:
            self._seen.append((code.co_filename, code.co_qualname, code.co_firstlineno))


@contextmanager
def clients() -> Iterator[tuple[Client, Counter]]:
    library = load_library()
    with tempfile.TemporaryDirectory() as name, running_loop() as loop:
        folder = Path(name)
        settings = read_settings({"ACUPWA_SECRET_KEYS": KEY, "ACUPWA_DATA_DIR": name}, folder=folder)
        migrate(settings.database_url)
        app = create_app(settings, library=library, clock=Clock())
        yield Client(app, loop), Counter(loop)
        app.inner.state.work.close()


def main() -> int:
    print(f"{'flow':28} {'calls':>6} {'functions':>10} {'files':>6} {'switches':>9}")
    with clients() as (client, count):
        for name, way in measured(client, count):
            print(f"{name:28} {way.calls:6} {way.functions:10} {way.files:6} {way.switches:9}")
    return 0


def measured(client: Client, count: Counter) -> Iterator[tuple[str, Way]]:
    for flow in (quiz_answer, result, plan, share, inbox):
        flow(client.another(), lambda step: step())
        yield flow.__doc__ or "", flow(client.another(), count)


def quiz_answer(client: Client, count: Callable[[Callable[[], Any]], Any]) -> Any:
    """quiz answer saved"""
    place = client.post("/quiz", {"start": "1"}).headers["location"].rpartition("/")[0]
    for screen in ("right-now", "about-you", "lately"):
        client.post(f"{place}/{screen}", on_screen(screen, RA))
    return count(lambda: client.post(f"{place}/ratings", on_screen("ratings", RA)))


def result(client: Client, count: Callable[[Callable[[], Any]], Any]) -> Any:
    """result shown"""
    address = answer_quiz(client, RA).headers["location"]
    return count(lambda: client.get(address))


def plan(client: Client, count: Callable[[Callable[[], Any]], Any]) -> Any:
    """plan request to sessions"""
    answer_quiz(client, RA)
    return count(lambda: client.post("/plan", plan_fields(do="show")))


def share(client: Client, count: Callable[[Callable[[], Any]], Any]) -> Any:
    """share made"""
    preview = asked(client, signed_in(client, f"{uuid4()}@example.org"))
    page = client.get(preview).text
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    return count(lambda: client.post(preview, {"item": KEYS.findall(page), "seen": seen}))


def inbox(client: Client, count: Callable[[Callable[[], Any]], Any]) -> Any:
    """inbox page of a share"""
    practitioner = signed_in(client, f"{uuid4()}@example.org")
    give(client, asked(client, practitioner))
    address = opened(practitioner)
    return count(lambda: practitioner.get(address))


if __name__ == "__main__":
    sys.exit(main())
