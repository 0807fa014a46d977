"""`acupwa assess` reads its input to the letter: each fault is one line with its path, and exit code 1."""

from __future__ import annotations

import copy
import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from acupwa.library.model import Library
from acupwa.quiz.model import Answers
from acupwa.results.answers_file import AnswersFile, read_answers_file
from acupwa.results.assess import run_assess

WHOLE: dict[str, Any] = {
    "variant": "full",
    "answers": {
        "age_band": "18-39",
        "country": "GB",
        "conditions": ["ra"],
        "red_flags": ["septic-joint"],
        "ratings": {"pain": 7, "stiffness": 5, "fatigue": None},
        "instruments": {"peg": [7, 6, 6], "phq4": [0, 1, 2, 3]},
        "precautions": ["anticoagulants"],
        "main_symptom": "pain",
        "stopping_medicine": False,
    },
    "previous": {"ratings": {"pain": 9}, "instruments": {"peg": [8, 8, 8]}},
}
RATING = "must be a whole number from 0 to 10, or null"
MINUTES = "must be a whole number from 0 to 1440, or null"


def changed(path: str, value: Any) -> dict[str, Any]:
    """WHOLE with one place set: `answers.ratings.pain`."""
    made = copy.deepcopy(WHOLE)
    *above, last = path.split(".")
    place = made
    for key in above:
        place = place[key]
    place[last] = value
    return made


def faults_in(value: object, library: Library) -> tuple[str, ...]:
    source = value if isinstance(value, str | bytes) else json.dumps(value)
    code, out, lines = run_assess(source, library)
    assert code == (1 if lines else 0)
    assert bool(out) == (not lines)
    return lines


def test_the_example_of_the_interface_is_read(library: Library) -> None:
    read = read_answers_file(json.dumps(WHOLE), library)

    assert isinstance(read, AnswersFile)
    assert read.answers.ratings == {"pain": 7, "stiffness": 5, "fatigue": None}
    assert read.previous is not None
    assert read.previous.days_ago is None


def test_only_an_age_band_and_a_condition_are_required(library: Library) -> None:
    assert faults_in({"answers": {"age_band": "18-39", "conditions": ["ra"]}}, library) == ()
    assert faults_in({"answers": {}}, library) == (
        "answers.age_band: is required",
        "answers.conditions: is required",
    )
    assert faults_in({}, library) == ("answers: is required",)


def test_every_answer_can_be_given(library: Library) -> None:
    given = WHOLE["answers"] | {
        "answering_for": "myself",
        "problem_words": "a knee",
        "activity_words": "stairs",
        "acupuncture_before": "now",
        "none_right_now": True,
        "none_lately": True,
        "none_before_needles": True,
        "unsure": ["heart-valve"],
        "groups": ["skin", "medicines"],
        "stiffness_minutes": 1440,
        "sessions_since": 3,
        "side_effects": ["bruise"],
        "none_side_effects": True,
        "changed_since": ["flare"],
        "none_changed": True,
        "note": "better",
    }
    assert set(given) == set(Answers.__struct_fields__)

    read = read_answers_file(json.dumps({"answers": given}), library)

    assert isinstance(read, AnswersFile)
    assert read.answers == msgspec.convert(given, Answers)
    assert (read.variant, read.previous) == ("full", None)


@pytest.mark.parametrize(
    ("path", "value", "line"),
    [
        ("answers.ratings.pain", 11, f"answers.ratings.pain: {RATING}"),
        ("answers.ratings.pain", -1, f"answers.ratings.pain: {RATING}"),
        ("answers.ratings.pain", 7.5, f"answers.ratings.pain: {RATING}"),
        ("answers.ratings.pain", 7.0, f"answers.ratings.pain: {RATING}"),
        ("answers.ratings.pain", True, f"answers.ratings.pain: {RATING}"),
        ("answers.ratings.pain", "7", f"answers.ratings.pain: {RATING}"),
        ("answers.ratings.pain", [7], f"answers.ratings.pain: {RATING}"),
        ("answers.ratings.pain", 10**40, f"answers.ratings.pain: {RATING}"),
        *(
            ("answers.stiffness_minutes", one, f"answers.stiffness_minutes: {MINUTES}")
            for one in (-1, 1441, 4.5, "45", True)
        ),
        ("previous.stiffness_minutes", 1441, f"previous.stiffness_minutes: {MINUTES}"),
        ("answers.ratings.stiffness_minutes", 5, "answers.ratings.stiffness_minutes: is not a known key"),
        ("answers.ratings.joy", 1, "answers.ratings.joy: is not a known key"),
        ("answers.ratings", [], "answers.ratings: must be an object"),
        ("previous.ratings.pain", 11, f"previous.ratings.pain: {RATING}"),
        ("answers.red_flags", ["septic-joint", "no"], 'answers.red_flags[1]: "no" is not a known id'),
        ("answers.red_flags", "septic-joint", "answers.red_flags: must be a list"),
        ("answers.red_flags", [3], "answers.red_flags[0]: must be text"),
        ("answers.precautions", ["nope"], 'answers.precautions[0]: "nope" is not a known id'),
        ("answers.conditions", [], "answers.conditions: must name one condition or more"),
        ("answers.conditions", ["gout"], 'answers.conditions[0]: "gout" is not a known id'),
        (
            "answers.conditions",
            ["ra", "none-yet"],
            "answers.conditions: none-yet cannot stand beside another condition",
        ),
        ("answers.conditions", None, "answers.conditions: must be a list"),
        (
            "answers.instruments.peg",
            [7, 6],
            "answers.instruments.peg: must be a list of 3 whole numbers from 0 to 10",
        ),
        ("answers.instruments.peg", [7, 6, 11], f"answers.instruments.peg[2]: {RATING}"),
        (
            "answers.instruments.phq4",
            [0, 0, 4, 0],
            "answers.instruments.phq4[2]: must be a whole number from 0 to 3, or null",
        ),
        (
            "answers.instruments.pgic",
            0,
            "answers.instruments.pgic: must be a whole number from 1 to 7, or null",
        ),
        ("answers.instruments.phq9", [], "answers.instruments.phq9: is not a known key"),
        ("answers.age_band", 30, "answers.age_band: must be text"),
        ("answers.country", "ZZ", 'answers.country: "ZZ" is not an ISO 3166-1 alpha-2 code'),
        ("answers.country", "gb", 'answers.country: "gb" is not an ISO 3166-1 alpha-2 code'),
        ("answers.problem_words", "x" * 81, "answers.problem_words: must be 80 characters or fewer"),
        ("answers.stopping_medicine", "no", "answers.stopping_medicine: must be true or false"),
        ("answers.stopping_medicine", 0, "answers.stopping_medicine: must be true or false"),
        ("previous.days_ago", -1, "previous.days_ago: must be a whole number from 0 to 36500"),
        ("previous.days_ago", 7.0, "previous.days_ago: must be a whole number from 0 to 36500"),
        ("previous.answers", {}, "previous.answers: is not a known key"),
        ("answers", [], "answers: must be an object"),
        ("colour", 1, "colour: is not a known key"),
    ],
)
def test_each_fault_is_one_line_with_its_path(path: str, value: object, line: str, library: Library) -> None:
    assert faults_in(changed(path, value), library) == (line,)


