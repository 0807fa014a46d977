"""What a phone sends that had waited: told by data, for the person whose it is, and for nobody else."""

from __future__ import annotations

import re

import pytest

from tests.support.people import RA, answer_quiz

NOBODY = {"acupwa-queued": "nobody"}


def mark_in(page):
    found = re.search(r'data-owner="([0-9a-f]*)"', page.text)
    return found and found[1]


def mark_of(client):
    return mark_in(client.get("/me"))


def send(client, by, key="a" * 22, claim="A" * 43, **changes):
    headers = {"acupwa-queued": by, "idempotency-key": key, "idempotency-claim": claim}
    return client.post("/quiz/whole", {**RA, **changes}, headers=headers)


def count(client):
    return len(client.get("/me/export.json").json()["check_ins"])


def test_what_is_done_says_where_and_whose(client):
    answer = send(client, "nobody")

    said = answer.json()
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert said == {"to": said["to"], "owner": mark_of(client)}
    assert client.get(said["to"]).status_code == 200


def test_what_is_wrong_is_said_in_words(client):
    answer = send(client, "nobody", age_band="old", country="nowhere")

    assert answer.status_code == 422
    assert len(answer.json()["says"]) >= 1
    assert "to" not in answer.json()


def test_of_another_person_nothing_is_taken(client):
    answer_quiz(client, RA)
    another = client.another()
    answer_quiz(another, RA)

    answer = send(another, mark_of(client))

    assert answer.status_code == 409
    assert answer.json()["owner"] == mark_of(another)
    assert count(another) == 1


def test_a_phone_that_lost_its_key_sends_nothing_under_another(client):
    answer_quiz(client, RA)
    by = mark_of(client)
    stranger = client.another()

    answer = send(stranger, by)

    assert answer.status_code == 409
    assert answer.json()["owner"] == ""
    assert not stranger.cookies


def test_what_nobody_had_answered_goes_to_a_person_only_if_they_say_so(client):
    answer_quiz(client, RA)

    assert send(client, "nobody").status_code == 409
    assert count(client) == 1
    assert send(client, mark_of(client)).status_code == 200
    assert count(client) == 2
    assert send(client, "nobody").json()["to"], "kept by now, and theirs"
    assert count(client) == 2


@pytest.mark.parametrize("by", [mark_of, lambda _client: "nobody"])
def test_of_what_another_has_under_this_key_only_that_it_is_kept(client, by):
    kept = send(client, "nobody").json()["to"]
    another = client.another()
    answer_quiz(another, RA)

    answer = send(another, by(another), claim="B" * 43)

    assert answer.json() == {"to": "", "owner": mark_of(another)}
    assert kept not in answer.text
    assert count(another) == 1


def test_what_nobody_had_answered_is_asked_about_also_where_the_answer_was_lost(client):
    """The server has it for a person who was made for it and of whom the phone never heard; by now it is another's."""
    kept = send(client, "nobody").json()["to"]
    phone = client.another()
    answer_quiz(phone, RA)

    asked = send(phone, "nobody")

    assert (asked.status_code, asked.json()["owner"]) == (409, mark_of(phone))
    assert kept not in asked.text
    assert count(phone) == 1


def test_who_says_that_it_is_theirs_has_it_once_and_takes_it_from_nobody(client):
    kept = send(client, "nobody").json()["to"]
    phone = client.another()
    answer_quiz(phone, RA)

    first, again = send(phone, mark_of(phone)), send(phone, mark_of(phone))

    assert first.json()["to"] == again.json()["to"] != kept
    assert phone.get(first.json()["to"]).status_code == 200
    assert phone.get(kept).status_code == 404
    assert (count(client), count(phone)) == (1, 2)


def test_who_does_not_say_so_leaves_it_to_whoever_opens_it_by_its_claim(client):
    kept = send(client, "nobody").json()["to"]
    phone = client.another()
    answer_quiz(phone, RA)
    send(phone, "nobody")
    phone.cookies.clear()

    opened = send(phone, "nobody")

    assert opened.json() == {"to": kept, "owner": mark_of(client)}
    assert phone.get(kept).status_code == 200


@pytest.mark.parametrize("path", ["/nothing-here", "/plan/sessions/99/log", "/list"])
def test_every_fault_is_data(client, path):
    answer_quiz(client, RA)

    answer = client.post(path, {"not": "there"}, headers={"acupwa-queued": mark_of(client)})

    assert 400 <= answer.status_code < 500
    assert all(answer.json()["says"])


@pytest.mark.parametrize("path", ["/", "/read", "/quiz", "/emergency"])
def test_a_page_for_everyone_names_nobody(client, path):
    answer_quiz(client, RA)

    assert mark_in(client.another().get(path)) is None
