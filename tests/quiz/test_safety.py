from __future__ import annotations

import itertools

import pytest

from acupwa.quiz.safety import derive, strictest
from tests.quiz.ids import RED_FLAGS
from tests.quiz.make import make_answers

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
    assert derived.red_flags[0].because == ("precautions:hot-swollen-joint",)


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


def test_nothing_else_is_derived(library):
    all_but_three = tuple(
        one for one in library.precautions if one not in ("hot-swollen-joint", "fever-or-infection-now")
    )

    assert derive(make_answers(conditions=("ra", "sle"), precautions=all_but_three), library).flag_ids == ()


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
