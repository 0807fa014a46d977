"""Codes that open one's own answers on another phone: how they are read, used once, counted, and locked."""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st

from acupwa.db.attempts import Wait
from acupwa.db.encryption import KeyRing
from acupwa.person.codes import (
    ALPHABET,
    LENGTH,
    SAME_CODE_FOR,
    TRIES_BY_ADDRESS,
    TRIES_BY_ALL,
    network_of,
    read_code,
    shown_code,
)
from acupwa.person.model import DeviceInUse, Opened, WrongCode
from acupwa.person.service import (
    find_code,
    find_person,
    forget_codes,
    forget_other_devices,
    list_devices,
    make_code,
    make_person,
    use_code,
)
from tests.support.database import KEY
from tests.support.paths import ROOT
from tests.support.people import RA, answer_quiz, fill

HERE, THERE = "192.0.2.7", "198.51.100.9"
codes = st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH)


@given(codes, st.sampled_from(["", " ", "-", "–"]), st.booleans())
def test_a_code_is_read_as_it_was_shown_in_any_case_and_spacing(code, between, lower):
    typed = between.join(code)

    assert read_code(typed.lower() if lower else typed) == code
    assert read_code(shown_code(code)) == code


@given(st.text(max_size=12))
def test_anything_else_is_no_code(typed):
    read = read_code(typed)

    assert read is None or (len(read) == LENGTH and set(read) <= set(ALPHABET))


AROUND = (
    "",
    " ",
    "\u200b",
    "\u202a",
    "\u00a0",
    "\u3000",
    "\ufeff",
    ".",
    ",",
    ")",
    "(",
    "“",
    "”",
    "«",
    "'",
    "*",
    "_",
    "~",
    "🔑️",
    "\n",
)
BETWEEN = (
    "",
    " ",
    "-",
    "–",
    "—",
    "‑",
    "−",
    "ー",
    "・",
    ".",
    "_",
    "/",
    "#",
    "\u200b",
    "\u00ad",
    "\u2009",
    "\t",
    "\u202e",
    " - ",
    "＿",
)
ADDRESSES = (
    "https://acupwa.example/resume#{code}", "acupwa.example/resume#{code}", "http://127.0.0.1:8000/resume#{code}",
    "<https://acupwa.example/resume?from=chat#{code}>", "Open https://acupwa.example/resume#{code} soon",
    "https://acupwa.example/l/{code}", "acupwa.example/l/{code}/?utm_source=chat", "/l/{code}", "localhost/l/{code}).",
)  # fmt: skip


def full_width(text):
    return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)


@given(codes, st.sampled_from(BETWEEN), st.sampled_from(AROUND), st.sampled_from(AROUND), st.booleans(), st.booleans())
def test_a_code_is_read_however_keyboards_and_chats_change_it(code, between, before, after, lower, wide):
    typed = before + between.join((code[:3], code[3:])) + after
    typed = full_width(typed) if wide else typed

    assert read_code(typed.lower() if lower else typed) == code


@given(codes, st.sampled_from(ADDRESSES), st.booleans(), st.sampled_from(("", "\u200b", ".", "”")))
def test_a_code_is_read_from_the_whole_address(code, address, lower, after):
    assert read_code(address.format(code=code.lower() if lower else shown_code(code)) + after) == code


@given(codes)
def test_a_code_selected_with_its_spelled_twin_is_that_code(code):
    assert read_code(f"{shown_code(code)}{' '.join(code)}") == code


@given(codes, st.integers(1, LENGTH), st.characters(categories=("L", "N", "M", "Co")))
def test_a_letter_too_many_makes_it_no_code_rather_than_another(code, place, letter):
    assert read_code(code[:place] + letter + code[place:]) is None or letter in "ーｰ\ufe0e\ufe0f"


@given(codes, st.integers(0, LENGTH - 1), st.characters(categories=("L", "N", "Co")))
def test_a_letter_in_place_of_another_makes_it_no_code_or_looks_like_one_of_ours(code, place, letter):
    read = read_code(code[:place] + letter + code[place + 1 :])

    plain = unicodedata.normalize("NFKC", letter).upper()
    assert read is None or plain in ALPHABET or plain in "СНКМРТХУΗΚΜΝΡΤΥΧ"


