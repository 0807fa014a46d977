"""Links: short, counted, for one or for many, kindly closed; what a patient opens is remembered sealed."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from acupwa.person.codes import ALPHABET
from acupwa.person.service import make_person
from acupwa.practice.accounts import one_time_service, people_service, sign_in_service
from acupwa.practice.links import service
from acupwa.practice.links.model import NewLink
from acupwa.practice.links.rules import CODE_LENGTH, OLD_CODE_LENGTH, TRIES_BY_PLACE, ended, read_link_codes
from tests.support.codes import NEWCOMER
from tests.support.people import RA, answer_quiz
from tests.support.practitioners import clinic_of, code_of, make_link, signed_in, work_of


@pytest.fixture
def ann(client):
    return signed_in(client)


@given(st.text(ALPHABET, min_size=CODE_LENGTH, max_size=CODE_LENGTH), st.sampled_from(["", "-", " "]))
def test_a_code_is_read_in_any_case_and_spacing(code, between):
    assert read_link_codes(between.join(code).lower())[0] == code


@given(st.text(max_size=60))
def test_anything_else_is_no_code(typed):
    assert {len(code) for code in read_link_codes(typed)} <= {CODE_LENGTH, OLD_CODE_LENGTH}


@pytest.mark.parametrize(
    "behind", [".", ")", ",", "\u200b", "\u2019", "%20", "-", ":", ";", "!", "?utm=1", "%C2%A0", "\ufeff"]
)
def test_a_link_opens_with_what_a_sentence_puts_behind_it(client, ann, behind):
    code = code_of(ann, make_link(ann))

    assert client.get(f"/l/{code}{behind}").status_code == 200
    assert client.get(f"/l/{code[:4]}-{code[4:]}{behind}".lower()).status_code == 200
    assert client.get(f"/l/{code}X{behind}").status_code == 404


def test_an_address_is_short_with_its_host(ann):
    code = code_of(ann, make_link(ann))
    assert len(f"clinic-name.acupwa.example/l/{code}") <= 40


def test_the_page_of_a_link_says_who_asks_what_for_and_how_long(client, ann):
    code = code_of(ann, make_link(ann, share_days="90"))

    page = client.get(f"/l/{code}").text

    for words in ("Ann Lee, at Needle Lane", "What for:", "leave any of them out", "90 days", "Answer without sharing"):
        assert words in page, words


def test_looking_uses_nothing_and_sets_no_cookie(client, ann):
    link = make_link(ann, kind="personal")
    code = code_of(ann, link)
    for _ in range(3):
        assert client.another().get(f"/l/{code}").status_code == 200

    assert not client.cookies
    assert "not opened" in ann.get(link).text


def test_a_personal_link_is_for_the_first_who_opens_it(client, ann):
    link = make_link(ann, kind="personal")
    code = code_of(ann, link)

    assert client.post(f"/l/{code}").headers["location"] == "/quiz"

    assert client.post(f"/l/{code}").status_code == 303
    other = client.another()
    assert other.get(f"/l/{code}").status_code == 410
    assert "for one person" in other.post(f"/l/{code}").text
    assert "started" in ann.get(link).text


def test_a_reusable_link_opens_for_many_and_counts_people(client, ann):
    link = make_link(ann)
    code = code_of(ann, link)
    for _ in range(2):
        patient = client.another()
        patient.post(f"/l/{code}")
        patient.post(f"/l/{code}")

    assert "2 started, 0 done" in ann.get(link).text


@pytest.mark.parametrize("why", ["withdrawn", "expired", "left"])
def test_a_closed_link_says_so_kindly_and_offers_the_check_in(client, clock, ann, why):
    link = make_link(ann, days="7")
    code = code_of(ann, link)
    if why == "withdrawn":
        ann.post(f"{link}/withdraw")
    elif why == "expired":
        clock.now += timedelta(days=7)
    else:
        work_of(client).run(people_service.remove_practitioner, "ann@example.org")

    for answer in (client.get(f"/l/{code}"), client.post(f"/l/{code}")):
        assert answer.status_code == 410
        assert 'href="/quiz"' in answer.text


def test_looking_counts_nothing_and_the_right_link_opens_after_any_number_of_wrong_presses(client, ann):
    good = code_of(ann, make_link(ann))
    wrong = "C" * CODE_LENGTH
    for _ in range(TRIES_BY_PLACE):
        assert client.get(f"/l/{wrong}").status_code == 404
        assert client.post(f"/l/{wrong}").status_code == 404

    assert client.post(f"/l/{wrong}").status_code == 429
    assert client.get(f"/l/{wrong}").status_code == 404
    assert client.get(f"/l/{good}").status_code == 200
    assert client.post(f"/l/{good}").status_code == 303


def test_a_follow_up_link_leads_a_known_patient_to_the_short_way(client, ann):
    answer_quiz(client, RA)
    code = code_of(ann, make_link(ann, variant="follow-up"))

    assert client.post(f"/l/{code}").headers["location"] == "/check-in"
    assert client.another().post(f"/l/{code}").headers["location"] == "/quiz"


def test_alias_note_and_who_opened_what_are_sealed(client, ann):
    code = code_of(ann, make_link(ann, alias="Tuesday four", note="prefers mornings"))
    client.post(f"/l/{code}")

    with work_of(client).engine.connect() as connection:
        link = connection.execute(sqlalchemy.text("select id, sealed from link")).one()
        asked = connection.execute(sqlalchemy.text("select * from asked")).one()
        trail = connection.execute(sqlalchemy.text("select * from trail")).all()
    assert b"Tuesday" not in link.sealed
    assert b"mornings" not in link.sealed
    assert link.id not in tuple(asked)
    assert "Tuesday" not in str(trail)


def test_markup_and_length_of_alias_and_note(ann):
    page = ann.get(make_link(ann, alias="<b>x</b>", note="<script>1</script>")).text
    assert "<b>x" not in page
    assert "<script>1" not in page


def test_a_refused_link_keeps_all_that_was_typed(ann):
    typed = {"kind": "personal", "variant": "follow-up", "note": "x" * 10_000, "alias": "y" * 41}
    typed |= {"days": "30", "share_days": "90", "again": "4-weeks"}

    answer = ann.post("/practice/links", data=typed)

    assert answer.status_code == 422
    assert "Use 500 characters or fewer." in answer.text
    assert "Use 40 characters or fewer." in answer.text
    inputs = re.findall(r"<(?:input|option)[^>]*>", answer.text)
    chosen = {re.search(r'value="([^"]*)"', one)[1] for one in inputs if re.search(r" (checked|selected)\b", one)}
    assert chosen == {typed[name] for name in ("kind", "variant", "days", "share_days", "again")}
    assert typed["note"] in answer.text
    assert f'value="{typed["alias"]}"' in answer.text


def test_another_clinic_neither_sees_nor_withdraws_a_link(client, ann):
    link = make_link(ann)
    eve = signed_in(client, "eve@example.org", clinic="Elsewhere")

    for path in (link, f"{link}/card", f"{link}/sheet", f"{link}/poster"):
        assert eve.get(path).status_code == 404
    assert eve.post(f"{link}/withdraw").status_code == 404
    assert link not in eve.get("/practice/links").text


def test_links_come_in_pages(client, ann):
    for n in range(51):
        make_link(ann, alias=f"number {n}")

    first = ann.get("/practice/links").text
    assert "number 50" in first
    assert "number 0<" not in first
    older = re.search(r'href="(/practice/links\?before=[^"]+)"', first)[1]
    assert "number 0<" in ann.get(older).text


NEW = NewLink(kind="personal", variant="full", share_days=90, days=7, alias="alias")


@pytest.fixture
def ann_and_bob(database):
    """Two of one clinic, signed in."""

    def signed_in(email, name, clinic):
        token = database.work(people_service.add_practitioner, email, name, clinic)
        cookie = database.work(one_time_service.use_one_time_link, token, name, "hash", "", "").token
        return database.work(sign_in_service.find_signed_in, cookie)

    first = signed_in("ann@example.org", "Ann", "Needle Lane")
    return first, signed_in("bob@example.org", "Bob", first.clinic.id)


def test_requests_hold_on_both_databases(database, ann_and_bob):
    who, _bob = ann_and_bob
    link = database.work(service.make_link, who, NEW)
    person, other = database.work(make_person, NEWCOMER)[0], database.work(make_person, NEWCOMER)[0]
    found = database.work(service.find_by_code, link.code, person.id)
    assert found.ended is None
    assert (found.link.clinic, found.link.practitioner) == ("Needle Lane", "Ann")

    assert database.work(service.open_link, found.link, person.id)
    assert not database.work(service.open_link, found.link, other.id)
    assert [one.link.id for one in database.work(service.list_requests, person.id)] == [link.id]
    database.work(service.settle_request, person.id, link.id, shared=True)
    assert database.work(service.list_requests, person.id) == ()
    assert database.work(service.find_link, who.clinic.id, link.id).done == 1


def test_whoever_left_asks_for_nothing_any_more_and_their_links_say_so(database, clock, ann_and_bob):
    ann, bob = ann_and_bob
    own, theirs = (database.work(service.make_link, who, replace(NEW, kind="reusable")) for who in (ann, bob))
    person = database.work(make_person, NEWCOMER)[0]
    database.work(service.open_link, theirs, person.id)

    assert database.work(people_service.remove_practitioner, "bob@example.org", ann)

    assert database.work(service.find_by_code, theirs.code, person.id).ended == "withdrawn"
    assert database.work(service.find_by_code, own.code, person.id).ended is None
    assert database.work(service.list_requests, person.id) == ()
    assert not database.work(service.takes_shares, theirs.id)
    assert [one.clinic for one in database.work(service.export_requests, person.id)] == ["Needle Lane"]
    listed = database.work(service.list_links, ann.clinic.id, 9)
    assert {one.id: ended(one, clock.now) for one in listed} == {own.id: None, theirs.id: "withdrawn"}
    assert database.work(service.find_link, ann.clinic.id, theirs.id).practitioner == "Bob"


def test_the_list_says_that_a_link_of_somebody_who_left_is_closed(client, ann):
    bob = signed_in(client, "bob@example.org", name="Bob", clinic=clinic_of(client).id)
    link = make_link(bob, alias="of Bob")
    make_link(ann, alias="of Ann")
    work_of(client).run(people_service.remove_practitioner, "bob@example.org")

    listed = ann.get("/practice/links").text
    bobs, anns = sorted(re.findall(r'<div class="practice-line">.*?</div>', listed, re.S), key=lambda one: "Ann" in one)

    assert "withdrawn" in bobs
    assert "withdrawn" not in anns
    assert f'action="{link}/withdraw"' not in ann.get(link).text
