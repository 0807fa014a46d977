from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from pathlib import Path

from acupwa.mydata.retention import purge_all
from acupwa.person.model import Visitor
from acupwa.person.service import find_person, find_visitor, give_consent, list_consents, make_person, note_visit
from tests.support.codes import NEWCOMER
from tests.support.people import NOTE, PLANTED, RA, a_whole_person, answer_quiz, fill, follow_up


def test_without_a_cookie_nothing_is_held_and_none_is_set(client):
    answer = client.get("/me")

    assert "We hold nothing about you" in answer.text
    assert "We hold nothing about you" in client.get("/me/data").text
    assert not client.cookies
    assert client.get("/me/export.json").status_code == 404


def test_what_is_ones_own_stands_first_and_what_we_keep_one_level_down(client, clock):
    a_whole_person(client, clock)

    you = client.get("/me").text.partition("<main")[2]

    places = [you.index(words) for words in ("Your check-ins", '"/list"', '"/plan"', '"/me/shares"', "Text and colours",
                                             "This phone", "/me/data")]  # fmt: skip
    assert places == sorted(places)
    assert "The key of this browser" not in you
    assert 'href="/me"' in client.get("/me/data").text
    assert client.get("/me?done=others-forgotten").text.count("Only this browser can open your answers now.") == 1


def test_older_check_ins_are_folded_and_open_when_one_is_to_be_deleted(client):
    for _ in range(4):
        answer_quiz(client, RA)

    assert "1 older check-in" in client.get("/me").text
    assert re.search(r"<details[^>]* open>", client.get("/me?done=full").text)


def test_the_cookie_is_made_at_the_first_write_and_only_its_hash_is_kept(client, settings):
    client.get("/quiz")
    assert not client.cookies
    answer = client.post("/quiz")

    cookie = answer.headers["set-cookie"]
    assert re.search(r"HttpOnly", cookie, re.I)
    assert re.search(r"SameSite=lax", cookie, re.I)
    token = client.cookies["acupwa"]
    held = b"".join(path.read_bytes() for path in Path(settings.data_dir).glob("acupwa.sqlite3*"))
    assert token.encode() not in held


def test_everything_held_is_said_exported_and_deleted_for_good(client, settings):
    answer_quiz(client, RA | {"problem_words": PLANTED})

    assert "Check-in of" in client.get("/me").text
    data = client.get("/me/data").text
    assert "1 check-in" in data
    assert "Kept" in data
    export = client.get("/me/export.json").json()
    assert export["format"] == "acupwa-export"
    assert export["check_ins"][0]["answers"]["problem_words"] == PLANTED
    assert export["consents"][0]["wording"]
    result = f"/results/{export['check_ins'][0]['id']}"
    assert client.get(result).status_code == 200

    client.get("/me/delete")
    gone = client.post("/me/delete")

    assert gone.status_code == 303
    assert client.get(result).status_code == 404
    assert "We hold nothing about you" in client.get("/me").text
    held = b"".join(path.read_bytes() for path in Path(settings.data_dir).glob("acupwa.sqlite3*"))
    assert export["check_ins"][0]["id"].replace("-", "").encode() not in held
    assert PLANTED.encode() not in held
    assert b"Your answers" not in held


def test_answers_at_rest_cannot_be_read_without_the_key(client, settings):
    answer_quiz(client, RA | {"problem_words": PLANTED})

    held = b"".join(path.read_bytes() for path in Path(settings.data_dir).glob("acupwa.sqlite3*"))
    for word in (PLANTED, "anticoagulants", "psoriasis", '"ra"', "ratings"):
        assert word.encode() not in held


def test_a_stranger_gets_the_same_404_as_for_nothing(client):
    answer_quiz(client, RA)
    check_in = client.get("/me/export.json").json()["check_ins"][0]["id"]
    stranger = client.another()
    stranger.post("/quiz")

    for path in (f"/results/{check_in}", f"/quiz/{check_in}/ratings", f"/quiz/{check_in}/review"):
        theirs, none = stranger.get(path), stranger.get(path.replace(check_in, check_in[::-1].replace("-", "0")))
        assert theirs.status_code == none.status_code == 404
        assert theirs.text == none.text.replace(none.request.url.path, theirs.request.url.path)
    assert stranger.post(f"/quiz/{check_in}/ratings", {"ratings.pain": "3"}).status_code == 404
    assert stranger.post(f"/quiz/{check_in}/finish").status_code == 404


def test_consents_keep_their_words_and_time(database, clock):
    person, _ = database.work(make_person, NEWCOMER)
    database.work(give_consent, person.id, "1", "We keep your answers.", "en")

    (consent,) = database.work(list_consents, person.id)

    assert (consent.version, consent.wording, consent.given_at) == ("1", "We keep your answers.", clock.now)


def test_people_who_do_not_come_back_are_forgotten(database, clock):
    _, leaving = database.work(make_person, NEWCOMER)
    person, staying = database.work(make_person, NEWCOMER)
    clock.now += timedelta(days=400)
    assert database.work(find_visitor, staying) == Visitor(person=person, to_note=True, back=True)
    database.work(note_visit, person.id, staying)
    assert database.work(find_visitor, staying) == Visitor(person=person, to_note=False, back=True)
    clock.now += timedelta(days=400)

    counts = database.work(purge_all, 30, 730)

    assert counts["people"] == 1
    assert database.work(find_person, leaving) is None
    assert database.work(find_person, staying)


