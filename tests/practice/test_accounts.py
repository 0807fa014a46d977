"""Accounts: by a link that works once, slowed after failures, without a hint, ended at once."""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta

import msgspec
import pytest
import sqlalchemy
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st

from acupwa.app import create_app
from acupwa.operate.cli import main
from acupwa.person.codes import shown_code
from acupwa.practice.accounts import one_time_service, people_service, sign_in_service
from acupwa.practice.accounts.passwords import fits
from acupwa.practice.accounts.rules import CARD_COLOURS, TRIES_OF_PAIR, read_email
from acupwa.practice.trail.service import list_trail
from acupwa.web.text import short_line
from tests.support.client import Client
from tests.support.database import migrate
from tests.support.practitioners import COOKIE, PASSWORD, clinic_of, signed_in, token_for, work_of


def sign_in(browser, email="ann@example.org", password=PASSWORD):
    return browser.post("/practice/sign-in", data={"email": email, "password": password})


def test_before_any_account_the_door_says_how_to_make_one(client):
    answer = client.get("/practice/sign-in")

    assert "where Acupwa was started" in answer.text
    assert 'name="password"' not in answer.text


def test_home_without_a_sign_in_leads_to_the_door(client):
    assert client.follow(client.get("/practice")).url.path == "/practice/sign-in"


def test_an_invitation_opens_the_account_once_and_the_first_is_the_owner(client):
    token = token_for(client, "ann@example.org")
    browser = client.another()
    assert browser.get(f"/practice/welcome/{token}").status_code == 200

    answer = browser.post(f"/practice/welcome/{token}", data={"name": "Ann", "password": PASSWORD})

    assert answer.headers["location"] == "/practice"
    assert browser.get("/practice/people").status_code == 200
    assert client.get(f"/practice/welcome/{token}").status_code == 404
    assert client.post(f"/practice/welcome/{token}", data={"password": PASSWORD}).status_code == 404


@pytest.mark.parametrize("behind", [".", ")", ",", "\u200b", "”", "%20"])
def test_an_invitation_opens_with_what_a_sentence_puts_behind_it(client, behind):
    token = token_for(client, "ann@example.org")

    assert client.get(f"/practice/welcome/{token}{behind}").status_code == 200
    assert client.get(f"/practice/welcome/{token}x").status_code == 404
    answer = client.post(f"/practice/welcome/{token}{behind}", data={"name": "Ann", "password": PASSWORD})
    assert answer.status_code == 303


PARTS = "Müßiggänger Ångström naïf"


@pytest.mark.parametrize("made", ["NFC", "NFD"])
@pytest.mark.parametrize("typed", ["NFC", "NFD"])
def test_a_password_opens_from_any_keyboard(client, made, typed):
    token = token_for(client, "ann@example.org")
    client.post(f"/practice/welcome/{token}", data={"password": unicodedata.normalize(made, PARTS)})
    browser = client.another()

    assert sign_in(browser, password=unicodedata.normalize(typed, PARTS)).status_code == 303
    assert sign_in(browser, password=unicodedata.normalize(typed, PARTS.replace("Å", "A"))).status_code == 422


@pytest.mark.parametrize(
    "kept",
    [unicodedata.normalize("NFC", PARTS), unicodedata.normalize("NFD", PARTS), "four\u00a0words\u3000apart e\u0301é"],
)
def test_a_password_that_was_kept_as_typed_still_opens(kept):
    old = PasswordHasher().hash(kept)

    assert fits(kept, old)
    assert not fits(kept + "x", old)
    assert kept.startswith("four") or fits(unicodedata.normalize("NFC", kept), old)


