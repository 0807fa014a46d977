"""The addresses of reminders: what is kept, what is refused and said beside the field, and who gets what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

import msgspec
import pytest
from sqlalchemy import update

from acupwa.db.work import patience
from acupwa.person.look_service import next_look
from acupwa.reminders.model import MOST_DEVICES
from acupwa.reminders.service import TESTS, find_reminders, make_sender
from acupwa.reminders.store import PushKeyRow
from acupwa.web.push import Push
from tests.mydata.test_import import send as bring_file
from tests.practice.test_proposals import send
from tests.reminders.people import Looks
from tests.support.client import Client
from tests.support.people import RA, answer_quiz, finish_check_in, plan_fields
from tests.support.practitioners import asked, give, signed_in, work_of
from tests.support.push_service import Answer, PushService, running_push_service

PAGE = "/plan/reminders"


@pytest.fixture
def service() -> Iterator[PushService]:
    with running_push_service() as service:
        yield service
    assert service.faults == []


@pytest.fixture
def client(app, client, service) -> Client:
    """Of a server to which this push service is named."""
    app.inner.state.update({"push": Push([service.origin])})
    return client


@pytest.fixture
def anna(client) -> Client:
    finish_check_in(client)
    return client


def subscribe(client: Client, service: PushService, name: str, **changed: str):
    browser = msgspec.structs.asdict(service.browser(name))
    return client.post(f"{PAGE}/subscription", {**browser, **changed})


def kept(client: Client):
    return client.get("/me/export.json").json()["reminders"]


def another_phone(client: Client) -> Client:
    other = client.another()
    code = re.search(r"\b((?:[A-Z]{4}-){2}[A-Z]{4})\b", client.follow(client.post("/me/move")).text)[1]
    assert other.post("/resume", {"code": code, "sure": "yes"}).status_code == 303
    return other


def test_a_phone_is_kept_and_tested_and_ended(anna, service):
    assert subscribe(anna, service, "anna").headers["location"] == f"{PAGE}?done=subscribed"
    assert kept(anna) == {
        "kinds": ["day-before", "hour-before", "check-in", "sent"], "quiet_from": "21:00", "quiet_to": "08:00", "devices": 1,
    }  # fmt: skip

    assert anna.post(f"{PAGE}/test").headers["location"] == f"{PAGE}?done=tested"
    assert service.said_to("anna") == ["test"]
    (arrived,) = service.arrived
    assert (arrived.headers["urgency"], arrived.headers["ttl"]) == ("high", "3600")
    assert arrived.claims["sub"] == "mailto:nobody@example.org"

    ended = anna.post(f"{PAGE}/subscription/end", {"endpoint": service.browser("anna").endpoint})
    assert ended.headers["location"] == f"{PAGE}?done=ended"
    assert kept(anna)["devices"] == 0
    assert anna.post(f"{PAGE}/test").headers["location"] == f"{PAGE}?done=untested"


def test_no_address_of_a_phone_is_in_a_file_or_on_a_page(anna, service):
    subscribe(anna, service, "anna")

    for path in ("/me/export.json", "/me/data", "/me", "/me/export.csv"):
        assert service.origin not in anna.get(path).text, path
    assert "Your reminders" in anna.get("/me/data").text
    assert "how to reach 1 phone," in anna.get("/me/data").text


def test_the_same_phone_twice_is_one_and_a_new_address_takes_the_place_of_the_old(anna, service):
    subscribe(anna, service, "anna")
    subscribe(anna, service, "anna")
    assert kept(anna)["devices"] == 1

    subscribe(anna, service, "anna-anew")

    assert kept(anna)["devices"] == 1
    anna.post(f"{PAGE}/test")
    assert [one.name for one in service.arrived] == ["anna-anew"]


def test_what_comes_back_by_itself_is_kept_only_while_reminders_are_wanted(anna, service, client):
    """A browser changed its address, or lost it. After *Turn off all reminders* that turns none on, nor for anybody else."""
    never = subscribe(anna, service, "anna", again="1")
    assert never.status_code == 422
    assert "Reminders are off." in never.text
    assert kept(anna) is None

    subscribe(anna, service, "anna")
    assert subscribe(anna, service, "anna-anew", again="1").headers["location"] == f"{PAGE}?done=subscribed"
    ben = client.another()
    answer_quiz(ben, RA)
    assert subscribe(ben, service, "anna-anew", again="1").status_code == 422
    assert (kept(anna)["devices"], kept(ben)) == (1, None)

    anna.post(f"{PAGE}/end")
    assert subscribe(anna, service, "anna-anew", again="1").status_code == 422
    assert kept(anna) is None


def test_a_test_holds_nobody_s_place(anna, service, app):
    """A push service may take ten seconds."""
    subscribe(anna, service, "anna")
    taken = []

    class Watched(Push):
        async def send(self, *given):
            taken.append(patience.get().place._taken)
            return await super().send(*given)

    app.inner.state.update({"push": Watched([service.origin])})
    anna.post(f"{PAGE}/test")

    assert taken == [0]


def test_where_the_last_phone_was_lost_all_can_still_be_turned_off(anna, service):
    subscribe(anna, service, "anna")
    service.answers["anna"] = Answer(410)
    anna.post(f"{PAGE}/test")
    assert kept(anna)["devices"] == 0

    page = anna.get(PAGE).text

    assert "Turn off all reminders" in page
    assert 'name="quiet_from"' in page
    anna.post(f"{PAGE}/end")
    assert "Turn off all reminders" not in anna.get(PAGE).text


def test_a_key_that_cannot_be_read_is_said_and_no_fault(anna):
    work_of(anna).run(make_sender, "mailto:nobody@example.org")
    work_of(anna).run(lambda db, now: db.execute(update(PushKeyRow).values(sealed=b"broken")))

    page = anna.get(PAGE)

    assert page.status_code == 200
    assert "This server sends no reminders at the moment." in page.text
    assert "data-key" not in page.text


def test_ten_phones_and_no_more(anna, service):
    phones = [anna, *(another_phone(anna) for _ in range(MOST_DEVICES))]
    answers = [subscribe(one, service, f"phone{number}") for number, one in enumerate(phones)]

    assert [one.status_code for one in answers] == [303] * MOST_DEVICES + [422]
    assert "Ten phones get your reminders already." in answers[-1].text
    assert kept(anna)["devices"] == MOST_DEVICES
    assert subscribe(phones[0], service, "phone0-anew").status_code == 303


def test_an_address_that_another_person_had_is_theirs_no_more(anna, service, client):
    """One phone, whose holder cleared it and began anew."""
    ben = client.another()
    answer_quiz(ben, RA)
    subscribe(anna, service, "phone")

    assert subscribe(ben, service, "phone").status_code == 303

    assert (kept(anna)["devices"], kept(ben)["devices"]) == (0, 1)


def test_deleted_cleared_and_removed_phones_get_none(anna, service):
    other, third = another_phone(anna), another_phone(anna)
    for one, name in ((anna, "anna"), (other, "other"), (third, "third")):
        subscribe(one, service, name)

    third.post("/me/clear")
    assert kept(anna)["devices"] == 2
    anna.post("/me/devices/forget-others")
    assert kept(anna)["devices"] == 1
    anna.post(f"{PAGE}/test")
    assert [one.name for one in service.arrived] == ["anna"]

    anna.post("/me/delete")
    assert work_of(anna).run_read(next_look) is None


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"endpoint": "https://evil.example/push"}, "We do not send to this address."),
        ({"endpoint": "http://127.0.0.1:22/"}, "We do not send to this address."),
        ({"endpoint": "http://169.254.169.254/latest"}, "We do not send to this address."),
        ({"endpoint": ""}, "We do not send to this address."),
        ({"p256dh": "AAAA"}, "These keys of your browser cannot be used."),
        ({"auth": ""}, "These keys of your browser cannot be used."),
        ({"more": "1"}, "We do not know this field."),
    ],
)
def test_what_is_no_phone_is_refused(anna, service, changed, words):
    answer = subscribe(anna, service, "anna", **changed)

    assert answer.status_code == 422
    assert words in answer.text
    assert kept(anna) is None


def test_choices_are_kept(anna):
    answer = anna.post(PAGE, {"kinds": ["sent", "day-before"], "quiet_from": "22:30", "quiet_to": "7:00"})

    assert answer.headers["location"] == f"{PAGE}?done=kept"
    assert kept(anna) == {"kinds": ["day-before", "sent"], "quiet_from": "22:30", "quiet_to": "07:00", "devices": 0}
    anna.post(PAGE, {"quiet_from": "", "quiet_to": ""})
    assert kept(anna) == {"kinds": [], "quiet_from": None, "quiet_to": None, "devices": 0}


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"quiet_from": "25:00", "quiet_to": "08:00"}, "quiet_from", "Write a time such as 21:00."),
        ({"quiet_from": "nine", "quiet_to": "08:00"}, "quiet_from", "Write a time such as 21:00."),
        ({"quiet_from": "21:00", "quiet_to": ""}, "quiet_to", "Say when the quiet hours end, or leave both empty."),
        ({"quiet_from": "", "quiet_to": "08:00"}, "quiet_from", "Say when the quiet hours begin, or leave both empty."),
        (
            {"quiet_from": "08:00", "quiet_to": "08:00"},
            "quiet_to",
            "Quiet hours cannot begin and end at the same time.",
        ),
        ({"kinds": ["hour-before", "always"]}, "kinds", "We do not know this choice."),
        ({"quiet": "1"}, "quiet", "We do not know this field."),
    ],
)
def test_what_cannot_be_chosen_is_said_and_nothing_is_kept(anna, fields, field, words):
    answer = anna.post(PAGE, fields)

    assert answer.status_code == 422
    assert words in answer.text
    assert kept(anna) is None
    assert field in answer.text


def test_all_off_leaves_nothing(anna, service):
    subscribe(anna, service, "anna")
    anna.post(PAGE, {"kinds": ["sent"]})

    assert anna.post(f"{PAGE}/end").headers["location"] == f"{PAGE}?done=ended"

    assert kept(anna) is None
    assert anna.post(f"{PAGE}/end").status_code == 303


def test_tests_are_five_an_hour(anna, service, clock):
    subscribe(anna, service, "anna")

    answers = [anna.post(f"{PAGE}/test") for _ in range(TESTS + 1)]

    assert [one.status_code for one in answers] == [303] * TESTS + [429]
    assert len(service.arrived) == TESTS


def test_a_dead_phone_is_dropped_by_a_test_too_and_counted(anna, service):
    subscribe(anna, service, "anna")
    service.answers["anna"] = Answer(410)

    assert anna.post(f"{PAGE}/test").headers["location"] == f"{PAGE}?done=untested"

    assert kept(anna)["devices"] == 0
    counts = anna.get("/metrics").text
    assert 'acupwa_reminders_total{fault="410",outcome="failed"} 1.0' in counts
    assert service.origin not in counts


@pytest.mark.parametrize("path", ["", "/subscription", "/subscription/end", "/test", "/end"])
def test_for_nobody_there_is_nothing(client, path):
    assert client.post(PAGE + path).status_code == 404


def test_in_the_tables_nothing_can_be_read(anna, service):
    subscribe(anna, service, "anna")
    anna.post(PAGE, {"kinds": ["hour-before"], "quiet_from": "22:00", "quiet_to": "07:00"})
    work_of(anna).run(make_sender, "mailto:nobody@example.org")
    with work_of(anna).reading.connect() as connection:
        rows = [
            str(connection.exec_driver_sql(f"SELECT * FROM {table}").all())
            for table in ("push_key", "push_subscription", "reminder_clock")
        ]

    for words in ("127.0.0.1", "hour-before", "22:00", service.browser("anna").auth[:8]):
        assert not any(words in row for row in rows), words


def test_a_person_s_file_with_reminders_can_be_brought_back(anna, service, client):
    subscribe(anna, service, "anna")
    file, ben = anna.get("/me/export.json").text, client.another()

    answer = bring_file(ben, file, press=True)

    assert answer.status_code == 303, answer.text[:500]
    assert (kept(ben), kept(anna)["devices"]) == (None, 1)


def test_what_a_clinic_sends_comes_at_once(anna, service, clock, settings, client):
    ann = signed_in(client)
    give(client, asked(client, ann))
    subscribe(client, service, "anna")
    runner = Looks(settings, work_of(client), service)
    runner.look_at_all()
    clock.now = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    assert runner.look_at_all() == 0

    send(client, ann, pages=["what-to-expect"])

    assert runner.look_at_all() == 1
    assert service.said == ["sent"]
    assert runner.look_at_all() == 0


def test_a_clinic_that_asks_again_comes_on_its_day(anna, service, clock, settings, client):
    ann = signed_in(client)
    give(client, asked(client, ann, again="4-weeks"))
    subscribe(client, service, "anna")
    runner = Looks(settings, work_of(client), service)
    runner.look_at_all()

    runner.look_until(clock, datetime(2026, 12, 24, tzinfo=UTC))

    assert [(one.said["kind"], one.claims["exp"]) for one in service.arrived] == [
        ("sent", int(datetime(2026, 12, 21, 22, 0, tzinfo=UTC).timestamp()))
    ]


def test_a_plan_that_is_made_is_reminded_of(anna, service, clock, settings):
    subscribe(anna, service, "anna")
    anna.post("/plan", plan_fields())
    runner = Looks(settings, work_of(anna), service)

    runner.look_until(clock, datetime(2026, 12, 1, tzinfo=UTC))

    assert service.said[:2] == ["day-before", "hour-before"]


def test_the_key_is_there_once_it_was_made(anna):
    work = work_of(anna)
    person_id = UUID(anna.get("/me/export.json").json()["person"]["id"])
    assert work.run_read(find_reminders, person_id).key == ""

    work.run(make_sender, "mailto:nobody@example.org")

    assert len(work.run_read(find_reminders, person_id).key) == 87
