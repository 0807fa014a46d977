"""The whole check-in on one page: all that the screens ask, for whom it is, sent as it stands and shown again with its faults."""

from __future__ import annotations

import random
import re
from typing import Any

import brotli
import pytest

from acupwa.quiz.forms import quiz_fields
from acupwa.quiz.model import SCREENS, SINCE, Answers
from acupwa.quiz.one_page_form import one_page_fields
from acupwa.quiz.only_for import only_for
from acupwa.quiz.rules import (
    ACTIVITY,
    flags_lately,
    flags_right_now,
    precautions_asked,
    ratings_asked,
    screens_for,
    symptom_choices,
)
from acupwa.quiz.screens.registry import FULL
from tests.support.html_page import Element, Page
from tests.support.paths import ROOT
from tests.support.people import EVERYONE, MS_BY_CARER, RA, without_empty

KILOBYTE = 1024
# Of an older page, or another name of the same.
NOT_ASKED = {"ratings.pain", "ratings.sleep", "instruments.peg", "instruments.phq4"}
RULES = (ROOT / "static" / "css" / "whole.css").read_text()


def shown(client: Any) -> Page:
    return Page(client.get("/quiz/whole").text)


def fields_on(page: Page) -> list[Element]:
    return [one for one in page.all("input", "select", "textarea") if one.attrs.get("name")]


def sent_by(page: Page) -> dict[str, Any]:
    """What a browser would send of the form as it stands."""
    sent: dict[str, list[str]] = {}
    for one in fields_on(page):
        name, kind = one.attrs["name"], one.attrs.get("type")
        if one.tag == "select":
            chosen = [option for option in one.inside("option") if "selected" in option.attrs] or one.inside("option")
            sent.setdefault(name, []).append(chosen[0].attrs["value"])
        elif one.tag == "textarea":
            sent.setdefault(name, []).append("".join(one.own_text))
        elif kind not in ("checkbox", "radio") or "checked" in one.attrs:
            sent.setdefault(name, []).append(one.attrs.get("value", ""))
    return dict(sent)


def filled(page: Page, fields: Any) -> dict[str, Any]:
    """The form as a person leaves it, who answers no other question than these."""
    said = {name: value for name, value in without_empty(fields).items() if value != "no"}
    offered = {(one.attrs["name"], one.attrs.get("value")) for one in fields_on(page)}
    for name, value in said.items():
        for each in [value] if isinstance(value, str) else value:
            assert (name, each) in offered or name in ("country", "problem_words", "stiffness_minutes"), (name, each)
    return {**sent_by(page), **said}


def test_it_has_every_field_of_every_screen_and_each_is_declared(client, library):
    names = {one.attrs["name"] for one in fields_on(shown(client))}

    asked = {name for id in SCREENS if id in FULL for name in FULL[id].fields(library, ())}
    since = FULL[SINCE].fields(library, ())
    assert asked - names == NOT_ASKED
    assert names <= set(one_page_fields(library))
    assert not names & set(since)
    assert asked | set(since) < set(quiz_fields(library)), "the rest compares with the time before"


def test_it_offers_every_choice_that_a_screen_can_offer(client, library):
    values = {(one.attrs["name"], one.attrs.get("value")) for one in fields_on(shown(client))}

    for id in library.conditions:
        answers = Answers(conditions=(id,), answering_for="my-child")
        for flag in (*flags_right_now(library), *flags_lately(answers, library)):
            assert ("red_flags", flag.id) in values
        for one in precautions_asked(answers, library):
            assert {("precautions", one.id), ("unsure", one.id)} <= values
        for rating in symptom_choices(answers, library):
            assert ("main_symptom", rating.key) in values


def test_the_signs_come_first_and_each_says_what_to_do(client, library):
    page = shown(client)

    first = next(one for one in page.all("section") if "whole-step" in one.attrs.get("class", ""))
    assert first.attrs["id"] == "step-right-now"
    for flag in flags_right_now(library):
        sign = next(one for one in first.inside("input") if one.attrs.get("value") == flag.id)
        assert flag.do in sign.parent.parent.words


@pytest.mark.parametrize("who", EVERYONE)
def test_sent_as_a_browser_sends_it_it_is_taken(client, who):
    answer = client.post("/quiz/whole", filled(shown(client), EVERYONE[who]))

    assert answer.status_code == 303, answer.text[:2000]
    assert "/results/" in answer.headers["location"]


def test_it_is_the_same_for_everyone_and_small(client, app):
    answer = client.get("/quiz/whole")

    assert answer.headers["cache-control"].startswith("public")
    assert "set-cookie" not in answer.headers
    client.post("/quiz/whole", without_empty(RA))
    assert client.get("/quiz/whole").content == answer.content
    assert len(brotli.compress(answer.text.encode())) <= 30 * KILOBYTE


