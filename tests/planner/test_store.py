"""Plans at rest, on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import msgspec
from msgspec.structs import replace
from sqlalchemy import text

from acupwa.db.encryption import seal
from acupwa.library.model import Library
from acupwa.person.service import forget_person, make_person
from acupwa.planner.course import make_course
from acupwa.planner.model import AskedPlan, Course, Part
from acupwa.planner.move import Move, move_session
from acupwa.planner.preview import PlanPreview
from acupwa.planner.service import current_plan, delete_plan, save_own_plan, save_plan, take_gated_step, take_step
from acupwa.planner.stage_entry import Barred
from acupwa.planner.stages import replan_session
from acupwa.planner.undo import undo_last
from tests.support.codes import NEWCOMER
from tests.support.plan_requests import make_request

MOVE = Move(number=1, day=date(2027, 1, 6), time="09:00", rest=False, now=datetime(2027, 1, 4, 8, tzinfo=UTC))


def save(database: Any, library: Library, person_id: Any, **changes: Any) -> Any:
    request = make_request(library, **changes)
    course = make_course(request, library)
    assert isinstance(course, Course)
    asked = AskedPlan(request=request, own_days_off=request.days_off, country=None)
    return database.work(save_plan, person_id, asked, course, library)


def test_a_plan_comes_back_as_it_was_kept(database: Any, library: Library):
    person, _token = database.work(make_person, NEWCOMER)
    kept = save(database, library, person.id, days_off=["2027-01-18"])
    assert database.work(current_plan, person.id) == kept
    assert database.work(current_plan, person.id) == kept


def test_a_plan_of_the_older_schema_goes_on_with_its_places_in_calendars(database: Any, library: Library):
    """Kept before plans had steps: its sessions stay, with their numbers and sequences, and its first step is that."""
    person, _token = database.work(make_person, NEWCOMER)
    kept = save(database, library, person.id)
    older = replace(kept, steps=(), sessions=tuple(replace(one, sequence=3, moved=True) for one in kept.sessions))
    database.work(put_older, older)
    assert database.work(current_plan, person.id) == older

    moved = database.work(take_step, person.id, partial(move_session, move=MOVE, guidance=library.guidance))

    assert moved.id == kept.id
    assert [step.kind for step in moved.steps] == ["carried", "moved"]
    assert [(one.number, one.sequence) for one in moved.sessions] == [(1, 4), *((n, 3) for n in range(2, 11))]
    undone = database.work(take_step, person.id, undo_last)
    assert [(one.number, one.day, one.sequence) for one in undone.sessions] == [
        (one.number, one.day, 3 + (one.number == 1) * 2) for one in older.sessions
    ]


def put_older(db: Any, now: Any, plan: Any) -> None:
    """As the row was sealed then."""
    names = ("part", "pause", "ended_at", "steps")
    new = ("felt", "followed", "told")
    kept = {
        "request": plan.request,
        "visits": plan.sessions,
        "own_days_off": plan.own_days_off,
        "country": plan.country,
    }
    asked = msgspec.to_builtins(kept)
    asked["visits"] = [{key: value for key, value in one.items() if key not in new} for one in asked["visits"]]
    assert not set(asked) & set(names)
    db.execute(text("update plan set sealed = :sealed"), {"sealed": seal(db, asked)})


def test_a_second_plan_replaces_the_first_under_the_same_id(database: Any, library: Library):
    person, _token = database.work(make_person, NEWCOMER)
    first = save(database, library, person.id)
    second = save(database, library, person.id, max_sessions=6)
    assert second.id == first.id
    assert database.work(current_plan, person.id) == second


def test_what_was_asked_is_sealed(database: Any, library: Library):
    person, _token = database.work(make_person, NEWCOMER)
    save(database, library, person.id)
    row = database.work(lambda db, now: db.execute(text("select * from plan")).one())
    assert b"Europe/London" not in bytes(row.sealed)
    assert "ra" not in [str(value) for value in row]


def test_each_person_has_their_own(database: Any, library: Library):
    one, _token = database.work(make_person, NEWCOMER)
    two, _token = database.work(make_person, NEWCOMER)
    save(database, library, one.id)
    assert database.work(current_plan, two.id) is None
    step = partial(move_session, move=MOVE, guidance=library.guidance)
    assert database.work(take_step, two.id, step) is None
    database.work(delete_plan, two.id)
    assert database.work(current_plan, one.id) is not None


def test_forgetting_the_person_forgets_the_plan(database: Any, library: Library):
    person, _token = database.work(make_person, NEWCOMER)
    save(database, library, person.id)
    database.work(forget_person, person.id)
    left = database.work(lambda db, now: db.execute(text("select count(*) from plan")).scalar())
    assert left == 0


def test_new_sessions_are_laid_through_the_gate_of_that_moment(database: Any, library: Library):
    """Whatever a page was shown before: the answers are read where the sessions are laid. Here there are none."""
    person, _token = database.work(make_person, NEWCOMER)
    kept = save(database, library, person.id)
    replan: Any = partial(replan_session, number=1, library=library)

    found = database.work(take_gated_step, person.id, replan, library)
    assert found == Barred(first="check-in")

    asked = AskedPlan(request=kept.request, own_days_off=(), country=None)
    course = make_course(make_request(library, weekdays=["fri"]), library)
    preview = PlanPreview(asked=asked, made=course, kept=0, part=Part())
    assert database.work(save_own_plan, person.id, preview, library) is None
    assert database.work(current_plan, person.id) == kept
