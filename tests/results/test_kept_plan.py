"""A summary tells of the plan that there is, and does not ask for one to be made."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.support.people import finish_check_in, plan_fields


def text_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page))


@pytest.fixture
def result(client):
    finished = finish_check_in(client)
    assert client.post("/plan", plan_fields()).status_code == 303
    return f"/results/{finished}"


def test_without_a_plan_one_can_be_made(client):
    page = client.get(f"/results/{finish_check_in(client)}").text

    assert "Make a plan" in page
    assert "See your plan" not in page


def test_the_next_session_stands_there_and_in_the_files(client, result):
    page = client.get(result).text

    assert "Make a plan" not in page
    assert "You can plan a course" not in page
    assert "See your plan" in page
    assert "Monday 30 November" in text_of(page)
    assert "Monday 30 November" in client.get(f"{result}.txt").text
    assert client.get(f"{result}.pdf").status_code == 200


def test_a_plan_whose_sessions_are_over(client, clock, result):
    clock.now += timedelta(weeks=20)

    assert "All its sessions are in the past" in client.get(result).text


def test_the_day_is_that_of_the_plan(client, clock, result):
    clock.now = clock.now.replace(month=11, day=30, hour=23, minute=59)
    assert "Monday 30 November" in text_of(client.get(result).text)
    client.post("/plan", plan_fields(time_zone="Pacific/Auckland", first_day="2026-12-02"))

    assert "Monday 7 December" in text_of(client.get(result).text)


def test_one_that_a_doctor_has_to_agree_to_says_so(client, result):
    again = finish_check_in(client, precautions=["anticoagulants"])

    assert "Do not carry on before your doctor or specialist team agrees" in client.get(f"/results/{again}").text


def test_answers_that_stand_against_it_lead_there(client, result):
    again = finish_check_in(client, red_flags=["septic-joint"])
    page = client.get(f"/results/{again}").text

    assert "Why there is no plan for now" in page
    assert "See your plan" in page
    assert "what these answers mean for it" in page


def test_a_deleted_plan_is_not_told_of(client, result):
    client.post("/plan/delete")

    assert "Make a plan" in client.get(result).text
