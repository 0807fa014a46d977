"""Codes that open one's own answers on another phone: how they are read, used once, counted, and locked."""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from acupwa.db.attempts import Wait
from acupwa.db.encryption import KeyRing, fingerprints
from acupwa.person.code_service import find_code, forget_codes, make_code
from acupwa.person.codes import (
    ALPHABET,
    LENGTH,
    OLD_LENGTH,
    SAME_CODE_FOR,
    TRIES_BY_ADDRESS,
    read_code,
    shown_code,
)
from acupwa.person.model import Opened, WrongCode
from acupwa.person.service import find_person, forget_other_devices, list_devices, make_person
from acupwa.person.store import HandoverRow
from acupwa.wording import date_words
from tests.support.codes import ALSO_WRONG, NEWCOMER, WRONG, code_on, opened, resume
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
    typed = before + between.join((code[:4], code[4:])) + after
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
    "typed",
    [
        "XX/" + WRONG,
        "CDFHJ\u030cKMNPQRT",
        "🇨DFHJKMNPQRT",
        "1" + WRONG,
        f"{WRONG} {ALSO_WRONG}",
        WRONG[:-1],
        "",
        "½" + WRONG,
        "CDFHJ",
        "1CDFHJK",
    ],
)
def test_what_only_looks_like_a_code_is_none(typed):
    assert read_code(typed) is None


def test_a_code_is_copied_once():
    styles = (ROOT / "static/css/person.css").read_text()
    assert re.search(r"\.code-letters \.hidden-visually \{[^}]*user-select: none", styles)


def test_no_letter_of_a_code_can_be_taken_for_another():
    assert not set(ALPHABET) & set("AEIOU0158LSZBG2")
    assert len(ALPHABET) ** LENGTH == 2**48


@given(st.text(ALPHABET, min_size=OLD_LENGTH, max_size=OLD_LENGTH))
def test_a_short_code_of_an_earlier_version_is_read_too(code):
    assert read_code(f"{code[:3]}-{code[3:].lower()}") == code


def test_a_code_opens_once_and_both_browsers_are_the_person_s(database):
    person, token = database.work(make_person, NEWCOMER)
    code, _ = database.work(make_code, person.id, "move")

    now_open = database.work(opened, code)

    assert isinstance(now_open, Opened)
    assert database.work(find_person, now_open.token) == person == database.work(find_person, token)
    assert [device.own for device in database.work(list_devices, person.id, now_open.token)] == [False, True]
    assert database.work(opened, code) == WrongCode()
    assert database.work(forget_other_devices, person.id, now_open.token) == 1
    assert database.work(find_person, token) is None


@pytest.mark.parametrize(("kind", "lasts"), [("pause", timedelta(days=7)), ("move", timedelta(minutes=10))])
def test_a_code_ends_at_its_time(database, clock, kind, lasts):
    person, _ = database.work(make_person, NEWCOMER)
    code, handover = database.work(make_code, person.id, kind, None, 30)
    assert handover.expires_at == clock.now + lasts

    clock.now += lasts

    assert database.work(opened, code) == WrongCode()
    assert database.work(forget_codes) >= 1


def test_a_pause_says_no_longer_than_its_draft_is_kept(database, clock):
    person, _ = database.work(make_person, NEWCOMER)

    _, handover = database.work(make_code, person.id, "pause", None, 3)

    assert handover.expires_at == clock.now + timedelta(days=3)


def test_a_check_in_that_is_paused_again_keeps_its_code_and_has_its_whole_time(database, clock):
    person, _ = database.work(make_person, NEWCOMER)
    first, _ = database.work(make_code, person.id, "pause", None, 30)
    clock.now += timedelta(days=6)

    again, handover = database.work(make_code, person.id, "pause", None, 30)

    assert again == first
    assert handover.expires_at == clock.now + timedelta(days=7)
    clock.now += timedelta(days=6)
    assert isinstance(database.work(opened, first), Opened)


def test_a_button_that_was_pressed_twice_gives_the_same_code(database):
    person, _ = database.work(make_person, NEWCOMER)

    assert database.work(make_code, person.id, "move") == database.work(make_code, person.id, "move")


def test_a_new_code_ends_the_one_before_of_its_kind(database, clock):
    person, _ = database.work(make_person, NEWCOMER)
    first, _ = database.work(make_code, person.id, "move")
    clock.now += SAME_CODE_FOR
    pause, _ = database.work(make_code, person.id, "pause", None, 30)
    second, _ = database.work(make_code, person.id, "move")

    assert database.work(opened, first) == WrongCode()
    assert isinstance(database.work(opened, second), Opened)
    assert isinstance(database.work(opened, pause), Opened)


