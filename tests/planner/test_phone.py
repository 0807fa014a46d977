"""A plan on a phone, with scripts and without."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from acupwa.planner.model import WEEKDAYS
from tests.support.browser import SAVES_DATA
from tests.support.people import plan_fields

pytestmark = pytest.mark.browser


def told_us(page: Any, address: str, **more: str) -> None:
    """A finished check-in in this browser."""
    answers = {
        "age_band": "40-64",
        "country": "GB",
        "conditions": "ra",
        "main_symptom": "pain",
        "precautions": "anticoagulants",
    } | more
    headers = {"idempotency-key": str(uuid.uuid4()), "sec-fetch-site": "same-origin", "origin": address}
    answer = page.context.request.post("/quiz/whole", form=answers, headers=headers, max_redirects=0)
    assert answer.status == 303


def keep_plan_from_today(page: Any, address: str) -> None:
    """Sessions on this weekday, the first of them today."""
    today = datetime.now(ZoneInfo("Europe/London")).date()
    fields = plan_fields(first_day=today.isoformat(), weekdays=WEEKDAYS[today.weekday()], time="23:59")
    headers = {"sec-fetch-site": "same-origin", "origin": address}
    assert page.context.request.post("/plan", form=fields, headers=headers, max_redirects=0).status == 303


def plan_ten_sessions(page: Any) -> None:
    page.goto("/plan")
    page.get_by_label("Monday").check()
    page.get_by_role("radio", name="09:00").check()
    page.get_by_text("Fine-tune").click()
    page.get_by_label("Price of one session").fill("45")
    page.get_by_role("button", name="Show my sessions").click()
    page.get_by_text("£450", exact=True).wait_for()
    page.get_by_role("heading", name="To know before you go").wait_for()
    page.get_by_role("button", name="Save this plan").click()
    page.get_by_role("heading", level=1, name="Your plan", exact=True).wait_for()


@pytest.mark.parametrize("scripts", ["phone", "phone_without_js"])
def test_five_taps_from_the_summary_to_a_plan(scripts: str, request: pytest.FixtureRequest, shared_server: Any):
    """Make a plan, a day, a time, show, save; each a tap."""
    page = request.getfixturevalue(scripts)
    page.emulate_media(reduced_motion="reduce")
    told_us(page, shared_server.url)
    page.goto("/plan")  # what the button of the summary does: the first tap
    page.get_by_label("Monday").check()
    page.get_by_role("radio", name="09:00").check()
    page.get_by_role("button", name="Show my sessions").click()
    page.get_by_text("Nothing is saved yet.").wait_for()
    assert page.request.get("/plan.ics").status == 404
    page.get_by_role("button", name="Save this plan").click()
    page.get_by_text("Your plan is saved.").wait_for()
    assert page.request.get("/plan.ics").status == 200
    assert page.evaluate("document.activeElement.id") == "done"


SCREEN = 844 - 66  # above the bar
PEOPLE = {
    "ra": {"conditions": "ra", "precautions": "methotrexate-dmard"},
    "ms": {"conditions": "ms", "answering_for": "someone-i-care-for", "country": "IE"},
    "psoriasis": {"conditions": "psoriasis"},
    "lupus, of no country": {"conditions": "sle", "country": "", "precautions": "anticoagulants"},
    "fibromyalgia": {"conditions": "fibromyalgia"},
}


@pytest.mark.parametrize("who", PEOPLE)
def test_the_plan_is_three_screens_with_the_next_session_on_the_first(phone: Any, shared_server: Any, who: str):
    told_us(phone, shared_server.url, **PEOPLE[who])
    keep_plan_from_today(phone, shared_server.url)
    phone.goto("/plan")
    box = "document.querySelector('{}').getBoundingClientRect()"
    assert phone.evaluate(box.format("main") + ".bottom + scrollY") <= 3 * SCREEN
    for name in ("Went", "Missed"):
        found = phone.get_by_role("button", name=name).first.bounding_box()
        assert found["y"] + found["height"] <= SCREEN
    assert phone.get_by_role("link", name="Move").first.bounding_box()["y"] <= SCREEN


@pytest.mark.parametrize("scripts", ["phone", "phone_without_js"])
def test_a_session_is_noted_in_one_tap_and_taken_back_in_another(
    scripts: str, request: pytest.FixtureRequest, shared_server: Any
):
    page = request.getfixturevalue(scripts)
    told_us(page, shared_server.url)
    keep_plan_from_today(page, shared_server.url)
    page.goto("/plan")
    page.get_by_role("button", name="Went").first.click()
    page.get_by_text("Session 1: you went.").wait_for()
    assert page.evaluate("document.activeElement.id") == "done"
    page.get_by_role("button", name="Undo").first.click()
    page.get_by_text("nothing is noted now").wait_for()
    page.get_by_role("button", name="Missed").first.wait_for()


@pytest.mark.parametrize("scripts", ["phone", "phone_without_js"])
def test_plan_save_move_download_and_delete(scripts: str, request: pytest.FixtureRequest, shared_server: Any):
    page = request.getfixturevalue(scripts)
    page.emulate_media(reduced_motion="reduce")
    told_us(page, shared_server.url)
    plan_ten_sessions(page)
    if scripts == "phone":
        assert page.evaluate("document.documentElement.scrollWidth") == 390

    page.locator("#all-sessions").click()
    rows = page.locator("#all-sessions ~ .planner-table tbody tr")
    assert rows.count() == 10
    before = rows.nth(1).inner_text()
    rows.nth(1).get_by_role("link", name="Move").click()
    page.get_by_label("Time", exact=True).fill("14:30")
    assert page.get_by_label("Move only this one").is_checked()
    page.get_by_role("button", name="Move it").click()
    page.get_by_text("Session 2 is now on").wait_for()
    page.locator("#all-sessions").click()
    assert rows.nth(1).inner_text() != before
    assert "14:30" in rows.nth(1).inner_text()

    page.get_by_text("Change, print or delete this plan").click()
    page.locator(".planner-actions").get_by_role("link", name="Your calendar").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the file").click()
    assert download.value.suggested_filename == "appointments.ics"
    page.get_by_role("link", name="Back to: Your plan").click()
    page.get_by_text("Change, print or delete this plan").click()
    page.get_by_role("link", name="Delete this plan").click()
    page.get_by_role("button", name="Delete the plan").click()
    page.get_by_role("heading", level=1, name="Plan your sessions").wait_for()


def test_the_print_button_is_there_only_with_scripts(phone: Any, phone_without_js: Any, shared_server: Any):
    for page, there in ((phone, True), (phone_without_js, False)):
        page.emulate_media(reduced_motion="reduce")
        told_us(page, shared_server.url)
        plan_ten_sessions(page)
        page.get_by_text("Change, print or delete this plan").click()
        button = page.get_by_role("button", name="Print for the fridge")
        if there:
            button.wait_for()
        assert button.is_visible() is there


def test_the_zone_of_the_phone_is_chosen_where_a_country_has_several(browser: Any, shared_server: Any):
    context = browser.new_context(base_url=shared_server.url, timezone_id="America/Chicago")
    context.add_init_script(SAVES_DATA)
    page = context.new_page()
    headers = {"idempotency-key": str(uuid.uuid4()), "sec-fetch-site": "same-origin"}
    answers = {"age_band": "18-39", "country": "US", "conditions": "ms", "main_symptom": "fatigue"}
    page.context.request.post("/quiz/whole", form=answers, headers=headers, max_redirects=0)
    page.goto("/plan")
    page.get_by_text("Fine-tune").click()
    zone = page.get_by_label("Your time zone")
    page.wait_for_load_state("networkidle")
    assert zone.input_value() == "America/Chicago"
    assert page.get_by_label("Currency").input_value() == "USD"
    context.close()


@pytest.mark.parametrize("scripts", ["phone", "phone_without_js"])
def test_enter_in_a_field_shows_and_keeps_nothing(scripts: str, request: pytest.FixtureRequest, shared_server: Any):
    page = request.getfixturevalue(scripts)
    told_us(page, shared_server.url)
    page.goto("/plan")
    page.get_by_label("Monday").check()
    page.get_by_role("radio", name="09:00").check()
    page.get_by_role("button", name="Show my sessions").click()
    page.get_by_role("heading", name="Your sessions would be").wait_for()
    page.get_by_text("Fine-tune").click()
    for name, text in (("How many sessions at most?", "6"), ("Price of one session", "45")):
        field = page.get_by_label(name)
        field.fill(text)
        field.press("Enter")
        page.get_by_role("heading", name="Your sessions would be").wait_for()
        page.wait_for_load_state()
        page.get_by_text("Fine-tune").click()
    page.get_by_text("£270", exact=True).wait_for()
    assert page.request.get("/plan.ics").status == 404
