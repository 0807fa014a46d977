"""Two people of a clinic never look alike: not by name, in whatever letters, nor when both come at the same moment."""

from __future__ import annotations

import re
import threading
import unicodedata

import pytest
import sqlalchemy
from hypothesis import given
from hypothesis import strategies as st

from acupwa.operate.cli import main
from acupwa.practice.accounts import one_time_service, people_service
from acupwa.practice.accounts.look_alikes import LOOK_ALIKES
from acupwa.practice.accounts.namesakes import read_alike
from acupwa.web.forms import FieldError
from acupwa.web.text import one_line
from tests.support.practitioners import PASSWORD, clinic_of, signed_in, token_for, work_of

ALIKE = [
    "paul prac", "PAUL PRAC", "PaulPrac", "Paul  Prac.", "Paul-Prac", "P\u00e1\u00fcl Pra\u0107", "P\u0430ul Prac", "\u0420aul Prac",
    "\u03a1aul Prac", "\uff30\uff41\uff55\uff4c Prac", "\U0001d40f\U0001d41a\U0001d42e\U0001d425 Prac", "Pau1 Prac", "PauI Prac", "Pau| Prac",
    "Paul\u200d Prac\u2060", "Paul\u3164Prac", "Paul Pra\u0441", "\u24c5aul Prac", "\U0001f17faul Prac", "\u1d18\u1d00\u1d1c\u029f Prac",
    "\ua4d1aul Prac", "\u202ePaul Prac", "Paul Prac \u2728", "P\ufe0faul Prac", "\u13e2aul Prac", "P\u0251ul Prac",
]  # fmt: skip
APART = [
    ("Paul", "Paula"), ("Ann", "Anna"), ("Mia", "Max"), ("Ann Lee", "Ann Lees"), ("\u2606", "\u2605"), ("Paul 2", "Paul 3"),
    ("\u0418\u0432\u0430\u043d", "\u0418\u0440\u0438\u043d\u0430"), ("\u738b\u4f1f", "\u738b\u82b3"), ("\u0915\u092e\u0932", "\u0915\u092e\u093e\u0932"), ("\u304b\u306a", "\u304c\u306a"),
    ("\u0645\u062d\u0645\u062f", "\u0623\u062d\u0645\u062f"),
]  # fmt: skip
NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12).filter(
    lambda one: any(letter.isalnum() for letter in one_line(one))
)


@pytest.fixture
def paul(client):
    signed_in(client)
    return signed_in(client, "paul@example.org", name="Paul Prac", clinic=clinic_of(client).id)


@pytest.fixture
def petra(client, paul):
    return signed_in(client, "petra@example.org", clinic=clinic_of(client).id)


# the rule


@pytest.mark.parametrize("name", ALIKE)
def test_a_name_that_looks_like_another_reads_like_it(name):
    assert read_alike(name, "Paul Prac")


@pytest.mark.parametrize(("one", "other"), APART)
def test_names_that_a_reader_tells_apart_are_apart(one, other):
    assert not read_alike(one, other)


@given(NAMES)
def test_a_name_reads_like_itself_in_any_case_form_and_spacing(name):
    for other in (
        name,
        name.casefold(),
        one_line(name),
        unicodedata.normalize("NFKC", name),
        unicodedata.normalize("NFD", name),
        f"  {name} ",
    ):
        assert read_alike(name, other)


@given(NAMES, NAMES)
def test_it_goes_both_ways(one, other):
    assert read_alike(one, other) == read_alike(other, one)


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=12), st.data())
def test_one_letter_in_another_alphabet_hides_nobody(name, data):
    single = [one for one, read in LOOK_ALIKES.items() if read in name]
    if single:
        other = data.draw(st.sampled_from(single))
        assert read_alike(name, name.replace(LOOK_ALIKES[other], other))


@given(st.text("abcdefghijklmnopqrstuvwxyz ", min_size=3, max_size=12), st.data())
def test_an_accent_or_an_unseen_mark_hides_nobody(name, data):
    place = data.draw(st.integers(1, len(name)))
    mark = data.draw(st.sampled_from("\u0301\u0323\u200b\u200d\u00ad\u2060\u034f\ufe0f\u202e\u3164 .-'\u2019"))
    assert read_alike(name, name[:place] + mark + name[place:])


# where a name is given


@pytest.mark.parametrize("name", ALIKE)
def test_nobody_takes_the_name_of_a_colleague(client, petra, name):
    answer = petra.post("/practice/account/name", data={"name": name})

    assert answer.status_code == 422
    assert "has a very similar name" in answer.text
    assert re.search(r'name="name"[^>]*aria-invalid="true"', answer.text)
    people = work_of(client).run(people_service.list_practitioners, clinic_of(client).id)
    assert sorted(one.name for one in people) == ["Ann Lee", "Paul Prac", "Petra"]