@pytest.mark.postgres
def test_no_field_of_the_door_takes_a_nul_to_the_database(postgres_url, client, library, settings, clock, loop):
    url = "postgresql+psycopg" + postgres_url.removeprefix("postgresql")
    migrate(url)
    app = create_app(msgspec.structs.replace(settings, database_url=url), library=library, clock=clock)
    there = Client(app, loop)
    ann = signed_in(there)
    for path in ("/practice/sign-in", "/practice/sign-in/forgot", "/practice/sign-in/code"):
        answer = there.post(path, data={"email": "a\0b@c.d", "password": "x\0y", "code": "CDF\0HJK", "na\0me": "\0"})
        assert answer.status_code < 500
    for path in ("people", "account/name", "clinic", "links", "find"):
        answer = ann.post(
            f"/practice/{path}", data=dict.fromkeys(("email", "name", "contact", "alias", "note"), "a\x00b@c.d")
        )
        assert answer.status_code < 500, path
    for path in (
        "trail?what=%00&by=%00&day=%00",
        "trail?before=%00",
        "links?before=%00",
        "?show=%00&of=%00&after=1.0.%00",
        "inbox/%00",
    ):
        assert ann.get(f"/practice/{path}").status_code < 500, path
    assert there.get("/l/%00").status_code == 400
    app.inner.state.work.close()


def test_a_link_ends_at_its_time(client, clock):
    token = token_for(client, "ann@example.org")
    clock.now += timedelta(days=7)

    assert client.get(f"/practice/welcome/{token}").status_code == 404


@pytest.mark.parametrize("password", ["", "short", "aaaaaaaaaaaaaaaa", "ann@example.org", "x" * 201])
def test_a_weak_password_is_not_taken(client, password):
    token = token_for(client, "ann@example.org")

    assert client.post(f"/practice/welcome/{token}", data={"password": password}).status_code == 422
    assert COOKIE not in client.cookies


def test_signing_in_changes_the_cookie_and_the_old_one_is_worth_nothing(client):
    browser = signed_in(client)
    first = browser.cookies[COOKIE]

    sign_in(browser)

    assert browser.cookies[COOKIE] != first
    assert work_of(client).run(sign_in_service.find_signed_in, first) is None


def test_only_the_hash_of_the_key_is_kept(client):
    token = signed_in(client).cookies[COOKIE]

    with work_of(client).engine.connect() as connection:
        kept = connection.execute(sqlalchemy.text("select token_hash, browser from sign_in")).all()
    assert token.encode() not in kept[0][0]
    assert len(kept[0][0]) == 32


def test_an_unknown_address_is_answered_as_a_wrong_password(client):
    signed_in(client)
    wrong = sign_in(client, password="not the password at all")
    unknown = sign_in(client.another(), email="bob@example.org")

    assert wrong.status_code == unknown.status_code == 422
    assert wrong.text == unknown.text.replace("bob@example.org", "ann@example.org")


@pytest.mark.parametrize("email", ["ann@example.org", "nobody@example.org"])
def test_after_some_wrong_tries_even_the_right_one_waits_alike_for_any_address(client, clock, email):
    signed_in(client)
    for _ in range(TRIES_OF_PAIR):
        assert sign_in(client, email, "wrong wrong wrong").status_code == 422

    answer = sign_in(client, email)

    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) == 3600
    clock.now += timedelta(hours=1)
    assert sign_in(client, email).status_code == (303 if email.startswith("ann") else 422)


def test_wrong_tries_are_told_at_the_next_sign_in(client):
    signed_in(client)
    sign_in(client, password="wrong wrong wrong")
    sign_in(client)

    assert work_of(client).run(sign_in_service.find_signed_in, client.cookies[COOKIE]).failures == 1


def test_a_sign_in_ends_when_idle_and_after_its_days(client, clock):
    browser = signed_in(client)
    for _ in range(16):
        clock.now += timedelta(hours=10)
        assert browser.get("/practice/account").status_code == 200
    clock.now += timedelta(hours=9)
    assert browser.get("/practice/account").status_code == 303

    sign_in(browser)
    assert browser.get("/practice/account").status_code == 200
    clock.now += timedelta(hours=12)
    assert browser.get("/practice/account").status_code == 303


def test_a_code_signs_in_another_device_once(client, clock):
    browser = signed_in(client)
    who = work_of(client).run(sign_in_service.find_signed_in, browser.cookies[COOKIE])
    code = shown_code(work_of(client).run(sign_in_service.make_code, who))
    assert len(code) == 14
    phone = client.another()

    assert phone.post("/practice/sign-in/code", data={"code": code.lower()}).status_code == 303
    assert phone.get("/practice/account").text.count("sign-ins/") >= 2
    assert client.another().post("/practice/sign-in/code", data={"code": code}).status_code == 422
    assert browser.post("/practice/account/code").status_code == 200


