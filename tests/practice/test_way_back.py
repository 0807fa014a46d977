"""A sign-in that ended leads to the sign-in page and back, with what was typed; nothing is used up where none can be kept."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import timedelta
from html import unescape

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from acupwa.practice.accounts.way_back import UNSENT_BYTES, can_be_kept, form_page, own_page, typed_fields
from tests.support.codes import code_on
from tests.support.practitioners import PASSWORD, asked, clinic_of, give, make_link, opened, signed_in, token_for

TYPED = "LI4, ST36; ask the GP about ápixaban\nsecond line"
EMAIL = {"email": "ann@example.org", "password": PASSWORD}


@pytest.fixture
def ann(client):
    return signed_in(client)


def end(clock):
    """Every sign-in, by hours in which nobody was there."""
    clock.now += timedelta(hours=13)


def hidden(text, name):
    found = re.search(rf'type="hidden" name="{name}" value="([^"]*)"', text)
    return unescape(found[1]) if found else ""


def sign_in_again(browser, page, **other):
    fields = EMAIL | {name: hidden(page, name) for name in ("next", "kept", "probe")} | other
    return browser.post("/practice/sign-in", fields)


def addresses(client, ann):
    """Of every page behind the sign-in, owners' pages too."""
    share, link = opened(ann), make_link(ann)
    return (
        "/practice", "/practice?show=all", share, f"{share}.pdf", f"{share}.txt", f"{share}/note", f"{share}/send",
        "/practice/links", link, f"{link}/card", f"{link}/sheet", f"{link}/poster", "/practice/account", "/practice/people",
        "/practice/clinic", "/practice/trail?what=signed-in&by=&day=2026-11-23", "/practice/trail.csv",
    )  # fmt: skip


def test_every_page_leads_to_the_sign_in_and_back(client, clock, ann):
    give(patient := client.another(), asked(patient, ann))
    for path in addresses(client, ann):
        end(clock)
        went = ann.get(path)
        assert went.status_code == 303, path
        assert went.headers["location"].startswith("/practice/sign-in"), path
        page = ann.follow(went).text
        assert "You have been signed out" in page
        back = sign_in_again(ann, page)
        assert back.headers["location"] == path
        assert ann.follow(back).status_code == 200, path


@pytest.mark.parametrize(
    ("path", "fields", "shown"),
    [
        ("{share}/note", {"note": TYPED}, "{share}/note"),
        (
            "{share}/send",
            {"note": TYPED, "pages": ["what-to-expect"], "with_plan": "yes", "time": "08:15"},
            "{share}/send",
        ),
        ("/practice/links", {"alias": "Tue ápx", "note": TYPED, "kind": "personal"}, "/practice/links"),
        ("/practice/clinic", {"name": "Nadel & Söhne", "contact": "+44 1"}, "/practice/clinic"),
        ("/practice/account/name", {"name": "Änn"}, "/practice/account"),
        ("/practice/people", {"email": "bob@example.org", "name": "Böb", "role": "owner"}, "/practice/people"),
        ("/practice/find", {"alias": "Tue ápx"}, "/practice"),
    ],
)
def test_what_was_typed_is_back_in_its_form(client, clock, ann, settings, path, fields, shown):
    give(patient := client.another(), asked(patient, ann))
    share = opened(ann)
    path, shown = path.format(share=share), shown.format(share=share)
    end(clock)

    page = ann.post(path, fields)
    assert page.status_code == 401
    assert "What you typed is not saved yet" in page.text
    for value in fields.values():
        assert not isinstance(value, str) or len(value) < 4 or value not in page.text
    wrong = sign_in_again(ann, page.text, password="not the right one")
    assert wrong.status_code == 422
    back = sign_in_again(ann, wrong.text)
    assert back.headers["location"] == f"{shown}?typed=1"
    after = unescape(ann.follow(back).text)

    for value in (one for values in fields.values() for one in ([values] if isinstance(values, str) else values)):
        assert value in after
    if path.endswith("send"):
        assert 'value="what-to-expect" checked' in after
    assert next(iter(fields.values())) not in unescape(ann.get(shown).text)
    with closing(sqlite3.connect(settings.database_url.removeprefix("sqlite:///"))) as file:
        assert TYPED[:8] not in "\n".join(file.iterdump())


