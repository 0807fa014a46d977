"""A plan on a phone, with scripts and without."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

pytestmark = pytest.mark.browser


def told_us(page: Any, address: str) -> None:
    """A finished check-in in this browser."""
    answers = {
        "age_band": "40-64",
        "country": "GB",
        "conditions": "ra",
        "main_symptom": "pain",
        "precautions": "anticoagulants",
    }
    headers = {"idempotency-key": str(uuid.uuid4()), "sec-fetch-site": "same-origin", "origin": address}
    answer = page.context.request.post("/quiz/whole", form=answers, headers=headers, max_redirects=0)
    assert answer.status == 303


def plan_ten_sessions(page: Any) -> None:
    page.goto("/plan")
    page.get_by_label("Monday").check()
    page.get_by_label("What time?").fill("09:00")
    page.get_by_label("Price of one session").fill("45")
    page.get_by_role("button", name="Show my sessions").click()
    page.get_by_text("£450").wait_for()
    page.get_by_role("heading", name="To know before you go").wait_for()
    page.get_by_role("button", name="Save this plan").click()
    page.get_by_role("heading", level=1, name="Your plan", exact=True).wait_for()


@pytest.mark.parametrize("scripts", ["phone", "phone_without_js"])
def test_plan_save_move_download_and_delete(scripts: str, request: pytest.FixtureRequest, shared_server: Any):
    page = request.getfixturevalue(scripts)
    page.emulate_media(reduced_motion="reduce")
    told_us(page, shared_server.url)
    plan_ten_sessions(page)
    if scripts == "phone":
        assert page.evaluate("document.documentElement.scrollWidth") == 390

    rows = page.locator("#all-sessions ~ table tbody tr")
    assert rows.count() == 10
    before = rows.nth(1).inner_text()
    rows.nth(1).get_by_role("link", name="Move").click()
    page.get_by_label("Time", exact=True).fill("14:30")
    page.get_by_label("Move only this one").check()
    page.get_by_role("button", name="Move it").click()
    assert rows.nth(1).inner_text() != before
    assert "14:30" in rows.nth(1).inner_text()

    with page.expect_download() as download:
        page.get_by_role("link", name="Add to my calendar").click()
    assert download.value.suggested_filename == "appointments.ics"
    page.get_by_role("link", name="Delete this plan").click()
    page.get_by_role("button", name="Delete the plan").click()
    page.get_by_role("heading", level=1, name="Plan your sessions").wait_for()


def test_the_print_button_is_there_only_with_scripts(phone: Any, phone_without_js: Any, shared_server: Any):
    for page, there in ((phone, True), (phone_without_js, False)):
        page.emulate_media(reduced_motion="reduce")
        told_us(page, shared_server.url)
        plan_ten_sessions(page)
        button = page.get_by_role("button", name="Print for the fridge")
        if there:
            button.wait_for()
        assert button.is_visible() is there


def test_the_zone_of_the_phone_is_chosen_where_a_country_has_several(browser: Any, shared_server: Any):
    context = browser.new_context(base_url=shared_server.url, timezone_id="America/Chicago")
    page = context.new_page()
    headers = {"idempotency-key": str(uuid.uuid4()), "sec-fetch-site": "same-origin"}
    answers = {"age_band": "18-39", "country": "US", "conditions": "ms", "main_symptom": "fatigue"}
    page.context.request.post("/quiz/whole", form=answers, headers=headers, max_redirects=0)
    page.goto("/plan")
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
    page.get_by_label("What time?").fill("09:00")
    page.get_by_role("button", name="Show my sessions").click()
    page.get_by_role("heading", name="Your sessions would be").wait_for()
    for name, text in (("How many sessions at most?", "6"), ("Price of one session", "45")):
        field = page.get_by_label(name)
        field.fill(text)
        field.press("Enter")
        page.get_by_role("heading", name="Your sessions would be").wait_for()
        page.wait_for_load_state()
    page.get_by_text("£270").wait_for()
    assert page.request.get("/plan.ics").status == 404
