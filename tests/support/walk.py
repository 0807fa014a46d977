"""How a person goes through the quiz in a browser: what they tick, choose and type, then the one button."""

from __future__ import annotations

from typing import Any

from tests.support.people import Fields, on_screen


def answer_screen(page: Any, screen: str, fields: Fields) -> None:
    """Fill one screen by what is on it; every field of the person must be there to fill."""
    for name, value in on_screen(screen, fields).items():
        for one in [value] if isinstance(value, str) else value:
            _give(page, name, one)


def _give(page: Any, name: str, value: str) -> None:
    fields = page.locator(f'form [name="{name}"]')
    fields.first.wait_for(state="attached", timeout=5_000)
    first = fields.first
    tag = first.evaluate("field => field.tagName")
    kind = first.get_attribute("type") or ""
    if tag == "SELECT":
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


def finish(page: Any) -> str:
    """From the review to the result; returns its text."""
    with page.expect_event("load"):
        page.locator('form[action$="/finish"] button').click()
    assert "/results/" in page.url, page.locator("main").inner_text()[:600]
    return str(page.locator("main").inner_text())
