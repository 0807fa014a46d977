"""A field that a form does not have, or a choice that nobody offers, is named and nothing is done: at every address."""

from __future__ import annotations

import pytest

from acupwa.web.declared import fields_of, undeclared
from acupwa.web.forms import FormData
from acupwa.web.ticks import TICKED, TICKS, UNTICKED, read_tick
from tests.support.people import RA, fill, finish_check_in, plan_fields
from tests.test_races import EACH, Press


def told(answer):
    assert answer.status_code == 422, (answer.status_code, answer.text[:500])
    return answer.text


@pytest.mark.parametrize("case", EACH)
def test_a_name_that_the_form_does_not_have_is_told_and_nothing_happens(client, case):
    press = case(client)
    export = client.get("/me/export.json")

    page = told(press.send(client, **{"ratings.pian": "9<b>"}))

    assert "<code>ratings.pian</code>" in page
    assert "9&lt;b&gt;" in page
    now = client.get("/me/export.json")
    assert now.status_code == export.status_code
    if now.status_code == 200:
        assert {**now.json(), "exported_at": ""} == {**export.json(), "exported_at": ""}


@pytest.mark.parametrize(
    ("path", "field", "value"),
    [
        ("/quiz", "again", "perhaps"),
        ("/quiz", "variant", "whole"),
        ("/quiz", "consent_version", "77"),
        ("/plan", "do", "keep"),
        ("/plan", "leave_out_holidays", "perhaps"),
        ("/plan", "per_week", "every"),
        ("/plan", "weekdays", "someday"),
        ("/plan", "off_from.99", "2026-12-24"),
        ("/plan/sessions/2/move", "which", "all"),
        ("/list", "action", "everything"),
        ("/list/what-to-expect", "action", "everything"),
        ("/resume", "replace", "all"),
        ("/me/import", "do", "merge"),
    ],
)
def test_a_choice_that_nobody_offers_is_told_and_nothing_happens(client, path, field, value):
    place = fill(client, RA, until="lately")
    finish_check_in(client)
    client.post("/plan", plan_fields())
    before = client.get("/me/export.json").json()
    fields = {
        "/plan": plan_fields(time="11:00"),
        "/plan/sessions/2/move": {"day": "2026-12-09", "time": "10:00", "which": "rest"},
        "/resume": {"code": "CDF-HJK"},
        "/me/import": {"text": client.get("/me/export.json").text},
    }.get(path, {})

    told(Press(path, fields, multipart=path == "/me/import").send(client, **{field: value}))

    after = client.get("/me/export.json").json()
    assert {**after, "exported_at": ""} == {**before, "exported_at": ""}
    assert client.get(f"{place}/lately").status_code == 200


@pytest.mark.parametrize("mark", ["none_right_now", "none_lately", "none_before_needles", "none_side_effects"])
@pytest.mark.parametrize("value", ["2", "maybe", "[]", "None", "yes no"])
def test_none_of_these_is_never_read_into_another_word(client, mark, value):
    answer = client.post("/quiz/whole", {"age_band": "40-64", "conditions": ["ra"], "sessions_since": "1", mark: value})

    assert mark in told(answer)


@pytest.mark.parametrize("value", ["0", "no", "false", "off", ""])
def test_a_box_that_is_not_ticked_is_not_ticked(client, value):
    fill(client, RA, until="about-you")
    place = client.post("/quiz", {"again": "1"}).headers["location"].rpartition("/")[0]

    assert "Tick every sign" in told(client.post(f"{place}/right-now", {"none_right_now": value}))


def test_a_draft_with_a_misspelt_name_keeps_nothing_of_it(client):
    place = fill(client, RA, until="ratings")
    before = client.get("/me/export.json").json()["check_ins"][0]["answers"]

    page = told(client.post(f"{place}/ratings/draft", {"ratings.fatigue": "4", "rating.sleep": "3"}))

    assert "rating.sleep" in page
    assert client.get("/me/export.json").json()["check_ins"][0]["answers"] == before


def test_a_tick_is_one_of_a_few_words():
    assert {word: read_tick(word) for word in TICKS} == dict.fromkeys(TICKED, True) | dict.fromkeys(UNTICKED, False)
    assert read_tick("TRUE") is True
    assert read_tick("ja") is None


def test_a_field_is_told_once_and_a_long_name_is_cut():
    form = FormData([("x" * 500, "1"), ("x" * 500, "2"), ("known", "3"), ("choice", "b")])

    errors = undeclared(form, {**fields_of("known"), "choice": ("a",)})

    assert [(error.field[:1], len(error.field)) for error in errors] == [("x", 80), ("c", 6)]
