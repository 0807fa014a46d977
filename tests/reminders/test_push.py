"""A message on its way: what arrives, what each answer makes of it, and that nobody is kept waiting."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from acupwa.web.push import Posted, Push
from acupwa.web.push_endpoint import read_endpoint
from acupwa.web.push_message import (
    SIGNED_FOR,
    Browser,
    PushMessage,
    Sender,
    are_keys,
    body_of,
    headers_of,
    make_private_key,
    public_key,
)
from acupwa.web.push_trouble import Troubles
from tests.support.loops import run_apart
from tests.support.push_service import Answer, PushService, running_push_service

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
SENDER = Sender(private_key=make_private_key(), subject="mailto:nobody@example.org")
TOMORROW = PushMessage(says="day-before", seconds=3_000, urgency="normal")


@pytest.fixture
def service() -> Iterator[PushService]:
    with running_push_service() as service:
        yield service
    assert service.faults == []


def send(service: PushService, *browsers: Browser, message: PushMessage = TOMORROW, seconds: float = 10.0):
    async def send_all() -> list[Posted]:
        push = Push([service.origin], seconds=seconds)
        outcomes = [await push.send(message, one, SENDER, NOW) for one in browsers]
        await push.close()
        return outcomes

    return run_apart(send_all())


def test_a_browser_reads_its_kind_and_nothing_else(service):
    assert send(service, service.browser("anna")) == [Posted(what="sent")]

    (arrived,) = service.arrived
    assert arrived.said == {"kind": "day-before"}
    assert (arrived.headers["ttl"], arrived.headers["urgency"]) == ("3000", "normal")
    assert arrived.claims == {
        "aud": service.origin, "sub": SENDER.subject, "exp": int((NOW + SIGNED_FOR).timestamp()),
    }  # fmt: skip
    assert timedelta() < SIGNED_FOR <= timedelta(hours=24)
    assert arrived.key == public_key(SENDER.private_key)


def test_whoever_passes_it_on_cannot_tell_a_kind(service):
    anna, ben = service.browser("anna"), service.browser("ben")
    for says in ("day-before", "hour-before", "check-in", "sent", "notice", "test"):
        send(service, anna, ben, message=PushMessage(says=says, seconds=60, urgency="normal"))

    sizes = {one.size for one in service.arrived}
    topics = [one.headers["topic"] for one in service.arrived]
    assert len(sizes) == 1
    assert len(set(topics)) == len(topics) == 12
    headers = " ".join(f"{name} {value}" for one in service.arrived for name, value in one.headers.items())
    assert not any(says in headers for says in ("day-before", "hour-before", "check-in", "sent"))


def test_a_newer_one_of_its_kind_takes_the_place_of_the_older(service):
    anna = service.browser("anna")
    send(service, anna, anna)

    first, second = (one.headers["topic"] for one in service.arrived)
    assert first == second


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (Answer(200), Posted(what="sent")),
        (Answer(404), Posted(what="gone", fault="404")),
        (Answer(410), Posted(what="gone", fault="410")),
        (Answer(400), Posted(what="refused", fault="400")),
        (Answer(401), Posted(what="refused", fault="401")),
        (Answer(403), Posted(what="refused", fault="403")),
        (Answer(413), Posted(what="refused", fault="413")),
        (Answer(429), Posted(what="later", fault="429", wait=60)),
        (Answer(429, {"retry-after": "7"}), Posted(what="later", fault="429", wait=7)),
        (Answer(429, {"retry-after": "0"}), Posted(what="later", fault="429", wait=1)),
        (Answer(429, {"retry-after": "9" * 40}), Posted(what="later", fault="429", wait=3_600)),
        (Answer(429, {"retry-after": "soon"}), Posted(what="later", fault="429", wait=60)),
        (
            Answer(503, {"retry-after": format_datetime(NOW + timedelta(seconds=90), usegmt=True)}),
            Posted(what="later", fault="503", wait=90),
        ),
        (Answer(500), Posted(what="later", fault="500", wait=60)),
    ],
)
def test_what_each_answer_makes_of_it(service, answer, outcome):
    service.answers["anna"] = answer

    assert send(service, service.browser("anna")) == [outcome]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(service, status):
    with running_push_service() as other:
        service.answers["anna"] = Answer(status, {"location": f"{other.origin}/push/anna"})

        assert send(service, service.browser("anna")) == [Posted(what="refused", fault="redirect")]
        assert other.asked == 0
    assert service.asked == 1


def test_a_service_that_does_not_answer_three_phones_is_asked_no_more_for_a_while(service):
    phones = [service.browser(name) for name in ("anna", "ben", "cora", "dan")]
    service.answers = dict.fromkeys(("anna", "ben", "cora"), Answer(silent=True))
    began = time.monotonic()

    first, _second, third, fourth = send(service, *phones, seconds=0.5)

    assert time.monotonic() - began < 5
    assert (first.what, first.wait) == (third.what, third.wait) == ("later", 60)
    assert (fourth.what, fourth.fault) == ("later", "put off")
    assert 50 < fourth.wait <= 60
    assert service.asked == 3


@pytest.mark.parametrize("answer", [Answer(silent=True), Answer(503, {"retry-after": "3600"})])
def test_one_phone_that_is_not_answered_keeps_no_other_waiting(service, answer):
    """Its address may be a bad one: anybody can tell us any."""
    anna, ben = service.browser("anna"), service.browser("ben")
    service.answers["anna"] = answer

    found = send(service, anna, anna, anna, ben, seconds=0.3)

    assert [one.what for one in found] == ["later", "later", "later", "sent"]


def test_an_answer_in_between_begins_the_count_anew():
    troubles = Troubles(lambda: 100.0)
    for address in ("a", "b"):
        troubles.note_fault("https://one", address, 60, cannot_connect=False)
    troubles.note_answer("https://one")
    for address in ("c", "d"):
        troubles.note_fault("https://one", address, 60, cannot_connect=False)

    assert troubles.seconds_off("https://one") == 0
    troubles.note_fault("https://one", "e", 60, cannot_connect=False)
    assert troubles.seconds_off("https://one") == 60
    assert troubles.seconds_off("https://two") == 0


def test_no_service_is_off_for_more_than_five_minutes_and_what_is_over_is_forgotten():
    now = [100.0]
    troubles = Troubles(lambda: now[0])
    for number in range(1_000):
        troubles.note_fault(f"https://{number}", "a", 3_600, cannot_connect=True)
        now[0] += 1

    assert troubles.seconds_off("https://999") == 299
    assert troubles.seconds_off("https://1") == 0
    assert len(troubles._by_origin) <= 301


@pytest.mark.parametrize("seconds", [10.0, 0.5])
def test_a_service_that_answers_one_letter_at_a_time_keeps_nobody_waiting(service, seconds):
    """What its head says is so, also where the time is over before all is there."""
    service.answers["anna"] = Answer(dribbles=True)
    began = time.monotonic()

    assert [one.what for one in send(service, service.browser("anna"), seconds=seconds)] == ["sent"]
    assert time.monotonic() - began < 3


def test_a_phone_that_was_sent_too_many_keeps_no_other_waiting(service):
    service.answers["anna"] = Answer(429, {"retry-after": "600"})

    first, second = send(service, service.browser("anna"), service.browser("ben"))

    assert (first.what, second.what) == ("later", "sent")


def test_of_a_long_answer_no_more_than_a_little_is_read(service):
    service.answers["anna"] = Answer(201, body=b"x" * 50_000_000)
    began = time.monotonic()

    assert [one.what for one in send(service, service.browser("anna"))] == ["sent"]
    assert time.monotonic() - began < 3


def test_a_service_that_is_not_there_is_tried_later(service):
    anna = service.browser("anna")
    gone = Browser(endpoint="http://127.0.0.1:9/push/anna", p256dh=anna.p256dh, auth=anna.auth)

    async def send_two() -> list[Posted]:
        push = Push(["http://127.0.0.1:9"])
        return [await push.send(TOMORROW, gone, SENDER, NOW) for _ in range(2)]

    first, second = run_apart(send_two())
    assert (first.what, first.fault) == ("later", "ConnectError")
    assert (second.what, second.fault) == ("later", "put off")


def test_one_service_asks_for_a_header_of_its_own(service):
    anna = service.browser("anna")
    for url, value in (
        ("https://wns2-am3p.notify.windows.com/w/?token=BQYA", "wns/raw"),
        ("https://fcm.googleapis.com/wp/abc", None),
    ):
        found = headers_of(TOMORROW, anna, read_endpoint(url), SENDER, NOW)
        assert found.get("x-wns-type") == value


def test_keys_are_what_something_can_be_encrypted_for(service):
    anna = service.browser("anna")

    assert are_keys(anna.p256dh, anna.auth)
    assert are_keys(anna.p256dh + "=", anna.auth + "==")
    assert body_of(TOMORROW, anna)
    for p256dh, auth in (
        ("", ""), (anna.p256dh, ""), ("", anna.auth), (anna.p256dh[:-4], anna.auth), (anna.p256dh, anna.auth + "AAAA"),
        (anna.p256dh, "é" * 22), ("B" + "A" * 86, anna.auth), ("!" * 87, anna.auth),
    ):  # fmt: skip
        assert not are_keys(p256dh, auth), (p256dh, auth)