@pytest.mark.parametrize(
    "name", ["paul@example.org", "\uff30aul\uff20example.org", "boss@elsewhere.example", "paul.example.org"]
)
def test_a_name_is_nobody_else_s_address(petra, name):
    assert petra.post("/practice/account/name", data={"name": name}).status_code == 422


def test_one_s_own_name_and_address_hold_in_any_writing(petra):
    for name in ("PETRA", "P\u00e9tra", "", "petra@example.org", "Petra"):
        assert petra.post("/practice/account/name", data={"name": name}).status_code == 303


def test_a_welcome_refuses_it_beside_the_field_and_the_link_still_works(client, paul):
    token = token_for(client, "petra@example.org", clinic=clinic_of(client).id)
    browser = client.another()

    refused = browser.post(f"/practice/welcome/{token}", data={"name": "P\u0430ul Prac", "password": PASSWORD})

    assert refused.status_code == 422
    assert "P\u0430ul Prac" in refused.text
    assert re.search(r'name="name"[^>]*aria-invalid="true"', refused.text)
    kept = browser.post(f"/practice/welcome/{token}", data={"name": "Petra", "password": PASSWORD})
    assert kept.status_code == 303


def test_an_owner_invites_nobody_under_a_colleague_s_name(client, paul):
    ann = client.another()
    ann.post("/practice/sign-in", data={"email": "ann@example.org", "password": PASSWORD})

    answer = ann.post("/practice/people", data={"email": "new@example.org", "name": "paul prac"})

    assert answer.status_code == 422
    assert re.search(r'name="name"[^>]*aria-invalid="true"', answer.text)
    assert 'value="new@example.org"' in answer.text


def test_the_operator_is_told_too(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("ACUPWA_DATA_DIR", str(tmp_path))
    assert main(["practitioner", "add", "paul@example.org", "--name", "Paul Prac", "--clinic", "Lane"]) == 0
    assert main(["practitioner", "add", "petra@example.org", "--name", "PaulPrac", "--clinic", "Lane"]) != 0
    assert "very similar name" in "".join(capsys.readouterr())
    assert main(["practitioner", "add", "petra@example.org", "--name", "PaulPrac", "--clinic", "Other"]) == 0


def test_another_clinic_may_have_the_same_name(client, paul):
    signed_in(client, "eve@example.org", name="Paul Prac", clinic="Elsewhere")


def test_whoever_left_leaves_the_name_free(client, paul, petra):
    work_of(client).run(people_service.remove_practitioner, "paul@example.org")

    assert petra.post("/practice/account/name", data={"name": "Paul Prac"}).status_code == 303


def test_namesakes_of_before_come_in_keep_their_names_and_are_told_apart(client, paul, petra):
    with work_of(client).engine.begin() as connection:
        connection.execute(sqlalchemy.text("update practitioner set name = 'Paul Prac' where email like 'petra%'"))
    people = work_of(client).run(people_service.list_practitioners, clinic_of(client).id)
    key = next(one.id for one in people if one.email.startswith("petra"))

    answer = petra.post("/practice/sign-in", data={"email": "petra@example.org", "password": PASSWORD})
    assert answer.status_code == 303
    assert petra.post("/practice/account/name", data={"name": "Paul Prac"}).status_code == 303
    reset = work_of(client).run(people_service.invite_again, "petra@example.org", "reset")
    kept = petra.post(f"/practice/welcome/{reset}", data={"name": "Paul Prac", "password": PASSWORD})
    assert kept.status_code == 303
    ann = client.another()
    ann.post("/practice/sign-in", data={"email": "ann@example.org", "password": PASSWORD})
    for page in ("role", "remove"):
        assert "Paul Prac (petra@example.org)" in ann.get(f"/practice/people/{key}/{page}").text


def test_two_who_come_at_the_same_moment_do_not_both_get_it(database):
    """Ten of one clinic choose one name at once; by an account and by an invitation."""
    clinic = None
    tokens = []
    for number in range(10):
        token = database.work(people_service.add_practitioner, f"p{number}@example.org", "", clinic or "Lane")
        tokens.append(token)
        clinic = clinic or database.work(people_service.list_clinics)[0].id
    people = database.work(people_service.list_practitioners, clinic)
    barrier, got = threading.Barrier(10), []

    def choose(number):
        barrier.wait()
        if number % 2:
            fault = database.work(people_service.save_name, people[number], "Paul Prac")
            got.append(fault is None)
        else:
            new = database.work(
                one_time_service.use_one_time_link, tokens[number], "P\u0430ul Pra\u0441", "hash", "", "", ""
            )
            got.append(not isinstance(new, FieldError))

    threads = [threading.Thread(target=choose, args=(number,)) for number in range(10)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert len(got) == 10
    assert sum(got) == 1
    named = [one for one in database.work(people_service.list_practitioners, clinic) if one.name]
    assert len(named) == 1
