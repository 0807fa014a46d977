from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

from acupwa.person.retention import purge_all
from acupwa.person.service import find_person, give_consent, list_consents, make_person
from tests.stories.personas import RA, answer_quiz

PLANTED = "aching zebra thumb"


def test_without_a_cookie_nothing_is_held_and_none_is_set(client):
    answer = client.get("/me")

    assert "We hold nothing about you" in answer.text
    assert not client.cookies
    assert client.get("/me/export.json").status_code == 404


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

    me = client.get("/me").text
    assert "check-in" in me
    assert "Kept" in me
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
    person, _ = database.work(make_person)
    database.work(give_consent, person.id, "1", "We keep your answers.", "en")

    (consent,) = database.work(list_consents, person.id)

    assert (consent.version, consent.wording, consent.given_at) == ("1", "We keep your answers.", clock.now)


def test_people_who_do_not_come_back_are_forgotten(database, clock):
    _, leaving = database.work(make_person)
    _, staying = database.work(make_person)
    clock.now += timedelta(days=400)
    assert database.work(find_person, staying)
    clock.now += timedelta(days=400)

    counts = database.work(purge_all, 30, 730)

    assert counts["people"] == 1
    assert database.work(find_person, leaving) is None
    assert database.work(find_person, staying)