def test_with_a_fault_it_comes_back_with_all_that_was_answered(client):
    told = filled(shown(client), RA | {"red_flags": ["clot-leg"], "none_lately": "", "unsure": ["no-spleen"]})
    answer = client.post("/quiz/whole", {**told, "age_band": [], "stiffness_minutes": "an age"})

    page = Page(answer.text)
    assert answer.status_code == 422
    assert page.title.startswith("Error: ")
    kept = sent_by(page)
    assert kept["groups"] == ["joints", "medicines", "blood-and-organs"], "open, with what is ticked inside"
    assert {name: values for name, values in kept.items() if name != "groups"} == {
        name: [values] if isinstance(values, str) else values
        for name, values in {**told, "stiffness_minutes": "an age"}.items()
        if name != "age_band" and values != []
    }
    links = {one.attrs["href"] for one in page.all("a") if one.within("ul") and one.attrs["href"].startswith("#f-")}
    assert links == {"#f-age-band", "#f-stiffness-minutes"}
    for link in links:
        place = next(one for one in page.elements if one.attrs.get("id") == link[1:])
        assert f"{link[1:]}-error" in place.attrs["aria-describedby"]
    assert not client.cookies


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"none_right_now": "1", "red_flags": ["sepsis"]}, "#f-red-flags"),
        ({"none_lately": "1", "red_flags": ["clot-leg"]}, "#f-red-flags-lately"),
        ({"none_lately": "1", "groups": ["joints"]}, "#f-red-flags-lately"),
        ({"conditions": ["ra", "none-yet"]}, "#f-conditions"),
        ({"none_before_needles": "1", "precautions": ["no-spleen"]}, "#f-precautions"),
        ({"ratings.itch": "4"}, "#f-ratings-itch"),
    ],
)
def test_each_fault_stands_at_its_field_once(client, fields, place):
    answer = client.post("/quiz/whole", {"from_page": "1", "age_band": "40-64", "conditions": ["ra"], **fields})

    page = Page(answer.text)
    assert answer.status_code == 422
    assert [one.attrs["href"] for one in page.all("a") if one.attrs["href"].startswith("#f-")] == [place]
    assert sum(one.attrs.get("id") == f"{place[1:]}-error" for one in page.elements) == 1


def test_what_another_program_sends_is_told_with_what_it_sent(client):
    for more in ({}, {"from_page": "1", "made_up": "1"}, {"from_page": "1", "quiz_version": "999"}):
        answer = client.post("/quiz/whole", {"age_band": "40-64", "problem_words": "zebra", **more})

        assert answer.status_code == 422
        assert "Some answers need a change first" in answer.text


def at_random(library: Any, count: int) -> Any:
    chance = random.Random(20261130)
    for _ in range(count):
        yield Answers(
            conditions=tuple(chance.sample(list(library.conditions), chance.randint(0, 4))),
            answering_for=chance.choice([None, "myself", "someone-i-care-for", "my-child"]),
            age_band=chance.choice([None, "under-16", "16-17", "40-64"]),
        )


def test_for_whom_a_question_is_is_what_the_rules_say_of_any_answers(library):
    whom = only_for(library)
    for answers in at_random(library, 400):
        on = {*answers.conditions, "busy"} | ({"another"} if answers.answering_for not in (None, "myself") else set())
        on |= {"grown"} if answers.age_band != "under-16" else set()
        on |= {"whole"} if "grown" in on and "none-yet" not in answers.conditions else set()

        def is_for(name: str, on: set[str] = on) -> bool:
            return name not in whom or bool(on & set(whom[name].split()))

        asked = {one.key for one in ratings_asked(answers, library)}
        for key, rating in library.ratings.items():
            if rating.asked in ("always", "by-condition", "when-pain-is-zero"):
                assert is_for(f"ratings.{key}") == (key in asked), (key, answers)
        flags = {one.id for one in (*flags_right_now(library), *flags_lately(answers, library))}
        assert {id for id in library.red_flags if is_for(f"red_flags={id}")} == flags
        offered = [one for one in library.precautions.values() if not (one.follows_from or one.merged_into)]
        asked_of = {one.id for one in precautions_asked(answers, library)}
        assert {one.id for one in offered if is_for(f"precautions={one.id}")} == asked_of
        symptoms = {one.key for one in symptom_choices(answers, library)} - {ACTIVITY}
        assert {key for key in symptoms if is_for(f"main_symptom={key}")} == symptoms
        screens = {id for id in SCREENS if is_for(f"screens={id}")}
        assert screens == set(screens_for(answers))


def test_css_shows_it_to_everyone_whom_it_is_for(library):
    words = {word for one in only_for(library).values() for word in one.split()}

    shown_to = set(re.findall(r'\[data-for~="([\w-]+)"\]', RULES))
    assert shown_to == words
    for id in words & set(library.conditions):
        assert f'[name="conditions"][value="{id}"]:checked) [data-for~="{id}"]' in RULES


def test_a_carer_is_asked_what_is_asked_of_carers(client):
    answer = client.post(
        "/quiz/whole", filled(shown(client), MS_BY_CARER | {"unsure": ["confused-or-unable-to-consent"]})
    )

    assert answer.status_code == 303