def test_what_was_typed_is_for_the_one_who_typed_it(client, clock, ann):
    signed_in(client, "bob@example.org", name="Bob", clinic=clinic_of(client).id)
    give(patient := client.another(), asked(patient, ann))
    share = opened(ann)
    other = client.another()
    other.post("/practice/sign-in", EMAIL)
    other.post("/practice/account/sign-ins/end-others")
    page = ann.post(f"{share}/note", {"note": TYPED})
    assert page.status_code == 401

    back = sign_in_again(ann, page.text, email="bob@example.org")

    assert back.headers["location"] == f"{share}/note"
    assert "apixaban" not in ann.follow(back).text
    assert TYPED[:8] not in ann.get(f"{share}/note?typed=1").text


def test_it_waits_an_hour_and_no_longer(client, clock, ann):
    end(clock)
    page = ann.post("/practice/clinic", {"name": "Later"})
    clock.now += timedelta(hours=1)
    assert sign_in_again(ann, page.text).headers["location"] == "/practice/clinic"


@pytest.mark.parametrize("kept", ["x", "gAAAA", "é" * 10, "x" * 100_000])
def test_what_is_not_ours_is_not_taken(client, clock, ann, kept):
    end(clock)
    page = ann.post("/practice/clinic", {"name": "Later"})
    assert sign_in_again(ann, page.text, kept=kept).headers["location"] == "/practice/clinic"


def test_a_password_is_never_carried_along(client, clock, ann):
    end(clock)
    page = ann.post("/practice/account/password", {"old": PASSWORD, "password": "another four words now"})
    assert page.status_code == 401
    assert hidden(page.text, "kept") == ""
    assert hidden(page.text, "next") == "/practice/account"


def test_a_stranger_finds_the_same_whether_it_is_there_or_not(client, ann):
    give(patient := client.another(), asked(patient, ann))
    share = opened(ann)
    stranger = client.another()
    for path in (share, f"{share}/note", make_link(ann), "/practice/people"):
        nowhere = re.sub(r"[0-9a-f]{12}$", "0" * 12, path)
        assert stranger.get(path).text == stranger.get(nowhere).text
        assert stranger.post(path).status_code in (404, 405)


@pytest.mark.parametrize(
    "next",
    [
        "//evil.example", "https://evil.example/practice", "/practice//evil.example", "/practice/\\evil", "/me",
        "/practice/../me", "/practice/sign-out", "javascript:alert(1)", "/practicex", "/practice\n/x", "",
    ],
)  # fmt: skip
def test_no_other_address_is_gone_to(client, ann, next):
    back = client.another().post("/practice/sign-in", EMAIL | {"next": next})
    assert back.headers["location"] == "/practice"
    assert ann.get("/practice/sign-in", params={"next": next}).headers["location"] == "/practice"


@given(st.text())
def test_what_may_be_gone_to_is_a_path_of_ours(typed):
    found = own_page(typed)
    assert found in ("", typed)
    if found:
        address = httpx.URL("https://acupwa.example").join(found)
        assert (address.host, address.path.split("/")[1]) == ("acupwa.example", "practice")


@given(st.dictionaries(st.text(max_size=20), st.lists(st.text(), min_size=1).map(tuple)))
def test_what_is_kept_has_a_size_and_no_secret(fields):
    kept = typed_fields(fields | {"password": ("secret",)})
    assert "password" not in kept
    assert not can_be_kept({"note": ("x" * UNSENT_BYTES,)})


def test_each_form_has_its_page():
    assert form_page("/practice/inbox/1/seen") == "/practice/inbox/1"
    assert form_page("/practice/links/1/withdraw") == "/practice/links/1"
    assert form_page("/practice/people/1/role") == "/practice/people"
    assert form_page("/practice/account/passkeys/1/remove") == "/practice/account"


def plain(client):
    """A browser at an address of the clinic's own network, without HTTPS; it keeps no cookie of ours there."""
    browser = client.another()
    browser._client.base_url = httpx.URL("http://clinic-pc.lan")
    return browser


def test_at_an_address_without_https_nothing_is_used_up(client, ann):
    browser, token = plain(client), token_for(client, "bob@example.org", clinic=clinic_of(client).id)
    welcome = f"/practice/welcome/{token}"
    code = code_on(ann.post("/practice/account/code"))
    tries = (
        (welcome, {"name": "Bob", "password": PASSWORD}), ("/practice/sign-in", EMAIL),
        ("/practice/sign-in", EMAIL | {"password": "wrong wrong wrong"}), ("/practice/sign-in/code", {"code": code}),
        ("/practice/sign-in/passkey", {"answer": "{}"}),
    )  # fmt: skip
    for path in (welcome, "/practice/sign-in", "/practice/sign-in/code"):
        page = browser.get(path)
        assert "starts with http, not https" in page.text, path
        assert "set-cookie" not in page.headers
        assert "<form" not in page.text.partition("<main")[2].partition("</main")[0]
    for path, fields in tries:
        page = browser.post(path, fields)
        assert (page.status_code, "set-cookie" in page.headers) == (422, False)
        assert "starts with http, not https" in page.text

    assert client.another().post(welcome, {"name": "Bob", "password": PASSWORD}).status_code == 303
    assert client.another().post("/practice/sign-in/code", {"code": code}).status_code == 303
    last = client.another()
    assert "wrong tr" not in last.follow(last.post("/practice/sign-in", EMAIL)).text


