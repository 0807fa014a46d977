"""A check-in that was not accepted is opened again with all its answers, changed and sent anew; nothing is lost in between."""

from __future__ import annotations

from typing import Any

import pytest

from tests.offline.test_queue import CHECK_INS, RECORDS, SEND, WORDS, add, states
from tests.offline.test_whole_offline import between, change, page, stand_in
from tests.support.axe import findings
from tests.support.browser import until
from tests.support.modules import started

pytestmark = pytest.mark.browser
__all__ = ["between", "page", "stand_in"]

DRAFTS = 'import("/static/js/phone-store.js").then(({ all }) => all("drafts"))'
MINUTES = "Enter a whole number of minutes, from 0 to 1440, or leave it empty."
OTHER = "hazel wrist"
GONE = "502 of a proxy"


def refused(page: Any, **changes: Any) -> str:
    """A record with a fault, on the page of what waits."""
    # As a form sends it: what was not ticked says nothing.
    id = add(page, **{"stiffness_minutes": "an age", "acupuncture_before": [], "stopping_medicine": []} | changes)
    page.evaluate(SEND)
    page.goto("/offline/unsent")
    page.get_by_text("Not accepted", exact=True).wait_for()
    return id


def press_change(page: Any) -> None:
    page.get_by_role("button", name="Change my answers").click()


def opened(page: Any) -> None:
    page.wait_for_url("**/quiz/whole*")
    started(page)
    page.locator("form.is-stepped").wait_for()


def send(page: Any) -> None:
    page.get_by_role("button", name="Agree and send").click()


def mend(page: Any, minutes: str = "45") -> None:
    """A press finds the fault, and leads to it."""
    send(page)
    page.get_by_role("heading", level=2, name="The last 7 days", exact=True).first.wait_for()
    page.locator('[name="stiffness_minutes"]').fill(minutes)
    for _ in range(3):
        page.get_by_role("button", name="Continue").click()


def unfinished(page: Any) -> None:
    page.goto("/quiz/whole")
    opened(page)
    page.locator('.is-here [name="none_right_now"]').check()
    page.get_by_role("button", name="Continue").click()
    page.locator('.is-here [name="age_band"][value="18-39"]').check()
    until(page, lambda: any(["age_band", "18-39"] in one["fields"] for one in page.evaluate(DRAFTS)))


def test_it_opens_with_no_network_with_its_answers_and_why_and_goes_once_the_new_one_is_kept(page, between, loop):
    old = refused(page)
    change(between, loop, GONE)
    page.reload()
    press_change(page)
    opened(page)

    reasons = page.locator("#whole-reasons")
    assert reasons.get_by_text(MINUTES).is_visible()
    assert page.get_by_role("heading", level=2, name="Check your answers").is_visible()
    assert WORDS in page.locator("#whole-review").inner_text()
    assert "an age" in page.locator("#whole-review").inner_text()
    assert [one["id"] for one in page.evaluate(RECORDS)] == [old], "it stays until the new one is kept"
    assert findings(page) == []
    mend(page)
    assert reasons.is_visible(), "until it is sent"
    send(page)

    page.get_by_role("heading", name="Kept on this phone").wait_for()
    (new,) = page.evaluate(RECORDS)
    assert new["id"] != old
    assert ["stiffness_minutes", "45"] in new["fields"]
    assert page.evaluate(DRAFTS) == []
    assert not reasons.is_visible()
    change(between, loop, "the app")
    page.goto("/emergency")
    until(page, lambda: states(page) == ["sent"])
    assert page.evaluate(CHECK_INS) == [WORDS]


