"""The plan of a person, by HTTP."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import msgspec
import pytest
import vobject
from icalendar import Calendar

from acupwa.planner.plan_fields import posted_values
from acupwa.quiz.groups import known_groups, urgencies_in
from acupwa.web.forms import FormData
from tests.support.html_page import Page
from tests.support.people import finish_check_in, plan_fields


@pytest.fixture
def patient(client: Any) -> Any:
    finish_check_in(client)
    return client


@pytest.fixture
def planned(patient: Any) -> Any:
    assert patient.follow(patient.post("/plan", plan_fields())).status_code == 200
    return patient


def days_in(text: str) -> list[str]:
    return re.findall(r'<time datetime="([\d-]+)T', text.split('id="all-sessions"')[1])


def events(answer: Any) -> list[Any]:
    return list(Calendar.from_ical(answer.text).walk("VEVENT"))


def test_without_a_check_in_it_invites_to_one_and_shows_how_courses_go(client: Any):
    answer = client.get("/plan")
    assert answer.status_code == 200
    assert 'href="/quiz"' in answer.text
    assert "Time to decide" in answer.text
    assert "set-cookie" not in answer.headers


def test_without_a_check_in_a_plan_cannot_be_made(client: Any):
    answer = client.post("/plan", plan_fields())
    assert answer.headers["location"] == "/plan"
    assert client.get("/plan.ics").status_code == 404


def test_a_red_flag_closes_the_page_with_why_and_what_instead(client: Any):
    finish_check_in(client, red_flags=["septic-joint"])
    text = client.get("/plan").text
    assert "Why there is no plan for now" in text
    assert "Get medical help today" in text
    assert "Because you" in text
    assert 'name="first_day"' not in text


def test_a_plan_cannot_be_pressed_through_a_closed_gate(client: Any):
    finish_check_in(client, red_flags=["septic-joint"])
    client.post("/plan", plan_fields())
    assert client.get("/plan.ics").status_code == 404


def test_the_form_shows_before_anything_is_kept(patient: Any):
    answer = patient.post("/plan", plan_fields(do="preview"))
    assert answer.status_code == 200
    assert "£450" in answer.text
    assert "11.7" in answer.text
    assert len(days_in(answer.text)) == 10
    assert patient.get("/plan.ics").status_code == 404


def test_a_saved_plan_is_shown_again(planned: Any):
    text = planned.get("/plan").text
    assert "<h1>Your plan</h1>" in text
    assert "Monday 30 November 2026, 09:00" in text  # the next session, in full
    assert "A guide to discuss with your acupuncturist" in text
    assert days_in(text)[:2] == ["2026-11-30", "2026-12-07"]


def test_wrong_fields_are_told_beside_them_and_what_was_typed_stays(patient: Any):
    wrong = plan_fields(
        first_day="2026-11-01", weekdays=[], time="late", per_week="3", max_sessions="99", price="much",
        time_zone="Mars/Base", minutes="1", **{"off_from.0": "2027-01-05", "off_to.0": "2027-01-01"},
    )  # fmt: skip
    answer = patient.post("/plan", wrong)
    assert answer.status_code == 422
    for field in ("first-day", "weekdays", "other-time", "time-zone", "per-week", "max-sessions", "price"):
        assert f'id="f-{field}-error"' in answer.text, field
    assert 'id="f-minutes-error"' in answer.text
    assert 'id="f-off-from-0-error"' in answer.text
    assert 'value="late"' in answer.text
    assert 'value="much"' in answer.text
    assert "<title>Error: Plan your sessions" in answer.text
    assert patient.get("/plan.ics").status_code == 404


def test_a_broken_day_off_is_told_at_a_field_that_is_there(patient: Any):
    answer = patient.post("/plan", plan_fields(days_off=["soon"]))
    assert answer.status_code == 422
    assert 'href="#f-off-from-0"' in answer.text


def test_days_off_and_public_holidays_are_left_out(patient: Any):
    fields = plan_fields(
        weekdays=["fri"], first_day="2026-12-04", leave_out_holidays="yes",
        **{"off_from.0": "2026-12-10", "off_to.0": "2026-12-20", "off_from.1": "2027-01-08"},
    )  # fmt: skip
    text = patient.follow(patient.post("/plan", fields)).text
    assert days_in(text)[:3] == ["2026-12-04", "2027-01-15", "2027-01-22"]
    form = patient.get("/plan/change").text
    assert 'value="2026-12-10"' in form
    assert 'value="2026-12-25"' not in form


def test_no_free_day_is_told_and_nothing_is_kept(patient: Any):
    fields = plan_fields(**{"off_from.0": "2026-11-24", "off_to.0": "2027-06-10"})
    answer = patient.post("/plan", fields)
    assert answer.status_code == 422
    assert 'id="f-off-from-0-error"' in answer.text
    assert 'value="2027-06-10"' in answer.text
    assert patient.get("/plan.ics").status_code == 404


def test_without_a_main_problem_it_is_asked_for_first_and_can_be_left_out(client: Any):
    check_in = finish_check_in(client, main_symptom="")
    text = client.get("/plan").text
    assert text.index("First, your main problem") < text.index("Or plan without one") < text.index('name="weekdays"')
    assert f'href="/quiz/{check_in}/what-matters"' in text
    assert client.post("/plan", plan_fields()).headers["location"] == "/plan?done=saved"
    assert "First, your main problem" not in client.get("/plan/change").text


def chosen_time(text: str) -> tuple[list[str], str]:
    """The usual time, or "another", and what stands in the field for that."""
    radios = re.findall(r'<input type="radio" name="time" value="([^"]*)" checked', text)
    (typed,) = re.findall(r'name="other_time" type="time" value="([^"]*)"', text)
    return radios, typed


def test_four_usual_times_are_offered_and_none_is_chosen(patient: Any):
    text = patient.get("/plan").text
    assert re.findall(r'name="time" value="([^"]*)"', text) == ["09:00", "12:00", "15:00", "18:00", "another"]
    assert chosen_time(text) == ([], "")


@pytest.mark.parametrize(
    ("fields", "saved"),
    [
        ({"time": "15:00"}, "15:00"),
        ({"time": "15:00", "other_time": "10:45"}, "15:00"),
        ({"time": "another", "other_time": "10:45"}, "10:45"),
        ({"time": "another", "other_time": "15:00"}, "15:00"),
        ({"time": "", "other_time": "10:45"}, "10:45"),
        ({"time": "10:45"}, "10:45"),
    ],
)
def test_a_time_is_chosen_or_typed_and_stands_in_its_place_again(patient: Any, fields: dict[str, str], saved: str):
    shown = patient.post("/plan", plan_fields(do="preview", **fields))
    assert shown.status_code == 200
    assert f'name="time" value="{saved}"' in shown.text
    assert patient.post("/plan", plan_fields(**fields)).status_code == 303
    usual = saved == "15:00"
    assert chosen_time(patient.get("/plan/change").text) == (["15:00"], "") if usual else (["another"], saved)
    assert saved in patient.get("/plan").text


@pytest.mark.parametrize(
    ("fields", "field", "words", "stays"),
    [
        ({"time": ""}, "time", "Choose a time", ([], "")),
        ({"time": "another", "other_time": ""}, "other-time", "Enter a time", (["another"], "")),
        ({"time": "another", "other_time": "late"}, "other-time", "Enter a time", (["another"], "late")),
        ({"time": "25:00"}, "other-time", "Enter a time", (["another"], "25:00")),
    ],
)
def test_a_wrong_time_is_told_beside_it_and_nothing_is_lost(
    patient: Any, fields: dict[str, str], field: str, words: str, stays: tuple[list[str], str]
):
    answer = patient.post("/plan", plan_fields(price="37.50", **fields))
    assert answer.status_code == 422
    assert f'id="f-{field}-error"' in answer.text
    assert words in answer.text
    assert chosen_time(answer.text) == stays
    assert 'value="37.50"' in answer.text


def test_usual_times_are_told_as_the_country_writes_them(client: Any):
    finish_check_in(client, country="US")
    assert re.search(r"3:00\s*PM", client.get("/plan").text)


@pytest.mark.parametrize(
    ("ticked", "asks"),
    [
        ({"precautions": ["anticoagulants"]}, True),
        ({"unsure": ["breastfeeding"]}, True),
        ({"precautions": ["epilepsy"]}, False),
        ({"none_before_needles": "1"}, False),
    ],
)
def test_the_form_says_to_ask_the_doctor_first_where_that_was_ticked(client: Any, ticked: dict[str, Any], asks: bool):
    finish_check_in(client, **ticked)

    assert ("You can plan now, but ask before any needles" in client.get("/plan").text) is asks


def test_what_is_not_saved_yet_does_not_look_done(patient: Any):
    shown = patient.post("/plan", plan_fields(do="preview")).text
    assert re.search(r'class="notice info[^"]*"[^>]*>\s*<p>Nothing is saved yet', shown)
    saved = patient.follow(patient.post("/plan", plan_fields())).text
    assert re.search(r'class="notice calm[^"]*"[^>]*>\s*<p>Your plan is saved', saved)


def test_old_answers_are_confirmed_before_a_plan_begins_and_begins_again(patient: Any, clock: Any):
    clock.now += timedelta(days=13)
    assert 'name="weekdays"' in patient.get("/plan").text
    clock.now += timedelta(days=1)
    assert "First, is it all still true?" in patient.get("/plan").text
    assert patient.post("/plan", plan_fields(first_day="2026-12-07")).headers["location"] == "/plan"
    assert patient.get("/plan.ics").status_code == 404

    finish_check_in(patient)
    assert patient.post("/plan", plan_fields(first_day="2026-12-07")).headers["location"] == "/plan?done=saved"
    clock.now += timedelta(days=30)
    assert 'name="weekdays"' in patient.get("/plan/change").text
    clock.now += timedelta(days=60)
    assert "First, is it all still true?" in patient.get("/plan/change").text


def test_an_emergency_that_closes_the_plan_has_its_number_to_press(client: Any, library: Any):
    """By itself, and by a group that may hold it."""
    signs = [one.id for one in library.red_flags.values() if one.urgency == "emergency-now"]
    groups = [one for one in known_groups(library) if "emergency-now" in urgencies_in(one, library)]
    assert groups
    for fields in ({"red_flags": [signs[0]]}, *({"groups": [one]} for one in groups)):
        person = client.another()
        finish_check_in(person, **fields)
        assert 'href="tel:999"' in person.get("/plan").text, fields


@pytest.mark.parametrize("done", ["saved", "changed", "moved", "deleted"])
def test_what_has_happened_is_said_once_with_the_focus_on_it_and_in_the_title(patient: Any, done: str):
    answer = patient.post("/plan", plan_fields())
    if done == "changed":
        answer = patient.post("/plan?change", plan_fields(time="11:00"))
    if done == "moved":
        answer = patient.post("/plan/sessions/2/move", {"day": "2026-12-09", "time": "14:30", "which": "this"})
    if done == "deleted":
        answer = patient.post("/plan/delete")
    text = patient.follow(answer).text
    words = re.search(r'role="status" id="done" tabindex="-1" autofocus>\s*<p>([^<]*)</p>', text)
    assert words
    assert done in words[1] or "is now on" in words[1]
    assert re.search(f"<title>[^<]* – [A-Za-z]+ {done} – Acupwa</title>", text)
    assert 'id="done"' not in patient.get("/plan").text


def test_zone_and_money_are_those_of_the_country_else_of_the_phone_else_nobody_s(client: Any):
    def chosen(**answers: Any) -> list[str]:
        person = client.another()
        finish_check_in(person, **answers)
        return re.findall(r'<option value="([^"]*)" selected', person.get("/plan").text)

    assert chosen(country="GB") == ["GBP", "Europe/London"]
    assert chosen(country="IE", time_zone="Europe/Rome") == ["EUR", "Europe/Dublin"]
    assert chosen(country="US", time_zone="America/Chicago") == ["USD", "America/Chicago"]
    assert chosen(country="", time_zone="Asia/Tokyo") == ["JPY", "Asia/Tokyo"]
    assert set(chosen(country="")) == {""}


def test_a_plan_can_be_changed(planned: Any):
    assert 'value="09:00"' in planned.get("/plan/change").text
    text = planned.follow(planned.post("/plan", plan_fields(weekdays=["thu"], max_sessions="8"))).text
    assert days_in(text)[0] == "2026-12-03"
    assert len(days_in(text)) == 8


def test_sessions_that_are_over_stay_when_the_plan_changes(planned: Any, clock: Any):
    clock.now = clock.now.replace(month=12, day=9)
    changed = planned.post("/plan", plan_fields(weekdays=["thu"], first_day="2026-12-10", max_sessions="4"))
    assert days_in(planned.follow(changed).text) == ["2026-11-30", "2026-12-07", "2026-12-17", "2026-12-24"]


def test_a_plan_can_be_deleted(planned: Any):
    assert planned.get("/plan/delete").status_code == 200
    planned.follow(planned.post("/plan/delete"))
    assert planned.get("/plan.ics").status_code == 404
    assert "Plan your sessions" in planned.get("/plan").text
    assert planned.get("/plan/delete").status_code == 404


def test_the_calendar_is_read_by_two_libraries_and_says_nothing_of_health(planned: Any):
    answer = planned.get("/plan.ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert "appointments.ics" in answer.headers["content-disposition"]
    assert len(events(answer)) == 10
    assert len(vobject.readOne(answer.text).vevent_list) == 10
    assert {str(event["summary"]) for event in events(answer)} == {"Appointment"}
    assert not re.search("acupunct|needle|arthritis|pain", answer.text, re.IGNORECASE)


def test_a_changed_plan_moves_the_entries_and_cancels_those_that_fell_away(planned: Any):
    before = {str(event["uid"]): event for event in events(planned.get("/plan.ics"))}
    planned.post("/plan", plan_fields(weekdays=["thu"], max_sessions="8"))
    after = {str(event["uid"]): event for event in events(planned.get("/plan.ics"))}
    assert set(before) == set(after)
    assert all(after[uid]["sequence"] == before[uid]["sequence"] + 1 for uid in before)
    statuses = [str(event["status"]) for event in after.values()]
    assert statuses.count("CANCELLED") == 2


def test_an_unchanged_plan_leaves_the_entries_as_they_were(planned: Any):
    planned.post("/plan", plan_fields(price="50"))
    assert {event["sequence"] for event in events(planned.get("/plan.ics"))} == {0}


def test_one_session_is_moved_and_only_that_one(planned: Any):
    assert "Move session 2" in planned.get("/plan/sessions/2/move").text
    moved = planned.post("/plan/sessions/2/move", {"day": "2026-12-09", "time": "14:30", "which": "this"})
    text = planned.follow(moved).text
    assert days_in(text)[:3] == ["2026-11-30", "2026-12-09", "2026-12-14"]
    assert "Wed 9 Dec 2026</time></td>" in text
    assert '<td class="planner-row-time" role="cell">14:30</td>' in text
    sequences = [event["sequence"] for event in events(planned.get("/plan.ics"))]
    assert sequences == [0, 1, *[0] * 8]


def test_the_rest_is_shifted_and_keeps_weekdays_and_time(planned: Any):
    moved = planned.post("/plan/sessions/2/move", {"day": "2026-12-16", "time": "09:00", "which": "rest"})
    assert days_in(planned.follow(moved).text)[:4] == ["2026-11-30", "2026-12-16", "2026-12-21", "2026-12-28"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"day": "2026-12-01", "time": "09:00", "which": "this"}, "too close to the session before"),
        ({"day": "2026-12-13", "time": "09:00", "which": "this"}, "too close to the next session"),
        ({"day": "2026-11-20", "time": "09:00", "which": "this"}, "from today on"),
        ({"day": "soon", "time": "09:00", "which": "this"}, "Choose the new day"),
        ({"day": "2026-12-09", "time": "25:00", "which": "this"}, "Enter a time"),
        ({"day": "2026-12-09", "time": "09:00"}, "Choose whether later sessions move too"),
    ],
)
def test_a_session_is_not_moved_where_it_cannot_be(planned: Any, fields: dict[str, str], words: str):
    answer = planned.post("/plan/sessions/2/move", fields)
    assert answer.status_code == 422
    assert words in answer.text
    assert days_in(planned.get("/plan").text)[1] == "2026-12-07"


def test_a_session_that_is_not_there_is_not_found(planned: Any):
    assert planned.get("/plan/sessions/11/move").status_code == 404
    assert planned.post("/plan/sessions/11/move", {"day": "2026-12-09"}).status_code == 404
    assert planned.get("/plan/sessions/x/move").status_code == 404


def test_nobody_else_sees_the_plan(planned: Any):
    stranger = planned.another()
    assert "Your plan" not in stranger.get("/plan").text
    for path in ("/plan.ics", "/plan/sessions/1/move", "/plan/delete"):
        assert stranger.get(path).status_code == 404
    stranger.post("/plan/delete")
    assert planned.get("/plan.ics").status_code == 200


def test_a_danger_sign_told_later_stands_first_on_the_plan(planned: Any):
    finish_check_in(planned, red_flags=["septic-joint"])
    text = planned.get("/plan").text
    assert text.index("Before your next session") < text.index('id="the-course"')
    assert "Get medical help today" in text
    assert 'name="first_day"' not in planned.get("/plan/change").text


def test_a_blood_thinner_is_a_caution_with_its_because(client: Any):
    finish_check_in(client, precautions=["anticoagulants"])
    text = client.post("/plan", plan_fields(do="preview")).text
    assert "To know before you go" in text
    assert "blood thinner" in text


def test_another_content_type_or_site_changes_nothing(patient: Any):
    json = {"content-type": "application/json"}
    assert patient.post("/plan", content=b"{}", headers=json).status_code == 415
    cross = patient.post("/plan", plan_fields(), headers={"sec-fetch-site": "cross-site"})
    assert cross.status_code == 403
    assert patient.get("/plan.ics").status_code == 404


def test_no_word_of_the_pages_orders_or_promises(planned: Any):
    for path in ("/plan", "/plan/change", "/plan/sessions/1/move"):
        text = planned.get(path).text.lower()
        assert "you must" not in text
        assert "cure" not in text


def test_each_number_is_told_with_its_trial_or_as_our_choice(planned: Any):
    text = planned.get("/plan").text
    assert 'href="/studies/haake-2007-gerac"' in text
    assert "Our choice" in text
    assert "You and your acupuncturist decide." in text


def test_what_is_saved_is_what_was_shown(patient: Any):
    """The button keeps the course above it, whatever was typed below it since."""
    breaks = {
        "off_from.0": "2027-01-18",
        "off_to.0": "2027-01-20",
        "off_from.1": "2027-02-01",
        "leave_out_holidays": "yes",
    }
    shown = patient.post("/plan", plan_fields(do="preview", price="37.50", **breaks))
    form = next(one for one in Page(shown.text).all("form") if "Save this plan" in one.words)

    fields = [(one.attrs["name"], one.attrs["value"]) for one in form.inside("input")]
    given: dict[str, list[str]] = {}
    for name, value in [*fields, ("do", "save")]:
        given.setdefault(name, []).append(value)
    saved = patient.follow(patient.post("/plan", given))

    assert days_in(saved.text) == days_in(shown.text)
    assert "£375" in saved.text
    assert patient.get("/plan/change").text.count('value="2027-01-20"') == 1


def test_the_hidden_fields_of_a_plan_are_read_back_as_they_were():
    values = posted_values(FormData.of(plan_fields(**{"off_from.0": "2027-01-18", "days_off": ["2027-02-02"]})))

    assert posted_values(FormData(values.fields)) == msgspec.structs.replace(values, keep=False)


@pytest.mark.parametrize("often", [{"per_week": "fortnight"}, {"per_week": "1", "every_weeks": "2"}])
def test_once_every_two_weeks_is_shown_kept_and_there_again(patient: Any, often: dict[str, str]):
    text = patient.follow(patient.post("/plan", plan_fields(**often))).text
    assert days_in(text)[:3] == ["2026-11-30", "2026-12-14", "2026-12-28"]
    assert "1 session every two weeks" in text
    assert re.search(r'value="fortnight" checked', patient.get("/plan/change").text)
    too_many = patient.post("/plan", plan_fields(**often, max_sessions="11"))
    assert too_many.status_code == 422
    assert "from 1 to 10" in too_many.text
    assert patient.post("/plan", plan_fields(per_week="2", every_weeks="2")).status_code == 422
