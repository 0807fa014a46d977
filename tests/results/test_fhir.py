"""FHIR R4: accepted by `fhir.resources`, and by our own checks of what it does not look at."""

from __future__ import annotations

import copy
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest
from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.questionnaire import Questionnaire
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse
from fhirclient.models.bundle import Bundle as SmartBundle
from hypothesis import given
from hypothesis import strategies as st

from acupwa.library.load import load_library
from acupwa.quiz.groups import known_groups
from acupwa.quiz.model import Answers, CheckIn
from acupwa.results.fhir.bundle import bundle_of
from acupwa.results.fhir.datatypes import to_json
from acupwa.results.fhir.items import items_of
from acupwa.results.fhir.questionnaire import questionnaire
from acupwa.results.fhir.response import questionnaire_response
from tests.support.fhir_check import faults_of_questionnaire, faults_of_response, walk

LIBRARY = load_library()
ITEMS = items_of(LIBRARY)
FORM = questionnaire(LIBRARY)
MOMENT = datetime(2026, 11, 23, 10, 0, 0, 5, tzinfo=UTC)


def check_in(answers: Answers, **more: Any) -> CheckIn:
    return CheckIn(
        **{
            "id": UUID(int=7),
            "variant": "full",
            "answers": answers,
            "quiz_version": LIBRARY.quiz.version,
            "content_version": LIBRARY.version,
            "language": "en",
            "created_at": MOMENT,
            "updated_at": MOMENT,
            "finished_at": MOMENT,
            **more,
        }
    )


def read_back(resource: dict[str, Any], kind: Any) -> dict[str, Any]:
    """Through the bytes and through `fhir.resources`; what comes back must be the same."""
    sent = json.loads(to_json(resource))
    assert json.loads(kind.model_validate_json(to_json(resource)).model_dump_json()) == sent
    return sent


def some(ids: Any) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(sorted(ids)), unique=True, max_size=4).map(tuple)


number = st.none() | st.integers(0, 10)
words = st.none() | st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=80)
generated = st.builds(
    Answers,
    answering_for=st.none() | st.sampled_from(["myself", "someone-i-care-for", "my-child"]),
    age_band=st.sampled_from(["under-16", "16-17", "18-39", "40-64", "65-plus"]),
    country=st.none() | st.sampled_from(["GB", "DE", "US"]),
    conditions=st.just(("none-yet",))
    | st.lists(st.sampled_from(sorted(set(LIBRARY.conditions) - {"none-yet"})), min_size=1, unique=True).map(tuple),
    red_flags=some(LIBRARY.red_flags),
    none_right_now=st.booleans(),
    none_lately=st.booleans(),
    ratings=st.dictionaries(st.sampled_from(sorted(LIBRARY.ratings)), number),
    instruments=st.fixed_dictionaries(
        {},
        optional={
            "peg": st.tuples(number, number, number),
            "phq4": st.tuples(*[st.none() | st.integers(0, 3)] * 4),
            "pgic": st.tuples(st.none() | st.integers(1, 7)),
        },
    ),
    precautions=some(one.id for one in LIBRARY.precautions.values() if not one.follows_from),
    unsure=some(one.id for one in LIBRARY.precautions.values() if not one.follows_from),
    groups=some(known_groups(LIBRARY)),
    none_before_needles=st.booleans(),
    main_symptom=st.none() | st.sampled_from(sorted(LIBRARY.ratings)),
    problem_words=words,
    activity_words=words,
    acupuncture_before=st.none() | st.sampled_from(["no", "in-the-past", "now"]),
    stopping_medicine=st.none() | st.booleans(),
    stiffness_minutes=st.none() | st.integers(0, 1440),
    sessions_since=st.none() | st.integers(0, 99),
    side_effects=some(LIBRARY.side_effects),
    none_side_effects=st.booleans(),
    changed_since=some(one.id for one in LIBRARY.quiz.changes),
    none_changed=st.booleans(),
    note=words,
)
WHOLE = Answers(
    age_band="40-64",
    country="GB",
    conditions=("ra",),
    none_right_now=True,
    ratings={"pain": 0, "activity": 3, "fatigue": None, "sleep": 4, "stiffness": 5, "problem": 6},
    stiffness_minutes=45,
    instruments={"peg": (0, 3, 2), "phq4": (1, None, 2, 3), "pgic": (3,)},
    precautions=("anticoagulants",),
    problem_words="my wrist",
    main_symptom="problem",
    stopping_medicine=False,
    sessions_since=4,
    side_effects=("bruise",),
    changed_since=("flare",),
    note="a better week",
)