def test_every_answer_is_as_it_was(page):
    refused(page, unsure=["no-spleen"], red_flags=["clot-leg"], none_lately="", activity_words="knit")
    (before,) = page.evaluate(RECORDS)
    press_change(page)
    opened(page)
    mend(page)
    page.evaluate("navigator.serviceWorker.ready")
    send(page)
    until(page, lambda: page.url.endswith("/unsent") or "/results/" in page.url)

    page.goto("/about")
    export = page.evaluate("fetch('/me/export.json').then((answer) => answer.json())")
    (kept,) = export["check_ins"]
    told = kept["answers"]
    assert (told["problem_words"], told["activity_words"], told["stiffness_minutes"]) == (WORDS, "knit", 45)
    assert told["red_flags"] == ["clot-leg"]
    assert told["unsure"] == ["no-spleen"]
    assert told["ratings"]["stiffness"] == int(dict(before["fields"])["ratings.stiffness"])


def test_whoever_leaves_it_finds_both_again_and_may_leave_the_changed_one(page):
    old = refused(page)
    press_change(page)
    opened(page)
    page.goto("/offline/unsent")
    press_change(page)
    opened(page)

    assert page.locator("#whole-reasons").get_by_text(MINUTES).is_visible()
    assert not page.get_by_text("These are the answers you had not finished").is_visible(), "they were sent"
    page.get_by_role("button", name="Delete them and start again").click()
    page.get_by_text("Step 1 of").wait_for()

    assert [one["id"] for one in page.evaluate(RECORDS)] == [old]
    assert not page.locator("#whole-reasons").is_visible()


def test_what_was_changed_so_far_is_there_when_it_is_opened_again(page):
    refused(page)
    press_change(page)
    opened(page)
    mend(page, "50")
    page.goto("/offline/unsent")
    press_change(page)
    opened(page)

    assert "50" in page.locator("#whole-review").inner_text()
    assert "an age" not in page.locator("#whole-review").inner_text()


def test_another_check_in_that_is_not_finished_is_told_of_first_and_the_person_chooses(page):
    refused(page, problem_words=OTHER)
    unfinished(page)
    page.goto("/offline/unsent")
    press_change(page)

    asked = page.get_by_text("You have not finished another check-in on this phone.")
    asked.wait_for()
    assert findings(page) == []
    page.get_by_role("button", name="No, leave it").click()
    assert not asked.is_visible()
    (draft,) = page.evaluate(DRAFTS)
    assert ["age_band", "18-39"] in draft["fields"], "as it was"
    press_change(page)
    page.get_by_role("link", name="Finish the other one first").click()
    opened(page)
    assert page.locator('[name="age_band"][value="18-39"]').is_checked()

    page.goto("/offline/unsent")
    press_change(page)
    page.get_by_role("button", name="Delete the other one").click()
    opened(page)
    assert OTHER in page.locator("#whole-review").inner_text()


def test_what_the_page_no_longer_asks_stays_where_it_is(page):
    old = refused(page, age_band="as old as the hills")
    press_change(page)
    opened(page)

    page.get_by_text("Some of it can no longer be answered here.").wait_for()
    page.locator('#whole-review a[href="#step-about-you"]').click()
    page.locator('.is-here [name="age_band"][value="40-64"]').check()
    page.reload()
    opened(page)
    page.evaluate("location.hash = 'step-review'")
    mend(page)
    send(page)

    until(page, lambda: page.url.endswith("/unsent") or "/results/" in page.url)
    assert {one["state"] for one in page.evaluate(RECORDS)} == {"refused", "sent"}
    assert old in [one["id"] for one in page.evaluate(RECORDS)]
    page.goto("/about")
    assert page.evaluate(CHECK_INS) == [WORDS]


def test_a_press_that_was_not_accepted_is_not_opened_so(page):
    page.evaluate(
        """import("/static/js/queue.js").then(({ add }) => add({ person: "", kind: "press", what: "Went",
          path: "/plan/sessions/1/log", fields: [["happened", "no-such"]] }))"""
    )
    page.evaluate(
        """import("/static/js/queue.js").then(async ({ records }) => {
          const { change } = await import("/static/js/phone-store.js");
          for (const one of await records()) await change("queue", one.id, { state: "refused" });
        })"""
    )
    page.goto("/offline/unsent")
    page.get_by_text("Not accepted", exact=True).wait_for()

    assert not page.get_by_role("button", name="Change my answers").is_visible()
