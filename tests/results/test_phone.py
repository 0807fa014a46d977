"""The summary on a phone: how long it is, what stands on the first screen, where the focus goes, how it is shared."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.support.page_size import SCREEN
from tests.support.people import MS_BY_CARER, NO_DIAGNOSIS, PSORIASIS_SKIN, RA, without_empty

pytestmark = pytest.mark.browser

MOST_SCREENS = 3.5
FIBROMYALGIA = {
    "none_right_now": "1", "none_lately": "1", "none_before_needles": "1",
    "answering_for": "myself", "age_band": "40-64", "country": "GB", "conditions": ["fibromyalgia"],
}  # fmt: skip
PEOPLE = {
    "ra-on-methotrexate": {**RA, "precautions": ["methotrexate-dmard"]},
    "ms-by-carer": MS_BY_CARER,
    "psoriasis-skin": PSORIASIS_SKIN,
    "no-diagnosis": NO_DIAGNOSIS,
    "fibromyalgia-all-skipped": FIBROMYALGIA,
    "ra-on-a-blood-thinner": RA,
}
RED = {**RA, "none_right_now": "", "red_flags": ["chest-pain-breathless"]}
# Keeps what is shared, as the share sheet of a phone would take it.
SHARES = """
  navigator.canShare = (what) => {
    document.body.dataset.asked = "yes";
    return Boolean(what.files);
  };
  navigator.share = async (what) => {
    document.body.dataset.shared = what.files.map((file) => `${file.name} ${file.type} ${file.size > 9999}`);
  };
"""


def finish(page: Any, fields: Any) -> None:
    answer = page.context.request.post(
        "/quiz/whole",
        data=urlencode(without_empty(fields), doseq=True),
        headers={
            "content-type": "application/x-www-form-urlencoded",
            "sec-fetch-site": "same-origin",
            "idempotency-key": str(uuid.uuid4()),
        },
        max_redirects=0,
    )
    assert answer.status == 303, answer.text()[:2000]
    page.goto(answer.headers["location"])


@pytest.mark.parametrize("who", PEOPLE)
def test_it_is_short_and_the_next_step_is_on_the_first_screen(who: str, phone: Any) -> None:
    finish(phone, PEOPLE[who])

    main = phone.locator("main").bounding_box()
    assert main["height"] / SCREEN <= MOST_SCREENS
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    bar = phone.get_by_role("navigation", name="Main").bounding_box()["y"]
    if who in ("psoriasis-skin", "no-diagnosis"):
        step = phone.get_by_role("heading", name="Why there is no plan for now").or_(phone.get_by_text("See a doctor"))
    else:
        step = phone.get_by_role("link", name="Make a plan")
    box = step.first.bounding_box()
    assert box["y"] + box["height"] <= bar


def test_what_is_pressed_is_tall_and_apart(phone: Any) -> None:
    finish(phone, PEOPLE["ra-on-methotrexate"])
    phone.evaluate("document.querySelectorAll('main details').forEach((one) => (one.open = true))")

    # A link within a sentence is as tall as its words.
    for one in phone.locator("main :is(a, button, summary):visible:not(p.results-calm a)").all():
        box = one.bounding_box()
        assert box["height"] >= 43.9, one.inner_text()


@pytest.mark.parametrize("scripts", [True, False])
def test_after_the_last_press_the_focus_is_where_the_news_is(scripts: bool, browser: Any, shared_server: Any) -> None:
    from playwright.sync_api import expect

    from tests.support.browser import phone_page

    with phone_page(browser, shared_server.url, scripts=scripts) as page:
        finish(page, RA)
        expect(page.locator("h1")).to_be_focused()
        expect(page.get_by_role("status").filter(has_text="Well done")).to_be_visible()
        expect(page.locator("h1")).to_have_accessible_description("Saved. Well done: that was your first check-in.")
    with phone_page(browser, shared_server.url, scripts=scripts) as page:
        finish(page, RED)
        expect(page.get_by_role("heading", name="Emergency: call for help now")).to_be_focused()


def test_a_phone_that_shares_files_shares_the_pdf(phone: Any) -> None:
    from playwright.sync_api import expect

    phone.context.add_init_script(SHARES)
    finish(phone, RA)
    # Until its script is here, it is the plain link.
    phone.locator("body[data-asked]").wait_for()

    phone.get_by_role("link", name="Take to my doctor").click()

    # The first PDF of a server loads what makes it.
    shared = "your-summary.pdf application/pdf true"
    expect(phone.locator("body")).to_have_attribute("data-shared", shared, timeout=20_000)


def test_without_a_network_it_says_so(phone: Any) -> None:
    from playwright.sync_api import expect

    phone.context.add_init_script(SHARES)
    finish(phone, RA)
    # Until its script is here, it is the plain link.
    phone.locator("body[data-asked]").wait_for()
    phone.context.set_offline(True)
    phone.get_by_role("link", name="Take to my doctor").click()

    expect(phone.locator("#results-said")).to_contain_text("Try again when you are online")
    phone.context.set_offline(False)


def test_any_other_browser_has_the_pdf_as_a_link(phone_without_js: Any) -> None:
    finish(phone_without_js, RA)

    with phone_without_js.expect_download() as download:
        phone_without_js.get_by_role("link", name="Take to my doctor (PDF)").click()
    assert download.value.suggested_filename == "your-summary.pdf"


def test_all_is_printed_that_is_folded(phone: Any) -> None:
    finish(phone, PEOPLE["ra-on-methotrexate"])
    phone.emulate_media(media="print")

    for words in ("Morning stiffness lasted 45 minutes", "Needles and lowered immunity", "Is my condition stable"):
        assert phone.get_by_text(words).first.is_visible(), words
    assert not phone.get_by_text("Table (CSV)").is_visible()
