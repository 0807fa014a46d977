"""The whole chain on both databases: what a person chose, a clock that is turned, and what their phones get."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import update

from acupwa.db.encryption import KeyRing
from acupwa.db.rotate import reseal_all
from acupwa.db.work import DatabaseLost
from acupwa.operate import reminding
from acupwa.person.look_service import next_look
from acupwa.person.service import forget_device, forget_other_devices, forget_person
from acupwa.planner.after_session_service import note_session
from acupwa.planner.service import delete_plan, put_plan
from acupwa.quiz.service import put_check_ins
from acupwa.reminders.looking_service import LEASE, PUT_OFF, find_work, leave, take_next
from acupwa.reminders.model import Choices
from acupwa.reminders.service import end_reminders, find_key, find_reminders, make_sender, put_choices, unsubscribe
from acupwa.reminders.store import ReminderClockRow
from acupwa.web.push_message import public_key
from acupwa.web.push_trouble import MOST_FAULTS
from tests.reminders.lives import ANY_HOUR, NIGHT, plan_at, quiet, replace
from tests.reminders.people import Looks, reminded
from tests.support.database import KEY
from tests.support.push_service import Answer, PushService, running_push_service
from tests.today.people import DRAFT_DAYS, LIBRARY, finished

SESSION = datetime(2026, 11, 26, 15, 0, tzinfo=UTC)
DAY_BEFORE, HOUR_BEFORE = SESSION - timedelta(days=1), SESSION - timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def service() -> Iterator[PushService]:
    with running_push_service() as service:
        yield service
    assert service.faults == []


@pytest.fixture
def work(database):
    return database.runner


@pytest.fixture
def runner(settings, work, service) -> Looks:
    return Looks(settings, work, service)


def test_a_course_of_reminders(work, clock, service, runner):
    reminded(work, service, "anna", "tablet")

    runner.look_until(clock, SESSION + timedelta(days=3))

    assert service.said_to("anna") == service.said_to("tablet") == ["day-before", "hour-before"]
    assert {one.key for one in service.arrived} == {work.run(find_key)}
    ttls = [int(one.headers["ttl"]) for one in service.arrived if one.name == "anna"]
    assert ttls == [9 * 3600, 3600]
    assert [one.headers["urgency"] for one in service.arrived if one.name == "anna"] == ["normal", "high"]
    assert runner.count("sent") == 4


def test_each_goes_out_at_its_moment(work, clock, service, runner):
    reminded(work, service, "anna")
    runner.look_at_all()
    assert work.run_read(next_look) == clock.now + timedelta(hours=24)
    for _day in range(2):
        clock.now += timedelta(hours=24)
        runner.look_at_all()

    assert work.run_read(next_look) == DAY_BEFORE
    clock.now = DAY_BEFORE - timedelta(seconds=1)
    assert runner.look_at_all() == 0
    clock.now = DAY_BEFORE
    assert runner.look_at_all() == 1
    assert service.said == ["day-before"]
    assert runner.look_at_all() == 0


def test_nobody_without_reminders_is_looked_at(work, clock, service, runner):
    person = reminded(work, service)
    assert work.run_read(next_look) is None

    other = reminded(work, service, "ben")
    work.run(end_reminders, other.id)
    none = reminded(work, service, "cora", choices=Choices(kinds=()))
    gone = reminded(work, service, "dan")
    work.run(unsubscribe, gone.id, service.browser("dan").endpoint)

    assert work.run_read(next_look) is None
    assert runner.look_at_all() == 0
    assert work.run(find_reminders, none.id).on
    assert not work.run(find_reminders, person.id).on


def test_a_change_wakes_whoever_looks(work, clock, service, runner):
    """The session was moved to an hour that is sooner than the next look."""
    person = reminded(work, service, "anna")
    runner.look_at_all()
    clock.now += timedelta(hours=3)

    sooner = plan_at("16:00", first=0, count=1)
    work.run(put_plan, person.id, replace(sooner, id=person.id))

    assert runner.look_at_all() == 1
    runner.look_until(clock, clock.now + timedelta(hours=4))
    assert service.said == ["hour-before"]


@pytest.mark.parametrize("end", [delete_plan, end_reminders, forget_person])
def test_after_the_end_nothing_comes(work, clock, service, runner, end):
    person = reminded(work, service, "anna")
    clock.now = DAY_BEFORE - MINUTE
    runner.look_at_all()
    work.run(end, person.id)

    runner.look_until(clock, SESSION)

    assert service.said == []


def test_a_session_that_was_noted_is_not_reminded_of(work, clock, service, runner):
    person = reminded(work, service, "anna")
    clock.now = DAY_BEFORE
    runner.look_at_all()
    clock.now = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)
    work.run(note_session, person.id, 1, "missed")

    runner.look_until(clock, SESSION)

    assert service.said == ["day-before"]


def test_a_phone_that_lost_its_key_gets_none_any_more(work, clock, service, runner):
    person = reminded(work, service, "anna", "ben", "cora")
    work.run(forget_device, person.tokens[1])
    clock.now = DAY_BEFORE
    runner.look_at_all()
    assert sorted(one.name for one in service.arrived) == ["anna", "cora"]

    work.run(forget_other_devices, person.id, person.tokens[2])
    clock.now = HOUR_BEFORE
    runner.look_at_all()
    assert service.said_to("cora") == ["day-before", "hour-before"]
    assert service.said_to("anna") == ["day-before"]


# ------------------------------------------------------------------ what push services answer


@pytest.mark.parametrize("status", [404, 410])
def test_a_dead_phone_is_dropped_and_the_others_are_not(work, clock, service, runner, status):
    person = reminded(work, service, "anna", "ben")
    service.answers["anna"] = Answer(status)
    clock.now = DAY_BEFORE
    runner.look_at_all()

    assert work.run(find_reminders, person.id).devices == 1
    assert runner.count("failed", str(status)) == 1
    clock.now = HOUR_BEFORE
    runner.look_at_all()
    assert service.said_to("ben") == ["day-before", "hour-before"]
    assert service.asked == 3


def test_after_the_last_phone_nobody_looks(work, clock, service, runner):
    reminded(work, service, "anna")
    service.answers["anna"] = Answer(410)
    clock.now = DAY_BEFORE
    runner.look_at_all()

    assert work.run_read(next_look) is None


@pytest.mark.parametrize("status", [400, 401, 403, 413, 302])
def test_a_phone_that_is_refused_stays_and_is_not_tried_again_for_this_one(work, clock, service, runner, status):
    person = reminded(work, service, "anna", "ben")
    service.answers["anna"] = Answer(status)
    clock.now = DAY_BEFORE
    runner.look_at_all()
    runner.look_until(clock, DAY_BEFORE + timedelta(minutes=20))

    assert work.run(find_reminders, person.id).devices == 2
    assert service.asked == 2
    assert runner.count("failed", "redirect" if status == 302 else str(status)) == 1
    service.answers.clear()
    clock.now = HOUR_BEFORE
    runner.look_at_all()
    assert service.said_to("anna") == ["hour-before"]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_it_is_tried_again_when_the_service_says_and_only_where_it_failed(work, clock, service, runner, status):
    reminded(work, service, "anna", "ben")
    service.answers["anna"] = Answer(status, {"retry-after": "240"})
    clock.now = DAY_BEFORE
    runner.look_at_all()
    assert work.run_read(next_look) == DAY_BEFORE + timedelta(seconds=240)

    clock.now = DAY_BEFORE + timedelta(seconds=239)
    assert runner.look_at_all() == 0
    service.answers.clear()
    clock.now = DAY_BEFORE + timedelta(seconds=240)
    runner.look_at_all()

    assert service.said_to("anna") == service.said_to("ben") == ["day-before"]
    runner.look_until(clock, clock.now + timedelta(minutes=20))
    assert len(service.arrived) == 2


def test_it_is_not_tried_again_when_it_would_be_late(work, clock, service, runner):
    reminded(work, service, "anna")
    service.answers["anna"] = Answer(503, {"retry-after": "901"})
    clock.now = DAY_BEFORE
    runner.look_at_all()
    service.answers.clear()

    runner.look_until(clock, DAY_BEFORE + timedelta(hours=2))

    assert service.said == []


def test_never_in_quiet_hours_however_often_it_is_tried(work, clock, service, runner):
    """A quarter of an hour before nine in the evening: a try at nine would be in them."""
    late = plan_at("22:30", count=1)
    reminded(work, service, "anna", choices=Choices(quiet=NIGHT), plan=late)
    service.answers["anna"] = Answer(503, {"retry-after": "900"})
    clock.now = datetime(2026, 11, 25, 20, 45, tzinfo=UTC)
    runner.look_at_all()
    assert service.asked == 1
    service.answers.clear()

    runner.look_until(clock, datetime(2026, 11, 26, 8, 0, tzinfo=UTC))

    assert service.said == []


def test_a_service_that_hangs_does_not_keep_the_others_waiting(settings, work, clock, service):
    with running_push_service() as hanging:
        for number in range(5):
            reminded(work, hanging, f"stuck{number}")
            hanging.answers[f"stuck{number}"] = Answer(silent=True)
        reminded(work, service, "anna")
        runner = Looks(settings, work, service, hanging, seconds=0.5)
        clock.now = DAY_BEFORE
        began = time.monotonic()

        runner.look_at_all()

        assert time.monotonic() - began < 5
        assert service.said_to("anna") == ["day-before"]
        assert runner.count("failed", "timeout") >= MOST_FAULTS
        assert runner.count("failed", "timeout") + runner.count("failed", "put off") == 5


def test_a_slow_service_keeps_nobody_of_another_waiting(settings, work, clock, service):
    with running_push_service() as slow:
        for number in range(20):
            slow.answers[f"slow{number}"] = Answer(seconds=2)
            reminded(work, slow, f"slow{number}")
            reminded(work, service, f"quick{number}")
        clock.now = DAY_BEFORE
        began = time.time()

        Looks(settings, work, service, slow).run_until(lambda: len(service.arrived) + len(slow.arrived) == 40, 30)

        assert max(one.at for one in service.arrived) - began < 10
        assert max(one.at for one in slow.arrived) - began < 20  # of forty, one by one


@pytest.mark.parametrize(
    "change",
    [
        lambda work, person: work.run(put_plan, person.id, replace(plan_at("16:00", count=1), id=person.id)),
        lambda work, person: work.run(delete_plan, person.id),
        lambda work, person: work.run(put_choices, person.id, Choices(kinds=(), quiet=None)),
        lambda work, person: work.run(put_choices, person.id, Choices(quiet=quiet("15:00", "16:00"))),
        lambda work, person: work.run(put_check_ins, person.id, [finished(2.2, "septic-joint")]),
    ],
)
def test_what_did_not_arrive_is_tried_again_only_as_far_as_it_stands(work, clock, service, runner, change):
    person = reminded(work, service, "anna")
    service.answers["anna"] = Answer(503)
    clock.now = DAY_BEFORE
    runner.look_at_all()
    assert service.asked == 1
    service.answers.clear()
    clock.now += timedelta(seconds=20)

    change(work, person)
    runner.look_until(clock, DAY_BEFORE + timedelta(minutes=30))

    assert service.asked == 1


# ------------------------------------------------------------------ looks, taken and left


def test_of_two_who_come_at_once_one_gets_the_look(work, clock, service):
    reminded(work, service, "anna")
    clock.now = DAY_BEFORE

    found, barrier = [], threading.Barrier(2)

    def claim() -> None:
        barrier.wait(10)
        found.append(work.run(take_next))

    threads = [threading.Thread(target=claim) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(20)

    assert [one is None for one in found].count(True) == 1


def test_a_look_that_was_never_left_is_taken_by_the_next_and_nothing_is_lost(work, clock, service, runner):
    reminded(work, service, "anna")
    clock.now = DAY_BEFORE
    assert work.run(take_next) is not None  # and its server is killed

    assert runner.look_at_all() == 0
    clock.now += LEASE
    assert runner.look_at_all() == 1
    assert service.said == ["day-before"]


def test_what_changes_during_a_look_is_looked_at_anew(work, clock, service, runner):
    person = reminded(work, service, "anna")
    clock.now = DAY_BEFORE - timedelta(hours=2)
    taken = work.run(take_next)
    found = work.run_read(find_work, taken, LIBRARY, DRAFT_DAYS)
    clock.now += timedelta(seconds=1)
    work.run(put_choices, person.id, Choices(kinds=("hour-before",), quiet=None))
    assert runner.look_at_all() == 0

    work.run(leave, taken, found, (), ())

    assert work.run_read(next_look) <= clock.now + timedelta(seconds=5)
    assert work.run(find_reminders, person.id).choices.kinds == ("hour-before",)
    runner.look_until(clock, DAY_BEFORE + MINUTE)
    assert service.said == []


def test_whoever_took_too_long_writes_nothing_over_the_next_one_s_look(work, clock, service, runner):
    reminded(work, service, "anna")
    clock.now = DAY_BEFORE
    slow = work.run(take_next)
    found = work.run_read(find_work, slow, LIBRARY, DRAFT_DAYS)
    clock.now += LEASE
    runner.look_at_all()
    after = work.run_read(next_look)

    work.run(leave, slow, found, (), ())

    assert work.run_read(next_look) == after
    assert runner.look_at_all() == 0
    assert service.said == ["day-before"]


def test_thirty_whose_reminders_cannot_be_read_keep_nobody_waiting(work, clock, service, runner):
    people = [reminded(work, service, f"phone{number}") for number in range(31)]
    work.run(lambda db, now: db.execute(
        update(ReminderClockRow).where(ReminderClockRow.person_id != people[30].id).values(sealed=b"broken")
    ))  # fmt: skip
    clock.now = DAY_BEFORE
    began = time.monotonic()

    runner.run_until(lambda: service.said)

    assert time.monotonic() - began < 60, "a pause for each would be minutes"
    assert [one.name for one in service.arrived] == ["phone30"]
    runner.look_at_all()  # whose turn had not come
    clock.now += LEASE
    assert runner.look_at_all() == 0
    clock.now += PUT_OFF
    assert runner.look_at_all() == 30
    assert len(service.arrived) == 1


def test_a_look_that_cannot_be_kept_at_once_is_kept_later(work, clock, service, runner, monkeypatch):
    """SQLite may be busy for seconds: all would be sent once more."""
    reminded(work, service, "anna")
    clock.now = DAY_BEFORE
    faults = [DatabaseLost("busy"), DatabaseLost("busy")]

    def leave_later(*given):
        if faults:
            raise faults.pop()
        leave(*given)

    monkeypatch.setattr(reminding, "leave", leave_later)
    assert runner.look_at_all() == 1

    clock.now += LEASE
    assert runner.look_at_all() == 0
    assert service.said == ["day-before"]


@pytest.mark.parametrize(
    ("ahead", "back"),
    [(timedelta(seconds=30), timedelta(seconds=30)), (timedelta(days=400), timedelta(minutes=5))],
    ids=["a little: nothing goes twice", "far: it is not waited for"],
)
def test_a_clock_that_was_ahead_is_set_back(work, clock, service, runner, ahead, back):
    person = reminded(work, service, "anna")
    clock.now = DAY_BEFORE + ahead
    runner.look_at_all()

    clock.now = DAY_BEFORE - back
    work.run(put_choices, person.id, ANY_HOUR)
    runner.look_until(clock, DAY_BEFORE + timedelta(minutes=5))

    assert service.said == ["day-before"]


def test_when_it_is_told_to_stop_what_is_in_hand_is_sent_and_kept(settings, work, clock, service):
    for number in range(reminding.MOST_AT_ONCE + 5):
        reminded(work, service, f"phone{number}")
        service.answers[f"phone{number}"] = Answer(seconds=0.5)
    clock.now = DAY_BEFORE

    Looks(settings, work, service).run_until(lambda: service.asked)

    sent = len(service.arrived)
    assert 0 < sent < reminding.MOST_AT_ONCE + 5
    clock.now += LEASE
    assert Looks(settings, work, service).look_at_all() == reminding.MOST_AT_ONCE + 5 - sent
    assert len(service.arrived) == reminding.MOST_AT_ONCE + 5


def test_nothing_is_written_for_a_look_that_sends_nothing(work, clock, service, runner):
    """The key of this server is asked for only by what is sent."""
    reminded(work, service, "anna")
    runner.look_at_all()

    assert work.run_read(find_key) == ""


def test_how_long_ago_it_looked_is_told(work, service, runner):
    def seconds() -> float:
        return runner.metrics.registry.get_sample_value("acupwa_reminders_last_look_seconds")

    assert math.isnan(seconds())
    runner.look_at_all()
    assert 0 <= seconds() < 60


# ------------------------------------------------------------------ the key


def test_two_servers_that_start_at_once_have_one_key(work, clock):
    found, barrier = [], threading.Barrier(4)

    def start() -> None:
        barrier.wait(10)
        found.append(public_key(work.run(make_sender, "mailto:nobody@example.org").private_key))

    threads = [threading.Thread(target=start) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(20)

    assert len(found) == 4
    assert set(found) == {work.run_read(find_key)}


def test_the_key_and_all_else_goes_under_a_new_key_of_the_server(work, clock, service, runner):
    reminded(work, service, "anna")
    key, newest = public_key(work.run(make_sender, "").private_key), Fernet.generate_key().decode()

    reseal_all(work.engine, KeyRing((newest, KEY)))

    work.keys = KeyRing((newest,))
    assert work.run_read(find_key) == key
    clock.now = DAY_BEFORE
    runner.look_at_all()
    assert [(one.said["kind"], one.key) for one in service.arrived] == [("day-before", key)]


def test_what_was_chosen_is_kept(work, clock, service):
    person = reminded(work, service, "anna", choices=Choices(kinds=("sent",), quiet=NIGHT))

    kept = work.run(find_reminders, person.id)

    assert (kept.choices, kept.on, kept.devices) == (Choices(kinds=("sent",), quiet=NIGHT), True, 1)
    assert kept.choices != ANY_HOUR