def test_sign_ins_are_listed_and_ended(client):
    browser, other = signed_in(client), client.another()
    sign_in(other)
    who = work_of(client).run(sign_in_service.find_signed_in, browser.cookies[COOKIE])
    theirs = next(one for one in work_of(client).run(sign_in_service.list_sign_ins, who) if not one.own)

    assert browser.post(f"/practice/account/sign-ins/{theirs.id}/end").status_code == 303

    assert other.get("/practice/account").status_code == 303
    assert browser.get("/practice/account").status_code == 200


def test_a_new_password_ends_the_other_sign_ins(client):
    browser, other = signed_in(client), client.another()
    sign_in(other)
    new = "another five words apart"

    assert browser.post("/practice/account/password", data={"old": "no", "password": new}).status_code == 422
    assert browser.post("/practice/account/password", data={"old": PASSWORD, "password": new}).status_code == 303

    assert other.get("/practice/account").status_code == 303
    assert sign_in(other, password=new).status_code == 303


def test_whoever_is_removed_has_no_access_from_that_moment(client):
    owner = signed_in(client)
    colleague = signed_in(client, "bob@example.org", clinic=clinic_of(client).id)
    assert colleague.get("/practice/people").status_code == 404
    bob = work_of(client).run(sign_in_service.find_signed_in, colleague.cookies[COOKIE]).practitioner

    assert owner.post(f"/practice/people/{bob.id}/remove").status_code == 303

    assert colleague.get("/practice/account").status_code == 303
    assert sign_in(colleague, "bob@example.org").status_code == 422
    reset = work_of(client).run(people_service.invite_again, "bob@example.org", "reset")
    assert reset is None


def test_nobody_removes_themselves_and_no_owner_reaches_into_another_clinic(client):
    ann, eve = signed_in(client), signed_in(client, "eve@example.org", clinic="Elsewhere")
    who = work_of(client).run(sign_in_service.find_signed_in, ann.cookies[COOKIE]).practitioner

    assert ann.post(f"/practice/people/{who.id}/remove").status_code == 404
    assert eve.post(f"/practice/people/{who.id}/remove").status_code == 404
    assert eve.post(f"/practice/people/{who.id}/link").status_code == 404
    assert ann.get("/practice/account").status_code == 200


def test_an_owner_makes_another_and_takes_it_back_but_never_their_own(client):
    ann = signed_in(client)
    bob = signed_in(client, "bob@example.org", name="Bob", clinic=clinic_of(client).id)
    ids = {one.name: one.id for one in work_of(client).run(people_service.list_practitioners, clinic_of(client).id)}
    assert bob.get("/practice/trail").status_code == 404

    assert ann.post(f"/practice/people/{ids['Bob']}/role", data={"role": "owner"}).status_code == 303
    assert bob.get("/practice/trail").status_code == 200
    assert ann.post(f"/practice/people/{ids['Bob']}/role", data={"role": "practitioner"}).status_code == 303
    assert bob.get("/practice/trail").status_code == 404
    assert ann.post(f"/practice/people/{ids['Ann Lee']}/role", data={"role": "practitioner"}).status_code == 404
    told = [line.what for line in work_of(client).run(list_trail, clinic_of(client).id)]
    assert told.count("role-changed") == 2


def test_an_owner_invites_and_the_link_is_shown_once(client):
    ann = signed_in(client)

    answer = ann.post("/practice/people", data={"email": "Bob@Example.org ", "role": "practitioner"})

    assert "/practice/welcome/" in answer.text
    assert "/practice/welcome/" not in ann.get("/practice/people").text
    assert ann.post("/practice/people", data={"email": "bob@example.org"}).status_code == 422
    refused = ann.post("/practice/people", data={"email": "no address", "name": "Bo", "role": "owner"})
    assert refused.status_code == 422
    assert all(f'value="{typed}"' in refused.text for typed in ("no address", "Bo"))
    assert re.search(r'value="owner"[^>]* checked', refused.text)


