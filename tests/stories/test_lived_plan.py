"""A course that is lived, on a phone, in made-up time: missed and planned again, on hold for a flare, a check-in, on again,
days off, undone. With scripts and without."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.support.browser import phone_page
from tests.support.client import Client
from tests.support.clock import Clock
from tests.support.people import RA, answer_quiz, plan_fields
from tests.support.served import served
from tests.support.walk import go_on

pytestmark = pytest.mark.browser
FIRST = "2026-11-30"


def press(page: Any, name: str) -> None:
    with page.expect_event("load"):
        page.get_by_role("button", name=name, exact=True).first.click()


def said(page: Any, words: str) -> None:
    """It is told, and the focus is there."""
    done = page.get_by_role("status").filter(has_text=words)
    expect(done).to_be_visible()
    expect(done).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def opened(page: Any, fold: str) -> None:
    page.locator("summary", has_text=fold).click()


def short_check_in(page: Any) -> None:
    press(page, "Start a short check-in")
    page.get_by_label("None of these").first.check()
    if page.locator('[name="none_changed"][value="1"]').count():
        page.locator('[name="none_changed"][value="1"]').check()
    if page.locator('[name="still_true"][value="yes"]').count():
        page.locator('[name="still_true"][value="yes"]').check()
    page.locator('label:has([name="ratings.problem"][value="5"])').click()
    go_on(page)
    assert "/results/" in page.url, page.locator("main").inner_text()[:900]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_course_goes_as_life_goes(browser: Any, app: Any, client: Client, clock: Clock, scripts: bool):
    answer_quiz(client, RA)
    client.post("/plan", plan_fields(first_day=FIRST))
    with served(app) as url, phone_page(browser, url, scripts=scripts) as page:
        for one in client.cookies.jar:
            page.context.add_cookies([{"name": one.name, "value": (one.value or "").strip('"'), "url": url}])
        _missed_and_planned_again(page, clock)
        _on_hold_and_on(page, clock)
        _days_off_and_undone(page)


def _missed_and_planned_again(page: Any, clock: Clock) -> None:
    clock.now += timedelta(days=7, hours=8)
    page.goto("/today")
    press(page, "Missed")
    said(page, "Session 1: missed.")
    press(page, "Plan it again")
    assert "/today" in page.url
    said(page, "Session 1 is planned again, at the end: Monday 8 February 2027.")


def _on_hold_and_on(page: Any, clock: Clock) -> None:
    page.goto("/plan")
    page.get_by_role("link", name="Put on hold").click()
    press(page, "Put it on hold")
    expect(page.get_by_role("alert")).to_contain_text("Choose why your plan should wait")
    page.get_by_label("A flare or relapse").check()
    press(page, "Put it on hold")
    said(page, "Your plan is on hold")
    expect(page.get_by_text("10 sessions are left.")).to_be_visible()
    clock.now += timedelta(days=9)
    page.goto("/today")
    expect(page.get_by_role("heading", name="Has it settled?")).to_be_visible()
    page.goto("/plan/pause")
    short_check_in(page)
    page.goto("/today")
    page.get_by_role("link", name="Go on", exact=True).click()
    expect(page.get_by_label("From which day can you go again?")).to_have_value("2026-12-14")
    press(page, "Go on")
    said(page, "You go on with 10 sessions. The next is on Monday 14 December 2026.")


def _days_off_and_undone(page: Any) -> None:
    opened(page, "Days off")
    page.get_by_label("First day").fill("2026-12-21")
    page.get_by_label("Last day").fill("2026-12-14")
    press(page, "Keep these days free")
    expect(page.get_by_role("alert")).to_contain_text("The last day off is before the first one")
    expect(page.get_by_label("First day")).to_have_value("2026-12-21")
    page.get_by_label("Last day").fill("2027-01-03")
    press(page, "Keep these days free")
    said(page, "Those days are free now. 9 sessions moved.")
    press(page, "Undo")
    said(page, "Your plan is as it was before that.")
    opened(page, "What happened so far")
    expect(page.locator(".planner-story s")).to_have_text(
        ["Days off: Mon 21 Dec 2026 to Sun 3 Jan 2027 (9 sessions moved)"]
    )