def test_behind_a_proxy_that_speaks_https_one_can_sign_in(client, ann):
    browser = plain(client)
    page = browser.get("/practice/sign-in", headers={"x-forwarded-proto": "https"})
    assert 'action="/practice/sign-in"' in page.text


def test_a_browser_that_keeps_no_cookie_is_told_and_uses_nothing_up(client, ann):
    browser, token = client.another(), token_for(client, "bob@example.org", clinic=clinic_of(client).id)
    code = code_on(ann.post("/practice/account/code"))
    for path, fields in (
        (f"/practice/welcome/{token}", {"name": "Bob", "password": PASSWORD}),
        ("/practice/sign-in", EMAIL),
        ("/practice/sign-in/code", {"code": code}),
    ):
        probe = hidden(browser.get(path).text, "probe")
        browser.cookies.clear()
        page = browser.post(path, fields | {"probe": probe})
        assert page.status_code == 422
        assert "did not keep our cookie" in page.text
        assert browser.get(path).status_code == 200
        assert browser.post(path, fields | {"probe": probe}).status_code == 303, path
        browser.cookies.clear()


def test_a_link_that_opens_no_more_says_why_and_what_to_do(client, clock, ann):
    used, expired = (token_for(client, f"{n}@example.org", clinic=clinic_of(client).id) for n in "ab")
    browser = client.another()
    assert browser.post(f"/practice/welcome/{used}", {"password": PASSWORD}).status_code == 303
    for answer in (
        browser.get(f"/practice/welcome/{used}"),
        browser.post(f"/practice/welcome/{used}", {"password": PASSWORD}),
    ):
        assert answer.status_code == 404
        assert "has already been used" in answer.text
        assert 'href="/practice/sign-in"' in answer.text
        assert "ask your clinic’s owner for a new link" in answer.text
    clock.now += timedelta(days=7)
    assert "expired" in browser.get(f"/practice/welcome/{expired}").text
    assert "A newer one may have replaced it" in browser.get("/practice/welcome/never").text


@pytest.mark.parametrize("long", ["x" * 19_000, "針" * 6_000])
def test_a_long_text_comes_back_whole(client, clock, ann, long):
    give(patient := client.another(), asked(patient, ann))
    share = opened(ann)
    end(clock)

    back = sign_in_again(ann, ann.post(f"{share}/note", {"note": long}).text)

    assert long in ann.follow(back).text


def test_a_text_that_is_too_long_to_be_kept_is_told(client, clock, ann):
    give(patient := client.another(), asked(patient, ann))
    share = opened(ann)
    end(clock)

    page = ann.post(f"{share}/note", {"note": "x" * 2 * UNSENT_BYTES}).text

    assert "too long to keep here" in page
    assert "What you typed is not saved yet" not in page


def test_an_older_text_never_comes_back_over_a_newer_one(client, clock, ann):
    give(patient := client.another(), asked(patient, ann))
    share = opened(ann)
    end(clock)
    back = sign_in_again(ann, ann.post(f"{share}/note", {"note": "STALE"}).text)
    assert "STALE" in ann.follow(back).text

    assert ann.post(f"{share}/note", {"note": "FRESH, and longer"}).status_code == 303

    assert "STALE" not in ann.get(f"{share}/note?typed=1").text
    assert "FRESH, and longer" in ann.get(f"{share}/note?typed=1").text


def whose(page):
    return hidden(page.text, "whose")


def test_who_signs_out_in_one_tab_and_sends_from_another_finds_the_words_again(client, ann):
    give(patient := client.another(), asked(patient, ann))
    share = opened(ann)
    note = {"note": TYPED, "whose": whose(ann.get(f"{share}/note"))}
    ann.post("/practice/sign-out")

    page = ann.post(f"{share}/note", note)

    assert page.status_code == 401
    assert TYPED[:8] not in page.text
    assert ann.get(share).headers["location"].startswith("/practice/sign-in?next=")
    back = sign_in_again(ann, page.text)
    assert back.headers["location"] == f"{share}/note?typed=1"
    assert TYPED in unescape(ann.follow(back).text)


