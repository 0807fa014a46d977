"""The first account of a server: at an address that is shown once where it was started, and nowhere else."""

from __future__ import annotations

import re

import httpx
import pytest

from acupwa.practice.accounts import people_service
from acupwa.practice.accounts.first_service import make_first
from acupwa.practice.accounts.rules import TRIES_OF_CODES
from tests.support.practitioners import PASSWORD, signed_in, token_for, work_of
from tests.support.server import Server

TYPED = {"clinic": "Needle Lane", "name": "Ann Lee", "email": "Ann@example.org", "password": PASSWORD}
WRONG = "/practice/first/" + "a" * 43
SHOWN = re.compile(r"^Set up your clinic: (http://localhost:\d+)(/practice/first/([\w-]{43}))$", re.M)


def first_of(client):
    return f"/practice/first/{work_of(client).run(make_first)}"


@pytest.mark.parametrize("path", ["/practice/sign-in", "/practice/first", WRONG])
def test_an_empty_server_says_where_to_look(client, path):
    answer = client.get(path)

    assert answer.status_code == (404 if path == WRONG else 200)
    assert "window or the log where Acupwa was started" in answer.text
    assert 'name="password"' not in answer.text
    assert "acupwa practitioner" not in answer.text


def test_the_address_makes_an_owner_who_is_signed_in_and_opens_once(client):
    path, ann = first_of(client), client.another()
    assert 'name="clinic"' in ann.get(path).text

    answer = ann.post(path, TYPED | {"time_zone": "Europe/Dublin"})

    assert answer.headers["location"] == "/practice?done=first"
    assert "Your clinic is ready" in ann.follow(answer).text
    assert "ann@example.org" in ann.get("/practice/people").text
    assert 'value="Europe/Dublin" selected' in ann.get("/practice/clinic").text
    for again in (client.get(path), client.post(path, TYPED), client.get("/practice/first")):
        assert "This clinic is set up already" in again.text
        assert 'name="clinic"' not in again.text
    assert 'name="password"' in client.get("/practice/sign-in").text
    assert client.post("/practice/sign-in", {"email": "ann@example.org", "password": PASSWORD}).status_code == 303


def test_what_is_wrong_is_told_and_what_was_typed_stays(client):
    path = first_of(client)

    answer = client.post(path, {"clinic": "", "name": "Ann Lee", "email": "ann", "password": "ann lee needle"})

    assert answer.status_code == 422
    assert [f"f-{one}" in answer.text for one in ("clinic", "email", "password")] == [True] * 3
    assert 'value="Ann Lee"' in answer.text
    assert "ann lee needle" not in answer.text
    assert client.post(path, TYPED).status_code == 303


def test_a_password_of_what_was_just_typed_is_weak(client):
    answer = client.post(first_of(client), TYPED | {"password": "Needle Lane 2026!"})

    assert answer.status_code == 422
    assert "based on the name of the clinic" in answer.text


def test_only_the_newest_opens(client):
    before, newest = first_of(client), first_of(client)

    assert client.get(before).status_code == 404
    assert client.post(before, TYPED).status_code == 404
    assert client.get(newest).status_code == 200


def test_an_account_made_elsewhere_ends_it(client):
    path = first_of(client)
    token_for(client, "bob@example.org")

    assert client.get(path).status_code == 404
    assert "This clinic is set up already" in client.post(path, TYPED).text
    assert work_of(client).run(make_first) is None


def test_it_makes_no_second_clinic_of_a_name_and_joins_none(client):
    signed_in(client)
    work_of(client).run(people_service.remove_practitioner, "ann@example.org")
    path = first_of(client)

    answer = client.post(path, TYPED)
    assert answer.status_code == 422
    assert "A clinic of this name was here before" in answer.text
    assert client.post(path, TYPED | {"clinic": "Needle Lane Two"}).status_code == 303


def test_wrong_addresses_have_to_wait_and_the_right_one_does_not(client):
    path = first_of(client)

    answers = [client.post(WRONG, TYPED).status_code for _ in range(TRIES_OF_CODES + 1)]

    assert answers == [404] * TRIES_OF_CODES + [429]
    assert client.post(path, TYPED).status_code == 303


def test_plain_http_under_a_name_says_so_and_uses_nothing_up(client):
    path, browser = first_of(client), client.another()
    browser._client.base_url = httpx.URL("http://clinic-pc.lan")

    for answer in (browser.get(path), browser.post(path, TYPED)):
        assert "starts with http, not https" in answer.text
        assert 'name="password"' not in answer.text
    assert client.post(path, TYPED).status_code == 303


def test_ten_presses_at_once_make_one_account(client):
    path, browser = first_of(client), client.another()

    answers = browser.post_at_once(10, path, TYPED)

    assert sorted({one.status_code for one in answers}) in ([303, 404], [303, 404, 503])
    assert [one.status_code for one in answers].count(303) == 1
    assert len(work_of(client).run(people_service.list_clinics)) == 1


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_start_shows_one_address_while_nobody_has_an_account(tmp_path, workers):
    server = Server(tmp_path, WEB_CONCURRENCY=workers).start()
    log = tmp_path / "server.log"
    try:
        httpx.get(f"{server.url}{SHOWN.search(log.read_text())[2]}")
        server.start_again()
        (_, old, _), (origin, newest, code) = SHOWN.findall(log.read_text())
        assert log.read_text().count(code) == 1
        assert httpx.get(f"{server.url}{old}").status_code == 404
        assert origin == f"http://localhost:{server.port}"
        headers = {"origin": server.url, "sec-fetch-site": "same-origin"}
        assert httpx.post(f"{server.url}{newest}", data=TYPED, headers=headers).status_code == 303
        server.start_again()
        assert len(SHOWN.findall(log.read_text())) == 2
    finally:
        server.stop()