@pytest.mark.parametrize(
    "typed", ["XX/CDFHJK", "CDFHJ\u030cK", "🇨DFHJK", "1CDFHJK", "CDFHJK CDFHJM", "CDFHJ", "", "½CDFHJK"]
)
def test_what_only_looks_like_a_code_is_none(typed):
    assert read_code(typed) is None


def test_a_code_is_copied_once():
    styles = (ROOT / "static/css/person.css").read_text()
    assert re.search(r"\.code-letters \.hidden-visually \{[^}]*user-select: none", styles)


def test_no_letter_of_a_code_can_be_taken_for_another():
    assert not set(ALPHABET) & set("AEIOU0158LSZBG2")
    assert len(ALPHABET) ** LENGTH > 16_000_000


def test_one_place_is_an_address_or_the_network_that_a_phone_gets():
    assert network_of("2001:db8:1:2:3::1") == network_of("2001:db8:1:2:ffff::9")
    assert network_of("2001:db8:1:3::1") != network_of("2001:db8:1:2::1")
    assert network_of("::ffff:192.0.2.7") == network_of("192.0.2.7")
    assert network_of("") == network_of("not an address") == "unknown"


def test_a_code_opens_once_and_both_browsers_are_the_person_s(database):
    person, token = database.work(make_person)
    code, _ = database.work(make_code, person.id, "move")

    opened = database.work(use_code, code, HERE, None, False)

    assert isinstance(opened, Opened)
    assert database.work(find_person, opened.token) == person == database.work(find_person, token)
    assert [device.own for device in database.work(list_devices, person.id, opened.token)] == [False, True]
    assert database.work(use_code, code, HERE, None, False) == WrongCode()
    assert database.work(forget_other_devices, person.id, opened.token) == 1
    assert database.work(find_person, token) is None


@pytest.mark.parametrize(("kind", "lasts"), [("pause", timedelta(days=7)), ("move", timedelta(minutes=10))])
def test_a_code_ends_at_its_time(database, clock, kind, lasts):
    person, _ = database.work(make_person)
    code, handover = database.work(make_code, person.id, kind)
    assert handover.expires_at == clock.now + lasts

    clock.now += lasts

    assert database.work(use_code, code, HERE, None, False) == WrongCode()
    assert database.work(forget_codes) >= 1


def test_a_button_that_was_pressed_twice_gives_the_same_code(database):
    person, _ = database.work(make_person)

    assert database.work(make_code, person.id, "move") == database.work(make_code, person.id, "move")


def test_a_new_code_ends_the_one_before_of_its_kind(database, clock):
    person, _ = database.work(make_person)
    first, _ = database.work(make_code, person.id, "move")
    clock.now += SAME_CODE_FOR
    pause, _ = database.work(make_code, person.id, "pause")
    second, _ = database.work(make_code, person.id, "move")

    assert database.work(use_code, first, HERE, None, False) == WrongCode()
    assert isinstance(database.work(use_code, second, HERE, None, False), Opened)
    assert isinstance(database.work(use_code, pause, HERE, None, False), Opened)


def test_a_browser_of_another_person_is_asked_before_it_changes_hands(database):
    person, _ = database.work(make_person)
    other, other_token = database.work(make_person)
    code, _ = database.work(make_code, person.id, "move")

    assert database.work(use_code, code, HERE, other.id, False) == DeviceInUse()
    assert database.work(find_person, other_token) == other

    opened = database.work(use_code, code, HERE, other.id, True)
    assert isinstance(opened, Opened)
    assert database.work(find_person, other_token) is None


def test_the_own_browser_needs_no_new_key(database):
    person, token = database.work(make_person)
    code, _ = database.work(make_code, person.id, "pause")

    opened = database.work(use_code, code, HERE, person.id, False)

    assert isinstance(opened, Opened)
    assert opened.token is None
    assert len(database.work(list_devices, person.id, token)) == 1


def test_twenty_wrong_codes_lock_that_address_and_no_other_for_an_hour(database, clock):
    person, _ = database.work(make_person)
    right, _ = database.work(make_code, person.id, "pause")
    wrong = "CDFHJK" if right != "CDFHJK" else "CDFHJM"
    for _ in range(TRIES_BY_ADDRESS):
        assert database.work(use_code, wrong, HERE, None, False) == WrongCode()
        clock.now += timedelta(seconds=1)

    locked = database.work(use_code, right, HERE, None, False)

    assert locked == Wait(3600 - TRIES_BY_ADDRESS)
    clock.now += timedelta(seconds=locked.seconds)
    assert isinstance(database.work(use_code, right, HERE, None, False), Opened)