@pytest.mark.parametrize("cookie", ["lost", "kept"])
@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("{share}/note", {"note": TYPED}),
        ("{share}/send", {"note": TYPED}),
        ("/practice/links", {"note": TYPED, "kind": "personal"}),
        ("/practice/people", {"email": "new@example.org", "name": "LI4, ST36"}),
        ("/practice/clinic", {"name": "LI4, ST36"}),
        ("/practice/account/name", {"name": "LI4, ST36"}),
        ("/practice/find", {"alias": "LI4, ST36"}),
    ],
)
def test_what_one_typed_is_never_another_s(client, ann, path, fields, cookie):
    """Ann signs out, Bob signs in at the same browser, Ann's old tab sends."""
    signed_in(client, "bob@example.org", name="Bob", clinic=clinic_of(client).id)
    key = re.search(r"/practice/people/([0-9a-f-]+)/remove", ann.get("/practice/people").text)[1]
    ann.post(f"/practice/people/{key}/role", {"role": "owner"})
    give(patient := client.another(), asked(patient, ann))
    path = path.format(share=opened(ann))
    shown = path.replace("/find", "").replace("/account/name", "/account")
    sent = fields | {"whose": whose(ann.get(shown))}
    assert sent["whose"]
    ann.post("/practice/sign-out")
    bob = {"email": "bob@example.org", "password": PASSWORD}
    if cookie == "lost":
        ann.cookies.clear()
    else:
        assert ann.post("/practice/sign-in", bob).status_code == 303

    page = ann.post(path, sent)

    assert page.status_code == 401, page.text
    assert TYPED[:8] not in page.text
    if cookie == "kept":
        assert "Someone else is now signed in" in page.text
    (as_bob := client.another()).get("/practice/sign-in")
    back = sign_in_again(as_bob, page.text, **bob)
    assert back.headers["location"] == shown
    assert TYPED[:8] not in as_bob.follow(back).text
    assert TYPED[:8] not in as_bob.get(f"{shown}?typed=1").text
    back = sign_in_again(ann, page.text)
    assert back.headers["location"] == f"{shown}?typed=1"
    assert TYPED[:8] in ann.follow(back).text


def test_words_of_whoever_was_removed_are_shown_to_copy_and_carried_to_nobody(client, ann):
    bob = signed_in(client, "bob@example.org", name="Bob", clinic=clinic_of(client).id)
    key = re.search(r"/practice/people/([0-9a-f-]+)/remove", ann.get("/practice/people").text)[1]
    give(patient := client.another(), asked(patient, ann))
    share = opened(ann)
    note = {"note": TYPED, "whose": whose(bob.get(f"{share}/note"))}
    ann.post(f"/practice/people/{key}/remove")

    for fields in (note, {"note": TYPED}):
        page = bob.post(f"{share}/note", fields)
        assert page.status_code == 401
        assert "What you typed was not saved" in page.text
        assert TYPED in unescape(page.text)
        (other := client.another()).get("/practice/sign-in")
        back = sign_in_again(other, page.text)
        assert back.headers["location"] == f"{share}/note"


def test_an_ended_sign_in_says_one_sentence_to_a_press_by_script(client, clock, ann):
    give(patient := client.another(), asked(patient, ann))
    share = opened(ann)
    end(clock)
    said = ann.post(f"{share}/seen", {"seen": "yes"}, headers={"hx-request": "true"})
    assert said.status_code == 401
    assert said.text.startswith("Not saved: your sign-in has ended.")


def test_a_text_that_is_too_long_is_shown_to_copy(client, clock, ann):
    give(patient := client.another(), asked(patient, ann))
    share = opened(ann)
    end(clock)
    page = ann.post(f"{share}/note", {"note": "word " * 3_900 + "針" * 400})
    assert "too long to keep here" in page.text
    assert "針" * 400 in page.text


def test_words_that_come_back_to_a_share_that_is_gone_are_shown_to_copy(client, clock, ann):
    own = give(patient := client.another(), asked(patient, ann))
    share = opened(ann)
    for path in (f"{share}/note", f"{share}/send"):
        end(clock)
        page = ann.post(path, {"note": TYPED})
        if path.endswith("note"):
            patient.post(f"{own}/withdraw")
        gone = ann.follow(sign_in_again(ann, page.text))
        assert gone.status_code == 404
        assert "no longer shares these answers" in gone.text
        assert TYPED in unescape(gone.text)
