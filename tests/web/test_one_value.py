"""A field that has one value and comes with two different ones is named, and nothing is done, at every address."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acupwa.planner.plan_fields import PLAN_FIELDS
from acupwa.practice.sharing.proposals.forms import SEND_FIELDS
from acupwa.quiz.forms import quiz_fields
from acupwa.quiz.model import Answers
from acupwa.web.declared import Declared, Shape, fields_of, many_of, undeclared
from acupwa.web.forms import FormData
from tests.support.html_page import Page
from tests.support.people import RA, SCREENS, fill, plan_fields
from tests.support.practitioners import PASSWORD, asked, give, opened, signed_in
from tests.test_races import EACH

TWICE = "This was sent more than once"
ABOUT = {"age_band": "40-64", "conditions": ["ra"]}


def told(answer: Any, name: str) -> None:
    assert answer.status_code == 422, (name, answer.status_code, answer.text[:300])
    assert f"<code>{name}</code>: {TWICE}" in answer.text, name


def twice(fields: dict[str, Any], name: str, other: str) -> dict[str, Any]:
    return {**fields, name: [fields.get(name, ""), other]}


@given(st.lists(st.sampled_from(["a", "b", ""]), min_size=1, max_size=4))
def test_one_value_is_one_and_several_are_several(values):
    form = FormData.of({"one": values, "choice": values, "several": values})
    declared = {**fields_of("one"), "choice": ("a", "b"), **many_of("several")}

    assert [fault.field for fault in undeclared(form, declared)] == (["one", "choice"] if len(set(values)) > 1 else [])


def test_what_cleaning_takes_away_is_a_difference_too():
    form = FormData([("password", "a\u200bb"), ("password", "ab")])

    assert [fault.field for fault in undeclared(form, fields_of("password"))] == ["password"]


def test_names_that_are_cleaned_to_the_same_are_the_same():
    form = FormData([("note", "a"), ("no\u200bte", "b")])

    assert [fault.field for fault in undeclared(form, fields_of("note"))] == ["note"]


def test_the_fields_that_have_several_values_are_these(library):
    several = {name for name, shape in quiz_fields(library).items() if shape is Shape.MANY}

    assert several == {
        "conditions", "red_flags", "precautions", "unsure", "groups", "side_effects", "changed_since", "acupuncture_before",
        *(f"instruments.{id}" for id in library.instruments),
    }  # fmt: skip
    assert {name for name, shape in PLAN_FIELDS.items() if shape is Shape.MANY} == {"weekdays", "days_off"}
    assert {name for name, shape in SEND_FIELDS.items() if shape is Shape.MANY} == {"weekdays", "days_off", "pages"}


def test_each_single_answer_of_the_whole_quiz_given_twice_is_named(client, library):
    names = [name for name, shape in quiz_fields(library).items() if shape is None]
    assert set(Answers.__struct_fields__) - {"ratings", "instruments", "conditions", "red_flags", "precautions"} <= {
        *names, "unsure", "groups", "side_effects", "changed_since", "acupuncture_before",
    }  # fmt: skip
    for name in (*names, "variant", "quiz_version", "consent_version", "consent_at", "time_zone", "idempotency_key"):
        told(client.post("/quiz/whole", {**ABOUT, name: ["1", "2"]}), name)
    assert client.get("/me/export.json").status_code == 404


def sends_twice(page: str, declared: Declared) -> set[str]:
    """Names of which a form of this page can send two values, though it declares one."""
    found = set()
    for form in Page(page).all("form"):
        fields = [one for tag in ("input", "select", "textarea") for one in form.inside(tag) if "name" in one.attrs]
        radios = {one.attrs["name"] for one in fields if one.attrs.get("type") == "radio"}
        names = [one.attrs["name"] for one in fields if one.attrs.get("type") != "radio"] + [*radios]
        found |= {name for name in names if names.count(name) > 1 and declared.get(name) is not Shape.MANY}
    return found


def none_sends_twice(client: Any, pages: dict[str, Declared]) -> None:
    for path, declared in pages.items():
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert not sends_twice(answer.text, declared), path


def test_no_page_of_ours_sends_two_values_of_one(client, clock, library):
    place = fill(client, RA)
    quiz = quiz_fields(library)
    pages = {f"{place}/{screen}": quiz for screen in (*SCREENS, "review")}
    none_sends_twice(client, pages)
    client.post(f"{place}/finish")
    none_sends_twice(client, {"/plan": PLAN_FIELDS})
    shown = client.post("/plan", plan_fields(do="preview", first_day="2026-12-21", **{"off_from.0": "2027-01-04"}))
    assert "off_from.0" in shown.text
    assert not sends_twice(shown.text, PLAN_FIELDS)
    clock.now += timedelta(days=20)
    again = client.post("/quiz", {"variant": "follow-up"}).headers["location"]
    none_sends_twice(
        client, {again: quiz, **{page: {} for page in ("/today", "/me", "/me/import", "/resume", "/check-in")}}
    )
    ann = signed_in(client)
    give(patient := client.another(), asked(patient, ann))
    for path in (
        f"{opened(ann)}/send",
        f"{opened(ann)}/note",
        "/practice/links",
        "/practice/people",
        "/practice/clinic",
    ):
        assert not sends_twice(ann.get(path).text, SEND_FIELDS), path


def test_the_same_twice_is_once(client):
    answer = client.post("/quiz/whole", {**ABOUT, "ratings.fatigue": ["5", "5"], "country": ["GB", "GB"]})

    assert answer.status_code == 303


@pytest.mark.parametrize("case", EACH)
def test_each_field_of_each_form_of_a_patient(client, case):
    press = case(client)
    many = {
        "conditions",
        "red_flags",
        "precautions",
        "weekdays",
        "side_effects",
        "changed_since",
        "groups",
        "pauses",
        "kinds",
    }
    names = [name for name in press.data if name not in many]
    if press.multipart or not names:
        return
    before = client.get("/me/export.json")

    for name in names:
        told(client.post(press.path, twice(press.data, name, "another"), headers=press.headers), name)

    now = client.get("/me/export.json")
    assert now.status_code == before.status_code
    if now.status_code == 200:
        assert {**now.json(), "exported_at": ""} == {**before.json(), "exported_at": ""}


def test_each_field_of_each_form_of_a_clinic(client):
    ann, patient = signed_in(client), client.another()
    preview = asked(patient, ann)
    seen = re.search(r'name="seen" value="([^"]+)"', patient.get(preview).text)[1]
    told(patient.post(preview, {"item": ["a", "b"], "seen": [seen, "x"]}), "seen")
    give(patient, preview)
    share = opened(ann)
    forms = {
        "/practice/links": {"kind": "reusable", "variant": "full", "days": "0", "share_days": "90", "alias": "a", "note": "n"},
        "/practice/people": {"email": "new@example.org", "name": "New", "role": "practitioner"},
        "/practice/clinic": {"name": "Needle Lane", "contact": "c", "colours": "teal", "time_zone": "Europe/London"},
        "/practice/account/name": {"name": "Ann"},
        "/practice/account/password": {"old": PASSWORD, "password": "another long password"},
        "/practice/find": {"alias": "Mae"},
        "/practice/sign-in": {"email": "a@b.example", "password": PASSWORD, "next": "/practice"},
        "/practice/sign-in/code": {"code": "CDFHJK"},
        "/practice/sign-in/forgot": {"email": "a@b.example"},
        f"{share}/note": {"note": "LI4", "kept": "yes"},
        f"{share}/seen": {"seen": "yes"},
        f"{share}/send": {"note": "Hello", "with_plan": "yes", **plan_fields()},
    }  # fmt: skip

    for path, fields in forms.items():
        for name in fields.keys() - {"weekdays"}:
            answer = ann.post(path, twice(fields, name, "x"))
            told(answer, name)
            assert PASSWORD not in answer.text

    told(ann.get("/practice/trail?what=link-made&what=signed-in"), "what")
    told(ann.get("/practice/trail.csv?day=2026-11-20&day=2026-11-21"), "day")