def test_many_addresses_together_lock_too(database, clock, monkeypatch):
    monkeypatch.setattr("acupwa.person.service.TRIES_BY_ALL", 30)
    person, _ = database.work(make_person)
    code, _ = database.work(make_code, person.id, "pause")
    wrong = "CDFHJK" if code != "CDFHJK" else "CDFHJM"
    for place in range(30):
        assert database.work(use_code, wrong, f"192.0.2.{place}", None, False) == WrongCode()

    assert isinstance(database.work(use_code, code, THERE, None, False), Wait)
    assert TRIES_BY_ALL == 1_000


# ------------------------------------------------------------------ on the pages


def code_on(page):
    return re.search(r'class="code-letters"><span[^>]*>([A-Z]{3}-[A-Z]{3})<', page.text)[1]


def test_a_pause_keeps_the_screen_and_its_code_carries_on_in_another_browser(client):
    place = fill(client, RA, until="ratings")

    paused = client.follow(client.post(f"{place}/ratings/pause", {"ratings.fatigue": "8"}))

    assert paused.status_code == 200
    assert f"/resume#{code_on(paused).replace('-', '')}" not in paused.text, "the code stands in no address"
    other = client.another()
    went = other.post("/resume", {"code": code_on(paused).lower()})
    assert went.headers["location"] == place
    screen = other.follow(other.follow(went))
    assert re.search(
        r'name="ratings.fatigue"[^>]*value="8"[^>]*checked|value="8"[^>]*name="ratings.fatigue"[^>]*checked',
        screen.text,
    )


def test_a_code_is_shown_to_its_owner_as_long_as_it_opens_something(client, clock):
    answer_quiz(client, RA)
    went = client.post("/me/move")
    assert went.headers["location"] == "/me/move"
    code = code_on(client.follow(went))
    clock.now += timedelta(minutes=9)
    assert code_on(client.get("/me/move")) == code
    other = client.another()
    assert other.get("/me/move").status_code == 404
    answer_quiz(other, RA)
    assert other.get("/me/move").headers["location"] == "/me"

    clock.now += timedelta(minutes=2)

    assert client.get("/me/move").headers["location"] == "/me"


@pytest.mark.parametrize("end", ["used", "deleted", "past its time"])
def test_a_code_of_a_pause_is_shown_until_it_opens_nothing(client, clock, end):
    place = fill(client, RA, until="ratings")
    went = client.post(f"{place}/ratings/pause", {"ratings.fatigue": "8"})
    code = code_on(client.follow(went))
    clock.now += timedelta(days=6)
    shown = client.get(went.headers["location"])
    assert code_on(shown) == code
    assert client.another().get(went.headers["location"]).status_code == 404
    if end == "used":
        client.another().post("/resume", {"code": code})
    elif end == "deleted":
        client.post(f"/me/check-ins/{place.rpartition('/')[2]}/delete")
    else:
        clock.now += timedelta(days=2)

    gone = client.get(went.headers["location"])
    assert gone.status_code == 404 if end == "deleted" else gone.headers["location"] == place


def test_a_code_made_with_an_older_key_is_shown_as_it_was(database):
    person, _token = database.work(make_person)
    code, _handover = database.work(make_code, person.id, "move")
    newer = KeyRing((Fernet.generate_key().decode(), KEY))

    found = database.work(lambda db, now: find_code(_with_keys(db, newer), now, person.id, "move"))

    assert found[0] == code


def _with_keys(db, keys):
    db.info["keys"] = keys
    return db


def test_a_wrong_code_is_told_beside_the_field_and_kept(client):
    for typed, words in (("ABC", "six letters"), ("CDFHJK", "opens nothing")):
        answer = client.post("/resume", {"code": typed})

        assert answer.status_code == 422
        assert words in answer.text
        assert f'value="{typed}"' in answer.text
        assert answer.text.count("<title>Error: ")


def test_a_code_tried_twenty_times_is_locked_calmly(client):
    for _ in range(TRIES_BY_ADDRESS):
        assert client.post("/resume", {"code": "CDFHJK"}).status_code == 422

    locked = client.post("/resume", {"code": "CDFHJK"})

    assert locked.status_code == 429
    assert 0 < int(locked.headers["retry-after"]) <= 3600
    assert "Nothing is lost" in locked.text


