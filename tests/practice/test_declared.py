"""A clinic's forms, too: an unknown field or choice is named, and nothing is done with the rest."""

from __future__ import annotations

import re
from uuid import UUID

import pytest

from tests.support.practitioners import LINK, PASSWORD, asked, give, opened, signed_in


@pytest.fixture
def ann(client):
    return signed_in(client)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kind", "everybody"),
        ("variant", "half"),
        ("days", "31"),
        ("share_days", "9000"),
        ("again", "2-years"),
        ("colour", "red"),
        ("Kind", "personal"),
    ],
)
def test_a_link_is_never_made_wider_than_it_was_asked_for(client, ann, name, value):
    refused = ann.post("/practice/links", {**LINK, name: value})

    assert refused.status_code == 422
    assert name in refused.text
    assert "/practice/links/" not in ann.get("/practice/links").text


@pytest.mark.parametrize(
    ("path", "fields", "name"),
    [
        ("/practice/people", {"email": "new@example.org", "role": "boss"}, "role"),
        ("/practice/people", {"email": "new@example.org", "rôle": "owner"}, "rôle"),
        ("/practice/clinic", {"name": "Needle Lane", "colours": "glitter"}, "colours"),
        ("/practice/clinic", {"name": "Needle Lane", "owner": "me"}, "owner"),
        ("/practice/account/name", {"name": "Ann", "role": "owner"}, "role"),
        ("/practice/account/password", {"old": PASSWORD, "new": "another long password"}, "new"),
        ("/practice/find", {"alias": "Mae", "clinic": "other"}, "clinic"),
    ],
)
def test_a_strange_field_or_choice_is_named(ann, path, fields, name):
    refused = ann.post(path, fields)

    assert refused.status_code == 422, refused.text[:300]
    assert name in refused.text
    assert PASSWORD not in refused.text


def test_what_goes_with_a_share_is_named_too(client, ann):
    patient = client.another()
    give(patient, asked(patient, ann))
    share = opened(ann)

    assert ann.post(f"{share}/seen", {"seen": "perhaps"}).status_code == 422
    assert ann.post(f"{share}/note", {"text": "LI4"}).status_code == 422
    assert ann.post(f"{share}/send", {"note": "Hello", "with_plan": "maybe"}).status_code == 422


def test_a_wrong_field_at_the_door_shows_no_password_again(client):
    refused = client.another().post("/practice/sign-in", {"email": "a@b.example", "password": PASSWORD, "pin": "1234"})

    assert refused.status_code == 422
    assert "pin" in refused.text
    assert PASSWORD not in refused.text


def test_a_withdrawn_link_is_not_told_as_made(ann):
    link = ann.post("/practice/links", LINK).headers["location"]
    assert "The link is ready" in ann.get(link).text
    ann.post(f"{link}/withdraw")

    assert "The link is ready" not in ann.get(link).text


def test_a_page_that_the_library_lacks_is_told(client, ann):
    patient = client.another()
    give(patient, asked(patient, ann))

    refused = ann.post(f"{opened(ann)}/send", {"note": "Hello", "pages": ["zzz"]})

    assert refused.status_code == 422
    assert "We do not recognise one of these pages" in refused.text


def test_an_answer_that_was_not_on_offer_shares_nothing(client, ann):
    patient = client.another()
    preview = asked(patient, ann)
    seen = re.search(r'name="seen" value="([^"]+)"', patient.get(preview).text)[1]

    assert patient.post(preview, {"item": ["ratings.1", "ZZZ"], "seen": seen}).status_code == 422
    assert patient.get(preview).status_code == 200  # still asked for


@pytest.mark.parametrize("charset", ["utf-16", "latin-1"])
def test_a_form_in_another_encoding_is_refused(ann, charset):
    refused = ann.post(
        "/practice/account/name",
        content="name=Änn".encode(charset),
        headers={"content-type": f"application/x-www-form-urlencoded; charset={charset}"},
    )

    assert refused.status_code == 415


