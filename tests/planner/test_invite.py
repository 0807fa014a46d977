"""What stands at the planner's address before a check-in is finished: danger signs of a draft come before all else."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.people import RA, fill, finish_check_in, plan_fields

EMERGENCY = {"red_flags": ["stroke-fast"]}


@pytest.fixture
def emergency(client: Any) -> str:
    """A draft in which an emergency was ticked on the first screen; its place."""
    place = fill(client, RA, until="right-now")
    assert client.post(f"{place}/right-now", EMERGENCY).status_code == 303
    return place


@pytest.mark.parametrize("path", ["/plan", "/plan/change"])
def test_an_emergency_of_a_draft_says_whom_to_call_before_how_courses_go(client: Any, emergency: str, path: str):
    page = client.get(path).text

    assert page.index("Get help now") < page.index('href="tel:112"') < page.index("How a course can go")
    assert page.index("Get help now") < page.index("Start the check-in")


def test_it_calls_the_numbers_of_the_country_that_was_said(client: Any):
    place = fill(client, RA, until="lately")
    client.post(f"{place}/lately", {"red_flags": ["septic-joint"]})

    page = client.get("/plan").text

    assert "Get medical advice today" in page
    assert 'href="tel:111"' in page


def test_a_group_ticked_alone_counts_there_too(client: Any):
    place = fill(client, RA, until="right-now")
    client.post(f"{place}/right-now", {"groups": ["chest-and-breath"]})

    assert "Chest and breathing: not said which" in client.get("/plan").text


def test_it_is_gone_after_help_or_once_it_is_unticked(client: Any, emergency: str):
    other = client.another()
    place = fill(other, RA, until="right-now")
    other.post(f"{place}/right-now", EMERGENCY)

    client.post("/today/had-help")
    other.post(f"{place}/right-now", {"none_right_now": "1"})

    for one in (client, other):
        assert "Get help now" not in one.get("/plan").text


def test_a_plan_whose_check_in_was_deleted_still_hears_of_a_sign_told_since(client: Any):
    finished = finish_check_in(client)
    assert client.post("/plan", plan_fields()).status_code == 303
    client.post(f"/me/check-ins/{finished}/delete")
    assert "Before your next session" not in client.get("/plan").text
    place = fill(client, RA, until="lately")

    client.post(f"{place}/lately", {"red_flags": ["septic-joint"]})

    page = client.get("/plan").text
    assert page.index("Before your next session") < page.index("Get medical advice today") < page.index("Your course")
