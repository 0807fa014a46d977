"""Today as a page: each kind, what its buttons do, who sees what; never stored, and no loop for a cookie of nobody."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from sqlalchemy import event

from acupwa.today.today_page import today_page
from tests.mydata.test_import import send
from tests.support.people import RA, RA_HOT_JOINT, UNDER_16, answer_quiz, fill, finish_check_in, on_screen, plan_fields
from tests.support.practitioners import asked, code_of, give, make_link, opened, signed_in
from tests.today.people import draft, finished, person, plan

MONDAY = "2026-11-30"


def main_of(answer: Any) -> str:
    return re.search(r"<main.*</main>", answer.text, re.S)[0]  # type: ignore[index]


def told(client: Any, address: str = "/today") -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main_of(client.get(address)))).split())


def title(client: Any) -> str:
    """Of the one next thing."""
    (found,) = re.findall(r'<h2 id="next">(.*?)</h2>', client.get("/today").text)
    return unescape(found)


def with_plan(client: Any, **fields: Any) -> None:
    answer_quiz(client, RA)
    assert client.post("/plan", plan_fields(first_day=MONDAY, **fields)).status_code == 303


def test_it_is_personal_and_never_stored(client):
    answer_quiz(client, RA)

    answer = client.get("/today")

    assert answer.headers["cache-control"] == "no-store"
    assert answer.status_code == 200


def test_a_newcomer_learns_what_it_does_and_where_to_begin(client):
    answer = client.get("/today")

    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
    assert 'href="/quiz">Start a check-in' in answer.text
    assert 'href="/resume"' in answer.text


@pytest.mark.parametrize("sent", ["a-key-of-nobody", "x" * 200])
def test_a_cookie_of_nobody_goes(client, sent):
    answer = client.get("/today", headers={"cookie": f"acupwa={sent}"})

    assert answer.status_code == 200
    if len(sent) <= 64:
        assert answer.headers["set-cookie"].startswith("acupwa=")
        assert "Max-Age=0" in answer.headers["set-cookie"]


def test_a_cookie_that_was_only_offered_stays(client):
    assert "set-cookie" not in client.get("/today", headers={"cookie": "acupwa=new.abcdef"}).headers


def test_a_draft(client):
    place = fill(client, RA, until="lately")

    assert title(client) == "Carry on, step 3 of 8"
    assert f'href="{place}"' in client.get("/today").text


def test_a_draft_that_is_paused_says_the_same(client):
    place = fill(client, RA, until="lately")
    client.post(f"{place}/lately/pause", on_screen("lately", RA))

    assert title(client).startswith("Carry on, step ")


def test_a_summary_without_a_plan(client):
    finish_check_in(client)

    assert title(client) == "Ready for a plan?"
    assert "Make a plan" in told(client)


def test_why_there_is_no_plan(client):
    answer_quiz(client, UNDER_16)

    words = told(client)

    assert title(client) == "No plan for now"
    assert "We make no plan for anyone under 16" in words
    assert "Because" in words


def test_advice_to_call_has_numbers_to_press(client):
    answer_quiz(client, RA | {"precautions": ["fever-or-infection-now"]})

    assert "Get well first." in told(client)
    assert 'href="/emergency#numbers"' in main_of(client.get("/today"))


def test_a_session_tomorrow_and_how_to_move_it(client, clock):
    with_plan(client)
    clock.now += timedelta(days=6)

    assert title(client) == "Your session is tomorrow, 09:00"
    assert 'href="/plan/sessions/1/move?to=today"' in client.get("/today").text
    clock.now = datetime.fromisoformat("2026-11-30T08:00:00+00:00")
    assert title(client) == "Your session is today, 09:00"


def test_the_day_is_that_of_the_plan_and_the_person(client, clock):
    with_plan(client, time_zone="Pacific/Auckland")
    clock.now = datetime.fromisoformat("2026-11-29T12:00:00+00:00")

    assert title(client) == "Your session is today, 09:00"
    assert "Monday 30 November 2026" in told(client)


@pytest.mark.parametrize(("log", "said"), [("went", "Went"), ("missed", "Missed")])
def test_a_session_is_logged_in_one_press_and_taken_back_in_another(client, clock, log, said):
    with_plan(client)
    clock.now += timedelta(days=8)
    assert title(client) == "Did you go yesterday?"
    assert f">{said}</button>" in client.get("/today").text

    went = client.post("/plan/sessions/1/log", {"log": log, "to": "today"})

    page = client.follow(went)
    assert 'role="status"' in page.text
    assert "Undo" in main_of(page)
    assert title(client) != "Did you go yesterday?"
    client.post("/plan/sessions/1/log", {"log": "undo", "to": "today"})
    assert title(client) == "Did you go yesterday?"


@pytest.mark.parametrize("zone", ["Europe/London", "Asia/Tokyo", "America/New_York"])
def test_the_last_step_is_undone_from_today_wherever_the_person_is(client, zone):
    """The times of Today are those of the person's zone; the step that is named is the same."""
    with_plan(client, time_zone=zone)
    move = {"day": "2026-12-05", "time": "09:00", "which": "rest", "to": "today"}
    page = client.follow(client.post("/plan/sessions/1/move", move))
    step = re.search(r'name="step" value="([^"]+)"', page.text)
    assert step, "it can be undone here"

    answer = client.post("/plan/undo", {"step": step[1], "to": "today"})

    assert answer.headers.get("location") == "/today?done=undone", answer.status_code