def test_the_right_code_waits_too_while_it_is_locked_and_works_after(client, clock):
    place = fill(client, RA, until="ratings")
    right = code_on(client.follow(client.post(f"{place}/ratings/pause", {"ratings.fatigue": "8"})))
    before = client.get("/me/export.json").json()["check_ins"]
    other = client.another()
    wrong = "CDF-HJK" if right != "CDF-HJK" else "CDF-HJM"
    for _ in range(TRIES_BY_ADDRESS):
        other.post("/resume", {"code": wrong})

    locked = other.post("/resume", {"code": right})

    assert locked.status_code == 429
    assert f'value="{right}"' in locked.text, "it need not be typed anew"
    assert not other.cookies
    assert client.get("/me/export.json").json()["check_ins"] == before
    assert client.get(place, headers={"sec-fetch-site": "none"}).status_code == 303, "the own browser goes on as it was"
    clock.now += timedelta(seconds=int(locked.headers["retry-after"]))
    assert other.post("/resume", {"code": right}).headers["location"] == place


def test_another_s_answers_are_never_put_aside_in_silence(client):
    answer_quiz(client, RA)
    code = code_on(client.follow(client.post("/me/move")))
    other = client.another()
    answer_quiz(other, RA)
    before = other.get("/me/export.json").json()

    asked = other.post("/resume", {"code": code})

    assert asked.status_code == 409
    assert "holds other answers already" in asked.text
    assert other.get("/me/export.json").json()["check_ins"] == before["check_ins"]
    assert other.post("/resume", {"code": code, "replace": "yes"}).headers["location"] == "/me"
    mine = client.get("/me/export.json").json()
    assert other.get("/me/export.json").json()["check_ins"] == mine["check_ins"]
    assert "These can open your answers" in client.get("/me").text
    client.post("/me/devices/forget-others")
    assert "We hold nothing about you" in other.get("/me").text


def test_clearing_a_phone_takes_its_key_and_leaves_the_answers_to_the_others(client):
    answer_quiz(client, RA)
    other = client.another()
    assert "key to your answers" not in other.get("/me/clear").text
    other.post("/resume", {"code": code_on(client.follow(client.post("/me/move")))})
    before = other.get("/me/export.json").json()["check_ins"]
    assert "key to your answers" in client.get("/me/clear").text
    assert client.get("/me/export.json").status_code == 200, "asking takes nothing"
    token = dict(client.cookies)

    cleared = client.post("/me/clear")

    assert cleared.status_code == 200
    assert "This phone is clear" in cleared.text
    assert cleared.headers["clear-site-data"] == '"cache", "storage"'
    assert not client.cookies
    client.cookies.update(token)
    assert client.get("/me/export.json").status_code == 404, "a copy of the key opens nothing"
    assert other.get("/me/export.json").json()["check_ins"] == before
    assert other.post("/me/clear").status_code == other.post("/me/clear").status_code == 200


def test_a_code_can_be_made_only_of_ones_own(client):
    assert client.post("/me/move").status_code == 404
    assert client.post("/quiz/0191f0a0-0000-7000-8000-000000000000/ratings/pause").status_code == 404


@pytest.mark.browser
def test_the_picture_leads_the_other_phone_to_the_answers(browser, shared_server, phone):
    """The QR code is read back from the pixels of a screenshot, as a camera would."""
    from playwright.sync_api import expect

    from tests.support.browser import PHONE
    from tests.support.qr import read_qr
    from tests.support.walk import finish, to_review

    to_review(phone, RA)
    finish(phone)
    phone.goto("/me")
    with phone.expect_event("load"):
        phone.get_by_role("button", name="Make a code").click()
    address = read_qr(phone.locator("svg.qr").screenshot())
    assert address.startswith(shared_server.url + "/resume#")

    context = browser.new_context(**PHONE)
    other = context.new_page()
    other.goto(address)
    expect(other.locator("[name=code]")).to_have_value(re.compile("^[A-Z]{6}$"))
    assert "#" not in other.url
    with other.expect_event("load"):
        other.get_by_role("button", name="Carry on").click()
    assert other.get_by_text("1 check-in").first.is_visible()
    context.close()
