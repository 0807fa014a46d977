"""A code from an app after the password; and a clinic that asks everyone for more than a password."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy
from hypothesis import given
from hypothesis import strategies as st

from acupwa.operate.cli import main
from acupwa.practice.accounts import people_service, second_factor_service, sign_in_service
from acupwa.practice.accounts.rules import TRIES_OF_APP
from acupwa.practice.accounts.second_factor import app_address, app_code, fitting_step, read_app_code, shown_secret
from acupwa.practice.trail.service import list_trail
from tests.support.app_codes import CodeApp, half_in, set_up_app
from tests.support.authenticator import Authenticator, add_passkey, sign_in_by
from tests.support.practitioners import COOKIE, PASSWORD, clinic_of, signed_in, token_for, work_of

CLINIC = {"name": "Needle Lane", "second_factor": "yes"}


@pytest.fixture
def ann(client):
    return signed_in(client)


@pytest.fixture
def bob(client, ann):
    return signed_in(client, "bob@example.org", name="Bob", clinic=clinic_of(client).id)


def id_of(client, name):
    people = work_of(client).run(people_service.list_practitioners, clinic_of(client).id)
    return next(one.id for one in people if one.name == name)


def lines(client):
    return [line.what for line in work_of(client).run(list_trail, clinic_of(client).id)]


def test_a_code_as_the_standard_has_it():
    """RFC 6238, appendix B, by SHA-1; six digits of its eight."""
    secret = b"12345678901234567890"
    for seconds, code in ((59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")):
        assert app_code(secret, seconds // 30) == code
    assert "secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&" in app_address(secret, "a@b.example")
    assert shown_secret(secret).startswith("GEZD GNBV")


@given(st.binary(min_size=20, max_size=20), st.integers(-3, 3), st.integers(-3, 3) | st.none())
def test_a_code_fits_one_step_either_side_and_each_step_once(secret, step, used):
    now = datetime(2026, 11, 29, tzinfo=UTC)
    at = int(now.timestamp()) // 30
    found = fitting_step(secret, app_code(secret, at + step), now, None if used is None else at + used)

    assert found is None or (abs(found - at) <= 1 and (used is None or found > at + used))
    if abs(step) <= 1 and (used is None or step > used):
        assert found is not None


@given(st.text(max_size=12))
def test_what_is_no_code_is_none(typed):
    assert re.fullmatch(r"[0-9]{6}|", read_app_code(typed))


@pytest.mark.parametrize("typed", ["123456", " 123 456 ", "123-456", "１２３４５６"])
def test_a_code_is_read_however_it_is_typed(typed):
    assert read_app_code(typed) == "123456"


def test_after_the_password_nothing_opens_but_the_page_that_asks_for_the_code(client, ann, clock):
    app, door = set_up_app(ann, clock), client.another()

    second = half_in(door)

    for path in ("/practice", "/practice/account", "/practice/links", "/practice/people", "/practice/trail.csv"):
        went = door.get(path)
        assert went.status_code == 303
        assert went.headers["location"].startswith("/practice/sign-in?next=")
        assert door.follow(door.follow(went)).url.path == "/practice/sign-in/second"
    assert door.post("/practice/account/code").status_code == 401
    assert door.post("/practice/account/name", {"name": "X"}).status_code == 401
    assert "signed-in" not in lines(client)[:1]
    page = door.get(second).text
    assert app.secret.hex() not in page
    assert 'name="offer"' not in page
    clock.now += timedelta(seconds=30)
    before = door.cookies[COOKIE]
    assert door.post("/practice/sign-in/second", {"code": app.code()}).headers["location"] == "/practice"
    assert door.cookies[COOKIE] != before
    assert door.get("/practice/account").status_code == 200
    assert door.post("/practice/account/code").status_code == 200
    assert lines(client)[1] == "signed-in"


def test_the_way_back_and_what_was_typed_go_through_the_second_page(client, ann, clock):
    app = set_up_app(ann, clock)
    clock.now += timedelta(hours=13)
    page = ann.post("/practice/clinic", {"name": "Typed Before"}).text
    kept = re.search(r'name="kept" value="([^"]+)"', page)[1]

    second = half_in(ann, next="/practice/clinic", kept=kept)
    asked = re.search(r'name="next" value="([^"]+)"', ann.get(second).text)[1]
    back = ann.post("/practice/sign-in/second", {"code": app.code(), "next": asked})

    assert back.headers["location"] == "/practice/clinic?typed=1"
    assert "Typed Before" in ann.follow(back).text


def test_a_code_is_good_once_and_for_a_moment(client, ann, clock):
    app = set_up_app(ann, clock)
    code = app.code()
    for wrong in (code, "abcdef", app.code(-2), app.code(3)):
        door = client.another()
        half_in(door)
        assert door.post("/practice/sign-in/second", {"code": wrong}).status_code == 422, wrong
    clock.now += timedelta(seconds=60)
    first, second = client.another(), client.another()
    half_in(first)
    half_in(second)
    assert first.post("/practice/sign-in/second", {"code": app.code(-1)}).status_code == 303
    assert second.post("/practice/sign-in/second", {"code": app.code(-1)}).status_code == 422
    assert second.post("/practice/sign-in/second", {"code": app.code()}).status_code == 303


def test_ten_at_once_with_one_code_are_one(client, ann, clock):
    app, door = set_up_app(ann, clock), client.another()
    clock.now += timedelta(seconds=30)
    half_in(door)

    answers = door.post_at_once(10, "/practice/sign-in/second", {"code": app.code()})

    assert sorted(one.headers.get("location", "") for one in answers).count("/practice") == 1


def test_guessing_has_to_wait_and_keeps_nobody_out(client, ann, clock):
    app, thief = set_up_app(ann, clock), client.another()
    clock.now += timedelta(minutes=1)
    half_in(thief)
    answers = [thief.post("/practice/sign-in/second", {"code": "000000"}).status_code for _ in range(TRIES_OF_APP + 2)]
    assert answers == [422] * TRIES_OF_APP + [429] * 2
    half_in(thief)
    assert thief.post("/practice/sign-in/second", {"code": "000000"}).status_code == 429
    assert "sign-in-slowed" in lines(client)

    half_in(ann)

    assert ann.post("/practice/sign-in/second", {"code": app.code()}).status_code == 303


def test_a_passkey_asks_for_no_code(client, ann, clock):
    key = add_passkey(ann)
    set_up_app(ann, clock)

    assert sign_in_by(client.another(), key).headers["location"] == "/practice"


def test_setting_it_up_ends_the_other_sign_ins_and_is_sealed(client, ann, clock, settings):
    other = client.another()
    other.post("/practice/sign-in", {"email": "ann@example.org", "password": PASSWORD})

    app = set_up_app(ann, clock)

    assert other.get("/practice/account").status_code == 303
    assert ann.get("/practice/account").status_code == 200
    with work_of(client).engine.connect() as connection:
        kept = connection.execute(sqlalchemy.text("select totp from practitioner")).scalar_one()
    assert app.secret not in bytes(kept)
    assert "second-factor-set" in lines(client)


def test_a_picture_that_is_anothers_or_old_sets_up_nothing(client, ann, bob, clock):
    theirs = CodeApp(bob.get("/practice/account/second-factor").text, clock)
    fields = {"offer": theirs.offer, "code": theirs.code()}
    assert ann.post("/practice/account/second-factor", fields).status_code == 422
    own = CodeApp(ann.get("/practice/account/second-factor").text, clock)
    wrong = ann.post("/practice/account/second-factor", {"offer": own.offer, "code": "000000"})
    assert (wrong.status_code, CodeApp(wrong.text, clock).secret) == (422, own.secret)
    clock.now += timedelta(minutes=16)
    ann.post("/practice/sign-in", {"email": "ann@example.org", "password": PASSWORD})
    late = ann.post("/practice/account/second-factor", {"offer": own.offer, "code": own.code()})
    assert late.status_code == 422
    assert CodeApp(late.text, clock).secret != own.secret
    assert (
        client.another()
        .post("/practice/sign-in", {"email": "ann@example.org", "password": PASSWORD})
        .headers["location"]
        == "/practice"
    )


def test_it_is_taken_off_by_oneself(client, ann, clock):
    set_up_app(ann, clock)

    assert ann.post("/practice/account/second-factor/off").status_code == 303

    door = client.another()
    assert (
        door.post("/practice/sign-in", {"email": "ann@example.org", "password": PASSWORD}).headers["location"]
        == "/practice"
    )
    assert lines(client).count("second-factor-off") == 1


def test_an_owner_takes_it_off_for_another_and_nobody_else_does(client, ann, bob, clock):
    set_up_app(bob, clock)
    eve = signed_in(client, "eve@example.org", clinic="Elsewhere")
    path = f"/practice/people/{id_of(client, 'Bob')}/second-factor"
    own = f"/practice/people/{id_of(client, 'Ann Lee')}/second-factor"
    assert [one.status_code for one in (eve.post(path), bob.post(path), ann.post(own))] == [404] * 3
    assert "Remove authenticator app" in ann.get("/practice/people").text

    assert ann.post(path).status_code == 303

    assert bob.get("/practice/account").status_code == 303
    assert (
        bob.post("/practice/sign-in", {"email": "bob@example.org", "password": PASSWORD}).headers["location"]
        == "/practice"
    )
    assert ann.post(path).status_code == 404


def test_a_reset_keeps_it(client, ann, clock):
    app = set_up_app(ann, clock)
    token = work_of(client).run(people_service.invite_again, "ann@example.org", "reset")
    door = client.another()
    assert "The authenticator app stays" in door.get(f"/practice/welcome/{token}").text

    answer = door.post(f"/practice/welcome/{token}", {"password": "quince oyster saddle bishop"})

    assert answer.headers["location"] == "/practice/sign-in/second"
    assert door.get("/practice/account").status_code == 303
    clock.now += timedelta(seconds=30)
    assert door.post("/practice/sign-in/second", {"code": app.code()}).status_code == 303


def test_a_lost_phone_is_taken_off_by_the_operator(client, ann, clock, settings, monkeypatch, capsys):
    set_up_app(ann, clock)
    work_of(client).run(second_factor_service.take_off_app_of, "ann@example.org")
    assert ann.get("/practice/account").status_code == 303
    door = client.another()
    assert (
        door.post("/practice/sign-in", {"email": "ann@example.org", "password": PASSWORD}).headers["location"]
        == "/practice"
    )


def test_the_operator_s_command_knows_the_lost_phone(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ACUPWA_DATA_DIR", str(tmp_path / "var"))
    assert main(["practitioner", "add", "ann@example.org", "--clinic", "Needle Lane"]) == 0
    assert main(["practitioner", "reset", "ann@example.org", "--lost-phone"]) == 0
    assert "for one day" in capsys.readouterr().out


def test_an_owner_asks_it_of_everyone_once_they_have_one_themselves(client, ann, bob, clock):
    refused = ann.post("/practice/clinic", CLINIC)
    assert refused.status_code == 422
    assert "Set up an app or add a passkey for yourself first" in refused.text
    assert bob.get("/practice/account").status_code == 200
    set_up_app(ann, clock)

    assert ann.post("/practice/clinic", CLINIC).status_code == 303

    assert ann.get("/practice/account").status_code == 200
    went = bob.follow(bob.follow(bob.get("/practice")))
    assert went.url.path == "/practice/sign-in/second"
    assert ann.post("/practice/clinic", {"name": "Needle Lane"}).status_code == 303
    assert clinic_of(client).second_factor


def asked_of_all(client, ann, clock):
    app = set_up_app(ann, clock)
    assert ann.post("/practice/clinic", CLINIC).status_code == 303
    return app


def test_who_has_neither_sets_one_up_right_after_the_password(client, ann, bob, clock):
    asked_of_all(client, ann, clock)
    door = client.another()
    page = door.get(half_in(door, "bob@example.org", next="/practice/links")).text
    app = CodeApp(page, clock)
    assert door.get("/practice/links").status_code == 303
    assert door.post("/practice/sign-in/second", {"offer": app.offer, "code": "000000"}).status_code == 422

    fields = {"offer": app.offer, "code": app.code(), "next": "/practice/links"}
    assert door.post("/practice/sign-in/second", fields).headers["location"] == "/practice/links"

    assert door.get("/practice/links").status_code == 200
    other = client.another()
    assert 'name="offer"' not in other.get(half_in(other, "bob@example.org")).text
    assert bob.get("/practice").status_code == 303


def test_or_a_passkey(client, ann, bob, clock):
    asked_of_all(client, ann, clock)
    door, key = client.another(), Authenticator()
    half_in(door, "bob@example.org")
    options = door.post("/practice/sign-in/second/passkey-options").json()
    assert door.post("/practice/sign-in/second/passkey", {"answer": "{}"}).status_code == 422

    options = door.post("/practice/sign-in/second/passkey-options").json()
    assert door.post("/practice/sign-in/second/passkey", {"answer": key.make(options)}).status_code == 303

    assert door.get("/practice/account").status_code == 200
    assert sign_in_by(client.another(), key).headers["location"] == "/practice"


def test_who_knows_the_password_alone_sets_nothing_up_beside_what_there_is(client, ann, bob, clock):
    add_passkey(bob)
    asked_of_all(client, ann, clock)
    thief = client.another()
    page = thief.get(half_in(thief, "bob@example.org")).text
    assert 'name="offer"' not in page
    assert "Sign in with a passkey" in page
    offer = CodeApp(ann.get("/practice/account/second-factor").text, clock)

    for fields in ({"offer": offer.offer, "code": offer.code()}, {"code": "123456"}):
        assert thief.post("/practice/sign-in/second", fields).status_code == 422
    options = thief.post("/practice/sign-in/second/passkey-options")
    if options.status_code == 200:
        made = Authenticator().make(options.json())
        assert thief.post("/practice/sign-in/second/passkey", {"answer": made}).status_code == 422
    assert thief.get("/practice/account").status_code == 303


def test_a_welcome_leads_there_too(client, ann, clock):
    asked_of_all(client, ann, clock)
    token, door = token_for(client, "new@example.org", clinic=clinic_of(client).id), client.another()

    answer = door.post(f"/practice/welcome/{token}", {"name": "New", "password": PASSWORD})

    assert answer.headers["location"] == "/practice/sign-in/second"
    assert door.get("/practice").status_code == 303
    app = CodeApp(door.follow(answer).text, clock)
    assert door.post("/practice/sign-in/second", {"offer": app.offer, "code": app.code()}).status_code == 303
    assert door.get("/practice").status_code == 200


def test_a_code_for_another_device_is_as_good_as_the_sign_in_that_made_it(client, ann, clock):
    set_up_app(ann, clock)
    who = work_of(client).run(sign_in_service.find_signed_in, ann.cookies[COOKIE])
    code = work_of(client).run(sign_in_service.make_code, who)

    phone = client.another()
    assert phone.post("/practice/sign-in/code", {"code": code}).headers["location"] == "/practice"
    assert phone.get("/practice/account").status_code == 200


def test_what_the_clinic_asks_for_is_not_taken_off(client, ann, clock):
    asked_of_all(client, ann, clock)

    page = ann.post("/practice/account/second-factor/off")

    assert page.status_code == 422
    assert "Add a passkey first" in page.text
    add_passkey(ann)
    assert ann.post("/practice/account/second-factor/off").status_code == 303


def test_half_in_is_left_by_signing_in_as_somebody_else_and_ends_by_itself(client, ann, clock):
    set_up_app(ann, clock)
    door = client.another()
    half_in(door)
    door.post("/practice/sign-out")
    assert 'name="password"' in door.get("/practice/sign-in").text
    half_in(door)
    clock.now += timedelta(minutes=15)
    assert 'name="password"' in door.get("/practice/sign-in").text
    assert door.post("/practice/sign-in/second", {"code": "123456"}).headers["location"] == "/practice/sign-in"


def test_each_code_is_good_once_on_both_databases(database):
    token = database.work(people_service.add_practitioner, "ann@example.org", "Ann", "Needle Lane")
    assert token
    who = database.work(people_service.list_practitioners, database.work(people_service.list_clinics)[0].id)[0]
    offer = database.work(second_factor_service.offer_app, who.id)
    assert database.work(second_factor_service.open_offer, who.id, offer.sealed).secret == offer.secret
    assert database.work(second_factor_service.open_offer, who.clinic_id, offer.sealed) is None
    assert not database.work(second_factor_service.take_off_app_of, "ann@example.org")


def test_an_owner_who_lost_all_comes_back_by_another_owner_without_a_shell(client, ann, bob, clock):
    """Bob owns the clinic too, and has lost his password and his phone."""
    ann.post(f"/practice/people/{id_of(client, 'Bob')}/role", {"role": "owner"})
    set_up_app(bob, clock)
    who = f"/practice/people/{id_of(client, 'Bob')}"

    asked = ann.get(f"{who}/link").text
    assert "Make a new link for Bob?" in asked
    assert "An authenticator app stays" in asked
    made = ann.post(f"{who}/link", {"press": re.search(r'name="press" value="([^"]+)"', asked)[1]}).text
    link = re.search(r"/practice/welcome/[\w-]+", made)[0]
    assert "Remove the authenticator app of Bob?" in ann.get(f"{who}/second-factor").text
    ann.post(f"{who}/second-factor")
    back = client.another()

    assert (
        back.post(link, {"name": "Bob", "password": "quince oyster saddle bishop"}).headers["location"] == "/practice"
    )
    assert back.get("/practice/people").status_code == 200
    told = [one.what for one in work_of(client).run(list_trail, clinic_of(client).id)]
    assert {"reset-made", "second-factor-off"} <= set(told)
