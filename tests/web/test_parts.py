"""Forms in parts (multipart): a file where words belong, words where a file belongs, and what is no text, are named."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acupwa.web.parts import form_of, read_parts
from tests.support.people import plan_fields
from tests.support.practitioners import asked, give, opened, signed_in
from tests.test_races import EACH

ABOUT = (("age_band", "40-64"), ("conditions", "ra"))


def part(name: str | None, value: str | bytes, *more: str, filename: str | None = None) -> bytes:
    """`more` are further headers."""
    named = "" if name is None else f'; name="{name}"'
    named += "" if filename is None else f'; filename="{filename}"'
    head = "\r\n".join((f"Content-Disposition: form-data{named}", *more))
    content = value if isinstance(value, bytes) else value.encode()
    return b"--between\r\n" + head.encode() + b"\r\n\r\n" + content + b"\r\n"


def send(client: Any, path: str, *parts: bytes, end: bytes = b"--between--\r\n", **headers: str) -> Any:
    kind = {"content-type": "multipart/form-data; boundary=between"}
    return client.post(path, content=b"".join(parts) + end, headers=kind | headers)


def words_of(fields: dict[str, Any]) -> list[bytes]:
    return [part(name, one) for name, value in fields.items() for one in ([value] if isinstance(value, str) else value)]


def whole(client: Any, *parts: bytes) -> Any:
    return send(client, "/quiz/whole", *(part(*one) for one in ABOUT), *parts)


def told(answer: Any, name: str, words: str) -> None:
    assert answer.status_code == 422, (answer.status_code, answer.text[:400])
    assert f"<code>{name}</code>: {words}" in answer.text, re.findall(r"<li><code>.*", answer.text)


def test_a_form_in_parts_is_a_form(client):
    assert (
        whole(
            client, part("note", "calm"), part("ratings.fatigue", "4", "Content-Type: text/plain; charset=UTF-8")
        ).status_code
        == 303
    )


@pytest.mark.parametrize("filename", ["note.txt", "", "ü.txt", "a\\b.txt"])
@pytest.mark.parametrize("content", [b"words", b"", b"\xff\xfe\x00", b"\x89PNG"])
def test_a_file_in_place_of_words_is_named(client, filename, content):
    told(whole(client, part("note", content, filename=filename)), "note", "Files cannot be sent here")
    assert client.get("/me/export.json").status_code == 404


def test_a_file_with_its_name_in_the_other_spelling_is_a_file(client):
    head = b"--between\r\nContent-Disposition: form-data; name=\"note\"; filename*=UTF-8''x.txt\r\n\r\nwords\r\n"

    told(whole(client, head), "note", "Files cannot be sent here")


@pytest.mark.parametrize("case", EACH)
def test_no_form_of_a_patient_takes_a_file_for_words(client, case):
    press = case(client)
    before = client.get("/me/export.json")
    fields = press.data or {"note": "x"}

    for name in fields:
        others = words_of({one: value for one, value in fields.items() if one != name})
        answer = send(client, press.path, *others, part(name, "x", filename="x.txt"), **press.headers)
        assert answer.status_code == 422, (press.path, name, answer.status_code)
        assert f"<code>{name}</code>" in answer.text

    now = client.get("/me/export.json")
    assert now.status_code == before.status_code
    if now.status_code == 200:
        assert {**now.json(), "exported_at": ""} == {**before.json(), "exported_at": ""}


def test_no_form_of_a_clinic_does(client):
    ann, patient = signed_in(client), client.another()
    give(patient, asked(patient, ann))
    share = opened(ann)
    forms = {
        "/practice/links": ("note", {"kind": "reusable", "variant": "full", "days": "0", "share_days": "90"}),
        "/practice/people": ("email", {"role": "practitioner"}),
        "/practice/clinic": ("name", {"colours": "teal"}),
        "/practice/account/name": ("name", {}),
        "/practice/find": ("alias", {}),
        "/practice/sign-in": ("password", {"email": "a@b.example"}),
        "/practice/sign-in/code": ("code", {}),
        f"{share}/note": ("note", {}),
        f"{share}/send": ("note", {**plan_fields(), "with_plan": "yes"}),
    }

    for path, (name, fields) in forms.items():
        told(send(ann, path, *words_of(fields), part(name, "x", filename="x")), name, "Files cannot be sent here")


def test_words_in_place_of_a_file_are_named(client):
    told(send(client, "/me/import", part("file", "{}"), part("text", "")), "file", "Send this as a file")
    told(send(client, "/me/import", part("text", "{}", filename="my.json")), "text", "Files cannot be sent here")
    told(
        send(client, "/me/import", part("file", "{}", filename="a"), part("do", "import", filename="b")),
        "do",
        "Files cannot be sent",
    )
    told(
        send(client, "/me/import", part("file", "{}", filename="a"), part("file", "[]", filename="a")),
        "file",
        "This was sent more",
    )
    told(send(client, "/me/import", part("file", "{}", filename="a"), part("file", "[]")), "file", "This was sent more")


def test_a_file_and_other_words_beside_it_are_asked_about(client):
    page = send(client, "/me/import", part("file", "{}", filename="a"), part("text", "[1]"))

    assert page.status_code == 422
    assert "Use one of the two" in page.text
    assert "[1]</textarea>" in page.text


def test_a_part_without_a_name_is_told(client):
    told(whole(client, part(None, "x")), "", "A field has no name")
    told(whole(client, part("", "x")), "", "A field has no name")
    told(
        client.post(
            "/quiz/whole", content="age_band=40-64&=x", headers={"content-type": "application/x-www-form-urlencoded"}
        ),
        "",
        "A field",
    )


def test_the_same_part_twice_is_once_and_another_is_told(client):
    told(whole(client, part("note", "a"), part("note", "b")), "note", "This was sent more than once")
    assert whole(client, part("note", "a"), part("note", "a"), part("conditions", "ms")).status_code == 303


@pytest.mark.parametrize("charset", ["iso-8859-1", "utf-16", "nonsense", "windows-1252"])
def test_another_charset_is_told_and_never_guessed(client, charset):
    told(
        whole(client, part("note", b"M\xfcller", f"Content-Type: text/plain; charset={charset}")),
        "note",
        "We can only read text in UTF-8",
    )


def test_what_is_no_utf_8_is_told(client):
    told(whole(client, part("note", b"M\xfcller")), "note", "We can only read text in UTF-8")
    told(
        whole(client, part("note", b"aGk=", "Content-Transfer-Encoding: base64")),
        "note",
        "We can only read text in UTF-8",
    )
    assert whole(client, part("note", "Müller", "Content-Transfer-Encoding: 8bit")).status_code == 303


def test_nul_is_nowhere(client):
    assert whole(client, part("note", "a\x00b"), part("ra\x00tings.fatigue", "4")).status_code == 303

    answers = client.get("/me/export.json").json()["check_ins"][0]["answers"]
    assert answers["note"] == "ab"
    assert answers["ratings"]["fatigue"] == 4


def test_a_thousand_parts_are_read_and_more_than_we_take_are_not(client):
    told(whole(client, *(part(f"x{n}", "1") for n in range(1_000))), "x999", "We do not know this field")
    assert whole(client, *(part("conditions", "ra") for _ in range(1_000))).status_code == 303
    assert whole(client, *(part("conditions", "ra") for _ in range(3_000))).status_code == 400
    assert send(client, "/me/import", *(part("text", "{}") for _ in range(1_000))).status_code == 422


@pytest.mark.parametrize(
    "body",
    [
        b"", b"--between", b"--between\r\n\r\nx\r\n--between--\r\n", b"--other\r\n\r\n\r\n--other--\r\n",
        b'--between\r\nContent-Disposition: attachment; name="note"\r\n\r\nx\r\n--between--\r\n',
        b'--between\r\nContent-Disposition: form-data; name="note"\r\n\r\nx',
        b'--between\r\nContent-Disposition: form-data; name="note"\r\n' + b"X: y\r\n" * 100 + b"\r\nx\r\n--between--\r\n",
    ],
)  # fmt: skip
def test_what_is_no_form_is_a_bad_request(client, body):
    assert send(client, "/quiz/whole", body, end=b"").status_code == 400
    assert send(client, "/me/import", body, end=b"").status_code == 422


@pytest.mark.parametrize(
    "kind", ["multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=ä"]
)
def test_no_boundary_is_a_bad_request(client, kind):
    answer = client.post("/quiz/whole", content=part("note", "x"), headers={"content-type": kind.encode()})

    assert answer.status_code == 400


@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_are_a_part(content, is_file):
    body = part("note", content.replace(b"--between", b""), filename="x" if is_file else None) + b"--between--\r\n"

    (found,) = read_parts(body, "between", most_parts=2, most_bytes=1_000)

    assert found.is_file is is_file
    assert form_of([found]).files == (frozenset({"note"}) if is_file else frozenset())