def test_a_refused_form_shows_all_that_was_typed_with_its_lines(client, ann):
    give(patient := client.another(), asked(patient, ann))
    note = "ask the GP about apixaban\n" * 60

    refused = ann.post(f"{opened(ann)}/note", {"note": note, "nott": "x"})

    assert refused.status_code == 422
    assert note.strip() in refused.text


@pytest.mark.parametrize("asked", ["of=zzz", "show=zzz", "after=zzz", "shwo=all", f"of={UUID(int=7)}&of=zzz"])
def test_an_address_of_the_inbox_that_is_not_understood_shows_nobody(ann, asked):
    refused = ann.get(f"/practice?{asked}")

    assert refused.status_code == 422
    assert asked.rpartition("&")[2].partition("=")[0] in refused.text


@pytest.mark.parametrize("name", ["kind", "variant", "days", "share_days"])
@pytest.mark.parametrize("value", [None, ""])
def test_what_a_link_leaves_out_is_never_guessed(ann, name, value):
    fields = {one: given for one, given in LINK.items() if one != name} | ({} if value is None else {name: value})

    refused = ann.post("/practice/links", fields)

    assert refused.status_code == 422
    assert "Choose one of these." in refused.text
    assert "/practice/links/" not in ann.get("/practice/links").text


def test_a_field_that_is_missing_is_not_one_that_was_emptied(client, ann):
    patient = client.another()
    give(patient, asked(patient, ann))
    note = f"{opened(ann)}/note"
    ann.post(note, {"note": "asks about Mondays", "kept": ""})

    for path in (note, "/practice/account/name"):
        assert ann.post(path, {}).status_code == 422, path
    ann.post("/practice/clinic", {"name": "Needle Lane", "contact": "0123"})
    ann.post("/practice/clinic", {"name": "Needle Lane"})

    assert "asks about Mondays" in ann.get(note).text
    assert 'value="Ann Lee"' in ann.get("/practice/account").text
    assert 'value="0123"' in ann.get("/practice/clinic").text


@pytest.mark.parametrize(
    ("path", "fields", "name"),
    [
        ("/practice/account/name", {"name": "n" * 81}, "name"),
        ("/practice/clinic", {"name": "n" * 81}, "name"),
        ("/practice/clinic", {"name": "Needle Lane", "contact": "c" * 121}, "contact"),
        ("/practice/people", {"email": "new@example.org", "name": "n" * 81}, "name"),
    ],
)
def test_what_is_too_long_is_said_and_never_cut(ann, path, fields, name):
    refused = ann.post(path, fields)

    assert refused.status_code == 422
    assert f"<code>{name}</code>: Use " in refused.text
    assert fields[name] in refused.text


def test_a_line_that_was_not_offered_is_told_as_such(client, ann):
    patient = client.another()
    preview = asked(patient, ann)
    page = patient.get(preview).text
    seen = re.search(r'name="seen" value="([^"]+)"', page)[1]

    refused = patient.post(
        preview, {"item": [*re.findall(r'name="item" value="([^"]+)"', page), "right-now.99"], "seen": seen}
    )

    assert refused.status_code == 422
    assert "We do not recognise one of the lines" in refused.text


@pytest.mark.parametrize("typed", ["\uff4e\uff45\uff57@example.org", "NEW@Example.org", " new@example.org\u200b"])
def test_an_address_is_one_however_it_is_typed(ann, typed):
    assert ann.post("/practice/people", {"email": "new@example.org"}).status_code == 200
    assert ann.post("/practice/people", {"email": typed}).status_code == 422


@pytest.mark.parametrize("typed", ["new@example.org.", "new@example..org", "new@.org", "new@org"])
def test_what_is_no_address_is_none(ann, typed):
    assert ann.post("/practice/people", {"email": typed}).status_code == 422
