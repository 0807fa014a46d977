"""The sheet for the fridge: what Chromium prints of a plan is one page of either paper, with all that it needs and no more."""

from __future__ import annotations

import re
import subprocess
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.planner.test_phone import told_us
from tests.support.browser import SAVES_DATA
from tests.support.people import plan_fields

pytestmark = pytest.mark.browser
PAPER = {"A4": (595, 842), "Letter": (612, 792)}
PLANS = {
    "6": {"max_sessions": "6"},
    "10": {"max_sessions": "10"},
    "15 and three times off": {"max_sessions": "15"},
    "15, twice a week": {"max_sessions": "15", "per_week": "2", "weekdays": ["wed", "sat"]},
    "10, once every two weeks": {"max_sessions": "10", "per_week": "fortnight"},
}


def keep_plan(page: Any, address: str, **fields: Any) -> None:
    today = datetime.now(ZoneInfo("Europe/London")).date()
    times_off = {
        f"off_{end}.{row}": (today + timedelta(days=days)).isoformat()
        for row, both in enumerate(((20, 30), (50, 50), (70, 90)))
        for end, days in zip(("from", "to"), both, strict=True)
    }
    # The longest names of days and months.
    fields = plan_fields(first_day=today.isoformat(), weekdays=["wed"], leave_out_holidays="yes", **times_off) | fields
    data = "&".join(
        f"{name}={one}" for name, value in fields.items() for one in ([value] if isinstance(value, str) else value)
    )
    headers = {
        "sec-fetch-site": "same-origin",
        "origin": address,
        "content-type": "application/x-www-form-urlencoded",
    }
    assert page.context.request.post("/plan", data=data, headers=headers, max_redirects=0).status == 303


def printed(page: Any, paper: str) -> tuple[int, tuple[float, ...], str]:
    """How many pages, how large the paper is, and its words."""
    pdf = page.pdf(format=paper, prefer_css_page_size=True)
    box = re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", pdf)
    assert box
    made = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()
    return len(re.findall(rb"/Type\s*/Page\b", pdf)), (float(box[1]), float(box[2])), made


@pytest.mark.parametrize("plan", PLANS)
def test_it_is_one_page_of_either_paper(phone: Any, shared_server: Any, plan: str):
    told_us(phone, shared_server.url)
    keep_plan(phone, shared_server.url, **PLANS[plan])
    phone.goto("/plan")
    for text in ("", "200"):
        phone.evaluate("text => text && (document.documentElement.dataset.text = text)", text)
        for paper, size in PAPER.items():
            pages, box, words = printed(phone, paper)
            assert pages == 1, (paper, text)
            assert box == pytest.approx(size, abs=1), "the paper in the printer, whatever other sheets ask for"
            lines = [line for line in words.splitlines() if re.search(r"\d{4} +09:00", line)]
            assert len(lines) == int(plan.split(",")[0].split()[0])


def test_it_has_days_times_what_comes_after_and_when_to_stop_and_nothing_else(phone: Any, shared_server: Any):
    told_us(phone, shared_server.url)
    keep_plan(phone, shared_server.url, max_sessions="15")
    phone.goto("/plan")
    _, _, words = printed(phone, "A4")
    rows = [line.split() for line in words.splitlines() if "09:00" in line]
    assert [int(row[0]) for row in rows] == list(range(1, 16))
    after = {int(row[0]): " ".join(row[6:]).lstrip("→ ") for row in rows}
    assert (after[1], after[4], after[8]) == ("Safety check", "A first look", "Time to decide")
    assert after[2] == ""
    assert after[14] == "only if it has helped a bit"
    assert after[15] == "only if it has helped a bit → Time to decide"
    text = " ".join(words.split())
    assert "call the emergency number" in text
    assert "999" in text
    for other in ("medicines", "travel", "Move", "trials", "blood thinner", "Change", "Other numbers", "All sessions"):
        assert other not in text, other


def test_each_session_to_come_has_a_box_to_tick(phone: Any, shared_server: Any):
    told_us(phone, shared_server.url)
    keep_plan(phone, shared_server.url, max_sessions="6")
    phone.goto("/plan")
    phone.emulate_media(media="print")
    phone.evaluate("document.querySelector('.planner-sessions').open = true")
    boxes = phone.locator(".planner-table .planner-box:visible")
    assert boxes.count() == 6
    assert boxes.first.bounding_box()["width"] > 15


def test_the_button_prints_it_and_leaves_the_folds_as_they_were(phone: Any, shared_server: Any):
    told_us(phone, shared_server.url)
    keep_plan(phone, shared_server.url)
    phone.goto("/plan")
    phone.evaluate("""() => { window.print = () => {
        dispatchEvent(new Event("beforeprint"));
        window.printed = document.querySelector(".planner-sessions").open;
        dispatchEvent(new Event("afterprint"));
    } }""")
    phone.get_by_text("Change, print or delete this plan").click()
    phone.get_by_role("button", name="Print for the fridge").click()
    assert phone.evaluate("window.printed") is True
    assert phone.evaluate("document.querySelector('.planner-sessions').open") is False


@pytest.mark.parametrize("scripts", ["phone", "phone_without_js"])
def test_another_time_off_is_one_tap_and_the_focus_is_on_it(
    scripts: str, request: pytest.FixtureRequest, shared_server: Any
):
    page = request.getfixturevalue(scripts)
    told_us(page, shared_server.url)
    page.goto("/plan")
    page.get_by_text("Fine-tune").click()
    page.get_by_label("Price of one session").fill("45")
    page.get_by_role("button", name="Add more days off").click()
    page.get_by_role("group", name="Time off 3").wait_for()
    assert page.locator(":focus").get_attribute("name") == "off_from.2"
    assert page.get_by_label("Price of one session").input_value() == "45"


def test_enter_in_a_field_shows_the_sessions(phone: Any, shared_server: Any):
    told_us(phone, shared_server.url)
    phone.goto("/plan")
    phone.get_by_label("Monday").check()
    phone.get_by_role("radio", name="09:00").check()
    phone.get_by_text("Fine-tune").click()
    phone.get_by_label("Most you want to spend").fill("100")
    phone.get_by_label("Price of one session").fill("45")
    phone.get_by_label("Price of one session").press("Enter")
    phone.get_by_text("Nothing is saved yet.").wait_for()
    phone.get_by_text("2 sessions · 1 hour · £90").wait_for()


def test_on_the_smallest_phone_at_twice_the_size_the_table_fits(browser: Any, shared_server: Any):
    context = browser.new_context(viewport={"width": 320, "height": 700}, base_url=shared_server.url)
    context.add_init_script(SAVES_DATA)
    page = context.new_page()
    told_us(page, shared_server.url)
    keep_plan(page, shared_server.url, max_sessions="15")
    page.goto("/plan")
    page.evaluate("document.documentElement.dataset.text = '200'")
    page.locator("#all-sessions").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    right = page.evaluate(
        "Math.max(...[...document.querySelectorAll('.planner-table td *')].map(one => one.getBoundingClientRect().right))"
    )
    assert right <= 320
    assert page.get_by_role("row").count() == 16
    context.close()
