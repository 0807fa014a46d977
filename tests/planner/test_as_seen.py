"""A press on a session that waited on a phone: done if the session is as it was seen, once, and else told."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acupwa.db.tables import new_key
from acupwa.person.queued_press_service import forget_queued_presses, is_done
from acupwa.person.service import make_person
from acupwa.planner.after_session_service import note_session
from acupwa.planner.as_seen import find_session, session_mark
from acupwa.planner.model import PlanRequest, SavedPlan
from acupwa.planner.move import Move
from acupwa.planner.plan import now_of
from acupwa.planner.pressed_service import log_as_seen, move_as_seen, undo_as_seen
from acupwa.planner.service import current_plan, delete_plan, put_plan
from acupwa.planner.undo import mark_of
from acupwa.web.queued_press import ANY, KNOWN_FOR, ChangedSince
from tests.planner.test_plan import saved
from tests.support.codes import NEWCOMER
from tests.support.later import press_of, seen_on, send
from tests.support.people import finish_check_in, plan_fields

MONDAYS = PlanRequest(
    conditions=("ra",), first_day=date(2027, 1, 18), weekdays=("mon",), time="09:00", time_zone="Europe/London",
    per_week=1, max_sessions=4, minutes=30,
)  # fmt: skip
LATE = timedelta(days=2)


class Course:
    """Somebody with a plan of four Mondays, on the evening of the second; what their phones send comes two days later."""

    def __init__(self, database: Any, clock: Any, library: Any) -> None:
        self.work, self.clock, self.library = database.work, clock, library
        self.id = database.work(make_person, NEWCOMER)[0].id
        plan = saved(MONDAYS, library)
        database.work(
            put_plan, self.id, SavedPlan(**{f: getattr(plan, f) for f in plan.__struct_fields__} | {"id": new_key()})
        )
        self.pressed_at = clock.now = plan.updated_at.replace(month=1, day=25, hour=18)
        clock.now += LATE

    @property
    def plan(self) -> SavedPlan:
        plan: SavedPlan = self.work(current_plan, self.id)
        return plan

    def seen(self, number: int = 1) -> str:
        return session_mark(self.plan, number)

    def log_of(self, number: int = 1) -> str | None:
        session = find_session(self.plan, number)
        assert session is not None
        return session.log

    def log(self, log: Any, seen: str, number: int = 1, **more: Any) -> Any:
        return self.work(log_as_seen, self.id, number, log, press_of(seen, at=self.pressed_at, **more))

    def undo(self, mark: str, **more: Any) -> Any:
        return self.work(undo_as_seen, self.id, mark, press_of(ANY, at=self.pressed_at, **more))

    def move(self, day: date, seen: str, number: int = 3, rest: bool = False, **more: Any) -> Any:
        move = Move(number=number, day=day, time="10:00", rest=rest, now=now_of(self.plan, self.clock.now))
        return self.work(move_as_seen, self.id, move, self.library.guidance, press_of(seen, at=self.pressed_at, **more))


@pytest.fixture
def course(database, clock, library) -> Course:
    return Course(database, clock, library)


# ------------------------------------------------------------------ one press


def test_a_session_that_is_as_it_was_seen_is_noted_as_of_the_press(course):
    course.log("went", course.seen())

    assert course.log_of() == "went"
    assert course.plan.sessions[0].logged_at == course.pressed_at


@pytest.mark.parametrize("off", [timedelta(days=300), timedelta(days=-300)])
def test_the_clock_of_a_phone_cannot_put_a_note_where_it_cannot_be(course, off):
    course.pressed_at += off

    course.log("went", course.seen(2), number=2)

    at = course.plan.sessions[1].logged_at
    assert at is not None
    assert course.plan.created_at <= at <= course.clock.now
    assert at.date() >= course.plan.sessions[1].day


def test_what_is_so_already_counts_as_done(course):
    seen = course.seen()
    course.work(note_session, course.id, 1, "went")
    before = course.plan

    course.log("went", seen, key="mine")

    assert course.plan == before
    assert course.work(is_done, course.id, press_of(seen, key="mine"))


def test_the_last_step_is_undone_once_as_of_the_press_whatever_was_done_since(course):
    course.pressed_at = course.clock.now - timedelta(hours=1)
    course.move(date(2027, 2, 4), course.seen(3))
    step = mark_of(course.plan)
    course.undo(step, key="mine")
    undone = course.plan.steps[-1]
    assert (undone.kind, undone.at) == ("undone", course.pressed_at)
    course.log("went", course.seen())
    before = course.plan

    course.undo(step, key="mine")

    assert course.plan == before


def test_a_step_that_is_the_last_no_more_is_not_undone_and_that_is_said(course):
    course.move(date(2027, 2, 4), course.seen(3))
    step = mark_of(course.plan)
    course.log("went", course.seen())
    before = course.plan

    with pytest.raises(ChangedSince) as told:
        course.undo(step)

    assert "Your plan has changed since" in told.value.says
    assert course.plan == before


def test_what_was_noted_otherwise_stays_and_both_are_said(course):
    seen = course.seen()
    course.work(note_session, course.id, 1, "missed")
    before = course.plan

    with pytest.raises(ChangedSince) as told:
        course.log("went", seen)

    assert course.plan == before
    assert "It is now: Monday 18 January 2027, 09:00 (missed)." in told.value.says
    assert "You chose: went." in told.value.says


def test_the_same_press_again_does_nothing_even_after_it_was_undone(course):
    seen = course.seen()
    for _ in range(2):
        course.log("went", seen, key="mine")
    course.work(note_session, course.id, 1, None)
    before = course.plan
    course.clock.now += timedelta(days=300)

    assert course.log("went", seen, key="mine") is None
    assert course.plan == before


def test_the_key_of_one_person_says_nothing_about_another(course, database, clock, library):
    course.log("went", course.seen(), key="the same")
    other = Course(database, clock, library)

    other.log("missed", other.seen(), key="the same")

    assert other.log_of() == "missed"


def test_a_plan_that_is_gone_is_told(course):
    seen = course.seen()
    course.work(delete_plan, course.id)

    with pytest.raises(ChangedSince) as told:
        course.log("went", seen)
    assert told.value.says == "There is no plan any more, so we changed nothing. You chose: went."
    assert course.work(current_plan, course.id) is None


def test_a_plan_made_anew_is_another(course, database, clock, library):
    seen = course.seen()
    course.work(delete_plan, course.id)
    again = saved(MONDAYS, library)
    course.work(put_plan, course.id, again)

    with pytest.raises(ChangedSince):
        course.log("went", seen)


def test_what_was_told_of_a_session_is_not_taken_back_unseen(course):
    course.work(note_session, course.id, 1, "went")
    seen = course.seen()
    course.work(note_session, course.id, 1, None)
    course.work(note_session, course.id, 1, "missed")

    with pytest.raises(ChangedSince):
        course.log(None, seen)
    assert course.log_of() == "missed"


# ------------------------------------------------------------------ one after the other on the same thing


def test_a_second_press_follows_the_first_and_is_no_conflict_with_it(course):
    seen = course.seen()

    course.log("went", seen, key="first")
    course.log("missed", seen, key="second", after="first")
    course.log(None, seen, key="third", after="second")

    assert course.log_of() is None


def test_a_second_press_does_not_cover_what_came_between(course):
    seen = course.seen()
    course.log("went", seen, key="first")
    course.work(note_session, course.id, 1, "missed")

    with pytest.raises(ChangedSince):
        course.log(None, seen, key="second", after="first")

    assert course.log_of() == "missed"


def test_a_second_press_stands_by_itself_where_the_first_was_not_done(course):
    seen = course.seen()

    course.log("missed", seen, after="one that was deleted from the phone".replace(" ", "-"))

    assert course.log_of() == "missed"


# ------------------------------------------------------------------ moved


def test_a_session_is_moved_if_it_is_as_it_was_seen(course):
    course.move(date(2027, 2, 3), course.seen(3))

    session = find_session(course.plan, 3)
    assert (session.day, session.time) == (date(2027, 2, 3), "10:00")
    assert course.plan.steps[-1].at == course.pressed_at


def test_a_move_to_where_it_stands_by_now_is_done(course):
    seen = course.seen(3)
    course.move(date(2027, 2, 3), seen)
    before = course.plan

    course.move(date(2027, 2, 3), seen)

    assert course.plan == before


def test_a_move_of_what_was_moved_elsewhere_is_told(course):
    seen = course.seen(3)
    course.move(date(2027, 2, 3), seen)

    with pytest.raises(ChangedSince) as told:
        course.move(date(2027, 2, 4), seen)

    assert "Wednesday 3 February 2027, 10:00 (not noted)" in told.value.says
    assert "move it to Thursday 4 February 2027, 10:00" in told.value.says


def test_those_after_it_count_only_where_they_are_moved_along(course):
    seen = course.seen(3)
    course.move(date(2027, 2, 10), course.seen(4), number=4)
    before = course.plan

    with pytest.raises(ChangedSince):
        course.move(date(2027, 2, 3), seen, rest=True)
    assert course.plan == before

    course.move(date(2027, 2, 3), seen)
    assert find_session(course.plan, 3).day == date(2027, 2, 3)


def test_what_cannot_be_is_refused_and_can_be_pressed_again(course):
    seen = course.seen(3)

    assert course.move(date(2027, 1, 26), seen, key="mine") == "past"
    assert not course.work(is_done, course.id, press_of(seen, key="mine"))


def test_presses_are_known_for_as_long_as_a_phone_can_send_them(course):
    course.log("went", course.seen(), key="mine")
    course.clock.now += KNOWN_FOR - timedelta(minutes=1)
    assert course.work(forget_queued_presses) == 0
    course.clock.now += timedelta(minutes=1)
    assert course.work(forget_queued_presses) == 1


# ------------------------------------------------------------------ any order of two phones

LOGS = st.sampled_from(["went", "missed", None])
PHONES = st.lists(
    st.tuples(st.sampled_from("ab"), st.sampled_from(["look", "press", "press", "send", "send", "again"]), LOGS),
    max_size=25,
)


@settings(max_examples=60)
@given(did=PHONES)
def test_whatever_two_phones_send_nothing_changes_that_was_changed_otherwise(database, clock, library, did):
    """What each phone knows of the session is what it saw last and what its own presses since make of it."""
    course = Course(database, clock, library)
    phones = {name: Phone(course) for name in "ab"}
    for name, what, log in did:
        before, phone = course.log_of(), phones[name]
        match what:
            case "look":
                phone.look()
            case "press":
                phone.press(log)
            case "send":
                phone.send()
            case "again":
                phone.send_again()
                assert course.log_of() == before


# Key, what was seen, the press before it, what was pressed, what the session may be like for whoever pressed.
Kept = tuple[str, str, str, Any, set[str | None]]


class Phone:
    def __init__(self, course: Course) -> None:
        self.course = course
        self.waits: list[Kept] = []
        self.sent: list[Kept] = []
        self.last: Kept | None = None
        self.look()

    def look(self) -> None:
        """A press that waits still is the newest that the phone knows of."""
        self.seen, self.shown = self.course.seen(), self.course.log_of()
        self.last = self.waits[-1] if self.waits else None

    def press(self, log: Any) -> None:
        known, after = ({self.shown, self.last[3]}, self.last[0]) if self.last else ({self.shown}, "")
        self.last = (str(uuid4()), self.seen, after, log, known)
        self.waits.append(self.last)

    def send(self) -> None:
        if self.waits:
            self._send(self.waits.pop(0))

    def send_again(self) -> None:
        for press in self.sent:
            assert self.course.log(press[3], press[1], key=press[0], after=press[2]) is None

    def _send(self, press: Kept) -> None:
        key, seen, after, log, known = press
        before = self.course.log_of()
        try:
            self.course.log(log, seen, key=key, after=after)
        except ChangedSince:
            assert self.course.log_of() == before
            assert before != log
            return
        self.sent.append(press)
        assert self.course.log_of() == log
        assert before == log or before in known


# ------------------------------------------------------------------ by HTTP


@pytest.fixture
def planned(client: Any, clock: Any) -> Any:
    """Mondays from 30 November 2026; it is the evening of the first."""
    finish_check_in(client)
    client.post("/plan", plan_fields(first_day="2026-11-30"))
    clock.now += timedelta(days=7, hours=8)
    return client


LOG = "/plan/sessions/1/log"


@pytest.mark.parametrize(("page", "way"), [("/plan", "plan"), ("/today", "today")])
def test_a_page_says_how_it_shows_the_session(planned, page, way):
    seen = seen_on(planned.get(page).text, LOG, "went")
    planned.post(LOG, {"log": "missed"})

    answer = send(planned, LOG, {"log": "went", "to": way}, seen)

    assert answer.status_code == 409
    assert "You chose: went." in answer.text
    assert planned.get("/me/export.json").json()["plan"]["visits"][0]["log"] == "missed"


def test_the_answer_is_that_of_a_press_with_a_network_the_second_time_too(planned):
    fields, seen = {"log": "went", "to": "today"}, seen_on(planned.get("/today").text, LOG)
    sent = partial(send, planned, LOG, fields, seen, key="mine")
    (first, again) = sent(), sent()

    assert first.headers["location"] == again.headers["location"] == "/plan/sessions/1?done=went&to=today"


def test_a_move_that_was_done_is_done_when_its_day_is_over(planned, clock):
    path, fields = "/plan/sessions/2/move", {"day": "2026-12-09", "time": "10:00", "which": "this"}
    seen = seen_on(planned.get(path).text, path)
    first = send(planned, path, fields, seen, key="mine")
    assert first.headers["location"] == "/plan?done=moved&session=2"
    clock.now += timedelta(days=30)

    assert send(planned, path, fields, seen, key="mine").headers["location"] == first.headers["location"]
    assert send(planned, path, fields, seen, key="another").status_code == 422


def test_a_session_that_is_no_more_is_told_and_not_only_not_found(planned):
    path = "/plan/sessions/2/move"
    seen = seen_on(planned.get(path).text, path)
    planned.post("/plan/pause", {"reason": "flare"})

    answer = send(planned, path, {"day": "2026-12-09", "time": "10:00", "which": "this"}, seen)

    assert answer.status_code == 409
    assert "Session 2 is no longer in your plan" in answer.text


def test_a_press_by_htmx_is_told_in_a_sentence(planned):
    seen = seen_on(planned.get("/plan").text, LOG)
    planned.post(LOG, {"log": "missed"})
    part = {"hx-request": "true", "hx-request-type": "partial"}

    answer = planned.post(LOG, {"log": "went"}, headers={"idempotency-key": "k", "acupwa-seen": seen} | part)

    assert answer.status_code == 409
    assert "<" not in answer.text


@pytest.mark.parametrize("seen", ["", "x" * 200, "<b>", "any after"])
def test_what_is_no_mark_is_as_if_nothing_was_said(planned, seen):
    assert send(planned, LOG, {"log": "went"}, seen).status_code == 303
