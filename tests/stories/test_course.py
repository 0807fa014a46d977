"""A whole course in made-up time, on a phone: two sessions, one missed and planned again, on hold for a flare, days off
and back, first look, talk, two more, second talk, finish, one page, a taper. With scripts and without."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.support.browser import phone_page
from tests.support.clock import Clock
from tests.support.served import served

pytestmark = pytest.mark.browser
# Where pictures are to be kept; none are taken without it.
PICTURES = os.environ.get("COURSE_PICTURES")
CHECK_IN = {
    "age_band": "40-64", "country": "GB", "conditions": "ra", "ratings.problem": "7", "main_symptom": "pain",
    "none_right_now": "1", "none_lately": "1", "problem_words": "sore wrists",
}  # fmt: skip
PLAN = {
    "first_day": "2026-11-30", "weekdays": "mon", "time": "09:00", "time_zone": "Europe/London", "per_week": "1",
    "max_sessions": "8", "minutes": "40", "travel_minutes": "30", "price": "45", "currency": "GBP", "do": "save",
}  # fmt: skip


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def page(request: pytest.FixtureRequest, browser: Any, app: Any) -> Iterator[Any]:
    with served(app) as url, phone_page(browser, url, scripts=request.param) as page:
        page.set_default_timeout(12000)
        yield page


def test_a_course_is_lived_to_its_summary(page: Any, clock: Clock):
    _begun(page)
    _went(page, clock, times=2)
    _missed_and_planned_again(page, clock)
    _on_hold_and_on(page, clock)
    _days_off_and_undone(page)
    _went(page, clock, times=2)
    _first_look(page)
    _went(page, clock, times=4)
    _talk_and_two_more(page)
    _went(page, clock, times=2)
    _talk_and_finish(page)
    _on_one_page(page)
    _taper(page)


def _begun(page: Any) -> None:
    _post(page, "/quiz/whole", CHECK_IN)
    _post(page, "/plan", PLAN)


def _went(page: Any, clock: Clock, times: int) -> None:
    """Three taps from Today, in the afternoon of its day."""
    for _ in range(times):
        _on_its_day(page, clock)
        _press(page, "Went")
        expect(page.get_by_role("heading", level=1)).to_have_text("How was it?")
        _picture(page, "how-was-it")
        page.get_by_role("radio", name="All right").check()
        _press(page, "None of these")
        _said(page, "It is noted.")


def _on_its_day(page: Any, clock: Clock) -> None:
    """The clock goes to the afternoon of the next session."""
    page.goto("/plan")
    begins = page.locator(".planner-next-day time").get_attribute("datetime")
    clock.now = datetime.fromisoformat(begins).replace(tzinfo=ZoneInfo(PLAN["time_zone"])).astimezone(UTC) + timedelta(
        hours=5
    )
    page.goto("/today")


def _missed_and_planned_again(page: Any, clock: Clock) -> None:
    _on_its_day(page, clock)
    _picture(page, "today-did-you-go")
    _press(page, "Missed")
    _said(page, "Session 3: missed.")
    _picture(page, "today-missed")
    _press(page, "Plan it again")
    _said(page, "Session 3 is planned again, at the end: Monday 25 January 2027.")


def _on_hold_and_on(page: Any, clock: Clock) -> None:
    page.goto("/plan")
    page.get_by_role("link", name="Put on hold").click()
    _press(page, "Put it on hold")
    expect(page.get_by_role("alert")).to_contain_text("Choose why you are putting it on hold")
    page.get_by_label("A flare or relapse").check()
    _press(page, "Put it on hold")
    _said(page, "Your plan is on hold")
    expect(page.get_by_text("6 sessions are left.")).to_be_visible()
    _picture(page, "plan-on-hold")
    clock.now += timedelta(days=9)
    page.goto("/today")
    expect(page.get_by_role("heading", name="Thinking of going on?")).to_be_visible()
    _picture(page, "today-on-hold")
    page.goto("/plan/pause")
    _press(page, "Start a short check-in")
    _check_in(page, "7")
    page.goto("/today")
    page.get_by_role("link", name="Go on", exact=True).click()
    expect(page.get_by_label("When can you start again?")).to_have_value("2026-12-28")
    _picture(page, "go-on")
    _press(page, "Go on")
    _said(page, "You go on with 6 sessions. The next is on Monday 28 December 2026.")


def _days_off_and_undone(page: Any) -> None:
    _opened(page, "Change, print or delete this plan")
    _opened(page, "Days off")
    page.get_by_label("First day").fill("2027-01-10")
    page.get_by_label("Last day").fill("2027-01-03")
    _press(page, "Keep these days free")
    expect(page.get_by_role("alert")).to_contain_text("The last day off is before the first one")
    expect(page.get_by_label("First day")).to_have_value("2027-01-10")
    page.get_by_label("Last day").fill("2027-01-17")
    _press(page, "Keep these days free")
    _said(page, "Those days are free in your plan now. 4 sessions moved.")
    _press(page, "Undo")
    _said(page, "Your plan is as it was before that.")
    _opened(page, "What happened so far")
    expect(page.locator(".planner-story s")).to_have_text(
        ["Days off: Sun 10 Jan 2027 to Sun 17 Jan 2027 (4 sessions moved)"]
    )
    _picture(page, "plan-story")


def _first_look(page: Any) -> None:
    """After the fourth session that they went to."""
    page.goto("/today")
    expect(page.get_by_role("heading", name="A check-in after session 5")).to_be_visible()
    _press(page, "Check in again")
    _check_in(page, "6")


def _talk_and_two_more(page: Any) -> None:
    page.goto("/plan/talk")
    expect(page.get_by_text("There is no number from after session 9 yet.")).to_be_visible()
    page.goto("/today")
    _press(page, "Check in again")
    _check_in(page, "5")
    page.goto("/today")
    _picture(page, "today-talk")
    page.get_by_role("link", name="Prepare the talk").click()
    expect(page.get_by_text("7 to 5 is 2 lower, or 29 percent.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    _picture(page, "talk")
    for paper in ("A4", "Letter"):
        assert _pages_of(page.pdf(format=paper)) == 1, paper
    _press(page, "Add these sessions")
    expect(page.get_by_text("Choose how many, from 1 to 5").first).to_be_visible()
    page.locator('[name="more"][value="2"]').check()
    _press(page, "Add these sessions")
    _said(page, "Look at your number again after session 11.")
    _picture(page, "plan-extended")


def _talk_and_finish(page: Any) -> None:
    page.goto("/today")
    _press(page, "Check in again")
    _check_in(page, "4")
    page.goto("/plan")
    page.get_by_role("link", name="Prepare the talk").click()
    expect(page.get_by_text("7 to 4 is 3 lower, or 43 percent.")).to_be_visible()
    _press(page, "Finish the course")
    _said(page, "You finished your course. See how you are in the weeks to come.")
    _picture(page, "plan-finished")


def _on_one_page(page: Any) -> None:
    page.get_by_role("link", name="Your course on one page").click()
    expect(page.get_by_text("Went to 10 sessions, missed 1.")).to_be_visible()
    _picture(page, "summary")
    answer = page.context.request.get("/plan/summary.pdf")
    assert _pages_of(answer.body()) == 1
    if PICTURES:
        (Path(PICTURES) / "summary.pdf").write_bytes(answer.body())


def _taper(page: Any) -> None:
    page.goto("/plan/taper")
    page.locator('[name="sessions"][value="3"]').check()
    _press(page, "Show my sessions")
    expect(page.locator("#the-dates")).to_be_visible()
    _picture(page, "taper")
    _press(page, "Save these sessions")
    _said(page, "Your new sessions are in your plan")
    _picture(page, "plan-tapered")


def _check_in(page: Any, problem: str) -> None:
    """The one page of a short check-in."""
    page.get_by_label("None of these").first.check()
    for name in ("none_changed", "still_true"):
        asked = page.locator(f'[name="{name}"]').first
        if asked.is_visible():
            asked.check()
    page.locator(f'label:has([name="ratings.problem"][value="{problem}"])').click()
    with page.expect_event("load"):
        page.locator("#quiz-form .button:not(.secondary):not(.quiet)").last.click()
    expect(page).to_have_url(re.compile("/results/"))


def _press(page: Any, name: str) -> None:
    with page.expect_event("load"):
        page.get_by_role("button", name=name, exact=True).first.click()


def _opened(page: Any, fold: str) -> None:
    page.locator("summary", has_text=fold).click()


def _said(page: Any, words: str) -> None:
    """It is told, and the focus is there."""
    done = page.get_by_role("status").filter(has_text=words)
    expect(done).to_be_visible()
    expect(done).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def _post(page: Any, address: str, fields: dict[str, str]) -> None:
    """What other stories walk through."""
    headers = {"sec-fetch-site": "same-origin", "idempotency-key": f"story-{address}"}
    answer = page.context.request.post(address, form=fields, headers=headers, max_redirects=0)
    assert answer.status == 303, answer.text()[:2000]


def _picture(page: Any, name: str) -> None:
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"), full_page=True)


def _pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))
