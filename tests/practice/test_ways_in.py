"""A new password by a link puts out whoever else was in: by passkey, by sign-in, by code, by another link."""

from __future__ import annotations

import re

import pytest

from acupwa.practice.accounts import people_service, sign_in_service
from acupwa.practice.trail.service import list_trail
from tests.support.authenticator import Authenticator, add_passkey, sign_in_by
from tests.support.practitioners import COOKIE, PASSWORD, clinic_of, signed_in, work_of

NEW = "quince oyster saddle bishop"
KEEP = re.compile(r'name="keep" value="([^"]+)"( checked)?')


@pytest.fixture
def ann(client):
    return signed_in(client)


def reset(client):
    token = work_of(client).run(people_service.invite_again, "ann@example.org", "reset")
    return f"/practice/welcome/{token}"


def lines(client):
    return [line.what for line in work_of(client).run(list_trail, clinic_of(client).id)]


def test_the_page_of_a_reset_shows_every_other_way_in_and_ticks_none(client, ann):
    add_passkey(ann)
    client.another().post("/practice/sign-in", {"email": "ann@example.org", "password": PASSWORD})

    page = client.get(reset(client)).text

    assert [ticked for _key, ticked in KEEP.findall(page)] == [""]
    assert "added on" in page
    assert "2 browsers are signed in" in page


def test_an_intruders_passkey_opens_nothing_after_a_reset(client, ann):
    intruder = add_passkey(ann)
    assert sign_in_by(client.another(), intruder).status_code == 303
    link = reset(client)

    answer = client.another().post(link, {"name": "Ann", "password": NEW})

    assert answer.status_code == 303
    assert sign_in_by(client.another(), intruder).status_code == 422
    assert ann.get("/practice/account").status_code == 303
    told = lines(client)
    assert told.count("passkeys-dropped") == 1
    assert "sign-in-ended" in told


def test_what_is_ticked_stays_and_nothing_else(client, ann):
    first, second = add_passkey(ann), add_passkey(ann)
    link = reset(client)
    keys = [key for key, _ticked in KEEP.findall(client.get(link).text)]
    assert len(keys) == 2

    weak = client.post(link, {"name": "Ann", "password": "password1234", "keep": [keys[1]]})
    assert weak.status_code == 422
    assert [ticked for _key, ticked in KEEP.findall(weak.text)] == ["", " checked"]
    client.post(link, {"name": "Ann", "password": NEW, "keep": [keys[1], "nonsense"]})

    assert sign_in_by(client.another(), first).status_code == 422
    assert sign_in_by(client.another(), second).status_code == 303


def test_a_code_and_another_link_made_before_open_nothing_after_a_reset(client, ann):
    who = work_of(client).run(sign_in_service.find_signed_in, ann.cookies[COOKIE])
    code = work_of(client).run(sign_in_service.make_code, who)
    invitation = work_of(client).run(people_service.invite_again, "ann@example.org", "invitation")

    client.post(reset(client), {"name": "Ann", "password": NEW})

    assert client.another().post("/practice/sign-in/code", {"code": code}).status_code == 422
    assert client.another().get(f"/practice/welcome/{invitation}").status_code == 404


def test_a_passkey_that_was_being_added_at_that_moment_is_not(client, ann):
    options = ann.post("/practice/account/passkey-options").json()
    client.post(reset(client), {"name": "Ann", "password": NEW})
    ann.post("/practice/sign-in", {"email": "ann@example.org", "password": NEW})

    answer = ann.post("/practice/account/passkeys", {"answer": Authenticator().make(options)})
    assert answer.status_code == 422


def test_a_first_invitation_has_nothing_to_show(client, ann):
    token = work_of(client).run(people_service.add_practitioner, "bob@example.org", "Bob", clinic_of(client).id)

    page = client.get(f"/practice/welcome/{token}").text

    assert "What else opens" not in page
    assert "signed in" not in page