def test_a_browser_holds_one_person(database):
    person, _ = database.work(make_person, NEWCOMER)
    other, other_token = database.work(make_person, NEWCOMER)
    code, _ = database.work(make_code, person.id, "move")

    assert isinstance(database.work(opened, code, HERE, other.id), Opened)

    assert database.work(find_person, other_token) is None


def test_the_own_browser_needs_no_new_key(database):
    person, token = database.work(make_person, NEWCOMER)
    code, _ = database.work(make_code, person.id, "pause", None, 30)

    now_open = database.work(opened, code, HERE, person.id)

    assert isinstance(now_open, Opened)
    assert now_open.token is None
    assert len(database.work(list_devices, person.id, token)) == 1


def test_twenty_wrong_codes_make_that_place_wait_and_the_right_one_opens_all_the_same(database, clock):
    person, _ = database.work(make_person, NEWCOMER)
    right, _ = database.work(make_code, person.id, "pause", None, 30)
    for _ in range(TRIES_BY_ADDRESS):
        assert database.work(opened, WRONG) == WrongCode()
        clock.now += timedelta(seconds=1)

    assert database.work(opened, WRONG) == Wait(3600 - TRIES_BY_ADDRESS)
    assert database.work(opened, WRONG, THERE) == WrongCode()
    assert isinstance(database.work(opened, right), Opened)
    clock.now += timedelta(hours=1)
    assert database.work(opened, WRONG) == WrongCode()


def test_a_short_code_of_before_waits_with_its_place_as_it_could_be_guessed(database):
    person, _ = database.work(make_person, NEWCOMER)
    code, _ = database.work(make_code, person.id, "pause", None, 30)
    old = code[:OLD_LENGTH]
    hashed = database.work(lambda db, now: fingerprints(db, "code", old)[0])
    database.work(lambda db, now: db.exec(update(HandoverRow).values(code_hash=hashed)))
    for _ in range(TRIES_BY_ADDRESS):
        database.work(opened, WRONG)

    assert isinstance(database.work(opened, old), Wait)
    assert database.work(find_code, person.id, "pause")[0] == old, "its owner still sees it"
    assert isinstance(database.work(opened, old, THERE), Opened)


def test_many_places_together_slow_wrong_ones_down_and_tell_the_operator_once(database, monkeypatch, capsys):
    monkeypatch.setattr("acupwa.person.code_service.TRIES_BY_ALL", 30)
    person, _ = database.work(make_person, NEWCOMER)
    code, _ = database.work(make_code, person.id, "pause", None, 30)
    for place in range(30):
        assert database.work(opened, WRONG, f"192.0.2.{place}") == WrongCode()

    assert database.work(opened, WRONG, THERE) == database.work(opened, WRONG, "198.51.100.7") == WrongCode(slow=True)
    assert isinstance(database.work(opened, code, THERE), Opened)
    told = capsys.readouterr().err
    assert told.count("many tries") == 1
    assert THERE not in told


# ------------------------------------------------------------------ on the pages


def test_a_pause_keeps_the_screen_and_its_code_carries_on_in_another_browser(client):
    place = fill(client, RA, until="ratings")

    paused = client.follow(client.post(f"{place}/ratings/pause", {"ratings.fatigue": "8"}))

    assert paused.status_code == 200
    assert f"/resume#{code_on(paused).replace('-', '')}" not in paused.text, "the code stands in no address"
    other = client.another()
    went = resume(other, code_on(paused).lower())
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


@pytest.mark.parametrize("end", ["used", "deleted", "expired"])
def test_a_code_of_a_pause_is_shown_until_it_opens_nothing(client, clock, end):
    place = fill(client, RA, until="ratings")
    went = client.post(f"{place}/ratings/pause", {"ratings.fatigue": "8"})
    code = code_on(client.follow(went))
    clock.now += timedelta(days=6)
    shown = client.get(went.headers["location"])
    assert code_on(shown) == code
    assert client.another().get(went.headers["location"]).status_code == 404
    if end == "used":
        resume(client.another(), code)
    elif end == "deleted":
        client.post(f"/me/check-ins/{place.rpartition('/')[2]}/delete")
    else:
        clock.now += timedelta(days=2)

    gone = client.get(went.headers["location"])
    assert gone.status_code == 404 if end == "deleted" else gone.headers["location"] == place


