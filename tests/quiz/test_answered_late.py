"""A check-in that was answered with no network is of the day on which it was answered, whenever it comes in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from tests.support.people import RA, answer_quiz

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
CALM = {name: value for name, value in RA.items() if not name.startswith("none_")}
STROKE, JOINT = {"red_flags": ["stroke-fast"]}, {"red_flags": ["septic-joint"]}
CLOSED = {"precautions": ["severe-neutropenia"]}
WRONG_CLOCK = "The clock of that phone was wrong"


def send(client, key, at, **changes):
    """`at`: what the phone says of when it was pressed."""
    headers = {"idempotency-key": key, "idempotency-claim": "A" * 43, "acupwa-pressed-at": said(at)}
    answer = client.post("/quiz/whole", {**CALM, **changes}, headers=headers)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def said(at):
    return at.isoformat() if isinstance(at, datetime) else str(at)


def kept(client):
    return client.get("/me/export.json").json()["check_ins"]


def moments(client):
    return [datetime.fromisoformat(one["finished_at"]) for one in kept(client)]


def stands(client):
    return "Get help first" in client.get("/today").text


def is_open(client):
    return 'name="weekdays"' in client.get("/plan").text


def test_it_has_the_moment_at_which_it_was_finished(client, clock):
    answered = clock.now - 3 * DAY

    page = client.get(send(client, "of-friday", answered))

    assert moments(client) == [answered]
    assert "Answered on 20 November 2026. Sent on 23 November 2026." in page.text
    assert "Your check-in is saved" in page.text or "that was your first check-in" in page.text


def test_how_long_ago_is_right_by_any_clock(client, clock):
    send(client, "of-an-hour-ago", -60 * 60 * 1000)

    assert moments(client) == [clock.now - timedelta(hours=1)]


@pytest.mark.parametrize("ahead", [timedelta(0), 4 * MINUTE])
def test_a_clock_that_is_a_little_fast_changes_nothing(client, clock, ahead):
    page = client.get(send(client, "of-now", clock.now + ahead))

    assert moments(client) == [clock.now]
    assert WRONG_CLOCK not in page.text
    assert "Sent on" not in page.text


@pytest.mark.parametrize(
    "at", [datetime(1970, 1, 1, tzinfo=UTC), "2019-03-01T10:00:00Z", "2031-01-01T10:00:00Z", "soon", 10**9]
)
def test_a_clock_that_cannot_be_right_tells_nothing(client, clock, at):
    page = client.get(send(client, "of-no-day", at))

    assert moments(client) == [clock.now]
    assert WRONG_CLOCK in page.text
    assert "Answered on" not in page.text


def test_of_an_unknown_day_it_ends_no_sign_and_confirms_nothing(client, clock):
    send(client, "with-a-sign", clock.now - MINUTE, **JOINT)
    send(client, "of-no-day", 10**9)
    assert stands(client)

    another = client.another()
    send(another, "of-another", 10**9)
    assert not is_open(another), "what to know before needles is gone through first"


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_any_order_of_arrival_gives_the_same_history(client, clock, order):
    clock.now += 10 * DAY
    days = [clock.now - 9 * DAY, clock.now - 5 * DAY, clock.now - DAY]
    fatigue = ["8", "5", "2"]

    where = {one: send(client, f"number-{one}", days[one], **{"ratings.fatigue": fatigue[one]}) for one in order}

    assert moments(client) == days[::-1]
    assert "data-last-summary" in client.get(where[2]).text
    assert "data-last-summary" not in client.get(where[1]).text
    assert "Compared with 24 November" in client.get(where[1]).text
    assert "Compared with 28 November" in client.get(where[2]).text
    assert client.get("/check-in").text.index("2 December") < client.get("/check-in").text.index("28 November")


def test_the_pair_of_one_day_is_of_the_day_of_the_answers(client, clock):
    send(client, "of-one-phone", clock.now - 3 * DAY)
    other = send(client, "of-another", clock.now - 3 * DAY + MINUTE)
    today = send(client, "of-today", clock.now)

    assert "You finished two full check-ins on 20 November" in client.get(other).text
    assert "You finished two" not in client.get(today).text


@pytest.mark.parametrize(("signs", "red"), [(STROKE, "results-red"), (JOINT, "care same-day")])
def test_signs_of_an_older_one_are_red_though_a_newer_one_is_calm(client, clock, signs, red):
    send(client, "calm", clock.now - DAY)

    late = client.get(send(client, "late", clock.now - 3 * DAY, **signs))

    assert red in late.text
    assert stands(client)
    assert not is_open(client)
    clock.now += MINUTE
    send(client, "after-it", clock.now)
    assert not stands(client)


def test_help_that_was_had_before_it_came_is_not_for_its_signs(client, clock):
    send(client, "with-a-sign", clock.now - DAY, **JOINT)
    shown = clock.now.isoformat()
    clock.now += MINUTE
    send(client, "late", clock.now - 3 * DAY, **STROKE)

    client.post("/today/had-help", {"shown": shown})

    assert stands(client)


def test_an_older_calm_one_ends_no_sign_and_opens_no_plan(client, clock):
    send(client, "with-a-sign", clock.now - DAY, **JOINT)

    send(client, "late", clock.now - 3 * DAY)

    assert stands(client)
    assert not is_open(client)


def test_the_gate_goes_by_the_newest_answers(client, clock):
    send(client, "closed", clock.now - DAY, **CLOSED)
    send(client, "late", clock.now - 3 * DAY)
    assert not is_open(client)

    send(client, "newer", clock.now - MINUTE)
    assert is_open(client)


def test_what_was_begun_before_and_finished_after_is_the_newer(client, clock):
    """A draft on one phone, and the whole check-in on another meanwhile."""
    clock.now += DAY
    answered = clock.now - timedelta(hours=1)
    answer_quiz(client, {**RA, **CLOSED})

    send(client, "late", answered)

    assert not is_open(client)


def test_answers_that_are_days_old_are_not_fresh_for_a_plan(client, clock):
    """What to know before needles is gone through again where that was 14 days ago."""
    send(client, "long-waited", clock.now - 15 * DAY)

    assert not is_open(client)
    send(client, "of-today", clock.now)
    assert is_open(client)
