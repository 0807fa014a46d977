"""Two hundred texts of people's keyboards, through every field that takes words and every file that holds them."""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape
from itertools import cycle
from typing import Any
from urllib.parse import urlencode

import pytest
from openpyxl import load_workbook

from acupwa.db.tables import new_key
from acupwa.practice.accounts.rules import CONTACT_LENGTH, NAME_LENGTH
from acupwa.practice.links.rules import ALIAS_LENGTH, NOTE_LENGTH
from acupwa.quiz.model import ACTIVITY_WORDS_LENGTH, PROBLEM_WORDS_LENGTH
from acupwa.quiz.model import NOTE_LENGTH as OWN_NOTE_LENGTH
from acupwa.results.pdf.letters import letters
from acupwa.web.forms import FormData
from acupwa.web.reading_input import words
from acupwa.web.spreadsheet import harmless
from acupwa.web.strict_json import Faults
from acupwa.web.text import clean, one_line, short_line
from tests.mydata.test_import import send
from tests.support.people import RA, follow_up, without_empty
from tests.support.practitioners import LINK, PASSWORD, asked, give, make_link, opened, signed_in
from tests.support.typed_texts import HALF, TEXTS, TURNING

SENT = [one for one in TEXTS if one not in HALF]


def post(client: Any, path: str, fields: dict[str, Any]) -> Any:
    answer = client.post(path, data=fields)
    assert answer.status_code < 500, (path, fields)
    assert nothing_turns(answer.text), (path, fields)
    return answer


def text_of(page: Any) -> str:
    assert page.status_code == 200, page.url
    assert nothing_turns(page.text), page.url
    # What sets words apart in a sentence (FSI, PDI) is no part of them.
    return re.sub("[\u2068\u2069]", "", unescape(page.text))


def nothing_turns(page: str) -> bool:
    """All that stands there between the marks that set words apart, each pair closed, or outside of them."""
    return not set(re.sub("\u2068([^\u2068\u2069]*)\u2069", r"\1", page)) & set(TURNING)


def test_there_are_two_hundred_of_them():
    assert len(TEXTS) >= 200


def test_every_text_is_cleaned_where_a_form_and_a_file_are_read():
    for typed in SENT:
        form, faults = FormData.of({"words": typed}), Faults()
        assert form.one("words") == form.last["words"] == clean(typed[:20_000])
        assert form.many("words") == ((clean(typed),) if clean(typed) else ())
        if len(one_line(typed)) <= 500 and not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", typed):
            assert words(500)(typed, "words", faults) == (one_line(typed) or None)
            assert not faults


