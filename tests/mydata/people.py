"""A person who has used all there is: a full check-in, a follow-up with a note, a draft, a plan, a list, a code."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.planner.check_ins import plan_fields
from tests.stories.personas import RA, answer_quiz, on_screen

NOTE = '=slept badly, "again"; naïve 😴'
PLANTED = "aching zebra thumb"


def a_whole_person(client: Any, clock: Any) -> None:
    """Newest first: a draft, a follow-up, a full check-in. The clock goes on 20 days."""
    answer_quiz(client, RA | {"problem_words": PLANTED})
    client.post("/list/what-to-expect", {"action": "read"})
    client.post("/list/needles-and-blood-thinners", {"action": "pin"})
    saved = client.post("/plan", plan_fields(do="save"))
    assert saved.status_code == 303, saved.text[:2000]
    clock.now += timedelta(days=15)
    follow_up(client)
    clock.now += timedelta(days=5)
    began = client.post("/quiz", {"start": "1", "again": "1"}).headers["location"]
    place = began.rpartition("/")[0]
    for screen in ("right-now", "about-you", "lately"):
        assert client.post(f"{place}/{screen}", on_screen(screen, RA)).status_code == 303
    assert client.post(f"{place}/ratings/pause", {"ratings.fatigue": "4"}).status_code == 200


def follow_up(client: Any, note: str = NOTE) -> str:
    """From the button to the result; returns the check-in's id."""
    place = client.post("/quiz", {"variant": "follow-up"}).headers["location"].rpartition("/")[0]
    client.post(f"{place}/right-now", {"none_right_now": "1"})
    client.post(f"{place}/since", {"sessions_since": "3", "side_effects": ["bruise"], "changed_since": ["flare"]})
    told = {"ratings.problem": "4", "ratings.fatigue": "5", "instruments.pgic.1": "3", "instruments.peg.1": "5"}
    client.post(f"{place}/ratings", told | {"note": note})
    assert client.post(f"{place}/finish").status_code == 303
    return place.rpartition("/")[2]
