"""The modules of a page: a browser has loaded it long before they have come."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Error

# As app.js begins them: each named by a place, and `press` for a form that posts. An import that is under way is joined.
STARTED = """async () => {
  const late = new Promise((_, fail) => setTimeout(fail, 20000, new Error("the page's modules have not begun")));
  await Promise.race([begun(), late]);
  async function begun() {
    if (document.readyState !== "complete") await new Promise((done) => addEventListener("load", done, { once: true }));
    const places = () => [...document.querySelectorAll("[data-module]")];
    while (!places().every((one) => one.dataset.started)) await new Promise((done) => setTimeout(done, 10));
    const here = new URL(".", document.querySelector("script[src*='/js/app.js']").src);
    const names = new Set(places().flatMap((one) => one.dataset.module.split(" ")));
    if (document.querySelector("form[method=post]")) names.add("press");
    await Promise.all([...names].map((name) => import(new URL(`${name}.js`, here)).catch(() => {})));
    await new Promise((done) => setTimeout(done));
  }
}"""


def started(page: Any) -> None:
    """The page's own scripts have come and begun. That a place is marked as started says only that its script was asked for.

    A page whose scripts lead on, as after Back to what has changed, is left for the next.
    """
    try:
        page.evaluate(STARTED)
    except Error as left:
        if "Execution context was destroyed" not in left.message:
            raise
        page.evaluate(STARTED)