def test_a_person_s_words_come_out_cleaned_in_every_file(client):
    expected = []
    for typed in SENT[::8]:
        line = one_line(typed)
        answer = post(client, "/quiz/whole", {**without_empty(RA), "problem_words": typed, "activity_words": typed})
        if len(line) > PROBLEM_WORDS_LENGTH:
            assert answer.status_code == 422
            continue
        assert answer.status_code == 303, typed
        expected.append(line or None)
        assert not line or line in text_of(client.follow(answer)), typed
    assert PROBLEM_WORDS_LENGTH == ACTIVITY_WORDS_LENGTH
    expected += bring_all_the_others(client)

    export = client.get("/me/export.json")
    kept = [one["answers"] for one in reversed(export.json()["check_ins"])]
    assert [one.get("problem_words") for one in kept] == expected == [one.get("activity_words") for one in kept]
    assert not set(export.text) & set(TURNING)
    seen = {one for one in expected if one}
    table = client.get("/me/export.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table, newline="")))
    assert {harmless(one) for one in seen} <= {row[4] for row in rows}
    sheet = load_workbook(io.BytesIO(client.get("/me/export.xlsx").content)).active
    cells = list(sheet.iter_rows(min_row=2))
    assert seen <= {str(row[4].value) for row in cells} | {"0", "00"}
    assert not [row for row in cells if row[4].data_type not in ("s", "n", "inlineStr")]
    fhir = client.get("/me/export.fhir.json").text
    assert seen <= set(strings(json.loads(fhir)))
    assert client.get("/progress").status_code == client.get("/me").status_code == 200

    elsewhere = client.another()
    assert send(elsewhere, export.text, press=True).status_code == 303
    again = [one["answers"] for one in reversed(elsewhere.get("/me/export.json").json()["check_ins"])]
    assert sorted(map(str, again)) == sorted(map(str, kept))


def bring_all_the_others(client: Any) -> list[str | None]:
    """One file with a check-in for each of the other texts; what is to come of them."""
    file = client.get("/me/export.json").json()
    pattern, others = file["check_ins"][0], [one for one in SENT if one not in SENT[::8]]
    fit = [one for one in others if len(one_line(one)) <= 80 and not set(one) & {chr(n) for n in (*range(32), 127)}]
    file["check_ins"] = [
        pattern | {"id": str(new_key()), "answers": pattern["answers"] | {"problem_words": one, "activity_words": one}}
        for one in reversed(fit)
    ]
    assert len(fit) > 150
    assert send(client, json.dumps(file), press=True).status_code == 303
    return [one_line(one) or None for one in reversed(fit)]


def strings(value: Any) -> list[str]:
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    own = [value] if isinstance(value, str) else []
    return own + [one for inner in inside for one in strings(inner)]


def test_text_and_pdf_of_words_that_are_hard_to_draw(client, clock):
    for typed in SENT[::12]:
        answer = post(client, "/quiz/whole", {**without_empty(RA), "problem_words": typed})
        if answer.status_code != 303:
            continue
        address = answer.headers["location"]
        text = client.get(f"{address}.txt").text
        assert nothing_turns(text)
        assert re.sub(r"\s+", " ", one_line(typed)) in re.sub(r"\s+", " ", text)
        assert client.get(f"{address}.pdf").content.startswith(b"%PDF")
    for typed in SENT:
        drawn_words = str(letters(one_line(typed)))
        assert not set(drawn_words) & set(TURNING)
    place = follow_up(client, "".join(SENT[60:64]))
    for typed in SENT[::6]:
        post(client, f"/quiz/{place}/ratings", {"note": typed, "ratings.problem": "4"})
        note = client.get("/me/export.json").json()["check_ins"][0]["answers"].get("note")
        assert len(one_line(typed)) > OWN_NOTE_LENGTH or note == (one_line(typed) or None)


@pytest.mark.slow  # 9 s on two cores at a load of 20
def test_a_practitioner_s_words_come_out_cleaned_on_every_page(client):
    ann = signed_in(client)
    give(client, asked(client, ann, RA, alias="Maple"))
    shared = opened(ann)
    for typed in SENT[::5]:
        alias, note = one_line(typed), clean(typed)
        answer = post(ann, "/practice/links", {**LINK, "alias": typed, "note": typed})
        too_long = len(alias) > ALIAS_LENGTH or len(note) > NOTE_LENGTH
        assert answer.status_code == (422 if too_long else 303), typed
        answer = post(ann, f"{shared}/note", {"note": typed})
        assert answer.status_code == (422 if len(note) > 2_000 else 303), typed
    links = text_of(ann.get("/practice/links"))
    for typed in SENT[::5]:
        alias = one_line(typed)
        assert len(alias) > ALIAS_LENGTH or len(clean(typed)) > NOTE_LENGTH or alias in links, typed
    for typed in SENT[::16]:
        name = short_line(typed, NAME_LENGTH)
        post(ann, "/practice/account/name", {"name": name})
        assert name in text_of(ann.get("/practice/account")), typed
        contact = short_line(typed, CONTACT_LENGTH)
        post(ann, "/practice/clinic", {"name": name, "contact": contact, "colours": "teal"})
        page = text_of(ann.get("/practice/clinic"))
        assert not name or (name in page and contact in page), typed
        sent = post(ann, f"{shared}/send", {"note": typed})
        assert sent.status_code == (303 if clean(typed) and len(clean(typed)) <= 1_000 else 422), typed
        for path in ("people", "find", "sign-in", "sign-in/code", "sign-in/forgot"):
            fields = dict.fromkeys(("email", "name", "alias", "code", "password"), typed)
            assert post(client if "sign" in path else ann, f"/practice/{path}", fields).status_code in (303, 422, 429)
    for ending in ("", ".txt", ".pdf", ".csv", ".xlsx", ".json"):
        assert ann.get(f"{shared}{ending}").status_code == 200
    for path in ("/me", "/me/shares", "/me/export.csv", "/me/export.xlsx"):
        assert not set(client.get(path).text) & set(TURNING), path
    for path in ("trail", "trail.csv", "trail.xlsx", "people", ""):
        assert ann.get(f"/practice/{path}".rstrip("/")).status_code == 200


def test_fields_of_numbers_days_and_codes_refuse_words_without_a_fault_of_ours(client):
    post(client, "/quiz/whole", without_empty(RA))
    fields = (
        "first_day", "weekdays", "time", "time_zone", "per_week", "max_sessions", "minutes", "travel_minutes", "price", "max_money", "currency",
        "off_from.0", "off_to.0", "days_off", "ratings.pain", "conditions", "country", "age_band", "action", "code", "item", "seen",
    )  # fmt: skip
    names = cycle(fields)
    paths = cycle(("/plan", "/quiz/whole", "/resume", "/list/what-to-expect", "/plan/sessions/1/move", "/l/nothing"))
    for typed in SENT[::2]:
        post(client, next(paths), {**{next(names): typed for _ in range(5)}, typed[:40] or "x": typed})
    for typed in SENT[::4]:
        found = client.get("/search?" + urlencode({"q": typed[:200]}))
        assert found.status_code in (200, 422)
        assert not set(found.text) & set(TURNING)
    for typed in SENT[::16]:
        query = urlencode({"q": typed[:100], "done": typed[:100], "show": typed[:100], "before": typed[:100]})
        for path in ("/me", "/practice", "/practice/links", "/resume"):
            assert client.get(f"{path}?{query}").status_code < 500
    assert PASSWORD


@pytest.mark.parametrize("half", HALF)
def test_half_of_a_character_is_refused_wherever_it_comes_in(client, half):
    content = b"problem_words=" + half.encode("utf-8", "surrogatepass")
    coded = "problem_words=" + "".join(f"%{one:02X}" for one in half.encode("utf-8", "surrogatepass"))
    for body in (content, coded.encode()):
        answer = client.post("/quiz/whole", content=body, headers={"content-type": "application/x-www-form-urlencoded"})
        assert answer.status_code == 400
    file = '{"format": "acupwa-export", "version": 1, "note": ' + json.dumps(half) + "}"
    assert send(client, file).status_code == 422


def test_a_calendar_holds_no_word_that_a_person_typed(client):
    for typed in ("\u202eabc", "=1+1"):
        post(client, "/quiz/whole", {**without_empty(RA), "problem_words": typed})
    ann = signed_in(client)
    make_link(ann, alias="\u202eabc")
    calendar = client.get("/plan.ics")
    assert calendar.status_code == 404 or "abc" not in calendar.text
