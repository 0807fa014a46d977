"""`python -m tools.warm_pages [rounds]`: how soon a saved page of the library stands there, in a Chromium that has the worker.

Medians in milliseconds from the press on: the worker's answer begun, the whole page read, the page itself ready
(`DOMContentLoaded`), its first paint; in turn with the same pages out of the browser's own cache, without a worker, which is
what the browser itself takes. Beside them what the offline set weighs. Other work on the machine makes all of it slower.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.support.browser import PHONE, launched_browser
from tests.support.offline_sizes import MOST_SET, MOST_WORKER, set_size, worker_size
from tests.support.server import Server

LIMIT = 50
TOLD = ("answer begun", "answer whole", "ready", "painted")
# Pages that are saved ahead; each time from another one than that which opens.
PAGES = ("/read/ra-overview", "/read/safety-in-numbers", "/read/lupus-overview", "/read/ms-overview")
SAVED = """async () => {
  const registration = await navigator.serviceWorker.ready;
  return new Promise((done) => {
    navigator.serviceWorker.addEventListener("message", ({ data }) => data.type === "saved" && done([data.saved, data.of]));
    registration.active.postMessage({ type: "fill" });
  });
}"""
TIMES = """async () => {
  const [entry] = performance.getEntriesByType("navigation");
  const painted = (found) => performance.getEntriesByName("first-contentful-paint")[0]?.startTime;
  while (!entry.loadEventEnd || painted() === undefined) await new Promise((go) => setTimeout(go, 5));
  return {
    "answer begun": entry.responseStart,
    "answer whole": entry.responseEnd,
    ready: entry.domContentLoadedEventEnd,
    painted: painted(),
  };
}"""


def main(rounds: int) -> int:
    with tempfile.TemporaryDirectory() as name, launched_browser() as browser:
        server = Server(Path(name)).start()
        try:
            found = measure(browser, server.url, rounds)
            (shell, library), worker = set_size(server.url), worker_size(server.url)
        finally:
            server.stop()
    medians = [
        {what: statistics.median(one[what] for one in all_) for what in TOLD} for all_ in zip(*found, strict=True)
    ]
    for whose, times in zip(("by the worker", "without one"), medians, strict=True):
        print(f"{whose:14}" + " · ".join(f"{what} {time:.0f}" for what, time in times.items()))
    soon = medians[0]["answer whole"] <= LIMIT
    print(f"medians of {len(found)} warm openings; the whole page within {LIMIT} ms: {soon}")
    print(f"saved {shell + library:,} of {MOST_SET:,} bytes (the app {shell:,}, the library {library:,})")
    print(f"the worker {worker:,} of {MOST_WORKER:,} bytes")
    return 0 if soon and shell + library <= MOST_SET and worker <= MOST_WORKER else 1


def measure(browser: Any, url: str, rounds: int) -> list[list[dict[str, float]]]:
    pages = [browser.new_context(**PHONE, base_url=url, service_workers=how).new_page() for how in ("allow", "block")]
    for page in pages:
        page.goto("/")
    saved, of = pages[0].evaluate(SAVED)
    if saved != of:
        raise SystemExit(f"only {saved} of {of} were saved")
    # Each page once before it counts.
    found = [[opened(page, round) for page in pages] for round in range(rounds + len(PAGES))][len(PAGES) :]
    for page in pages:
        page.context.close()
    return found


def opened(page: Any, round: int) -> dict[str, float]:
    page.goto(PAGES[round % len(PAGES)])
    times: dict[str, float] = page.evaluate(TIMES)
    return times


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 30))
