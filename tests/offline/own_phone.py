"""A phone with a person whose own pages may stay on it, and what is looked for in its stores."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.support.browser import PHONE, SAVES_DATA, have_worker
from tests.support.modules import started
from tests.support.people import RA, coming_plan
from tests.support.walk import posted_whole

WORD = "quinceword"
PATHS = ("/today", "/plan", "/list", "/progress")
# Everything that is in every store, in whatever form: what is bytes is read as text, too.
STORES = """
async () => {
  const text = (value) => {
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return new TextDecoder("latin1").decode(value);
    if (value instanceof CryptoKey) return "a key";
    if (Array.isArray(value)) return value.map(text).join(" ");
    if (value && typeof value === "object") return Object.entries(value).map(([name, one]) => `${name}=${text(one)}`).join(" ");
    return String(value);
  };
  const found = [text({ ...localStorage }), text({ ...sessionStorage }), document.cookie, text(history.state)];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) found.push(request.url, await (await cache.match(request)).text());
  }
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((done) => (indexedDB.open(name).onsuccess = ({ target }) => done(target.result)));
    for (const store of database.objectStoreNames) {
      const request = database.transaction(store).objectStore(store).getAll();
      const all = await new Promise((done) => (request.onsuccess = () => done(request.result)));
      found.push(...all.map((one) => `${store}: ${text(one)}`));
    }
    database.close();
  }
  return found;
}
"""
COPIES = """
async () => {
  const { all } = await import("/static/js/phone-store.js");
  return (await all("copies")).map(({ path }) => path).sort();
}
"""
KEYS = """
async () => {
  const { all } = await import("/static/js/phone-store.js");
  return (await all("keys")).map(({ person, key }) => [person, key.extractable, key.algorithm.name]);
}
"""


@contextmanager
def phone_of(browser: Any, address: str) -> Iterator[Any]:
    """A phone with its worker, and nobody's yet."""
    context = browser.new_context(**PHONE, base_url=address)
    context.add_init_script(SAVES_DATA)
    page = context.new_page()
    page.goto("/about")
    with_worker(page)
    yield page
    context.close()


def with_worker(page: Any) -> None:
    """However long a server that has just begun takes for all that a worker saves first."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    have_worker(page)


def become(page: Any, word: str = WORD) -> str:
    """A new person with a summary, a plan and a list; the page shows the summary, whose address it gives."""
    posted_whole(page, RA | {"problem_words": f"sore {word} wrists"})
    summary = str(page.url).removeprefix(page.evaluate("location.origin"))
    for path, fields in (("/plan", coming_plan()), ("/list/what-to-expect", {"action": "pin"})):
        answer = page.request.post(path, form=_flat(fields), headers={"sec-fetch-site": "same-origin"}, max_redirects=0)
        assert answer.status == 303, (path, answer.status, answer.text()[:2000])
    page.goto(summary)
    return summary


def _flat(fields: dict[str, Any]) -> dict[str, str]:
    return {name: one if isinstance(one, str) else one[0] for name, one in fields.items()}


def say_yes(page: Any) -> None:
    started(page)
    page.get_by_text("Keep your own pages on this phone?").click()
    page.get_by_role("button", name="Yes, keep them").click()
    page.get_by_text("Kept. They now open offline.").wait_for()


def stored(page: Any) -> str:
    return "\n".join(page.evaluate(STORES))
