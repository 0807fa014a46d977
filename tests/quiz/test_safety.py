from __future__ import annotations

import itertools

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from acupwa.quiz.follow_up import carried_over
from acupwa.quiz.reason import Reason
from acupwa.quiz.safety import derive, strictest
from tests.support.answers import make_answers
from tests.support.content_ids import PRECAUTIONS, RED_FLAGS

ORDER = ("emergency-now", "same-day", "within-days")


def test_each_sign_alone_gives_its_urgency(library):
    for flag, (urgency, _) in RED_FLAGS.items():
        derived = derive(make_answers(red_flags=(flag,)), library)

        assert strictest(derived.flag_ids, library) == urgency
        assert [one.derived for one in derived.red_flags] == [False]


def test_no_sign_has_no_urgency(library):
    assert strictest((), library) == "none"


def test_in_any_three_the_strictest_wins(library):
    for flags in itertools.combinations(RED_FLAGS, 3):
        expected = min((RED_FLAGS[flag][0] for flag in flags), key=ORDER.index)

        assert strictest(flags, library) == expected


def test_a_hot_swollen_joint_is_the_sign_of_an_infected_one(library):
    derived = derive(make_answers(precautions=("hot-swollen-joint",)), library)

    assert derived.flag_ids == ("septic-joint",)
    assert derived.red_flags[0].derived
    assert derived.red_flags[0].because == (Reason("precautions", "hot-swollen-joint"),)


@pytest.mark.parametrize("medicine", ["immunosuppression-strong", "methotrexate-dmard", "steroids-over-10mg"])
def test_fever_on_a_medicine_that_lowers_immunity_is_a_sign(library, medicine):
    alone = derive(make_answers(precautions=("fever-or-infection-now",)), library)
    both = derive(make_answers(precautions=("fever-or-infection-now", medicine)), library)

    assert alone.flag_ids == ()
    assert both.flag_ids == ("fever-on-immunosuppressant",)


def test_pregnancy_with_hashimotos_is_a_sign(library):
    with_it = derive(make_answers(conditions=("hashimoto",), precautions=("pregnancy",)), library)
    without = derive(make_answers(conditions=("ra",), precautions=("pregnancy",)), library)

    assert with_it.flag_ids == ("pregnant-with-thyroid-disease",)
    assert without.flag_ids == ()


FEVER = ("fever-or-infection-now", ())
FEVER_SIGN = (None, ("fever-on-immunosuppressant",))


@pytest.mark.parametrize(("precaution", "flags"), [FEVER, FEVER_SIGN])
@pytest.mark.parametrize(
    ("other", "sign"), [("severe-neutropenia", "neutropenic-fever"), ("no-spleen", "fever-no-spleen")]
)
def test_fever_with_few_white_cells_or_no_spleen_is_an_emergency(library, precaution, flags, other, sign):
    fever = (precaution,) if precaution else ()
    both = derive(make_answers(precautions=(other, *fever), red_flags=flags), library)
    without = derive(make_answers(precautions=(other,)), library)

    (found,) = [one for one in both.red_flags if one.id == sign]
    assert (found.urgency, found.derived) == ("emergency-now", True)
    assert Reason("precautions", other) in found.because
    assert len(found.because) == 2
    assert without.flag_ids == ()


@pytest.mark.parametrize("medicine", ["immunosuppression-strong", "methotrexate-dmard", "anticoagulants", "acitretin"])
def test_pregnancy_on_a_medicine_that_can_harm_a_baby_is_for_the_same_day(library, medicine):
    both = derive(make_answers(precautions=("pregnancy", medicine)), library)

    (found,) = both.red_flags
    assert (found.id, found.urgency, found.derived) == ("pregnant-on-harmful-medicine", "same-day", True)
    assert found.because == (Reason("precautions", "pregnancy"), Reason("precautions", medicine))
    assert derive(make_answers(precautions=(medicine,)), library).flag_ids == ()
    assert derive(make_answers(precautions=("pregnancy", "steroids-over-10mg")), library).flag_ids == ()


def test_in_a_follow_up_the_precautions_of_last_time_hold(library):
    earlier = make_answers(precautions=("severe-neutropenia", "no-spleen", "fever-or-infection-now"))
    taken_over = carried_over(earlier, library)
    answers = msgspec.structs.replace(taken_over, red_flags=("fever-on-immunosuppressant",))

    assert derive(taken_over, library).flag_ids == ()
    assert set(derive(answers, library).flag_ids) == {
        "fever-on-immunosuppressant", "neutropenic-fever", "fever-no-spleen",
    }  # fmt: skip


@given(
    precautions=st.sets(st.sampled_from(sorted(PRECAUTIONS))),
    flags=st.sets(st.sampled_from(sorted(RED_FLAGS))),
    conditions=st.sets(
        st.sampled_from(["ra", "sle", "ms", "hashimoto", "psoriasis", "fibromyalgia", "other"]), min_size=1
    ),
)
def test_exactly_the_rule_of_the_contract_is_derived(library, precautions, flags, conditions):
    answers = make_answers(precautions=tuple(precautions), red_flags=tuple(flags), conditions=tuple(conditions))
    fever = "fever-or-infection-now" in precautions or "fever-on-immunosuppressant" in flags
    expected = {
        "septic-joint": "hot-swollen-joint" in precautions,
        "fever-on-immunosuppressant": "fever-or-infection-now" in precautions
        and bool(precautions & {"immunosuppression-strong", "methotrexate-dmard", "steroids-over-10mg"}),
        "neutropenic-fever": fever and "severe-neutropenia" in precautions,
        "fever-no-spleen": fever and "no-spleen" in precautions,
        "pregnant-with-thyroid-disease": "pregnancy" in precautions and "hashimoto" in conditions,
        "pregnant-on-harmful-medicine": "pregnancy" in precautions
        and bool(precautions & {"immunosuppression-strong", "methotrexate-dmard", "anticoagulants", "acitretin"}),
    }

    found = derive(answers, library)

    assert set(found.flag_ids) == flags | {id for id, holds in expected.items() if holds}
    assert all(one.derived is (one.id not in flags) for one in found.red_flags)
    assert strictest(found.flag_ids, library) == min(
        (RED_FLAGS[id][0] for id in found.flag_ids), key=ORDER.index, default="none"
    )


def test_a_ticked_sign_is_not_told_as_derived(library):
    answers = make_answers(red_flags=("septic-joint",), precautions=("hot-swollen-joint",))

    assert [(one.id, one.derived) for one in derive(answers, library).red_flags] == [("septic-joint", False)]


def test_a_sign_of_another_condition_is_kept(library):
    assert derive(make_answers(red_flags=("pustular-psoriasis",)), library).flag_ids == ("pustular-psoriasis",)


def test_16_or_17_adds_the_precaution_for_the_young(library):
    assert derive(make_answers(age_band="16-17"), library).precautions == ("children",)
    assert derive(make_answers(age_band="18-39"), library).precautions == ()


def test_the_most_urgent_sign_comes_first(library):
    derived = derive(make_answers(red_flags=("ms-relapse", "septic-joint", "sepsis")), library)

    assert derived.flag_ids == ("sepsis", "septic-joint", "ms-relapse")
