"""What cannot be in the form of a plan: told beside its field, in words, and nothing that was typed is lost."""

from __future__ import annotations

import re
from typing import Any

import pytest

from acupwa.planner.plan_fields import MOST_OFF_ROWS
from tests.support.html_page import Page
from tests.support.people import finish_check_in, plan_fields

ALL_OFF = {"off_from.1": "2026-11-24", "off_to.1": "2027-06-10"}
DAY, NUMBER = "Choose a day from the calendar", "Enter a whole number"
FAULTS: list[tuple[dict[str, Any], str, str]] = [
    ({"first_day": "2027-02-31"}, "first-day", DAY),
    ({"first_day": "0001-01-01"}, "first-day", DAY),
    ({"first_day": "9999-12-31"}, "first-day", DAY),
    ({"first_day": "2570-01-04"}, "first-day", DAY),  # the Buddhist calendar
    ({"first_day": "1448-06-25"}, "first-day", DAY),  # the Islamic one
    ({"first_day": "۲۰۲۷-۰۱-۰۴"}, "first-day", DAY),
    ({"first_day": "04/01/2027"}, "first-day", DAY),
    ({"first_day": ""}, "first-day", "Choose the first day you could start"),
    ({"first_day": "2026-11-22"}, "first-day", "Choose today or a later day"),
    ({"first_day": "2028-01-01"}, "first-day", "within the next year"),
    ({"time_zone": "Mars/Base"}, "time-zone", "Choose your time zone"),
    ({"time_zone": "../../etc/passwd"}, "time-zone", "Choose your time zone"),
    ({"time_zone": ""}, "time-zone", "Choose your time zone"),
    ({"max_sessions": "0"}, "max-sessions", f"{NUMBER} from 1 to 15"),
    ({"max_sessions": "16"}, "max-sessions", f"{NUMBER} from 1 to 15"),
    ({"max_sessions": "-1"}, "max-sessions", f"{NUMBER} from 1 to 15"),
    ({"max_sessions": "2.5"}, "max-sessions", f"{NUMBER} from 1 to 15"),
    ({"max_sessions": "11", "per_week": "fortnight"}, "max-sessions", f"{NUMBER} from 1 to 10"),
    ({"price": "-1"}, "price", "Price of one session: enter 0 or more"),
    ({"price": "−1"}, "price", "Price of one session: enter 0 or more"),
    ({"price": "45.123"}, "price", "Price of one session: use two digits at most"),
    ({"price": "lots"}, "price", "Price of one session: enter a number"),
    ({"price": "1e3"}, "price", "Price of one session: enter a number"),
    ({"price": "10000001"}, "price", "Price of one session: enter 10,000,000 or less"),
    ({"max_money": "-1"}, "max-money", "Most you want to spend in all: enter 0 or more"),
    ({"max_money": "a lot"}, "max-money", "Most you want to spend in all: enter a number"),
    ({"max_money": "450.001"}, "max-money", "use two digits at most"),
    ({"max_money": "150000001"}, "max-money", "enter 150,000,000 or less"),
    ({"max_money": "44.99"}, "max-money", "does not pay for one session: enter 45 or more"),
    ({"max_money": "450", "price": ""}, "max-money", "fill in the price of one session too"),
    ({"off_from.1": "2027-02-31"}, "off-from-1", DAY),
    ({"off_from.1": "0001-01-01", "off_to.1": "9999-12-31"}, "off-from-1", DAY),
    ({"off_from.1": "2027-01-01", "off_to.1": "2027-02-31"}, "off-to-1", DAY),
    ({"off_to.1": "2027-01-01"}, "off-from-1", "Enter the first day off"),
    ({"off_from.1": "2027-01-02", "off_to.1": "2027-01-01"}, "off-from-1", "before the first one"),
    ({"off_from.0": "2026-12-25", **ALL_OFF}, "off-from-0", "No day is left for a session"),
]  # fmt: skip


@pytest.fixture
def patient(client: Any) -> Any:
    finish_check_in(client)
    return client


def shown(page: Page, name: str) -> str | None:
    """What stands in the field, or is chosen in it."""
    for one in page.all("input", "select"):
        if (
            one.attrs.get("name") == name
            and one.tag == "input"
            and one.attrs.get("type") not in ("radio", "checkbox", "hidden")
        ):
            return one.attrs.get("value")
        if one.attrs.get("name") == name and (one.tag == "select" or "checked" in one.attrs):
            return next(
                (o.attrs.get("value") for o in one.inside("option") if "selected" in o.attrs), one.attrs.get("value")
            )
    return None