def test_the_main_symptom_is_one_of_the_ratings(library: Library) -> None:
    (line,) = faults_in(changed("answers.main_symptom", "joy"), library)

    assert line.startswith('answers.main_symptom: "joy" is not one of pain, ')


def test_every_fault_is_told_not_only_the_first(library: Library) -> None:
    value = {"answers": {"age_band": "18", "conditions": [], "ratings": {"pain": 99}, "x": 1}, "y": 2}

    places = [line.split(": ")[0] for line in faults_in(value, library)]

    assert sorted(places) == [
        "answers.age_band",
        "answers.conditions",
        "answers.ratings.pain",
        "answers.x",
        "y",
    ]


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("{", "input: is not valid JSON (line 1, column 2)"),
        ("", "input: is not valid JSON (line 1, column 1)"),
        ("[]", "input: must be an object"),
        ("null", "input: must be an object"),
        ('"\\ud800"', "input: holds half a character (a lone surrogate)"),
        (b"\xff{}", "input: is not UTF-8 text (byte 1)"),
        ("[" * 100_000, "input: is nested too deep"),
        (" " * (256 * 1024 + 1), "input: must be 256 KB or less"),
    ],
)
def test_what_is_no_json_object_is_told_as_the_whole_input(source: str | bytes, line: str, library: Library) -> None:
    assert faults_in(source, library) == (line,)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "7e0", "1" * 5000])
def test_a_number_that_is_none_is_no_rating(number: str, library: Library) -> None:
    source = json.dumps(WHOLE).replace('"pain": 7', f'"pain": {number}')

    assert faults_in(source, library) == (f"answers.ratings.pain: {RATING}",)


def test_a_key_given_twice_is_told_where_it_stands(library: Library) -> None:
    source = json.dumps(WHOLE).replace('"pain": 7', '"pain": 7, "pain": 2')

    assert faults_in(source, library) == ("answers.ratings.pain: is given twice",)


def test_half_a_character_is_told_in_a_value_and_in_a_key(library: Library) -> None:
    assert faults_in(changed("answers.problem_words", "a\ud800"), library) == (
        "answers.problem_words: holds half a character (a lone surrogate)",
    )
    assert faults_in(changed("answers.\udfff", 1), library) == (
        'answers."\\udfff": holds half a character (a lone surrogate)',
    )


def test_a_strange_key_stays_on_one_line(library: Library) -> None:
    assert faults_in(changed("answers.a\nb: c", 1), library) == ('answers."a\\nb: c": is not a known key',)


def test_exactly_256_kilobytes_are_taken(library: Library) -> None:
    source = json.dumps(WHOLE)

    assert faults_in(source + " " * (256 * 1024 - len(source)), library) == ()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
places = st.sampled_from(
    [
        "answers",
        "previous",
        "variant",
        *(f"answers.{key}" for key in WHOLE["answers"]),
        "answers.ratings.pain",
    ]
)


@given(place=places, value=json_values)
def test_whatever_stands_anywhere_is_read_or_told_never_a_crash(place: str, value: object, library: Library) -> None:
    code, out, lines = run_assess(json.dumps(changed(place, value)), library)

    assert code in (0, 1)
    assert (code == 0) == (not lines)
    assert all("\n" not in line and line.isprintable() for line in lines)
    assert code == 1 or json.loads(out)["urgency"]


@given(st.binary(max_size=200))
def test_whatever_bytes_come_are_read_or_told(library: Library, data: bytes) -> None:
    assert run_assess(data, library)[0] == 1
