"""New passwords: which are refused, and why, beside the field; and that each is taken as it was typed."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from acupwa.practice.accounts.forms import new_password_fault
from acupwa.practice.accounts.model import Clinic, Practitioner
from acupwa.practice.accounts.passwords import fits, hash_password
from acupwa.practice.accounts.weak_password import find_weakness, own_words
from tests.support.html_page import Page
from tests.support.practitioners import COOKIE, PASSWORD, signed_in, token_for

CLINIC = Clinic(id=uuid4(), name="Needle Lane", contact="Tel. 01632 960123", colours="teal")
ANN = Practitioner(
    id=uuid4(), clinic_id=CLINIC.id, email="ann.miller@herbs-york.example", name="Änn Lee", role="owner",
    created_at=datetime.now(UTC),
)  # fmt: skip
OWN = own_words(CLINIC, ANN, "https://clinic-one.example:8000")
COMMON = [word for word in FREQUENCY_LISTS["passwords"][:5_000] if len(word) >= 5 and word.isalpha()]
WORDS = [word for word in FREQUENCY_LISTS["english_wikipedia"][500:] if len(word) >= 4 and word.isalpha()]
BESIDE = st.sampled_from(["1", "12", "123", "1234", "2024", "2024!", "!", "!!!", "99", "#1", "01", "...", "1975"])


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("password1234", "common"), ("P@ssw0rd12345", "common"), ("iloveyou1234", "common"), ("qwertyuiop12", "common"),
        ("iloveyou!9#2024$", "common"), ("p-a-s-s-w-o-r-d-1", "common"), ("passwordpassword", "common"),
        ("Summer2024!!!", "common"), ("drowssap4321", "common"), ("correct horse battery staple", "common"),
        ("123456789012", None), ("210987654321", None), ("abcdefghijkl", None), ("1q2w3e4r5t6y", None),
        ("asdfghjkl;'#12", None), ("zaq12wsxcde3", None), ("!@#$%^&*()_+", None), ("112233445566", None),
        ("clinic-one.example", "own"), ("needlelane2024!", "own"), ("Needle-Lane-2024", "own"), ("n33dl3l4n32024", "own"),
        ("enaleldeen24", "own"), ("Ann Lee 1975-01-02", "own"), ("annlee.annlee", "own"), ("herbs-york2024", "own"),
        ("ann.miller@herbs-york.example", "own"), ("01632960123!!", "own"), ("acupwaacupwa", "own"), ("Acupuncture2024!", "own"),
        ("aaaaaaaaaaaaaaaa", "repeated"), ("wrong wrong wrong", "repeated"), ("", "short"), ("xkTp92mvQz!", "short"),
        ("kitty bramble " * 15, "long"),
    ],
)  # fmt: skip
def test_what_others_would_try_first_is_refused(password, why):
    found = find_weakness(password, OWN)

    assert found
    assert why is None or found == why


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD, "another four words now", "needle bramble oven seventeen", "kitty-bramble-oven-9", "xkTp92mvQz!w",
        "Müßiggänger Ångström naïf", "皿洗い針灸療法入門教室今日明", "  spaced  out  tulip ", "kitty bramble oven " * 10,
    ],
)  # fmt: skip
def test_what_nobody_guesses_is_taken(password):
    assert find_weakness(password, OWN) is None


@given(st.lists(st.sampled_from(WORDS), min_size=4, max_size=6, unique=True), st.sampled_from([" ", "-", ".", ""]))
def test_four_random_words_are_taken(words, between):
    assume(not set(words) & OWN)
    password = between.join(words)
    assume(len(password) >= 12)

    assert find_weakness(password, OWN) is None


@given(st.sampled_from(COMMON), BESIDE, BESIDE, st.booleans(), st.booleans(), st.sampled_from([1, 2]))
def test_a_common_password_with_signs_around_it_is_refused(word, before, after, front, capital, times):
    word = (word.title() if capital else word) * times

    assert find_weakness((before if front else "") + word + after, OWN)


@given(st.sampled_from(sorted(OWN)), BESIDE, st.sampled_from(["", " ", "-"]), st.integers(1, 3), st.booleans())
def test_a_name_of_the_clinic_or_of_the_person_with_signs_around_it_is_refused(word, beside, between, times, upper):
    password = between.join([word.upper() if upper else word] * times) + beside

    assert find_weakness(password, OWN)


@given(st.text(max_size=260))
def test_every_text_is_judged_and_each_fault_is_told_in_words(password):
    fault = new_password_fault(password, OWN)

    assert fault is None or (fault.field == "password" and fault.message.endswith("."))
    assert fault is not None or len(password) >= 12


@pytest.mark.parametrize("password", ["password1234", "needlelane2024!", "ann ann ann ann", "localhost-2024"])
def test_the_reason_stands_beside_the_field_and_nothing_is_used_up(client, password):
    token = token_for(client, "ann@example.org")

    answer = client.post(f"/practice/welcome/{token}", data={"name": "Ann Lee", "password": password})

    assert answer.status_code == 422
    assert "would try that first" in next(
        one.words for one in Page(answer.text).elements if one.attrs.get("id") == "f-password-error"
    )
    assert 'value="Ann Lee"' in answer.text
    assert COOKIE not in client.cookies
    assert client.get(f"/practice/welcome/{token}").status_code == 200


def test_a_password_that_is_changed_is_judged_alike(client):
    ann = signed_in(client)
    for weak in ("needlelane2024!", "password1234", "annlee2024!!"):
        answer = ann.post("/practice/account/password", {"old": PASSWORD, "password": weak})
        assert answer.status_code == 422
        assert "would try that first" in answer.text


@pytest.mark.parametrize("typed", [" bramble oven tulip", "bramble oven tulip ", "\tbramble oven tulip\n"])
def test_a_password_is_taken_as_it_was_typed_with_its_blanks(client, typed):
    token = token_for(client, "ann@example.org")
    assert client.post(f"/practice/welcome/{token}", {"password": typed}).status_code == 303
    door = client.another()
    email = {"email": "ann@example.org"}

    assert door.post("/practice/sign-in", email | {"password": typed.strip()}).status_code == 422
    assert door.post("/practice/sign-in", email | {"password": typed}).status_code == 303
    new = "  quince oyster saddle bishop  "
    assert door.post("/practice/account/password", {"old": typed.strip(), "password": new}).status_code == 422
    assert door.post("/practice/account/password", {"old": typed, "password": new}).status_code == 303
    assert client.another().post("/practice/sign-in", email | {"password": new}).status_code == 303


def test_what_is_longer_than_any_password_opens_nothing():
    kept = hash_password(typed := "é" * 200)

    assert fits(typed, kept)
    assert not fits("e\u0301" * 400 + "x", kept)
    assert not fits(typed * 5, kept)


def test_no_field_of_a_password_cuts_off_what_is_pasted(client):
    ann, token = signed_in(client), token_for(client, "bob@example.org")
    for page in (
        ann.get("/practice/account"),
        client.get(f"/practice/welcome/{token}"),
        client.another().get("/practice/sign-in"),
    ):
        fields = [line for line in page.text.split("<") if 'type="password"' in line]
        assert fields
        assert not any("maxlength" in field for field in fields)
