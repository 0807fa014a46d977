from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from acupwa.library.grades import RANK, grade_faults, highest_certainty
from acupwa.library.model import Claim, Study

KINDS = ("systematic-review", "meta-analysis", "rct", "cohort", "case-series", "animal", "narrative-review")


def make_study(**given: Any) -> Study:
    return Study(**{"id": "s", "kind": "rct", "finding": "f", "limits": "l", **given})


def make_claim(**given: Any) -> Claim:
    base = {"id": "c", "condition": "ra", "outcome": "pain", "compared_with": "sham", "says": "x", "studies": ("s",)}
    return Claim(**{**base, **given})


studies = st.lists(
    st.builds(
        make_study,
        kind=st.sampled_from(KINDS),
        participants=st.none() | st.integers(1, 30_000),
        comparators=st.sampled_from([(), ("sham",), ("usual-care",), ("sham", "drug")]),
        result=st.sampled_from(["benefit", "mixed", "no-difference"]),
        alone=st.booleans(),
        status=st.sampled_from(["current", "retracted"]),
    ),
    max_size=5,
)


@given(studies)
def test_work_without_a_sham_is_never_above_low(found):
    unblinded = [s for s in found if not s.sham_controlled]

    assert RANK[highest_certainty(unblinded)] <= RANK["low"]


@given(studies)
def test_animals_retracted_work_and_work_on_more_than_acupuncture_carry_nothing(found):
    nothing = [s for s in found if s.kind == "animal" or s.status == "retracted" or not s.alone]

    assert highest_certainty(nothing) == "none"
    assert highest_certainty(found) == highest_certainty([s for s in found if s not in nothing])


def test_a_large_sham_controlled_review_may_be_high():
    review = make_study(kind="meta-analysis", participants=20_827, comparators=("sham",), result="benefit")

    assert highest_certainty([review]) == "high"


def test_one_small_trial_is_very_low():
    assert highest_certainty([make_study(participants=36, comparators=("sham",))]) == "very-low"


def test_helps_is_refused_when_a_sham_controlled_study_found_no_difference():
    good = make_study(kind="meta-analysis", participants=2_000, comparators=("sham",), result="benefit")
    null = make_study(participants=100, comparators=("sham",), result="no-difference")
    claim = make_claim(direction="helps", certainty="moderate")

    assert not list(grade_faults(claim, [good]))
    assert list(grade_faults(claim, [good, null]))


def test_nothing_found_is_an_answer_and_goes_with_no_certainty():
    assert not list(grade_faults(make_claim(studies=(), direction="nothing-found", certainty="none"), []))
    assert list(grade_faults(make_claim(studies=(), direction="nothing-found", certainty="low"), []))
    assert list(grade_faults(make_claim(studies=(), direction="unclear", certainty="low"), []))
