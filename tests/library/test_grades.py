"""The rule: only what made the claim's comparison carries it, and nobody is counted twice."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acupwa.library.claim_check import claim_faults, left_out
from acupwa.library.grades import (
    PEOPLE_FOR_MODERATE,
    RANK,
    REVIEWS,
    found_no_difference,
    highest_certainty,
    is_sham_type,
    people_in,
    people_of,
    why_not_carried,
)
from acupwa.library.model import Claim, Comparator, Comparison, Study

KINDS = ("systematic-review", "meta-analysis", "rct", "cohort", "case-series", "animal", "narrative-review")
SHAM = ("sham", "minimal-needling", "sham-or-minimal-needling")


def make_study(**given: Any) -> Study:
    basis = {"id": "s", "kind": "rct", "conditions": ("ra",), "outcomes": ("pain",), "finding": "f", "limits": "l"}
    return Study(**{**basis, **given})


def make_claim(**given: Any) -> Claim:
    basis = {"id": "c", "condition": "ra", "outcome": "pain", "comparator": "sham", "certainty": "low"}
    return Claim(**{**basis, "direction": "unclear", "says": "minimal needling", "studies": ("s",), **given})


def faults(claim: Claim, *studies: Study) -> list[str]:
    return list(claim_faults(claim, {study.id: study for study in studies}))


COMPARATORS = st.lists(st.sampled_from(get_args(Comparator)), max_size=3, unique=True).map(tuple)
RESULTS = st.sampled_from(["benefit", "mixed", "no-difference", None])
STUDIES = st.lists(
    st.builds(
        make_study,
        kind=st.sampled_from(KINDS),
        participants=st.none() | st.integers(1, 30_000),
        comparators=COMPARATORS,
        outcomes=st.sampled_from([("pain",), ("sleep",), ("pain", "crp")]),
        result=RESULTS,
        alone=st.booleans(),
        status=st.sampled_from(["current", "retracted", "superseded"]),
    ),
    max_size=5,
).map(lambda found: [make_study(**{**_fields(one), "id": f"s{n}"}) for n, one in enumerate(found)])
CLAIMS = st.builds(make_claim, comparator=st.sampled_from(get_args(Comparison)))


def _fields(study: Study) -> dict[str, Any]:
    return {name: getattr(study, name) for name in study.__struct_fields__}


@given(CLAIMS, STUDIES)
def test_work_without_a_sham_is_never_above_low(claim, found):
    if not is_sham_type(claim.comparator):
        assert RANK[highest_certainty(claim, found)] <= RANK["low"]


@given(CLAIMS, STUDIES)
def test_what_does_not_carry_a_claim_changes_nothing(claim, found):
    carrying = [study for study in found if not why_not_carried(claim, study)]

    assert highest_certainty(claim, found) == highest_certainty(claim, carrying)
    for study in carrying:
        assert study.kind != "animal"
        assert study.alone
        assert study.status == "current"
        assert "pain" in study.outcomes


@given(st.sampled_from(SHAM), STUDIES)
def test_a_study_with_no_known_comparison_carries_no_claim_against_sham(comparator, found):
    unknown = [make_study(**{**_fields(study), "comparators": ()}) for study in found]

    assert highest_certainty(make_claim(comparator=comparator), unknown) == "none"


@given(STUDIES)
def test_another_trial_never_makes_a_mixed_or_small_body_strong(found):
    claim = make_claim()
    small = [study for study in found if (study.participants or 0) < 200]

    assert highest_certainty(claim, small) != "high"


@given(STUDIES)
def test_nobody_is_counted_twice(found):
    reviews = [study.participants or 0 for study in found if study.kind in REVIEWS]
    trials = [study.participants or 0 for study in found if study.kind not in REVIEWS]

    assert people_in(make_claim(), found) == max([*reviews, sum(trials)])
    assert people_in(make_claim(), [*found, *(s for s in found if s.kind in REVIEWS)]) == people_in(make_claim(), found)


@given(STUDIES)
def test_what_is_called_no_better_than_sham_has_a_review_or_enough_people(found):
    claim = make_claim(
        direction="no-better-than-sham", certainty="very-low", studies=tuple(study.id for study in found)
    )
    if found and not faults(claim, *found):
        review = any(study.kind in REVIEWS for study in found)
        assert review or people_in(claim, found) >= PEOPLE_FOR_MODERATE


@given(STUDIES)
def test_help_is_never_told_over_a_null_of_the_same_comparison_that_it_does_not_name(found):
    claim = make_claim(direction="helps", certainty="moderate", studies=tuple(study.id for study in found[:1]))
    if found and not faults(claim, *found):
        nulls = {s.id for s in found if not why_not_carried(claim, s) and found_no_difference(claim, s)}
        opinions = {s.id for s in found if s.kind == "narrative-review"}
        assert nulls <= opinions


@given(STUDIES)
def test_a_sham_study_of_a_told_outcome_is_named(found):
    claim = make_claim(studies=(), near=())
    told = {reason.split()[5].rstrip(",") for _, reason in left_out([claim], found)}
    sham = {
        study.id
        for study in found
        if study.sham_controlled and study.alone and study.status == "current"
        and study.kind not in ("animal", "narrative-review") and "pain" in study.outcomes
    }  # fmt: skip

    assert told == sham
    assert not list(
        left_out([make_claim(studies=tuple(s.id for s in found), comparator="sham-or-minimal-needling")], found)
    )


@pytest.mark.parametrize(
    ("study", "highest"),
    [
        ({"kind": "meta-analysis", "participants": 20_827, "result": "benefit"}, "high"),
        ({"kind": "meta-analysis", "participants": 20_827, "result": "mixed"}, "moderate"),
        ({"kind": "meta-analysis", "participants": 199, "result": "benefit"}, "low"),
        ({"kind": "rct", "participants": 5_000, "result": "benefit"}, "low"),
        ({"kind": "rct", "participants": 36}, "very-low"),
        ({"kind": "rct", "participants": None}, "very-low"),
        ({"kind": "cohort", "participants": 19_864}, "very-low"),
        ({"kind": "meta-analysis", "participants": 900, "comparators": ("drug",)}, "none"),
    ],
)
def test_one_study_against_sham(study, highest):
    assert highest_certainty(make_claim(), [make_study(**{"comparators": ("sham",), **study})]) == highest


def test_two_tiny_trials_are_no_more_than_one():
    trials = [make_study(participants=31, comparators=("sham",)), make_study(participants=14, comparators=("sham",))]

    assert highest_certainty(make_claim(), trials) == "very-low"


def test_a_large_review_that_a_trial_contradicts_is_not_strong():
    review = make_study(kind="meta-analysis", participants=20_827, comparators=("sham",), result="benefit")
    trial = make_study(participants=1_162, comparators=("sham", "usual-care"), results={"sham": "no-difference"})

    assert highest_certainty(make_claim(), [review, trial]) == "moderate"


def test_a_trial_of_several_arms_is_read_by_its_comparison():
    trial = make_study(
        comparators=("sham", "usual-care"), result="mixed", results={"sham": "no-difference", "usual-care": "benefit"}
    )

    assert found_no_difference(make_claim(), trial)
    assert not found_no_difference(make_claim(comparator="usual-care"), trial)
    assert not found_no_difference(make_claim(comparator="no-acupuncture"), trial)


def test_of_a_review_only_the_people_of_the_comparison_count():
    review = make_study(
        kind="meta-analysis", participants=1_346, people={"sham": 281}, comparators=("sham", "drug"), result="benefit"
    )

    assert people_of(make_claim(), review) == 281
    assert people_of(make_claim(comparator="drug"), review) == 1_346
    assert highest_certainty(make_claim(), [review]) == "moderate"


def test_minimal_needling_is_no_sham():
    trial = make_study(comparators=("minimal-needling",), participants=300)

    assert why_not_carried(make_claim(), trial)
    assert not why_not_carried(make_claim(comparator="minimal-needling"), trial)
    assert not why_not_carried(make_claim(comparator="sham-or-minimal-needling"), trial)


def test_helps_is_refused_when_a_sham_controlled_study_found_no_difference():
    good = make_study(kind="meta-analysis", participants=2_000, comparators=("sham",), result="benefit")
    null = make_study(id="null", participants=100, comparators=("sham",), result="no-difference")
    helps = {"direction": "helps", "certainty": "moderate"}

    assert not faults(make_claim(**helps), good)
    assert faults(make_claim(**helps), good, null) == [
        "null found no difference: name it under studies, or under not_used with a reason"
    ]
    assert faults(make_claim(**helps, studies=("s", "null")), good, null) == [
        "direction helps, but null found no difference"
    ]
    assert not faults(make_claim(**helps, not_used={"null": "Another dose."}), good, null)


def test_no_better_than_sham_needs_enough_people():
    few = make_study(participants=56, comparators=("sham",), result="no-difference")
    many = make_study(participants=200, comparators=("sham",), result="no-difference")
    review = make_study(kind="systematic-review", participants=84, comparators=("sham",), result="mixed")
    claim = make_claim(direction="no-better-than-sham")

    assert faults(claim, few)
    assert not faults(claim, many)
    assert not faults(claim, review)
    assert faults(claim, make_study(**{**_fields(many), "participants": 199}))


@pytest.mark.parametrize("kind", ["narrative-review", "guideline", "cohort", "survey"])
def test_no_better_than_sham_does_not_rest_on_an_overview(kind):
    overview = make_study(kind=kind, participants=5_000, comparators=("sham",), result="no-difference")
    claim = make_claim(direction="no-better-than-sham", certainty="very-low")

    assert any("needs a review or 200 people" in one for one in faults(claim, overview))


def test_a_survey_of_harm_needs_no_comparison():
    survey = make_study(kind="survey", outcomes=("safety",), comparators=("uncontrolled",))
    harm = make_claim(outcome="safety", direction="harm", comparator="uncontrolled")

    assert highest_certainty(harm, [survey]) == "low"
    assert highest_certainty(harm, [survey, survey]) == "moderate"


def test_nothing_found_is_an_answer_and_goes_with_no_certainty():
    nothing = {"studies": (), "comparator": "any", "direction": "nothing-found"}

    assert not faults(make_claim(**nothing, certainty="none"))
    assert faults(make_claim(**nothing, certainty="low"))
    assert faults(make_claim(studies=(), certainty="low"))
    assert faults(make_claim(**nothing, certainty="none"), make_study()) == [
        "direction nothing-found, but s can carry it"
    ]