def test_a_clinic_s_name_is_text_never_markup(client):
    ann = signed_in(client)

    ann.post("/practice/clinic", data={"name": "<b>Lane</b>\u202e", "contact": "=1+1", "colours": "plum"})

    page = ann.get("/practice/clinic").text
    assert "&lt;b&gt;Lane&lt;/b&gt;" in page
    assert "<b>Lane" not in page
    assert "\u202e" not in page
    assert ann.post("/practice/clinic", data={"name": " "}).status_code == 422


def test_the_trail_tells_every_sign_in_and_nobody_can_change_it(client):
    ann = signed_in(client)
    sign_in(ann)
    lines = work_of(client).run(list_trail, clinic_of(client).id)

    assert [line.what for line in lines] == ["signed-in", "signed-in", "password-set", "invited", "clinic-made"]
    for statement in ("update trail set who = 'x'", "delete from trail"):
        with work_of(client).engine.connect() as connection, pytest.raises(sqlalchemy.exc.DatabaseError):
            connection.execute(sqlalchemy.text(statement))
    assert "ann@example.org" in ann.get("/practice/trail.csv").text
    assert "Signed in" in ann.get("/practice/trail").text


def test_the_trail_only_grows_on_both_databases(database):
    token = database.work(people_service.add_practitioner, "ann@example.org", "Ann", "Needle Lane")
    assert database.work(one_time_service.find_one_time_link, token).practitioner.is_owner
    for statement in ("update trail set who = 'x'", "delete from trail"):
        with database.runner.engine.connect() as connection, pytest.raises(sqlalchemy.exc.DBAPIError):
            connection.execute(sqlalchemy.text(statement))


def test_a_removed_address_comes_back_with_nothing_of_before(database):
    database.work(people_service.add_practitioner, "ann@example.org", "Ann", "Needle Lane")
    assert database.work(people_service.remove_practitioner, "ann@example.org")
    assert not database.work(people_service.remove_practitioner, "ann@example.org")

    assert database.work(people_service.add_practitioner, "ann@example.org", "", "Other Lane")
    assert not database.work(people_service.list_practitioners, database.work(people_service.list_clinics)[0].id)


def test_the_operator_s_command_adds_resets_and_removes(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ACUPWA_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("ACUPWA_PUBLIC_URL", "https://acupwa.example")

    assert main(["practitioner", "add", "Ann@example.org", "--clinic", "Needle Lane"]) == 0
    assert "https://acupwa.example/practice/welcome/" in capsys.readouterr().out
    assert main(["practitioner", "add", "ann@example.org"]) == 1
    assert main(["practitioner", "invite", "ann@example.org"]) == 0
    assert main(["practitioner", "reset", "ann@example.org"]) == 0
    assert main(["practitioner", "remove", "ann@example.org"]) == 0
    assert main(["practitioner", "remove", "ann@example.org"]) == 1
    assert main(["practitioner", "add", "nonsense"]) == 1


@pytest.mark.parametrize("path", ["sign-in/passkey", "sign-in/code"])
@pytest.mark.parametrize("answer", ["", "{}", "[1]", '{"response": {"clientDataJSON": "AA"}}', "x" * 30_000])
def test_a_nonsense_answer_signs_nobody_in(client, path, answer):
    signed_in(client)
    assert client.post(f"/practice/{path}", data={"answer": answer, "code": answer[:100]}).status_code == 422


@given(st.text(max_size=40))
def test_an_address_is_read_or_refused(typed):
    email = read_email(typed)
    assert email is None or (email == email.lower() and email.count("@") == 1 and " " not in email)


@given(st.text(max_size=300))
def test_a_name_is_one_line_of_its_length(typed):
    made = short_line(typed, 80)
    assert len(made) <= 80
    assert made.isprintable() or all(not c.isspace() or c == " " for c in made)


def test_each_pair_of_card_colours_is_easy_to_read():
    def light(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for one, other in CARD_COLOURS.values():
        low, high = sorted((light(one), light(other)))
        assert (high + 0.05) / (low + 0.05) >= 7
