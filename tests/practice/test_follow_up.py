"""Asked again: on the patient's own pages, on two days at most, never once opened, never after taking back."""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from acupwa.practice.accounts import people_service
from acupwa.practice.sharing.follow_up.model import FollowUpState
from acupwa.practice.sharing.follow_up.rules import APART, MOST_REMINDERS, due, reminds
from tests.support.people import RA, answer_quiz, plan_fields
from tests.support.practitioners import asked, clinic_of, give, signed_in, work_of

WORDS = "It is time for the short check-in"
DAYS = st.integers(0, 400)


@pytest.fixture
def ann(client):
    return signed_in(client)


def again(client, browser, when="4-weeks", **link):
    return give(client, asked(client, browser, again=when, **link))


def press(client, act):
    path = re.search(rf'(?:action|href)="(/me/follow-up/[^"]+/{act})"', client.get("/me").text)[1]
    return client.post(path)


def test_the_patient_is_told_of_it_before_opening_and_before_sharing(client, ann):
    preview = asked(client, ann, again="4-weeks")

    assert "They will ask again after 4 weeks" in client.get(preview).text
    assert "again after 4 weeks" in ann.get("/practice/links").text


def test_it_stands_there_when_the_weeks_are_over_on_each_of_their_pages(client, clock, ann):
    own = again(client, ann)
    clock.now += timedelta(days=27)
    assert WORDS not in client.get("/me").text
    clock.now += timedelta(days=1)

    for path in ("/me", "/me/shares", own):
        assert WORDS in client.get(path).text, path


def test_it_stands_there_on_two_days_a_week_apart_and_never_a_third(client, clock, ann):
    again(client, ann)
    shown = []
    for day in range(90):
        if WORDS in client.get("/me").text:
            shown.append(day)
        clock.now += timedelta(days=1)

    assert shown == [28, 35]


def test_sessions_are_counted_in_the_patient_s_own_plan(client, clock, ann):
    again(client, ann, "4-sessions")
    client.post("/plan", data=plan_fields())
    clock.now += timedelta(days=28)
    assert WORDS not in client.get("/me").text
    clock.now += timedelta(days=1)
    assert WORDS in client.get("/me").text


def test_opened_it_leads_to_the_follow_up_which_can_be_shared_and_asks_no_more(client, clock, ann):
    again(client, ann)
    clock.now += timedelta(days=28)

    assert press(client, "open").headers["location"] == "/check-in"

    clock.now += timedelta(days=7)
    assert WORDS not in client.get("/me").text
    result = client.follow(answer_quiz(client, {**RA, "ratings.problem": "3"}))
    preview = re.search(r'href="(/me/share/[^"]+)"', result.text)[1]
    give(client, preview)
    clock.now += timedelta(days=28)
    assert WORDS in client.get("/me").text


@pytest.mark.parametrize("end", ["withdraw", "link", "removed", "stop", "delete"])
def test_it_ends_when_either_side_ends_it(client, clock, ann, end):
    bob = signed_in(client, "bob@example.org", name="Bob", clinic=clinic_of(client).id)
    own = again(client, bob)
    link = re.search(r'href="(/practice/links/[^"]+)"', bob.get("/practice/links").text)[1]
    clock.now += timedelta(days=28)
    client.get("/me")
    match end:
        case "withdraw":
            client.post(f"{own}/withdraw")
        case "link":
            ann.post("/practice/sign-in", data={"email": "ann@example.org", "password": "four words apart today"})
            assert ann.post(f"{link}/withdraw").status_code == 303
        case "removed":
            work_of(client).run(people_service.remove_practitioner, "bob@example.org")
        case "stop":
            press(client, "stop")
        case "delete":
            client.post("/me/delete")

    assert WORDS not in client.get("/me").text


def test_a_personal_link_asks_the_same_person_again(client, clock, ann):
    again(client, ann, kind="personal")
    clock.now += timedelta(days=28)

    assert press(client, "open").status_code == 303
    assert "/me/share/" in client.follow(answer_quiz(client, {**RA, "ratings.problem": "3"})).text


def test_what_is_not_offered_is_refused(ann):
    assert ann.post("/practice/links", {"kind": "reusable", "again": "1000-weeks"}).status_code == 422
    assert "again after" not in ann.get("/practice/links").text


def state(every=1, unit="weeks"):
    return FollowUpState(link_id=UUID(int=1), clinic="", every=every, unit=unit, shared_on=date(2026, 1, 1))


def test_the_days_of_reminders_are_stored_under_their_old_name():
    stored = msgspec.to_builtins(msgspec.structs.replace(state(), shown_on=(date(2026, 1, 8),)))

    assert set(stored) == {"link_id", "clinic", "every", "unit", "shared_on", "told", "opened"}
    assert msgspec.convert(stored, FollowUpState).shown_on == (date(2026, 1, 8),)


@given(st.integers(1, 12), st.lists(DAYS), st.none() | DAYS, st.none() | DAYS)
def test_never_more_than_two_days_never_after_opening_never_after_withdrawal(every, looks, opened, withdrawn):
    now = state(every)
    for look in sorted(looks):
        day = now.shared_on + timedelta(days=look)
        if opened is not None and look >= opened:
            now = msgspec.structs.replace(now, opened=True)
        stands = withdrawn is None or look < withdrawn
        shown = reminds(now, day, due=due(now, day, None), stands=stands)
        assert not (shown and (now.opened or not stands))
        assert not (shown and day < now.shared_on + timedelta(weeks=every))
        if shown and day not in now.shown_on:
            now = msgspec.structs.replace(now, shown_on=(*now.shown_on, day))
    assert len(now.shown_on) <= MOST_REMINDERS
    assert all(later - earlier >= APART for earlier, later in zip(now.shown_on, now.shown_on[1:], strict=False))


@given(st.integers(1, 10), st.lists(DAYS, unique=True), DAYS)
def test_sessions_are_those_after_the_share_and_before_today(every, visits, day):
    start, today = state().shared_on, state().shared_on + timedelta(days=day)
    had = [one for one in visits if 0 < one < day]

    assert due(state(every, "sessions"), today, [start + timedelta(days=one) for one in visits]) == (len(had) >= every)
