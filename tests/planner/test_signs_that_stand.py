"""No plan is made beside a danger sign that no later check-in has ended, wherever it stands."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from acupwa.library.load import load_library
from acupwa.planner.model import NoCourse, PlanRequest
from acupwa.planner.preview import preview_proposal
from tests.support.answers import make_answers
from tests.support.people import NO_DIAGNOSIS, RA, answer_quiz, on_screen, plan_fields

CHEST = {"groups": ["chest-and-breath"]}
HELP = "/today/had-help"


def begin_follow_up(client: Any) -> str:
    address: str = client.post("/quiz", {"variant": "follow-up"}).headers["location"]
    return address


def makes_a_plan(client: Any, clock: Any) -> bool:
    day = (clock.now + timedelta(days=7)).date().isoformat()
    page, saved = client.get("/plan").text, client.post("/plan", plan_fields(first_day=day))
    offered = 'name="first_day"' in page
    assert offered == (saved.headers.get("location") == "/plan?done=saved")
    assert offered or "planner" in page
    return offered


@pytest.mark.parametrize("kept_by", ["draft", "pause", "press with a fault"])
def test_a_sign_in_a_draft_closes_the_plan_and_shows_its_number(client: Any, clock: Any, kept_by: str) -> None:
    answer_quiz(client, RA)
    clock.now += timedelta(days=3)
    address = begin_follow_up(client)
    match kept_by:
        case "draft":
            client.post(f"{address}/draft", CHEST)
        case "pause":
            client.post(f"{address}/pause", CHEST)
        case _:
            assert client.post(address, {**CHEST, "none_right_now": "1"}).status_code == 422

    page = client.get("/plan").text

    assert "tel:999" in page
    assert not makes_a_plan(client, clock)
    assert "tel:999" in client.get("/today").text


@pytest.mark.parametrize("helped", [False, True])
def test_without_any_finished_check_in_a_plan_tells_of_none(client: Any, clock: Any, helped: bool) -> None:
    summary = answer_quiz(client, RA).headers["location"].partition("?")[0]
    assert makes_a_plan(client, clock)
    clock.now += timedelta(days=3)
    client.post(f"{begin_follow_up(client)}/draft", CHEST)
    client.post(summary.replace("/results/", "/me/check-ins/") + "/delete")
    if helped:
        client.post(HELP)

    page = client.get("/plan").text

    assert "Before your next session" in page
    assert "last check-in" not in page
    assert ("Get help now" in page) is not helped


def test_a_sign_of_one_begun_earlier_and_finished_later_closes_it_until_one_is_finished_without(
    client: Any, clock: Any
) -> None:
    answer_quiz(client, RA)
    clock.now += timedelta(days=3)
    address = begin_follow_up(client)
    clock.now += timedelta(minutes=9)
    answer_quiz(client, RA)
    assert makes_a_plan(client, clock)
    client.post("/plan/delete")
    clock.now += timedelta(minutes=9)
    assert "/results/" in client.post(address, CHEST).headers["location"]

    assert not makes_a_plan(client, clock)
    client.post(HELP)
    assert not makes_a_plan(client, clock), "help opens no plan"
    clock.now += timedelta(minutes=9)
    answer_quiz(client, RA)
    assert makes_a_plan(client, clock)


def test_a_diagnosis_that_is_added_later_makes_no_plan_before_its_questions_are_answered(
    client: Any, clock: Any
) -> None:
    place = answer_quiz(client, NO_DIAGNOSIS).headers["location"].partition("?")[0].replace("results", "quiz")
    about = {name: RA[name] for name in ("answering_for", "age_band", "country", "conditions")}
    assert client.post(f"{place}/about-you", about).status_code == 303

    assert not makes_a_plan(client, clock)
    summary = client.get(place.replace("quiz", "results")).text
    assert "You did not tick any danger signs" not in summary
    assert f'href="{place}/lately"' in summary
    for screen in ("lately", "what-matters", "before-needles"):
        assert client.post(f"{place}/{screen}", on_screen(screen, RA)).status_code == 303
    assert "You did not tick any danger signs" in client.get(place.replace("quiz", "results")).text
    assert makes_a_plan(client, clock)


def test_a_sign_without_words_any_more_lets_no_proposal_be_taken(clock: Any) -> None:
    library = load_library()
    request = PlanRequest(
        conditions=("ra",), first_day=clock.now.date(), weekdays=("mon",), time="09:00", time_zone="Europe/London",
        per_week=1, max_sessions=8, minutes=40,
    )  # fmt: skip
    for told in ({"red_flags": ("a-sign-of-old",)}, {"groups": ("a-group-of-old",)}):
        preview = preview_proposal(request, make_answers(**told), None, library, clock.now)
        assert isinstance(preview.made, NoCourse), told
    calm = preview_proposal(request, make_answers(), None, library, clock.now)
    assert not isinstance(calm.made, NoCourse)
