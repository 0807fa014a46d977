"""One phone on a network that changes at random, from a seed: whatever was answered is on the server once, or seen on the phone.

Acts: a check-in is answered (put into the queue by the page's own modules), a mark of the list is pressed, what waits is sent, a
page is opened, all pages are closed and one opened anew, the browser ends and begins again. Between them the network is another.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from typing import Any

from acupwa.db.tokens import hash_token
from tests.offline.three_engines import ADD, BEGIN_TO_SEND, KEPT, QUEUE
from tests.support.browser import CHROMIUM, FLAGS, PATIENCE, PHONE, SAVES_DATA, have_worker
from tests.support.modules import started
from tests.support.people import RA
from tests.support.server import Server
from tests.support.stand_in import BROKEN_OFF, GONE, UNHEARD, UNTOLD, StandIn

APP = "the app"
NETWORKS = (
    APP, APP, GONE, "silence", BROKEN_OFF, UNHEARD, UNTOLD, UNTOLD, "502 of a proxy", "500 of ours", "a portal's page",
    "ours, stalled",
)  # fmt: skip
ACTS = ("answer", "answer", "answer", "mark", "send", "open", "reopen", "restart")
SLUGS = ("ra-overview", "safety-in-numbers", "what-it-costs", "your-first-visit")
MARKS = ("read", "unread", "hide", "show", "pin")
MARK = """async ([slug, action, words]) => {
  const { add } = await import("/static/js/queue.js");
  const { personHere } = await import("/static/js/phone-store.js");
  const record = { kind: "press", what: words, path: `/list/${slug}`, fields: [["action", action]], lines: [[words, action]] };
  return (await add({ ...record, person: await personHere(), seen: "any" })).id;
}"""
# With none on its way.
RECORDS = f'{QUEUE}.then(({{ records }}) => navigator.locks.request("queue", records))'
# What nobody had answered when it was answered may wait for a word of whoever is here.
NOTHING_WAITS = f"""{QUEUE}.then(async ({{ records, sendAll }}) => {{
  await sendAll();
  return (await records()).every(({{ state, person }}) => person === "" || !["waiting", "sending"].includes(state));
}})"""


class Run:
    """One phone, and what it did. `many` are the acts; with `restarts` the browser has a profile, and begins again."""

    def __init__(self, seed: int, browser: Any, url: str, turn: Callable[[str], None], profile: Path | None) -> None:
        self.random = Random(seed)
        self.told: list[str] = []
        self.answered: dict[str, str] = {}
        self.pressed: dict[str, str] = {}
        self._seed, self._browser, self._url, self._turn, self._profile = seed, browser, url, turn, profile
        self._begin()

    def _begin(self) -> None:
        options = {**PHONE, "base_url": self._url}
        if self._profile:
            found = self._browser.browser_type.launch_persistent_context(
                self._profile, executable_path=CHROMIUM, args=FLAGS, **options
            )
        else:
            found = self._browser.new_context(**options)
        found.add_init_script(SAVES_DATA)
        self.context, self.page = found, found.new_page()

    def visit(self) -> None:
        """Somebody with a check-in of before, or nobody yet."""
        self.page.goto("/offline/unsent")
        have_worker(self.page)
        started(self.page)
        if self.random.random() < 0.7:
            self.answer()
            self.page.evaluate(NOTHING_WAITS)
            self.page.goto("/today")
            self.open()

    def live(self) -> None:
        for _ in range(self.random.randint(6, 10)):
            if self.random.random() < 0.6:
                self.change(self.random.choice(NETWORKS))
            act = self.random.choice(ACTS if self._profile else ACTS[:-1])
            self.told.append(act)
            getattr(self, act)()
            # What was begun may be under way when the network changes next.
            self.page.wait_for_timeout(self.random.choice((0, 0, 20, 100, 300)))

    def change(self, network: str) -> None:
        self.told.append(f"[{network}]")
        self._turn(network)

    def answer(self) -> None:
        words = f"seed {self._seed}, number {len(self.answered)}"
        self.answered[self.page.evaluate(_two(ADD), [RA | {"problem_words": words}, words])] = words
        self.send()

    def mark(self) -> None:
        slug, action = self.random.choice(SLUGS), self.random.choice(MARKS)
        words = f"seed {self._seed}, press {len(self.pressed)}"
        self.pressed[self.page.evaluate(MARK, [slug, action, words])] = words
        self.send()

    def send(self) -> None:
        self.page.evaluate(BEGIN_TO_SEND)

    def open(self) -> None:
        self.page.goto("/emergency", wait_until="commit")
        started(self.page)

    def reopen(self) -> None:
        self.page.close()
        self.page = self.context.new_page()
        self.open()

    def restart(self) -> None:
        self.context.close()
        self._begin()
        self.open()

    def end(self) -> list[dict[str, Any]]:
        """The network is up for good: what is on the phone then."""
        self.change(APP)
        self.open()
        for _ in range(PATIENCE // 100):
            if self.page.evaluate(NOTHING_WAITS):
                break
            self.page.wait_for_timeout(100)
        found: list[dict[str, Any]] = self.page.evaluate(RECORDS)
        return found

    def seen_on_phone(self) -> str:
        self.page.goto("/offline/unsent")
        started(self.page)
        self.page.locator("[data-records] > li").first.wait_for()
        return str(self.page.locator("main").text_content())

    def close(self) -> None:
        self.context.close()


def check(run: Run, database: Path) -> None:
    """Each is on the server once, or still on the phone and seen there. Of a check-in that is there the words are right, too."""
    records = {one["id"]: one for one in run.end()}
    there = on_server(database)
    shown = run.seen_on_phone() if records else ""
    for id, words in {**run.answered, **run.pressed}.items():
        times = there[id] if id in run.answered else there[hash_token(id).hex()]
        state = records[id]["state"] if id in records else "gone"
        is_seen = state in ("waiting", "refused", "conflict") and words in shown
        assert (times, state) == (1, "sent") or (times == 0 and is_seen), (
            f"{words}: {times} times on the server, {state}"
        )
    mine = Counter(run.page.evaluate(KEPT)) if any(there[id] for id in run.answered) else Counter()
    assert mine == Counter(words for id, words in run.answered.items() if there[id]), mine


def on_server(database: Path) -> Counter[str]:
    """How often each key stands there."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        sent_in = "select idempotency_key from check_in where idempotency_key is not null"
        keys = [key for (key,) in connection.execute(sent_in)]
        keys += [key for (key,) in connection.execute("select hex(key_hash) from queued_press")]
    return Counter(key if len(key) < 40 else key.lower() for key in keys)


def _two(function: str) -> str:
    """Playwright hands over one value."""
    return f"([first, second]) => ({function})(first, second)"


@contextmanager
def running(seed: int, browser: Any, url: str, turn: Callable[[str], None], folder: Path) -> Iterator[Run]:
    """Every tenth phone has a profile, and begins again. A failure says how it came to it."""
    run = Run(seed, browser, url, turn, folder / f"phone-{seed}" if seed % 10 == 0 else None)
    try:
        yield run
    except Exception as fault:
        raise AssertionError(f"seed {seed}: {' · '.join(run.told)}: {fault}") from fault
    finally:
        turn(APP)
        run.close()


def try_seed(seed: int, browser: Any, server: Server, between: StandIn, turn: Callable[[str], None]) -> None:
    between.random = Random(seed)
    with running(seed, browser, between.url, turn, server.folder) as run:
        run.visit()
        run.live()
        check(run, server.folder / "var" / "acupwa.sqlite3")
