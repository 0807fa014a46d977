"""The answers to an instrument are taken under one name, repeated or as JSON has them, or numbered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acupwa.quiz.forms import read_one_page
from acupwa.web.forms import FormData
from tests.support.answers import messages, read

ABOUT = {"age_band": "40-64", "conditions": ["ra"]}
items = st.lists(st.one_of(st.none(), st.integers(0, 10)), min_size=3, max_size=3)


def words(value):
    return "skip" if value is None else str(value)


def json_words(values):
    return "[" + ", ".join("null" if one is None else str(one) for one in values) + "]"


@given(items)
def test_however_the_three_are_sent_they_are_the_same_three(library, values):
    repeated = {"instruments.peg": [words(one) for one in values]}
    numbered = {f"instruments.peg.{n}": words(one) for n, one in enumerate(values, 1)}
    as_json = {"instruments.peg": json_words(values)}

    found = [read_one_page(FormData.of({**ABOUT, **form}), library) for form in (repeated, numbered, as_json)]

    assert {one.answers.instruments["peg"] for one in found} == {tuple(values)}
    assert not any(one.errors for one in found)
    assert [read("ratings", library, form).answers.instruments["peg"] for form in (repeated, as_json)] == [
        tuple(values)
    ] * 2


def test_phq4_and_the_impression_too(library):
    form = FormData.of({**ABOUT, "instruments.phq4": ["0", "1", "2", "3"], "instruments.pgic": "3"})

    found = read_one_page(form, library)

    assert found.answers.instruments["phq4"] == (0, 1, 2, 3)
    assert found.answers.instruments["pgic"] == (3,)


@pytest.mark.parametrize(
    "given",
    [
        {"instruments.peg": ["7", "6"]},
        {"instruments.peg": ["7", "6", "6", "6"]},
        {"instruments.peg": ""},
        {"instruments.peg": "[7, 6]"},
        {"instruments.phq4": ["1", "1", "1"]},
        {"instruments.peg": ["7", "6", "6"], "instruments.peg.1": "2"},
    ],
)
def test_too_few_too_many_or_two_ways_are_named(library, given):
    name = next(iter(given))

    assert name in messages(read_one_page(FormData.of({**ABOUT, **given}), library))


@pytest.mark.parametrize("value", ["11", "x", "6.5", "-1"])
def test_a_wrong_one_of_the_three_is_named_by_its_number(library, value):
    found = read_one_page(FormData.of({**ABOUT, "instruments.peg": ["7", value, "6"]}), library)

    assert messages(found).keys() == {"instruments.peg.2"}
