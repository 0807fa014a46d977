"""Plans at rest, on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import text

from acupwa.library.model import Library
from acupwa.person.service import forget_person, make_person
from acupwa.planner.course import make_course
from acupwa.planner.model import AskedPlan, Course
from acupwa.planner.move import Move
from acupwa.planner.service import current_plan, delete_plan, move, save_plan
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
    assert database.work(move, two.id, MOVE, library) is None
    database.work(delete_plan, two.id)
    assert database.work(current_plan, one.id) is not None


def test_forgetting_the_person_forgets_the_plan(database: Any, library: Library):
    person, _token = database.work(make_person, NEWCOMER)
    save(database, library, person.id)
    database.work(forget_person, person.id)
    left = database.work(lambda db, now: db.execute(text("select count(*) from plan")).scalar())
    assert left == 0
