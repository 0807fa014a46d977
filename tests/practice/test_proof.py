"""Before a way in changes, the sign-in shows who it is; after it what was typed is there again."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest

from acupwa.practice.accounts import passkey_service, people_service, sign_in_service
from acupwa.practice.accounts.rules import TRIES_OF_DEVICE
from acupwa.practice.trail.service import list_trail
from tests.support.app_codes import set_up_app
from tests.support.authenticator import Authenticator, add_passkey, sign_in_by
from tests.support.practitioners import COOKIE, PASSWORD, clinic_of, signed_in, work_of

KEY = "01a224cd-2276-7172-b265-a71f92197eee"
ASKED = "Please confirm it is you"


@pytest.fixture
def ann(client):
    return signed_in(client)


@pytest.fixture
def bob(client, ann):
    signed_in(client, "bob@example.org", name="Bob", clinic=clinic_of(client).id)
    people = work_of(client).run(people_service.list_practitioners, clinic_of(client).id)
    return next(one.id for one in people if one.name == "Bob")


def later(clock):
    clock.now += timedelta(minutes=5, seconds=1)


def who_is(client, browser):
    return work_of(client).run(sign_in_service.find_signed_in, browser.cookies[COOKIE])


def hidden(page, name):
    found = re.search(rf'type="hidden" name="{name}" value="([^"]*)"', page)
    return unescape(found[1]) if found else ""


def prove(browser, page, **shown):
    fields = {name: hidden(page, name) for name in ("next", "kept", "whose")} | (shown or {"password": PASSWORD})
    return browser.post("/practice/account/proof", fields)


CHANGES = (
    ("/practice/account/name", {"name": "Another Name"}),
    ("/practice/account/code", None),
    ("/practice/account/passkey-options", None),
    ("/practice/account/passkeys", {"answer": ""}),
    (f"/practice/account/passkeys/{KEY}/remove", None),
    ("/practice/account/second-factor/off", None),
    ("/practice/people", {"email": "new@example.org", "name": "New", "role": "owner"}),
    ("/practice/people/{bob}/link", None),
    ("/practice/people/{bob}/role", {"role": "owner"}),
    ("/practice/people/{bob}/remove", None),
    ("/practice/people/{bob}/second-factor", None),
    ("/practice/clinic", {"name": "Needle Lane", "second_factor": "yes"}),
)


def kept_of(client):
    """What stands there, to see that nothing changed."""
    work, clinic = work_of(client), clinic_of(client)
    people = work.run(people_service.list_practitioners, clinic.id)
    return people, clinic, len(work.run(list_trail, clinic.id))


@pytest.mark.parametrize(("path", "fields"), CHANGES)
def test_a_sign_in_that_lies_open_changes_no_way_in(client, ann, bob, clock, path, fields):
    before = kept_of(client)
    later(clock)

    page = ann.post(path.format(bob=bob), fields)

    assert page.status_code == 401
    assert ASKED in page.text
    assert kept_of(client) == before
    back = prove(ann, page.text)
    assert back.status_code == 303
    assert "done=proved" in back.headers["location"]
    assert ann.follow(back).status_code in (200, 404)
    assert ann.post(path.format(bob=bob), fields).status_code in (200, 303, 404, 422)


@pytest.mark.parametrize(
    "path",
    [
        "/practice/account/second-factor", "/practice/account/second-factor/off", "/practice/people/{bob}/role",
        "/practice/people/{bob}/link", "/practice/people/{bob}/remove", "/practice/people/{bob}/second-factor",
    ],
)  # fmt: skip
def test_the_page_before_a_change_asks_already(ann, bob, clock, path):
    path = path.format(bob=bob)
    later(clock)
    page = ann.follow(ann.get(path)).text

    back = prove(ann, page)

    assert back.headers["location"] == f"{path}?done=proved"
    assert ann.follow(back).status_code == 200


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/practice/account/name", {"name": "Änn Another"}),
        ("/practice/people", {"email": "new@example.org", "name": "Néw", "role": "owner"}),
        ("/practice/clinic", {"name": "Nädel", "contact": "+44 1", "second_factor": "yes"}),
    ],
)
def test_what_was_typed_is_there_again(ann, clock, path, fields):
    later(clock)
    page = ann.post(path, fields).text
    assert "will be back in its form" in page

    wrong = prove(ann, page, password="not this one")
    assert wrong.status_code == 422
    after = unescape(ann.follow(prove(ann, wrong.text)).text)

    assert "Press the button once more" in after
    for value in fields.values():
        assert value in after


def test_a_new_password_is_proved_by_the_old_one_alone(client, ann, clock):
    later(clock)
    new = {"old": PASSWORD, "password": "quince oyster saddle bishop"}

    assert ann.post("/practice/account/password", new).status_code == 303
    assert ann.post("/practice/account/code").status_code == 200


def test_a_sign_in_by_code_has_shown_nothing(client, ann):
    code = work_of(client).run(sign_in_service.make_code, who_is(client, ann))
    phone = client.another()
    phone.post("/practice/sign-in/code", {"code": code})
    assert phone.get("/practice/account").status_code == 200

    page = phone.post("/practice/account/code")

    assert page.status_code == 401
    assert prove(phone, page.text).status_code == 303
    assert phone.post("/practice/account/code").status_code == 200


def test_a_passkey_and_a_code_of_the_app_prove_too(client, ann, clock):
    key, app = add_passkey(ann), set_up_app(ann, clock)
    for shown in ("passkey", "app"):
        later(clock)
        page = ann.post("/practice/account/code").text
        if shown == "passkey":
            options = ann.post("/practice/sign-in/passkey-options").json()
            assert prove(ann, page, answer=key.sign(options)).status_code == 303
        else:
            assert prove(ann, page, code=app.code()).status_code == 303
            later(clock)
            assert prove(ann, ann.post("/practice/account/code").text, code=app.code(-11)).status_code == 422
            assert prove(ann, page, code=app.code()).status_code == 303
        assert ann.post("/practice/account/code").status_code == 200


def test_somebody_elses_passkey_proves_nothing(client, ann, clock, bob):
    other = client.another()
    other.post("/practice/sign-in", {"email": "bob@example.org", "password": PASSWORD})
    key = add_passkey(other)
    later(clock)
    page = ann.post("/practice/account/code").text

    options = ann.post("/practice/sign-in/passkey-options").json()
    assert prove(ann, page, answer=key.sign(options)).status_code == 422
    assert prove(ann, page, answer=Authenticator().sign(options)).status_code == 422
    assert ann.post("/practice/account/code").status_code == 401


def test_wrong_proofs_wait_and_shut_nobody_out_at_the_door(client, ann, clock):
    later(clock)
    page = ann.post("/practice/account/code").text
    answers = [prove(ann, page, password="wrong wrong no").status_code for _ in range(TRIES_OF_DEVICE + 1)]

    assert answers == [422] * TRIES_OF_DEVICE + [429]
    assert (
        client.another().post("/practice/sign-in", {"email": "ann@example.org", "password": PASSWORD}).status_code
        == 303
    )


def test_nobody_adds_a_passkey_with_an_answer_from_before(client, ann, clock):
    options = ann.post("/practice/account/passkey-options").json()
    clock.now += timedelta(minutes=4)
    ann.post("/practice/account/code")
    later(clock)

    assert ann.post("/practice/account/passkeys", {"answer": Authenticator().make(options)}).status_code == 401
    assert not work_of(client).run(passkey_service.list_passkeys, who_is(client, ann).practitioner.id)


def test_a_passkey_signs_in_and_is_a_proof(client, ann):
    key, phone = add_passkey(ann), client.another()

    assert sign_in_by(phone, key).status_code == 303
    assert phone.post("/practice/account/code").status_code == 200
