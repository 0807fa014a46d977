"""What was done is said on the next page, first; what destroys asks once; /me and the links say what is true."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acupwa.practice.accounts.zones import all_zones, country_of
from acupwa.practice.trail.model import bounds_of
from acupwa.zones import known_zone
from tests.practice.test_way_back import EMAIL
from tests.support.codes import code_on, resume
from tests.support.people import RA, answer_quiz, plan_fields
from tests.support.practitioners import LINK, PASSWORD, asked, clinic_of, code_of, give, make_link, opened, signed_in

DONE = re.compile(
    r'<main[^>]*>\s*<div class="notice calm no-print" role="status" id="done" tabindex="-1" autofocus>\s*<p>(.*?)</p>',
    re.S,
)


@pytest.fixture
def ann(client):
    return signed_in(client)


@pytest.fixture
def share(client, ann):
    give(patient := client.another(), asked(patient, ann))
    return opened(ann)


def said(browser, answer):
    """What the page after a press says, before anything else on it."""
    found = DONE.search(browser.follow(answer).text)
    return found[1] if found else ""


def test_what_was_saved_or_sent_is_said_first(client, ann, share):
    bob = signed_in(client, "bob@example.org", name="Bob", clinic=clinic_of(client).id)
    bob_id = re.findall(r"/practice/people/([0-9a-f-]+)/remove", ann.get("/practice/people").text)[0]
    other = client.another()
    other.post("/practice/sign-in", EMAIL)
    presses = (
        ("/practice/clinic", {"name": "Needle Lane", "contact": "1"}, "Saved."),
        ("/practice/account/name", {"name": "Ann"}, "Saved."),
        (f"{share}/note", {"note": "mine"}, "Your note was saved."),
        (f"{share}/note", {"note": ""}, "Your note was deleted."),
        (f"{share}/send", {"note": "words"}, "Sent."),
        ("/practice/links", LINK, "The link is ready."),
        (f"{make_link(ann)}/withdraw", {}, "The link was withdrawn."),
        (f"{share}/seen", {"seen": "yes"}, "Marked as seen."),
        (f"{share}/seen", {"seen": "no"}, "Mark as unseen"),
        (f"/practice/people/{bob_id}/role", {"role": "owner"}, "Saved."),
        (f"/practice/people/{bob_id}/remove", {}, "Removed, and signed out everywhere."),
        ("/practice/account/sign-ins/end-others", {}, "All your other sign-ins have ended."),
        (
            "/practice/account/password",
            {"old": PASSWORD, "password": "another four words now"},
            "Your password is changed",
        ),
    )
    assert bob.get("/practice").status_code == 200
    for path, fields, words in presses:
        assert said(ann, ann.post(path, fields)).startswith(words), path


def test_marking_can_be_undone_where_it_is_said(ann, share):
    page = ann.follow(ann.post(f"{share}/seen", {"seen": "yes"})).text
    action, value = re.search(r'action="([^"]+/seen)"><input type="hidden" name="seen" value="(\w+)">', page).groups()
    assert share not in page.partition('id="inbox"')[2]
    assert share in ann.follow(ann.post(action, {"seen": value})).text


@pytest.mark.parametrize("query", ["done=nonsense", "done=seen&about=javascript:x", "done=<b>", "about=x"])
def test_an_address_made_by_somebody_else_says_nothing_of_theirs(ann, query):
    page = ann.get(f"/practice?{query}").text
    assert "javascript:x" not in page
    assert "<b>" not in page
    assert "/seen" not in (DONE.search(page) or [page.partition("<main")[2][:600]])[0]


def test_a_patient_is_told_what_their_press_did(client, ann):
    patient = client.another()
    preview = asked(patient, ann)
    page = patient.get(preview).text
    fields = {
        "item": re.findall(r'name="item" value="([^"]+)"', page),
        "seen": re.search(r'name="seen" value="([^"]+)"', page)[1],
    }
    shared = patient.post(preview, fields)
    assert said(patient, shared).startswith("Shared. Needle Lane can see it now.")
    assert said(patient, patient.post(shared.headers["location"] + "/withdraw")).startswith("Withdrawn.")


def test_what_was_done_is_said_for_a_minute_where_no_address_says_it(client, clock, ann):
    patient = client.another()
    own = give(patient, asked(patient, ann))
    link = make_link(ann)
    clock.now += timedelta(minutes=1)
    assert DONE.search(patient.get(own).text) is None
    assert DONE.search(ann.get(link).text) is None


def test_what_destroys_asks_once_without_a_script(client, clock, ann, share):
    signed_in(client, "bob@example.org", name="Bob", clinic=clinic_of(client).id)
    others = client.another(), client.another()
    link = make_link(ann)
    patient = client.another()
    own = give(patient, asked(patient, ann, again="2-weeks"))
    undecided = (late := client.another()) and asked(late, ann)
    clock.now += timedelta(days=14)
    for browser in (ann, *others):
        browser.post("/practice/sign-in", EMAIL)
    code = code_on(patient.follow(patient.post("/me/move")))
    assert resume(client.another(), code).status_code == 303
    pages = (
        (ann, "/practice/people", r"/practice/people/[0-9a-f-]+/role"),
        (ann, "/practice/people", r"/practice/people/[0-9a-f-]+/remove"), (ann, link, rf"{link}/withdraw"),
        (ann, "/practice/account", r"/practice/account/sign-ins/[0-9a-f-]+/end"),
        (ann, "/practice/account", r"/practice/account/sign-ins/end-others"), 
        (patient, "/me", r"/me/follow-up/[0-9a-f-]+/stop"), (patient, "/me/data", "/me/devices/forget-others"),
        (late, undecided, rf"{undecided}/decline"), (patient, own, rf"{own}/withdraw"),
    )  # fmt: skip
    for browser, page, address in pages:
        text = browser.get(page).text
        assert re.search(rf'action="{address}"', text) is None, page
        asks = re.search(rf'href="({address})"', text)[1]
        asking = browser.get(asks).text
        assert f'action="{asks}"' in asking
        assert "No, go back" in asking
        assert browser.post(asks).status_code == 303


def test_me_is_true_for_a_practitioner(client, ann, clock):
    page = ann.get("/me").text
    assert "We hold nothing about you. no cookie, and none" not in page
    assert "ann@example.org" in page
    assert "Ann Lee" in page
    assert 'href="/practice/account"' in page
    answer_quiz(ann, RA)
    page = ann.get("/me/data").text
    assert "ann@example.org" in page
    assert "ann@example.org" in ann.get("/me").text
    assert "1 check-in" in page
    assert "no cookie, and none" in client.another().get("/me").text
    bob = signed_in(client, "bob@example.org", clinic=clinic_of(client).id)
    clock.now += timedelta(hours=13)
    page = bob.get("/me").text
    assert "no cookie, and none" not in page
    assert "sign-in that has ended" in page


def test_a_share_that_was_put_off_has_a_way_back(client, ann):
    patient = client.another()
    address = f"/l/{code_of(ann, make_link(ann, kind='personal'))}"
    patient.post(address)
    assert "have not answered yet" in patient.get("/me/data").text
    result = patient.follow(answer_quiz(patient, RA)).text
    preview = re.search(r'href="(/me/share/[^"]+)"', result)[1]

    for path in ("/me", "/me/shares", address):
        page = patient.get(path).text
        assert f'href="{preview}"' in page, path
        assert "not shared anything yet" in page
    assert "have not answered yet" not in patient.get("/me/data").text
    give(patient, preview)
    for path in ("/me", "/me/shares"):
        assert "not shared anything yet" not in patient.get(path).text


def plan(**changes):
    return {
        key: value for key, value in plan_fields(**changes).items() if key not in ("do", "travel_minutes", "time_zone")
    }


@pytest.mark.parametrize("only", ["weekdays", "time", "price", "max_sessions"])
def test_a_plan_that_is_filled_in_is_never_dropped_in_silence(ann, share, only):
    typed = {only: plan(max_sessions="7")[only], "note": "words", "with_plan": "no"}
    page = ann.post(f"{share}/send", typed)
    assert page.status_code == 422
    assert "You filled in a plan" in page.text
    assert "words" in page.text
    assert 'name="plan_asked" value="1"' in page.text
    assert ann.post(f"{share}/send", typed | {"plan_asked": "1"}).status_code == 303


@pytest.mark.parametrize("only", ["first_day", "weekdays", "time", "per_week", "minutes", "price", "currency", "all"])
@pytest.mark.parametrize("asked", [{}, {"plan_asked": "1"}])
def test_a_plan_of_which_the_form_does_not_say_whether_to_send_it_is_asked_about(client, ann, share, only, asked):
    """A missing tick is no "no", however often the form was asked."""
    typed = plan() if only == "all" else {only: plan()[only]}

    page = ann.post(f"{share}/send", {"note": "words", "pages": ["what-to-expect"], **typed, **asked})

    assert page.status_code == 422
    assert "You filled in a plan. Choose Yes to send it, or No to leave it out." in page.text
    assert re.search(r">\s*words</textarea>", page.text)
    assert not re.search(r'name="with_plan"[^>]*checked', page.text)
    assert 'value="what-to-expect" checked' in page.text
    assert only in ("all", "weekdays", "per_week", "currency") or f'value="{plan()[only]}"' in page.text
    assert "Sent</h2>" not in ann.get(f"{share}/send").text
    shown = {"note": "words", **typed, "plan_asked": "1"}
    assert ann.post(f"{share}/send", {**shown, "with_plan": "no"}).status_code == 303


@pytest.mark.parametrize("no", ["", "0", "no", "off", "false"])
def test_a_tick_that_says_no_is_no_tick(ann, share, no):
    """However it is spelt: the plan is asked about, the share is not seen, nothing is deleted."""
    plan_of_no = {"note": "words", "with_plan": "no", **plan(), "plan_asked": no}
    assert ann.post(f"{share}/send", plan_of_no).status_code == 422
    ann.post(f"{share}/seen", {"seen": "1"})
    assert "Mark as unseen" in ann.get(share).text
    ann.post(f"{share}/seen", {"seen": no})
    assert "Mark as unseen" not in ann.get(share).text


def test_a_whole_plan_goes_with_its_yes(ann, share):
    asked = {"note": "words", **plan(), "time_zone": "Europe/London", "plan_asked": "1"}

    assert ann.post(f"{share}/send", {**asked, "with_plan": "yes"}).status_code == 303
    assert "a plan" in ann.get(f"{share}/send").text


def test_without_a_plan_there_is_nothing_to_ask(ann, share):
    assert ann.post(f"{share}/send", {"note": "words"}).status_code == 303


def test_a_form_of_which_no_plan_was_touched_is_sent(ann, share):
    page = ann.get(f"{share}/send").text
    fields = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"[^>]*(?<!checkbox)>', page))
    untouched = {
        key: value for key, value in fields.items() if key in ("first_day", "minutes", "max_sessions", "press")
    }
    assert (
        ann.post(f"{share}/send", untouched | {"note": "words", "with_plan": "no", "per_week": "1"}).status_code == 303
    )


@pytest.mark.parametrize("day", ["0001-01-01", "0001-01-02", "9999-12-30", "9999-12-31"])
@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "America/Los_Angeles"])
def test_days_at_the_ends_of_the_calendar(ann, share, day, zone):
    ann.post("/practice/clinic", {"name": "Needle Lane", "time_zone": zone})
    assert ann.get(f"/practice/trail?day={day}").status_code in (200, 422)
    assert ann.get(f"/practice/trail.csv?day={day}").status_code in (200, 422)
    sent = ann.post(f"{share}/send", plan(first_day=day) | {"with_plan": "yes", "time_zone": zone})
    assert sent.status_code in (303, 422)


@given(st.dates(), st.sampled_from(all_zones()))
def test_a_day_has_its_bounds_in_every_zone(day, zone):
    bounds = bounds_of(day, zone)
    if bounds is None:
        assert day in (date.min, date.max)
    else:
        assert timedelta(0) <= bounds[1] - bounds[0] <= timedelta(hours=49)


@given(st.text())
def test_a_zone_is_one_of_the_list_or_refused(typed):
    assert known_zone(typed) in (None, typed)


def test_days_and_times_are_those_of_the_clinic(client, clock, ann):
    patient = client.another()
    clock.now = clock.now.replace(hour=13, minute=30)
    # A country with many zones says nothing of the patient's, and no phone told it.
    own = give(patient, asked(patient, ann, RA | {"country": "US"}))
    share = opened(ann)
    ann.get(share)
    assert "23 November 2026, 13:30 UTC" in patient.get(own).text
    assert ann.post("/practice/clinic", {"name": "Needle Lane", "time_zone": "Pacific/Auckland"}).status_code == 303

    assert "2026-11-24 2:30" in ann.get("/practice/trail").text
    assert "24 November 2026" in ann.get(share).text
    assert "24 November 2026" in patient.get(own).text
    assert "UTC" not in patient.get(own).text
    assert "A patient shared" in ann.get("/practice/trail?day=2026-11-24").text.partition("<table")[2]
    assert "A patient shared" not in ann.get("/practice/trail?day=2026-11-23").text.partition("<table")[2]


def test_dates_are_written_as_in_the_clinic_s_country(ann, share):
    ann.post("/practice/clinic", {"name": "Needle Lane", "time_zone": "America/New_York"})
    assert "November 23, 2026" in ann.get(share).text
    assert (country_of("Asia/Kolkata"), country_of("Europe/Berlin"), country_of("UTC")) == ("IN", "DE", None)


def test_a_zone_that_is_none_is_said_beside_the_field(ann):
    page = ann.post("/practice/clinic", {"name": "Needle Lane", "time_zone": "Mars/Olympus"})
    assert page.status_code == 422
    assert "Choose a time zone from the list." in page.text


def test_the_first_owner_s_browser_says_where_the_clinic_is(client):
    from tests.support.practitioners import token_for

    owner, colleague = client.another(), client.another()
    token = token_for(client, "o@example.org", clinic="Faraway")
    owner.post(f"/practice/welcome/{token}", {"password": PASSWORD, "time_zone": "Asia/Tokyo"})
    clinic = clinic_of(client, "Faraway")
    assert clinic.time_zone == "Asia/Tokyo"
    token = token_for(client, "c@example.org", clinic=clinic.id)
    colleague.post(f"/practice/welcome/{token}", {"password": PASSWORD, "time_zone": "Europe/Paris"})
    assert clinic_of(client, "Faraway").time_zone == "Asia/Tokyo"


def test_an_emptied_note_asks_before_it_is_deleted(ann, share):
    ann.post(f"{share}/note", {"note": "mine"})
    assert 'name="kept" value="yes"' in ann.get(f"{share}/note").text
    asked = ann.post(f"{share}/note", {"note": "", "kept": "yes"})
    assert asked.status_code == 422
    assert "Press Save again to delete it" in asked.text
    assert 'name="kept"' not in asked.text
    assert "mine" in ann.get(f"{share}/note").text
    assert said(ann, ann.post(f"{share}/note", {"note": ""})) == "Your note was deleted."


def test_a_role_is_changed_by_the_page_that_asks_and_back_again(client, ann):
    signed_in(client, "bob@example.org", name="Bob", clinic=clinic_of(client).id)
    asks = re.search(r'href="(/practice/people/[0-9a-f-]+/role)"', ann.get("/practice/people").text)[1]
    for title, role, now in (
        ("Make Bob an owner?", "owner", "owner"),
        ("Remove Bob’s owner rights?", "practitioner", "practit"),
    ):
        page = ann.get(asks).text
        assert title in page
        assert re.search(r'name="role" value="(\w+)"', page)[1] == role
        assert f"bob@example.org · {now}" in ann.follow(ann.post(asks, {"role": role})).text
