"""What is not there any more says so calmly: to a clinic with what was typed, to a patient with the way on. No oracle."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest

from tests.practice.test_proposals import send
from tests.practice.test_way_back import EMAIL
from tests.support.practitioners import asked, clinic_of, give, make_link, opened, signed_in

TYPED = "LI4, ST36; ask the GP about ápixaban\nsecond line, " + "x" * 900
NOWHERE = "01890000-0000-7000-8000-000000000000"
HTMX = {"hx-request": "true"}


@pytest.fixture
def ann(client):
    return signed_in(client)


def taken_back(patient, own, clock):
    assert patient.post(f"{own}/withdraw").status_code == 303


def deleted(patient, own, clock):
    assert patient.post("/me/delete").status_code == 303


def over(patient, own, clock):
    clock.now += timedelta(hours=11)


ENDS = (taken_back, deleted, over)
WRITES = (
    ("/note", {"note": TYPED}),
    ("/send", {"note": TYPED, "pages": ["what-to-expect"], "with_plan": "yes", "time": "08:15"}),
    ("/seen", {"seen": "yes"}),
)


def main_of(page):
    return re.sub(r'name="press" value="[^"]*"', "", unescape(page.text)).partition("<main")[2].partition("</main")[0]


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize(("form", "fields"), WRITES)
def test_a_share_that_ended_while_the_clinic_wrote(client, clock, ann, end, form, fields):
    patient = client.another()
    own = give(patient, asked(patient, ann, share_days="90"))
    clock.now += timedelta(days=90) - timedelta(hours=10)
    ann.post("/practice/sign-in", EMAIL)
    share = opened(ann)
    end(patient, own, clock)

    page = ann.post(f"{share}{form}", fields)

    assert page.status_code == 404
    words = main_of(page)
    assert "no longer shares these answers" in words
    assert "Nothing was saved or sent." in words
    assert 'href="/practice"' in words
    for value in ("note", "time"):
        assert fields.get(value, "") in words
    assert 'href="/read"' not in words
    nowhere = ann.post(f"/practice/inbox/{NOWHERE}{form}", fields)
    assert (main_of(nowhere), nowhere.status_code) == (words, 404)
    assert ann.post(f"/practice/inbox/nonsense{form}", fields).status_code == 404
    assert main_of(ann.post(f"/practice/inbox/nonsense{form}", fields)) == words


def test_looking_at_it_says_the_same(client, clock, ann):
    patient = client.another()
    own = give(patient, asked(patient, ann))
    share = opened(ann)
    eve = signed_in(client, "eve@example.org", name="Eve", clinic="Elsewhere")
    taken_back(patient, own, clock)
    for path in (share, f"{share}.pdf", f"{share}.txt", f"{share}/note", f"{share}/send"):
        for browser in (ann, eve):
            page, nowhere = browser.get(path), browser.get(path.replace(share, f"/practice/inbox/{NOWHERE}"))
            assert page.status_code == nowhere.status_code == 404
            assert "no longer shares these answers" in page.text, path
            assert main_of(page) == main_of(nowhere)
    assert "no longer shares" not in client.another().get(share).text
    assert "no longer shares" not in client.another().post(f"{share}/note", {"note": "x"}).text


@pytest.mark.parametrize(("form", "fields"), WRITES)
def test_a_press_by_script_gets_one_sentence(client, clock, ann, form, fields):
    patient = client.another()
    own = give(patient, asked(patient, ann))
    share = opened(ann)
    taken_back(patient, own, clock)
    said = ann.post(f"{share}{form}", fields, headers=HTMX)
    assert said.status_code == 404
    assert said.text.strip() == "Not saved: this person no longer shares these answers."


def test_nothing_is_kept_of_it(client, clock, ann):
    patient = client.another()
    preview = asked(patient, ann)
    share = (own := give(patient, preview)) and opened(ann)
    taken_back(patient, own, clock)
    ann.post(f"{share}/note", {"note": TYPED})
    ann.post(f"{share}/send", {"note": TYPED})
    assert "ápixaban" not in patient.get("/me/export.json").text
    assert "Something was sent" not in ann.get("/practice/trail").text


def test_whoever_lost_a_role_or_a_colleague_while_typing_keeps_the_words(client, ann):
    bob = signed_in(client, "bob@example.org", name="Bob", clinic=clinic_of(client).id)
    key = re.search(r"/practice/people/([0-9a-f-]+)/remove", ann.get("/practice/people").text)[1]
    ann.post(f"/practice/people/{key}/role", {"role": "owner"})
    assert bob.get("/practice/clinic").status_code == 200
    ann.post(f"/practice/people/{key}/role", {"role": "practitioner"})
    page = bob.post("/practice/clinic", {"name": "Nadel & Söhne", "contact": "+44 1 23"})
    assert page.status_code == 404
    assert "Nadel & Söhne" in unescape(page.text)
    assert "+44 1 23" in page.text
    assert "only the owner" in page.text
    assert 'href="/practice"' in main_of(page)
    ann.post(f"/practice/people/{key}/remove")
    for press in ("role", "link", "remove"):
        gone = ann.post(f"/practice/people/{key}/{press}")
        assert gone.status_code == 404
        assert "not here any more" in gone.text
        assert main_of(gone) == main_of(ann.post(f"/practice/people/{NOWHERE}/{press}"))


def test_what_a_clinic_sent_and_changed_leads_its_patient_on(client, ann):
    patient = client.another()
    own = give(patient, asked(patient, ann, again="4-weeks"))
    first = send(patient, ann, note="first", pages=["what-to-expect"], with_plan="yes")
    send(patient, ann, note="second")
    for path in (f"{first}/pages", f"{first}/plan", f"{first}/decline"):
        page = patient.post(path, {"seen": "x"} if path.endswith("plan") else None)
        assert page.status_code == 404
        assert "not here any more" in page.text
        assert 'href="/me/shares"' in page.text
    assert 'href="/me/shares"' in patient.get(first).text
    patient.post(f"{own}/withdraw")
    assert 'href="/me/shares"' in patient.post(f"/me/follow-up/{NOWHERE}/stop").text
    # Who holds nothing here finds what everyone finds.
    assert "not here any more" not in client.another().get(own).text
    assert main_of(patient.get(f"/me/shares/{NOWHERE}")) == main_of(patient.get("/me/shares/nonsense"))
    assert make_link(ann)