def test_a_code_made_with_an_older_key_is_shown_as_it_was(database):
    person, _token = database.work(make_person, NEWCOMER)
    code, _handover = database.work(make_code, person.id, "move")
    newer = KeyRing((Fernet.generate_key().decode(), KEY))

    found = database.work(lambda db, now: find_code(_with_keys(db, newer), now, person.id, "move"))

    assert found[0] == code


def _with_keys(db, keys):
    db.info["keys"] = keys
    return db


def test_a_wrong_code_is_told_beside_the_field_and_kept(client):
    for typed, words in (("ABC", "12 letters"), (WRONG, "does not work")):
        answer = client.post("/resume", {"code": typed})

        assert answer.status_code == 422
        assert words in answer.text
        assert f'value="{typed}"' in answer.text
        assert answer.text.count("<title>Error: ")


def test_a_code_tried_twenty_times_is_locked_calmly(client):
    for _ in range(TRIES_BY_ADDRESS):
        assert client.post("/resume", {"code": WRONG}).status_code == 422

    locked = client.post("/resume", {"code": WRONG})

    assert locked.status_code == 429
    assert 0 < int(locked.headers["retry-after"]) <= 3600
    assert "Nothing is lost" in locked.text


def test_the_right_code_opens_while_wrong_ones_wait(client):
    place = fill(client, RA, until="ratings")
    right = code_on(client.follow(client.post(f"{place}/ratings/pause", {"ratings.fatigue": "8"})))
    other = client.another()
    for _ in range(TRIES_BY_ADDRESS):
        other.post("/resume", {"code": WRONG})
    assert other.post("/resume", {"code": WRONG}).status_code == 429

    assert resume(other, right).headers["location"] == place


def test_a_code_says_what_it_opens_before_it_does(client, clock):
    answer_quiz(client, RA)
    begun = date_words(clock.now)
    clock.now += timedelta(days=3)
    code = code_on(client.follow(client.post("/me/move")))
    other = client.another()

    told = other.post("/resume", {"code": code})

    assert told.status_code == 200
    assert "Are these your answers?" in told.text
    for words in (
        f"started on {begun}",
        "There is 1 check-in.",
        "open on 1 other phone",
        "Did someone else give you",
    ):
        assert words in told.text, words
    assert not other.cookies, "nothing was opened"
    assert 'name="replace"' not in told.text
    assert resume(other, code, end_others="yes").headers["location"] == "/me"
    assert "We hold nothing about you" in client.get("/me").text
    assert len(other.get("/me/export.json").json()["devices"]) == 1


def test_another_s_answers_are_never_put_aside_in_silence(client):
    answer_quiz(client, RA)
    code = code_on(client.follow(client.post("/me/move")))
    other = client.another()
    answer_quiz(other, RA)
    before = other.get("/me/export.json").json()

    asked = other.post("/resume", {"code": code})

    assert asked.status_code == 200
    assert "already has other answers" in asked.text
    assert resume(other, code).status_code == 200, "a yes that was not asked for what would go"
    assert other.get("/me/export.json").json()["check_ins"] == before["check_ins"]
    assert resume(other, code, replace="yes").headers["location"] == "/me"
    mine = client.get("/me/export.json").json()
    assert other.get("/me/export.json").json()["check_ins"] == mine["check_ins"]
    assert "Devices with access" in client.get("/me/data").text
    client.post("/me/devices/forget-others")
    assert "We hold nothing about you" in other.get("/me").text


def test_clearing_a_phone_takes_its_key_and_leaves_the_answers_to_the_others(client):
    answer_quiz(client, RA)
    other = client.another()
    assert "key to your answers" not in other.get("/me/clear").text
    resume(other, code_on(client.follow(client.post("/me/move"))))
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

    from tests.support.browser import PHONE, SAVES_DATA
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
    context.add_init_script(SAVES_DATA)
    other = context.new_page()
    other.goto(address)
    expect(other.locator("[name=code]")).to_have_value(re.compile("^[A-Z]{12}$"))
    assert "#" not in other.url
    with other.expect_event("load"):
        other.get_by_role("button", name="Carry on").click()
    with other.expect_event("load"):
        other.get_by_role("button", name="Yes, they are mine").click()
    expect(other.get_by_role("link", name=re.compile("^Check-in of "))).to_have_count(1)
    context.close()
