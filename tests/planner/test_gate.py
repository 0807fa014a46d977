"""When no plan is made, and what is said beside one (docs/rules.md)."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acupwa.library.model import Library
from acupwa.planner.gate import Gate, gate

CLOSING = (
    "severe-neutropenia",
    "fever-or-infection-now",
    "confused-or-unable-to-consent",
    "extreme-needle-phobia",
    "severe-bleeding-disorder",
    "active-organ-lupus",
)


def gate_of(library: Library, **answers: Any) -> Gate:
    given_answers = {
        "conditions": ("ra",),
        "age_band": "18-39",
        "red_flags": (),
        "precautions": (),
        "main_symptom": "pain",
    } | answers
    return gate(**given_answers, library=library)


def test_it_is_open_with_nothing_against_it(library: Library):
    assert gate_of(library) == Gate(open=True, because=(), instead="", cautions=())


def test_every_red_flag_alone_closes_it(library: Library):
    for flag in library.red_flags:
        entry = gate_of(library, red_flags=(flag,))
        assert not entry.open
        assert entry.because == (f"red_flags:{flag}",)
        assert entry.instead


def test_of_two_red_flags_the_stricter_comes_first(library: Library):
    order = ["emergency-now", "same-day", "within-days"]
    for two in combinations(library.red_flags, 2):
        because = gate_of(library, red_flags=two).because
        urgencies = [order.index(library.red_flags[one.split(":")[1]].urgency) for one in because]
        assert urgencies == sorted(urgencies)


def test_no_plan_under_16(library: Library):
    entry = gate_of(library, age_band="under-16")
    assert (entry.open, entry.because) == (False, ("age_band:under-16",))
    assert "under 16" in entry.instead


def test_no_plan_before_a_diagnosis(library: Library):
    entry = gate_of(library, conditions=("none-yet",))
    assert (entry.open, entry.because) == (False, ("conditions:none-yet",))


def test_exactly_these_precautions_close_it(library: Library):
    closing = [one for one in library.precautions if not gate_of(library, precautions=(one,)).open]
    assert sorted(closing) == sorted(CLOSING)


@pytest.mark.parametrize("symptom", ["itch", "skin"])
def test_no_plan_for_the_skin_in_psoriasis(library: Library, symptom: str):
    entry = gate_of(library, conditions=("ra", "psoriasis"), main_symptom=symptom)
    assert (entry.open, entry.because) == (False, (f"main_symptom:{symptom}",))


def test_a_plan_for_pain_in_psoriasis_is_made(library: Library):
    assert gate_of(library, conditions=("psoriasis",)).open


def test_itch_without_psoriasis_does_not_close_it(library: Library):
    assert gate_of(library, main_symptom="itch").open


def test_every_other_precaution_is_a_caution_with_its_because(library: Library):
    for one in set(library.precautions) - set(CLOSING):
        cautions = gate_of(library, precautions=(one,)).cautions
        assert [(caution.id, caution.because) for caution in cautions] == [(one, (f"precautions:{one}",))]


def test_cautions_are_never_empty_for_hashimotos_psoriasis_or_a_blood_thinner(library: Library):
    assert gate_of(library, conditions=("hashimoto",)).cautions
    assert gate_of(library, conditions=("psoriasis",)).cautions
    thinners = [one for one in library.precautions.values() if one.blood_thinner]
    assert thinners
    for thinner in thinners:
        assert gate_of(library, precautions=(thinner.id,)).cautions


def test_a_caution_with_two_grounds_is_told_once(library: Library):
    entry = gate_of(library, conditions=("psoriasis",), precautions=("psoriasis-koebner",))
    assert [caution.because for caution in entry.cautions] == [
        ("precautions:psoriasis-koebner", "conditions:psoriasis")
    ]


def test_every_caution_has_words(library: Library):
    for condition in library.conditions:
        for caution in gate_of(library, conditions=(condition,)).cautions:
            assert caution.id in library.guidance.cautions or caution.id in library.precautions


@given(data=st.data())
def test_any_red_flag_closes_it_whatever_else_is_answered(library: Library, data: st.DataObject):
    pick = lambda of, **size: tuple(data.draw(st.lists(st.sampled_from(sorted(of)), unique=True, **size)))  # noqa: E731
    flags = pick(library.red_flags, min_size=1, max_size=3)
    entry = gate_of(
        library,
        conditions=pick(library.conditions, min_size=1, max_size=3),
        age_band=data.draw(st.sampled_from([None, "under-16", "16-17", "18-39", "65-plus"])),
        red_flags=flags,
        precautions=pick(library.precautions, max_size=4),
        main_symptom=data.draw(st.sampled_from([None, *library.ratings])),
    )
    assert not entry.open
    assert {f"red_flags:{flag}" for flag in flags} <= set(entry.because)
    assert entry.instead