def test_what_is_done_is_only_said_where_it_is_so(client):
    answer_quiz(client, RA)

    for address in ("/today?done=noted", "/today?done=went&session=1", "/today?done=cure"):
        assert 'role="status" id="done"' not in client.get(address).text


def test_check_ins_that_the_plan_waits_for(client, clock):
    with_plan(client)
    for number in range(1, 9):
        clock.now = datetime.fromisoformat("2026-11-30T12:00:00+00:00") + timedelta(weeks=number - 1)
        client.post(f"/plan/sessions/{number}/log", {"log": "went"})
        if number == 4:
            assert title(client) == "A check-in after session 4"
            clock.now += timedelta(hours=1)
            finish_check_in(client)
            assert title(client).startswith("Next to read: ")
    assert title(client) == "Session 8 is over. Time to decide"
    assert 'name="variant" value="follow-up"' in client.get("/today").text


# ------------------------------------------------------------------ danger


def test_a_danger_sign_has_what_to_do_and_the_number_and_nothing_to_read(client):
    answer_quiz(client, RA_HOT_JOINT)

    page = client.get("/today").text
    words = told(client)

    assert "Get medical advice today" in words
    assert "One joint suddenly very painful, hot or swollen." in words
    assert 'href="tel:111"' in page
    assert "Check in again" in words
    assert "To read" not in words
    assert "How it is going" not in words


def test_an_emergency_says_call_even_if_it_has_passed(client):
    answer_quiz(client, RA | {"none_right_now": "", "red_flags": ["cauda-equina"]})

    assert "Even if it has passed, call." in told(client)
    assert 'href="tel:999"' in client.get("/today").text


def test_a_sign_of_a_draft_stands_and_no_time_ends_it(client, clock):
    place = fill(client, RA, until="lately")
    client.post(f"{place}/lately", on_screen("lately", RA | {"none_lately": "", "red_flags": ["septic-joint"]}))

    assert title(client) == "Get help first"
    clock.now += timedelta(days=200)
    assert title(client) == "Get help first"


def test_help_is_noted_with_its_time_and_opens_no_plan(client, clock):
    answer_quiz(client, RA_HOT_JOINT)
    clock.now += timedelta(hours=3)

    page = client.follow(client.post("/today/had-help"))

    assert 'role="status" id="done"' in page.text
    assert "Check in again before any more needles." in page.text
    assert title(client) == "No plan for now"
    (kept,) = client.get("/me/export.json").json()["check_ins"]
    assert kept["had_help_at"].startswith("2026-11-23T13:00:00")
    assert client.get("/plan").text.count("Why there is no plan for now") >= 1


def test_help_is_for_the_signs_that_the_page_showed(client, clock):
    """Back to a page of before, or another tab: what was told since stands."""
    answer_quiz(client, RA_HOT_JOINT)
    shown = re.search(r'name="shown" value="([^"]+)"', client.get("/today").text)[1]
    clock.now += timedelta(minutes=5)
    answer_quiz(client, RA | {"none_right_now": "", "red_flags": ["cauda-equina"]})

    client.post("/today/had-help", {"shown": shown})
    assert title(client) == "Get help first"

    shown = re.search(r'name="shown" value="([^"]+)"', client.get("/today").text)[1]
    client.post("/today/had-help", {"shown": shown})
    assert title(client) == "No plan for now"


def test_help_ends_with_the_next_tick(client, clock):
    answer_quiz(client, RA_HOT_JOINT)
    client.post("/today/had-help")
    clock.now += timedelta(days=1)

    answer_quiz(client, RA_HOT_JOINT)
    assert title(client) == "Get help first"

    clock.now += timedelta(days=1)
    answer_quiz(client, RA)
    assert title(client) == "Ready for a plan?"