@pytest.mark.parametrize("do", ["preview", "save"])
@pytest.mark.parametrize(("wrong", "field", "words"), FAULTS)
def test_it_is_told_beside_the_field_and_everything_stays(
    patient: Any, wrong: dict[str, Any], field: str, words: str, do: str
):
    typed = (
        plan_fields(time="12:00", max_money="", leave_out_holidays="yes", **{"off_from.0": "2026-12-07"}, do=do) | wrong
    )
    answer = patient.post("/plan", typed)

    page = Page(answer.text)
    assert answer.status_code == 422
    [beside] = [one for one in page.all("p") if one.attrs.get("id") == f"f-{field}-error"]
    assert words in beside.words
    assert [one.attrs["id"] for one in page.all("p") if "error" in one.attrs.get("class", "")] == [beside.attrs["id"]]
    [summary] = [one for one in page.all("div") if one.attrs.get("id") == "error-summary"]
    assert [one.attrs["href"] for one in summary.inside("a")] == [f"#f-{field}"]
    assert any(one.attrs.get("id") == f"f-{field}" for one in page.elements)
    kept = {name: value for name, value in typed.items() if name not in ("do", "weekdays")}
    assert {name: shown(page, name) or "" for name in kept} == kept
    assert patient.get("/plan.ics").status_code == 404


def test_a_price_that_cannot_be_read_is_the_one_thing_that_is_told_of_the_money(patient: Any):
    text = patient.post("/plan", plan_fields(price="-1", max_money="300")).text
    assert 'id="f-price-error"' in text
    assert 'id="f-max-money-error"' not in text


@pytest.mark.parametrize(("typed", "kept"), [("337,50", 337.5), ("1 000", 1000), ("450.00", 450), ("45", 45)])
def test_a_limit_is_read_as_people_write_it_and_stands_in_the_form_again(patient: Any, typed: str, kept: float):
    assert patient.post("/plan", plan_fields(max_money=typed)).status_code == 303
    plan = patient.get("/me/export.json").json()["plan"]
    assert plan["request"]["max_money"] == kept
    assert len(plan["visits"]) == min(10, kept // 45)
    assert shown(Page(patient.get("/plan/change").text), "max_money") == f"{kept:.2f}".removesuffix(".00")
    assert "Your spending limit sets the number of sessions" in patient.get("/plan").text or kept >= 450


# ------------------------------------------------------------------ days off, row by row


def rows(text: str) -> list[tuple[str, str]]:
    page = Page(text)
    count = len(re.findall(r'name="off_from\.', text))
    return [(shown(page, f"off_from.{row}") or "", shown(page, f"off_to.{row}") or "") for row in range(count)]


def sent_again(text: str, **press: str) -> dict[str, Any]:
    """What a browser sends of the form as it is shown."""
    days = {
        f"off_{end}.{row}": day
        for row, both in enumerate(rows(text))
        for end, day in zip(("from", "to"), both, strict=True)
    }
    fields = plan_fields(price="lots", weekdays=["mon", "thu"])
    del fields["do"]
    return fields | days | press


def test_another_time_off_shows_one_more_row_up_to_ten_and_keeps_all(patient: Any):
    text = patient.get("/plan").text
    assert rows(text) == [("", "")] * 2
    typed = {"off_from.0": "2026-12-07", "off_from.1": "2027-02-31", "off_to.1": "x"}
    for count in range(3, MOST_OFF_ROWS + 1):
        assert "Add more days off" in text
        answer = patient.post("/plan", sent_again(text, do="more-off") | typed)
        text, typed = answer.text, {}
        assert answer.status_code == 200
        assert rows(text) == [("2026-12-07", ""), ("2027-02-31", "x"), *[("", "")] * (count - 2)]
        assert 'value="lots"' in text
        assert 'class="error"' not in text
        assert re.search(r"<details class=\"more planner-fine\" open", text)
    assert 'value="more-off"' not in text
    assert patient.get("/plan.ics").status_code == 404


def test_a_row_is_cleared_and_the_others_stay(patient: Any):
    three = {
        "off_from.0": "2026-12-07",
        "off_from.1": "2026-12-25",
        "off_to.1": "2027-01-02",
        "off_from.2": "2027-02-01",
    }
    fields = {name: value for name, value in plan_fields(price="lots").items() if name != "do"} | three
    answer = patient.post("/plan", fields | {"clear_off": "1"})
    assert answer.status_code == 200
    assert rows(answer.text) == [("2026-12-07", ""), ("2027-02-01", "")]
    assert 'value="lots"' in answer.text
    assert rows(patient.post("/plan", sent_again(answer.text, clear_off="0")).text) == [("2027-02-01", ""), ("", "")]


@pytest.mark.parametrize("row", ["12", "-1", "x", "1.0"])
def test_a_row_that_is_not_there_is_refused(patient: Any, row: str):
    assert patient.post("/plan", plan_fields(clear_off=row)).status_code == 422


def test_clearing_never_keeps_a_plan(patient: Any):
    patient.post("/plan", plan_fields(clear_off="0", do="save"))
    assert patient.get("/plan.ics").status_code == 404


def test_single_days_of_a_proposal_become_rows_of_days_in_a_row(patient: Any):
    days = [f"2026-12-{day:02}" for day in range(7, 29)] + ["2027-02-01"]
    text = patient.post("/plan", plan_fields(days_off=days, do="preview")).text
    assert rows(text) == [("2026-12-07", "2026-12-28"), ("2027-02-01", "")]
