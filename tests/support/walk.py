"""How a person goes through the quiz in a browser: what they tick, choose and type, then the one button."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

from tests.support.people import RA, Fields, on_screen, without_empty

_TICKS = ("acupuncture_before", "stopping_medicine")


def answer_screen(page: Any, screen: str, fields: Fields) -> None:
    """Fill one screen by what is on it; every field of the person must be there to fill."""
    # Nothing is ticked by who says no to a tick.
    said = {**on_screen(screen, fields)}
    for name in _TICKS:
        if said.get(name) == "no":
            del said[name]
    for name, value in said.items():
        for one in [value] if isinstance(value, str) else value:
            _give(page, name, one)


def _give(page: Any, name: str, value: str) -> None:
    fields = page.locator(f'form [name="{name}"]')
    fields.first.wait_for(state="attached", timeout=5_000)
    first = fields.first
    kind = first.evaluate("field => field.tagName === 'SELECT' ? 'select' : field.type")
    if kind == "select":
        first.select_option(value)
    elif kind in ("radio", "checkbox"):
        choice = page.locator(f'form [name="{name}"][value="{value}"]')
        assert choice.count() == 1, f"{page.url}: {name} cannot be {value}"
        tick(choice)
    else:
        first.fill(value)


def tick(choice: Any) -> None:
    """Tick or choose it, wherever it stands."""
    open_around(choice)
    choice.check()


def open_around(choice: Any) -> None:
    """Open the folds and the group that a choice stands in."""
    if choice.evaluate("one => !one.closest('.door') && !one.closest('details:not([open])')"):
        return
    door = choice.locator("xpath=ancestor::*[contains(concat(' ', @class, ' '), ' door ')]")
    if door.count() and not choice.is_visible():
        door.locator('[name="groups"]').check()
    closed = choice.locator("xpath=ancestor::details[not(@open)]")
    for _ in range(closed.count()):
        closed.first.locator("summary").first.click()


def go_on(page: Any) -> None:
    # A load, not a navigation: htmx, when it saves a draft, replaces the state of the page that one is still on.
    with page.expect_event("load"):
        page.locator("#quiz-form .button:not(.secondary):not(.quiet)").last.click()
    # A machine at its limit may answer later than the worker waits; then a person presses this.
    again = page.get_by_role("link", name="Try again")
    if again.count():
        with page.expect_event("load"):
            again.click()


def screen_of(page: Any) -> str:
    return str(page.url.rstrip("/").rpartition("/")[2])


def to_review(page: Any, fields: Fields) -> list[str]:
    """From the start page to the review; returns the screens on the way."""
    page.goto("/quiz")
    with page.expect_event("load"):
        page.locator("main form button").first.click()
    visited = []
    while screen_of(page) != "review":
        screen = screen_of(page)
        assert screen not in visited, f"{screen} came twice: {page.locator('main').inner_text()[:600]}"
        visited.append(screen)
        answer_screen(page, screen, fields)
        go_on(page)
    return visited


def posted_to(page: Any, screen: str, fields: Fields = RA) -> None:
    """On that screen, with what comes before it posted; for tests that are about a later one."""
    place, _, here = _post(page, "/quiz", {"start": "1"}).rpartition("/")
    while here != screen:
        here = _post(page, f"{place}/{here}", on_screen(here, fields)).rpartition("/")[2]
    page.goto(f"{place}/{screen}")


def posted_whole(page: Any, fields: Fields) -> None:
    """On the summary of a check-in that was posted in one."""
    page.goto(_post(page, "/quiz/whole", without_empty(fields)))


def _post(page: Any, path: str, fields: Fields) -> str:
    """Where it leads to, from the phone of the page."""
    answer = page.request.post(
        path,
        data=urlencode(fields, doseq=True),
        headers={
            "content-type": "application/x-www-form-urlencoded",
            "sec-fetch-site": "same-origin",
            "idempotency-key": str(uuid.uuid4()),
        },
        max_redirects=0,
    )
    assert answer.status == 303, (path, answer.status, answer.text()[:2000])
    return str(answer.headers["location"])


def finish(page: Any) -> str:
    """From the review to the result; returns its text."""
    with page.expect_event("load"):
        page.locator('form[action$="/finish"] button').click()
    assert "/results/" in page.url, page.locator("main").inner_text()[:600]
    return str(page.locator("main").inner_text())