def test_without_a_sign_or_a_person_there_is_nothing_to_note(client):
    assert client.post("/today/had-help").status_code == 404
    answer_quiz(client, RA)

    client.post("/today/had-help")

    assert client.get("/me/export.json").json()["check_ins"][0]["had_help_at"] is None


def test_nobody_else_ends_it(client):
    answer_quiz(client, RA_HOT_JOINT)
    other = client.another()
    answer_quiz(other, RA_HOT_JOINT)

    other.post("/today/had-help")

    assert title(client) == "Get help first"


def test_help_goes_with_a_file_to_another_phone_and_is_deleted_with_the_rest(client):
    answer_quiz(client, RA_HOT_JOINT)
    client.post("/today/had-help")
    file, other = client.get("/me/export.json").text, client.another()
    answer_quiz(other, RA)
    client.post("/me/delete")

    send(other, file, press=True)

    assert "had_help_at" in other.get("/me/export.json").text
    assert any(one["had_help_at"] for one in other.get("/me/export.json").json()["check_ins"])
    other.post("/me/delete")
    assert "Start a check-in" in told(other)


# ------------------------------------------------------------------ clinics


def test_a_clinic_s_link_that_was_opened(client):
    ann = signed_in(client)
    client.post(f"/l/{code_of(ann, make_link(ann))}")

    assert title(client) == "Needle Lane asks how you are"


def test_what_was_answered_and_not_shared_then_what_was_sent(client):
    ann = signed_in(client)
    preview = asked(client, ann)

    assert title(client) == "Needle Lane waits for your answers"
    assert f'href="{preview}"' in client.get("/today").text

    give(client, preview)
    fields = {"note": "Well done.", "pages": ["what-to-expect"], "with_plan": "no", "plan_asked": "1"}
    days = {"first_day": MONDAY, "weekdays": ["mon"], "time": "09:00", "time_zone": "Europe/London"}
    rest = {"per_week": "1", "max_sessions": "8", "minutes": "40", "price": "45", "currency": "GBP"}
    assert ann.post(f"{opened(ann)}/send", fields | days | rest).status_code == 303
    assert title(client) == "Needle Lane sent you something"


def test_a_clinic_s_reminder_is_shown_on_two_days_at_most(client, clock):
    ann = signed_in(client)
    give(client, asked(client, ann, again="4-weeks"))
    clock.now += timedelta(weeks=4)

    assert title(client) == "Needle Lane asks for a short check-in"
    assert title(client) == "Needle Lane asks for a short check-in"
    clock.now += timedelta(days=1)
    assert title(client) == "Ready for a plan?"
    clock.now += timedelta(days=7)
    assert title(client) == "Needle Lane asks for a short check-in"
    clock.now += timedelta(days=30)
    assert title(client) == "Ready for a plan?"


# ------------------------------------------------------------------ how it is going, and what it costs


def test_how_it_is_going_has_a_picture_from_the_second_answer_on(client, clock):
    finish_check_in(client)
    first = client.get("/today").text
    clock.now += timedelta(days=14)
    finish_check_in(client, **{"ratings.pain": "3"})

    page = client.get("/today").text

    assert "<svg viewBox=" not in re.search(r'<section class="today-going".*?</section>', first, re.S)[0]
    assert re.search(r'role="img" aria-label="Pain[^"]*7, 3', page)
    assert "7 at the start, 3 now: 4 lower" in told(client)


def test_two_pages_to_read_beside_the_next_one(client):
    with_plan(client)
    page = client.get("/today").text

    links = re.findall(r'<a[^>]* href="(/read/[^"]+)"', main_of(client.get("/today")))

    assert len(links) == len(set(links)) == 3
    assert title(client).startswith("Next to read: ")
    assert len(page.encode()) < 14_000


def test_the_tabs_on_which_something_waits(library):
    assert today_page(person(1, finished(0, "septic-joint")), library).waiting == ("today",)
    assert today_page(person(1, finished(0), draft(0.5)), library).waiting == ("check-in",)
    assert today_page(person(1, finished(-1), plan=plan(0)), library).waiting == ("plan",)
    assert today_page(person(1, finished(0), plan=plan(5)), library).waiting == ()


def test_fifty_check_ins_ask_the_database_no_more_than_one(client, clock):
    finish_check_in(client)
    client.post("/plan", plan_fields(first_day="2027-12-06"))
    one = queries_of(client)
    for _ in range(50):
        clock.now += timedelta(days=7)
        finish_check_in(client)
    client.get("/today")

    assert queries_of(client) == one <= 8


def queries_of(client: Any) -> int:
    engine, said = client.app.inner.state.work.reading, list[str]()

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        said.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    client.get("/today")
    event.remove(engine, "before_cursor_execute", note)
    return sum(one.lstrip().upper().startswith("SELECT") for one in said)
