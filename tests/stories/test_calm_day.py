"""A calm day: from the Check-in tab to the summary, with and without scripts; and what a tick opens on the way."""

from __future__ import annotations

import re
import uuid
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.stories.test_over_time import days_pass
from tests.support.people import RA, without_empty

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("kind", ["phone", "phone_without_js"])]
MOST_TAPS = 12
# Of the page without the names of the signs: design, "Follow-up on a calm day".
MOST_WORDS = 210
WORDS_BESIDE_THE_LIST = """() => {
  const words = (text) => text.split(/\\s+/).filter((word) => /[\\p{L}\\p{N}]/u.test(word)).length;
  const main = document.querySelector("main");
  const lists = [...main.querySelectorAll(".door-row")].map((row) => row.innerText);
  return words(main.innerText) - lists.reduce((sum, text) => sum + words(text), 0);
}"""


class Thumb:
    """Every tap of a person is counted."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.taps = 0

    def on(self, name: str, value: str) -> None:
        self.taps += 1
        field = self.page.locator(f'[name="{name}"][value="{value}"]')
        self.page.locator("label").filter(has=field).click()

    def press(self, name: str) -> None:
        self.taps += 1
        with self.page.expect_event("load"):
            self.page.get_by_role("button", name=name, exact=True).click()


@pytest.fixture
def at_the_tab(request: pytest.FixtureRequest, kind: str, shared_server: Any) -> Any:
    """A person with one full check-in, of last week, at the Check-in tab."""
    page = request.getfixturevalue(kind)
    headers = {
        "content-type": "application/x-www-form-urlencoded",
        "idempotency-key": str(uuid.uuid4()),
        "origin": shared_server.url,
    }
    sent = page.context.request.post(
        "/quiz/whole", data=urlencode(without_empty(RA), doseq=True), headers=headers, max_redirects=0
    )
    assert sent.status == 303, sent.text()[:2000]
    days_pass(shared_server, 7, only=sent.headers["location"].rpartition("/")[2])
    page.goto("/check-in")
    return page


def test_twelve_taps_lead_to_the_summary(at_the_tab: Any) -> None:
    page, thumb = at_the_tab, Thumb(at_the_tab)

    thumb.press("Start the follow-up")
    assert page.evaluate(WORDS_BESIDE_THE_LIST) <= MOST_WORDS
    thumb.on("none_right_now", "1")
    for name, value in {
        "ratings.problem": "6", "instruments.peg.1": "5", "ratings.stiffness": "5", "ratings.fatigue": "4",
    }.items():  # fmt: skip
        thumb.on(name, value)
    thumb.on("sessions_since", "0")
    thumb.on("none_changed", "1")
    thumb.press("See my summary")

    assert "/results/" in page.url, page.locator("main").inner_text()[:600]
    assert thumb.taps <= MOST_TAPS
    page.goto("/check-in")
    assert page.get_by_text(re.compile("sore wrists: 6 of 10")).count() == 1


def test_what_is_ticked_opens_what_belongs_to_it_at_once(at_the_tab: Any) -> None:
    page, thumb = at_the_tab, Thumb(at_the_tab)
    thumb.press("Start the follow-up")
    still, call = page.get_by_role("heading", name="Still true?"), page.locator('.door a.tel[href="tel:999"]').first
    effect = page.locator('[name="side_effects"]').first
    for hidden in (still, call, effect):
        hidden.wait_for(state="hidden")

    thumb.on("groups", "chest-and-breath")
    call.wait_for()
    thumb.on("sessions_since", "2")
    thumb.on("none_side_effects", "0")
    effect.wait_for()
    thumb.on("side_effects", "tired")
    thumb.on("none_changed", "0")
    thumb.on("changed_since", "infection")
    still.wait_for()
    assert page.locator('.quiz-still [name="groups"]').first.is_visible()

    thumb.press("See my summary")
    error = page.locator("#error-summary")
    error.wait_for()
    assert "Check what you told us about needles" in error.inner_text()
    thumb.on("still_true", "yes")
    thumb.press("See my summary")
    assert "/results/" in page.url, page.locator("#error-summary").inner_text()
    assert page.locator('a.tel[href="tel:999"]').first.is_visible()