def held(settings):
    return b"".join(path.read_bytes() for path in Path(settings.data_dir).glob("acupwa.sqlite3*"))


def as_stored(id):
    return id.replace("-", "").encode()


def test_one_check_in_is_deleted_at_once_and_for_good_and_the_others_stay(client, clock, settings):
    a_whole_person(client, clock)
    export = client.get("/me/export.json").json()
    draft, newest, first = (one["id"] for one in export["check_ins"])
    assert as_stored(draft) in held(settings)

    for gone in (newest, draft):
        asked = client.get(f"/me/check-ins/{gone}/delete")
        assert "It cannot be undone" in asked.text
        assert client.get(f"/quiz/{gone}/review").status_code == 200, "asking deletes nothing"
        assert "The check-in is deleted" in client.follow(client.post(f"/me/check-ins/{gone}/delete")).text
        assert client.get(f"/results/{gone}").status_code == 404
        assert as_stored(gone) not in held(settings)
        assert client.post(f"/me/check-ins/{gone}/delete").status_code == 404

    after = client.get("/me/export.json").json()
    assert [one["id"] for one in after["check_ins"]] == [first]
    assert after["codes"] == [], "the code that led to the draft is gone with it"
    assert (after["plan"], after["reading_list"]) == (export["plan"], export["reading_list"])


def test_nobody_deletes_another_s_check_in(client):
    answer_quiz(client, RA)
    id = client.get("/me/export.json").json()["check_ins"][0]["id"]
    stranger = client.another()
    answer_quiz(stranger, RA)

    for who in (stranger, client.another()):
        assert who.get(f"/me/check-ins/{id}/delete").status_code == 404
        assert who.post(f"/me/check-ins/{id}/delete").status_code == 404
    assert client.get(f"/results/{id}").status_code == 200
    assert client.get("/me/check-ins/no-id/delete").status_code == 404


def test_taking_back_consent_is_as_easy_as_giving_it_and_ends_the_keeping(client, clock, settings):
    a_whole_person(client, clock)
    ids = [one["id"] for one in client.get("/me/export.json").json()["check_ins"]]
    assert 'href="/me/withdraw"' in client.get("/me/data").text

    asked = client.get("/me/withdraw").text
    assert "we may not keep your answers" in asked
    assert 'href="/me/export.json"' in asked
    assert 'action="/me/delete"' in asked
    client.post("/me/delete")

    assert "We hold nothing about you" in client.get("/me").text
    for id in ids:
        assert as_stored(id) not in held(settings)
    assert b"What we keep" not in held(settings), "no record of the consent stays"


def test_deleting_everything_leaves_no_row_of_the_person(client, clock, app):
    from sqlalchemy import func, select
    from sqlmodel import SQLModel

    a_whole_person(client, clock)
    # From where somebody came is forgotten after an hour, by itself.
    tables = [table for table in SQLModel.metadata.sorted_tables if table.name != "tries"]

    def rows(session, now):
        return {table.name: session.execute(select(func.count()).select_from(table)).scalar() for table in tables}

    work = app.inner.state.work
    before = work.run(rows)
    for name in ("person", "device", "handover", "consent", "check_in", "plan", "reading_list", "calendar"):
        assert before[name], name

    client.post("/me/delete")

    assert not any(work.run(rows).values())


def table_of(client):
    answer = client.get("/me/export.csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer.headers["cache-control"] == "no-store"
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def test_the_table_has_a_row_for_each_answer_and_the_notes(client, clock):
    a_whole_person(client, clock)

    rows = table_of(client)

    assert {row["kind"] for row in rows} == {"full", "follow-up", "full, not finished"}
    assert all(re.fullmatch(r"2026-\d\d-\d\d", row["date"]) for row in rows)
    asked = {(row["question"], row["answer"]) for row in rows}
    assert ("Your main problem", PLANTED) in asked
    assert ("Sessions since last time", "3") in asked
    assert any(answer == "7 of 10" for _question, answer in asked)
    assert [row["note"] for row in rows if row["note"]] == ["'" + NOTE]


def test_no_cell_of_the_table_is_run_as_a_formula(client):
    for start in ("=", "+", "-", "@"):
        someone = client.another()
        answer_quiz(someone, RA | {"problem_words": f"{start}HYPERLINK(1)"})
        follow_up(someone, note=f"{start}1+1")

        cells = [cell for row in table_of(someone) for cell in row.values()]

        assert f"'{start}HYPERLINK(1)" in cells
        assert f"'{start}1+1" in cells
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_a_table_and_a_clinic_s_file_need_something_to_hold(client):
    for path in ("/me/export.csv", "/me/export.fhir.json"):
        assert client.get(path).status_code == 404
    fill(client, RA, until="ratings")
    assert client.get("/me/export.csv").status_code == 200
    assert client.get("/me/export.fhir.json").status_code == 404
    answer_quiz(client, RA)
    assert client.get("/me/export.fhir.json").json()["resourceType"] == "Bundle"