def answers_of(response: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    return {item["linkId"]: item["answer"] for item in walk(response["item"]) if "answer" in item}


def test_the_questionnaire_is_accepted_by_both():
    assert faults_of_questionnaire(read_back(FORM, Questionnaire)) == []


def test_link_ids_are_the_names_of_the_fields_and_stay():
    fields = {item["linkId"] for item in walk(FORM["item"]) if item["type"] != "group"}

    ratings = {f"ratings.{key}" for key in LIBRARY.ratings if key != "pain"}
    peg = {f"instruments.peg.{number}" for number in (1, 2, 3, "score")}
    mood = {f"instruments.phq4.{number}" for number in (1, 2, 3, 4, "score")}
    plain = set(Answers.__struct_fields__) - {"ratings", "instruments"}
    assert fields == ratings | peg | mood | {"instruments.pgic.1"} | plain


def test_loinc_codes_are_those_of_the_content_and_no_other():
    coded = {code["code"] for item in walk(FORM["item"]) for code in item.get("code", [])}

    known = {one.loinc for one in LIBRARY.instruments.values()}
    known |= {item.loinc for one in LIBRARY.instruments.values() for item in one.items}
    assert coded == known - {None}
    assert "LOINC® is a registered United States trademark" in FORM["copyright"]
    systems = {
        option["valueCoding"]["system"] for item in walk(FORM["item"]) for option in item.get("answerOption", [])
    }
    assert all(system.startswith("urn:acupwa:") for system in systems)


def test_a_scored_answer_carries_its_number_for_old_and_new_readers():
    (item,) = [item for item in walk(FORM["item"]) if item["linkId"] == "instruments.phq4.4"]

    for number, option in enumerate(item["answerOption"]):
        assert [(one["url"].rpartition("/")[2], one["valueDecimal"]) for one in option["extension"]] == [
            ("ordinalValue", number),
            ("itemWeight", number),
        ]


@given(generated)
def test_any_answers_make_a_response_that_both_accept(answers):
    response = read_back(questionnaire_response(check_in(answers), ITEMS), QuestionnaireResponse)

    assert faults_of_response(response, FORM) == []


@given(generated, generated)
def test_any_check_ins_make_a_bundle(first, second):
    later = MOMENT + timedelta(days=30)
    check_ins = [
        check_in(second, id=UUID(int=8), created_at=later, updated_at=later, finished_at=later),
        check_in(first),
        check_in(first, id=UUID(int=9), finished_at=None),
    ]

    bundle = read_back(bundle_of(check_ins, ITEMS, later), Bundle)

    assert bundle["type"] == "collection"
    resources = [entry["resource"] for entry in bundle["entry"]]
    responses = [one for one in resources if one["resourceType"] == "QuestionnaireResponse"]
    assert [one["id"] for one in responses] == [str(UUID(int=7)), str(UUID(int=8))]
    assert len({entry["fullUrl"] for entry in bundle["entry"]}) == len(bundle["entry"])
    for one in resources:
        if one["resourceType"] == "Observation":
            assert ("dataAbsentReason" in one) != any(key.startswith("value") for key in one)


def test_a_reader_by_other_people_takes_in_what_was_answered():
    """It keeps no reason beside a number that was kept back, so each question here has its answer."""
    answers = Answers(conditions=("ra",), ratings={"pain": 3, "fatigue": 0}, instruments={"peg": (3, 4, 5)})
    sent = json.loads(to_json(bundle_of([check_in(answers)], ITEMS, MOMENT)))

    assert SmartBundle(sent, strict=True).as_json() == sent


def test_every_answer_is_in_the_response():
    response = questionnaire_response(check_in(WHOLE), ITEMS)
    given_ = answers_of(response)

    assert faults_of_response(response, FORM) == []
    assert given_["instruments.peg.1"] == [{"valueInteger": 0}]
    assert given_["instruments.peg.score"] == [{"valueDecimal": 1.7}]
    assert given_["ratings.activity"] == [{"valueInteger": 3}]
    assert given_["sessions_since"] == [{"valueInteger": 4}]
    assert given_["stopping_medicine"] == [{"valueBoolean": False}]
    assert given_["note"] == [{"valueString": "a better week"}]
    assert [one["valueCoding"]["code"] for one in given_["changed_since"]] == ["flare"]
    told = {name for name, value in msgspec.to_builtins(WHOLE).items() if value} - {"ratings", "instruments"}
    assert told <= set(given_)


def test_prefer_not_to_say_is_no_number_and_gives_no_score():
    given_ = answers_of(questionnaire_response(check_in(WHOLE), ITEMS))

    reason = {"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "asked-declined"}
    assert given_["ratings.fatigue"] == [{"_valueInteger": {"extension": [reason]}}]
    assert given_["instruments.phq4.2"] == [{"extension": [reason]}]
    assert "instruments.phq4.score" not in given_


def codings(value: object) -> list[dict[str, object]]:
    inside = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    own = [value["valueCoding"]] if isinstance(value, dict) and "valueCoding" in value else []
    return own + [one for inner in inside for one in codings(inner)]


def test_nothing_skipped_is_a_coding_of_somebody_else_in_any_file():
    """As the validators of others read it: a Coding is held against the options by its system and code."""
    skipped = msgspec.structs.replace(
        WHOLE,
        ratings=dict.fromkeys(WHOLE.ratings),
        instruments={"peg": (None,) * 3, "phq4": (None,) * 4, "pgic": (None,)},
    )
    record = check_in(skipped)
    response = questionnaire_response(record, ITEMS)
    bundle = bundle_of([msgspec.structs.replace(record, finished_at=record.updated_at)], ITEMS, record.updated_at)

    assert faults_of_response(response, FORM) == []
    assert [one for one in codings([response, bundle]) if not {"system", "code"} <= one.keys()] == []
    numbers = [one["resource"] for one in bundle["entry"] if one["resource"]["resourceType"] == "Observation"]
    assert numbers
    given = ("sessions_since", "stiffness_minutes")
    assert all("dataAbsentReason" in one or one["code"]["coding"][0]["code"] in given for one in numbers)
    assert QuestionnaireResponse.model_validate(response)


def test_what_was_not_answered_is_left_out():
    answers = msgspec.structs.replace(WHOLE, instruments={"phq4": (1, None, None, None)})
    given_ = answers_of(questionnaire_response(check_in(answers, open_items=("phq4.2", "phq4.3")), ITEMS))

    assert "instruments.phq4.2" not in given_
    assert "instruments.phq4.4" in given_


def test_pain_alone_stands_as_the_first_item_of_peg():
    answers = msgspec.structs.replace(WHOLE, instruments={}, ratings={"pain": 6})
    given_ = answers_of(questionnaire_response(check_in(answers), ITEMS))

    assert given_["instruments.peg.1"] == [{"valueInteger": 6}]
    assert "instruments.peg.score" not in given_


def test_a_hidden_answer_is_dropped():
    answers = msgspec.structs.replace(WHOLE, instruments={}, ratings={"pain": 4, "activity": 3, "itch": 9})

    given_ = answers_of(questionnaire_response(check_in(answers), ITEMS))

    assert "ratings.itch" not in given_
    assert "ratings.activity" not in given_


def test_a_rating_that_the_quiz_no_longer_has_is_kept():
    answers = msgspec.structs.replace(WHOLE, ratings={"gone": 4})

    response = questionnaire_response(check_in(answers, quiz_version="0"), ITEMS)

    assert answers_of(response)["ratings.gone"] == [{"valueInteger": 4}]
    assert response["questionnaire"] == "urn:acupwa:Questionnaire:acupwa-full|0"
    read_back(response, QuestionnaireResponse)


def numbers_of(instrument: str) -> st.SearchStrategy[tuple[int | None, ...]]:
    return st.lists(st.none() | st.integers(-100, 1_000) | st.integers(0, 9), max_size=6).map(tuple)


@given(peg=numbers_of("peg"), phq4=numbers_of("phq4"), pgic=numbers_of("pgic"))
def test_no_number_that_an_instrument_does_not_know_is_ever_written(peg, phq4, pgic):
    answers = msgspec.structs.replace(WHOLE, ratings={}, instruments={"peg": peg, "phq4": phq4, "pgic": pgic})
    record = check_in(answers, quiz_version="0")

    written = [*walk(questionnaire_response(record, ITEMS)["item"])]
    observed = [one["resource"] for one in bundle_of([record], ITEMS, MOMENT)["entry"][1:]]

    for name, low, high in (("peg", 0, 10), ("phq4", 0, 3), ("pgic", 1, 7)):
        answers_ = [
            one["answer"][0]
            for one in written
            if one["linkId"].startswith(f"instruments.{name}.") and "answer" in one and "score" not in one["linkId"]
        ]
        numbers = [one["valueInteger"] for one in answers_ if "valueInteger" in one]
        numbers += [int(one["valueCoding"]["code"]) for one in answers_ if "valueCoding" in one]
        numbers += [
            one["valueInteger"]
            for one in observed
            if "valueInteger" in one
            and one["code"]["coding"][0]["code"].startswith(f"instruments.{name}.")
            and "score" not in str(one["code"])
        ]
        assert all(low <= number <= high for number in numbers)


def test_status_and_time():
    def stated(**more: Any) -> tuple[str, str]:
        response = questionnaire_response(check_in(WHOLE, **more), ITEMS)
        return response["status"], response["authored"]

    assert stated() == ("completed", "2026-11-23T10:00:00Z")
    assert stated(finished_at=None) == ("in-progress", "2026-11-23T10:00:00Z")
    assert stated(updated_at=MOMENT + timedelta(hours=1)) == ("amended", "2026-11-23T11:00:00Z")


def test_nothing_names_the_person():
    bundle = json.loads(to_json(bundle_of([check_in(WHOLE)], ITEMS, MOMENT)))

    def keys(value: Any) -> set[str]:
        if isinstance(value, dict):
            return set(value) | {key for one in value.values() for key in keys(one)}
        return {key for one in value for key in keys(one)} if isinstance(value, list) else set()

    assert keys(bundle).isdisjoint({"subject", "source", "identifier", "author", "performer", "contained", "name"})


def test_the_same_answer_has_the_same_id_in_every_export():
    assert bundle_of([check_in(WHOLE)], ITEMS, MOMENT) == bundle_of([check_in(WHOLE)], ITEMS, MOMENT)


def change(response: dict[str, Any], link_id: str, **parts: Any) -> None:
    (item,) = [item for item in walk(response["item"]) if item["linkId"] == link_id]
    item.update(parts)


FAULTS: dict[str, Any] = {
    "status: done": lambda r: r.update(status="done"),
    "instruments.peg.1: 11 is out of range": lambda r: change(r, "instruments.peg.1", answer=[{"valueInteger": 11}]),
    "ratings.what: not in the questionnaire": lambda r: change(r, "ratings.sleep", linkId="ratings.what"),
    "age_band: required and left out": lambda r: r["item"][0]["item"].pop(0),
    "ratings.activity: answered though hidden": lambda r: change(r, "instruments.peg.1", answer=[{"valueInteger": 5}]),
    "sessions_since: ['valueString'] for integer": lambda r: change(r, "sessions_since", answer=[{"valueString": "4"}]),
    "note: answered more than once": lambda r: change(r, "note", answer=[{"valueString": "a"}, {"valueString": "b"}]),
    "authored: not in UTC": lambda r: r.update(authored="2026-11-23T10:00:00+00:00"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_our_own_check_finds_what_the_library_lets_pass(fault):
    response = copy.deepcopy(questionnaire_response(check_in(WHOLE), ITEMS))
    FAULTS[fault](response)

    QuestionnaireResponse.model_validate(response)
    assert fault in faults_of_response(response, FORM)


def test_our_own_check_finds_a_faulty_questionnaire():
    form = copy.deepcopy(FORM)
    display = {"linkId": "age_band", "type": "display", "text": "x", "item": [{"linkId": "y", "type": "string"}]}
    two = [{"question": "note", "operator": "exists", "answerBoolean": True}] * 2
    form["item"] += [display, {"linkId": "z", "type": "string", "enableWhen": two}]

    Questionnaire.model_validate(form)
    found = " ".join(faults_of_questionnaire(form))
    for rule in ("que-1", "que-2", "que-12"):
        assert rule in found
