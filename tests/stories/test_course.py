"""A whole course in made-up time: plan, eight sessions, check-in, talk, two more, second decision, finish, summary."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.support.browser import phone_page
from tests.support.clock import Clock
from tests.support.served import served

pytestmark = pytest.mark.browser
# Where pictures are to be kept; none are taken without it.
PICTURES = os.environ.get("COURSE_PICTURES")


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def page(request: pytest.FixtureRequest, browser: Any, app: Any) -> Iterator[Any]:
    with served(app) as url, phone_page(browser, url, scripts=request.param) as page:
        yield page


def picture(page: Any, name: str) -> None:
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"), full_page=True)


def post(page: Any, address: str, fields: dict[str, str]) -> None:
    """What other stories walk through."""
    headers = {"sec-fetch-site": "same-origin", "idempotency-key": f"story-{address}"}
    answer = page.context.request.post(address, form=fields, headers=headers, max_redirects=0)
    assert answer.status == 303, answer.text()[:2000]


def went(page: Any, clock: Clock, number: int) -> None:
    clock.now = clock.now.replace(year=2026, month=11, day=30, hour=14) + timedelta(weeks=number - 1)
    post(page, f"/plan/sessions/{number}/log", {"log": "went"})


def check_in(page: Any, problem: str) -> None:
    """From Today: a press of the card, and the one page of a follow-up."""
    page.goto("/today")
    page.get_by_role("button", name="Check in again").first.click()
    page.locator('[name="none_right_now"]').check()
    page.set_default_timeout(12000)
    page.locator(f'[name="ratings.problem"][value="{problem}"]').check()
    if page.locator('[name="still_true"]').count():
        page.locator('[name="still_true"]').first.check()
    with page.expect_event("load"):
        page.locator("#quiz-form .button:not(.secondary):not(.quiet)").last.click()
    expect(page).to_have_url(re.compile("/results/"))


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_a_course_is_lived_to_its_summary(page: Any, clock: Clock):
    post(page, "/quiz/whole", {
        "age_band": "40-64", "country": "GB", "conditions": "ra", "ratings.problem": "7", "main_symptom": "pain",
        "none_right_now": "1", "none_lately": "1", "problem_words": "sore wrists",
    })  # fmt: skip
    post(page, "/plan", {
        "first_day": "2026-11-30", "weekdays": "mon", "time": "09:00", "time_zone": "Europe/London", "per_week": "1",
        "max_sessions": "8", "minutes": "40", "travel_minutes": "30", "price": "45", "currency": "GBP", "do": "save",
    })  # fmt: skip
    for number in range(1, 9):
        went(page, clock, number)

    page.goto("/plan/talk")
    expect(page.get_by_text("There is no number from after session 8 yet.")).to_be_visible()
    picture(page, "talk-missing")
    check_in(page, "5")
    page.goto("/today")
    picture(page, "today")
    page.get_by_role("link", name="Prepare the talk").click()
    expect(page.get_by_text("7 to 5 is 2 lower, or 29 percent.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    picture(page, "talk")
    for paper in ("A4", "Letter"):
        assert pages_of(page.pdf(format=paper)) == 1, paper

    page.get_by_role("button", name="We go on").click()
    expect(page.get_by_text("Choose how many, from 1 to 5").first).to_be_visible()
    page.locator('[name="more"][value="2"]').check()
    page.get_by_role("button", name="We go on").click()
    expect(page.get_by_text("Look at your number again after session 10.")).to_be_visible()
    picture(page, "plan-extended")

    went(page, clock, 9)
    went(page, clock, 10)
    check_in(page, "4")
    page.goto("/plan")
    page.get_by_role("link", name="Prepare the talk").click()
    expect(page.get_by_text("7 to 4 is 3 lower, or 43 percent.")).to_be_visible()
    page.get_by_role("button", name="We finish").click()
    expect(page.get_by_text("You finished your course. Now see how you are.")).to_be_visible()
    picture(page, "plan-finished")
    page.get_by_role("link", name="Your course on one page").click()
    expect(page.get_by_text("Went to 10 sessions.")).to_be_visible()
    picture(page, "summary")
    answer = page.context.request.get("/plan/summary.pdf")
    assert pages_of(answer.body()) == 1
    if PICTURES:
        (Path(PICTURES) / "summary.pdf").write_bytes(answer.body())

    page.goto("/plan/taper")
    page.locator('[name="sessions"][value="3"]').check()
    page.get_by_role("button", name="Show my sessions").click()
    expect(page.locator("#the-dates")).to_be_visible()
    picture(page, "taper")
    page.get_by_role("button", name="Save these sessions").click()
    expect(page.get_by_text("A few more sessions are in your plan")).to_be_visible()
