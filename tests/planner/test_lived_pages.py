"""Whatever became of a plan, every page of its person stands; and a whole life by HTTP, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from acupwa.app import create_app
from acupwa.person.service import find_person
from acupwa.planner.history import steps_of
from acupwa.planner.on_hold import sessions_left
from acupwa.planner.service import put_plan
from acupwa.planner.story import story_of
from acupwa.settings import read_settings
from tests.planner.test_living import FIRST, standing, step_of
from tests.support.client import Client
from tests.support.clock import Clock
from tests.support.database import KEY, database_of, migrate
from tests.support.people import finish_check_in, plan_fields
from tests.support.plan_lives import LIBRARY, START, lives

PATHS = ("/plan", "/today", "/progress", "/plan.ics", "/me/export.json", "/plan/change", "/me", "/check-in")
LIVES = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@LIVES
@given(life=lives())
def test_every_page_stands_beside_a_random_life(client: Any, clock: Any, life: Any):
    plan, now = life
    person = client.another()
    clock.now = START
    check_in = finish_check_in(person)
    work = client.app.inner.state.work
    (token,) = (one.value for one in person.cookies.jar)
    owner = work.run(find_person, token)
    work.run(put_plan, owner.id, plan)
    clock.now = now + timedelta(minutes=1)
    for path in (*PATHS, f"/results/{check_in}", f"/results/{check_in}.txt", f"/results/{check_in}.pdf"):
        answer = person.get(path)
        if answer.status_code == 303:
            answer = person.follow(answer)
        assert answer.status_code == 200, (path, answer.text[:1000])
    page = person.get("/plan").text
    assert (">Move<" in page) <= (plan.pause is None and plan.ended_at is None)
    assert ("Your plan is on hold" in page) >= (plan.pause is not None)
    person.post("/me/delete")


@given(lives())
@settings(max_examples=150)
def test_no_step_is_missing_from_what_happened(life: Any):
    plan, _now = life
    lines = story_of(plan, LIBRARY.guidance.pauses)
    assert len(lines) == len(steps_of(plan))
    assert all(line.words and line.day for line in lines)
    kinds = [step.kind for step in steps_of(plan)]
    assert [line.undoes for line in lines] == [kind == "undone" for kind in kinds]
    assert sum(line.undone for line in lines) == kinds.count("undone")


@given(lives(), st.integers(0, 30))
@settings(max_examples=100)
def test_what_is_left_on_hold_is_what_was_asked_for(life: Any, days: int):
    plan, _now = life
    assert 0 <= sessions_left(plan) <= plan.request.max_sessions
    assert [one.number for one in plan.standing] == list(range(1, len(plan.standing) + 1))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def either(request: Any, tmp_path: Path, library: Any, loop: Any, clock: Clock) -> Iterator[Client]:
    environment = {"ACUPWA_SECRET_KEYS": KEY, "ACUPWA_DATA_DIR": str(tmp_path)}
    if request.param == "postgresql":
        environment["DATABASE_URL"] = request.getfixturevalue("postgres_life_url")
    found = read_settings(environment, folder=tmp_path)
    migrate(found.database_url)
    app = create_app(found, library=library, clock=clock)
    yield Client(app, loop)
    app.inner.state.work.close()


@pytest.fixture
def postgres_life_url(postgres: str) -> Iterator[str]:
    with database_of(postgres) as url:
        yield url


def test_a_life_by_http(either: Client, clock: Clock):
    """Made, missed, planned again, on hold for a flare, a check-in, on again, days off, all of it undone but the check."""
    finish_check_in(either)
    either.post("/plan", plan_fields(first_day=FIRST))
    clock.now += timedelta(days=7, hours=8)
    either.post("/plan/sessions/1/log", {"log": "missed"})
    either.post("/plan/sessions/1/replan")
    assert len(standing(either)) == 11
    either.post("/plan/pause", {"reason": "flare"})
    clock.now += timedelta(days=9)
    finish_check_in(either)
    either.post("/plan/pause", {"do": "go-on", "day": "2026-12-14"})
    went_on = standing(either)
    assert [one[1] for one in went_on][:2] == [FIRST, "2026-12-14"]
    assert len(went_on) == 11
    either.post("/plan/days-off", {"off_from": "2026-12-21", "off_to": "2027-01-03"})
    assert [one[1] for one in standing(either)][:3] == [FIRST, "2026-12-14", "2027-01-04"]
    either.post("/plan/undo", {"step": step_of(either.get("/plan").text)})
    assert standing(either) == went_on
    text = either.get("/plan").text.partition("planner-story")[2]
    for words in (
        "Undone: Days off: Mon 21 Dec 2026 to Sun 3 Jan 2027", "Plan goes on, from Mon 14 Dec 2026",
        "On hold: A flare or relapse", "Session 1 planned again, on Mon 8 Feb 2027", "Session 1: missed",
        "Plan made: 10 sessions",
    ):  # fmt: skip
        assert words in text, words
    assert text.index("Undone: Days off") < text.index("Plan goes on") < text.index("Plan made")
