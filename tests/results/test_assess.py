"""What one set of answers says: the output of `acupwa assess`."""

from __future__ import annotations

import json
from itertools import combinations
from typing import Any

import pytest

from acupwa.library.model import Library, RedFlag
from acupwa.planner.gate import gate
from acupwa.quiz.groups import signs_in
from acupwa.quiz.model import Answers
from acupwa.quiz.reason import Reason
from acupwa.quiz.safety import derive, strictest
from acupwa.results.assess import run_assess

STRICT = ["emergency-now", "same-day", "within-days", "none"]


def assess(library: Library, previous: dict[str, Any] | None = None, **answers: Any) -> dict[str, Any]:
    """The output for a grown-up with RA, unless told otherwise."""
    fields = {"age_band": "40-64", "conditions": ["ra"], **answers}
    source = {"answers": fields} if previous is None else {"answers": fields, "previous": previous}
    code, out, lines = run_assess(json.dumps(source), library)
    assert (code, lines) == (0, ())
    result: dict[str, Any] = json.loads(out)
    return result


# ------------------------------------------------------------------ the example of the interface


def test_the_example_of_the_interface(library: Library) -> None:
    result = assess(
        library,
        age_band="18-39",
        country="GB",
        red_flags=["septic-joint"],
        ratings={"pain": 7, "stiffness": 5, "fatigue": None},
        instruments={"peg": [7, 6, 6]},
        precautions=["anticoagulants"],
        main_symptom="pain",
        stopping_medicine=False,
        previous={"ratings": {"pain": 9}, "instruments": {"peg": [8, 8, 8]}},
    )

    assert result["urgency"] == "same-day"
    assert result["red_flags"] == [{"id": "septic-joint", "urgency": "same-day"}]
    assert result["precautions"] == {"avoid": [], "ask-first": ["anticoagulants"], "tell-practitioner": []}
    assert result["scores"]["pain"] == {
        "value": 7,
        "previous": 9,
        "change": -2,
        "meaning": "a-little-better",
        "rule": "0-1, 2, 3",
        "source": library.ratings["pain"].item,
    }
    assert result["scores"]["peg"]["value"] == 6.3
    assert result["scores"]["peg"]["change"] == -1.7
    assert result["scores"]["peg"]["meaning"] == "a-little-better"
    assert result["scores"]["fatigue"]["meaning"] == "not-compared"
    assert result["plan"]["made"] is False
    assert result["plan"]["because"] == ["red_flags:septic-joint"]
    assert "precautions:anticoagulants" in [reason for one in result["reading"] for reason in one["because"]]
    assert result["notices"] == []
    assert (result["quiz_version"], result["content_version"]) == (library.quiz.version, library.version)


def test_the_keys_of_the_interface_are_all_there(library: Library) -> None:
    assert set(assess(library)) >= {
        "urgency", "red_flags", "precautions", "scores", "reading", "plan", "notices", "quiz_version",
        "content_version",
    }  # fmt: skip


# ------------------------------------------------------------------ red flags


def test_each_red_flag_alone_gives_its_urgency_and_closes_the_plan(library: Library) -> None:
    for flag in library.red_flags.values():
        result = assess(library, red_flags=[flag.id])

        assert result["urgency"] == flag.urgency, flag.id
        assert result["red_flags"] == [{"id": flag.id, "urgency": flag.urgency}]
        assert result["plan"]["made"] is False
        assert result["plan"]["because"] == [f"red_flags:{flag.id}"]
        assert result["plan"]["instead"]


def test_the_strictest_of_any_three_red_flags_wins_and_no_plan_is_made(library: Library) -> None:
    flags = list(library.red_flags)
    subsets = [subset for size in (1, 2, 3) for subset in combinations(flags, size)]
    assert len(subsets) > 8_000

    for subset in subsets:
        held = derive(Answers(age_band="40-64", conditions=("ra",), red_flags=subset), library)
        urgencies = [library.red_flags[one].urgency for one in subset]
        closed = gate(Answers(age_band="40-64", conditions=("ra",), red_flags=subset), library)

        assert set(held.flag_ids) == set(subset)
        assert strictest(subset, library) == min(urgencies, key=STRICT.index)
        assert not closed.open
        assert set(closed.because) == {Reason("red_flags", one) for one in subset}


def test_no_red_flag_is_no_urgency(library: Library) -> None:
    assert assess(library)["urgency"] == "none"


def test_a_flag_of_another_condition_is_kept(library: Library) -> None:
    assert assess(library, conditions=["ms"], red_flags=["lupus-kidney"])["urgency"] == "same-day"


# ------------------------------------------------------------------ derived


@pytest.mark.parametrize(
    ("conditions", "precautions", "flag"),
    [
        (["ra"], ["hot-swollen-joint"], "septic-joint"),
        (["ra"], ["fever-or-infection-now", "immunosuppression-strong"], "fever-on-immunosuppressant"),
        (["ra"], ["fever-or-infection-now", "methotrexate-dmard"], "fever-on-immunosuppressant"),
        (["ra"], ["steroids-over-10mg", "fever-or-infection-now"], "fever-on-immunosuppressant"),
        (["hashimoto"], ["pregnancy"], "pregnant-with-thyroid-disease"),
    ],
)
def test_three_flags_are_derived(conditions: list[str], precautions: list[str], flag: str, library: Library) -> None:
    result = assess(library, conditions=conditions, precautions=precautions)

    (raised,) = result["red_flags"]
    assert (raised["id"], raised["derived"]) == (flag, True)
    assert result["urgency"] == library.red_flags[flag].urgency
    assert f"red_flags:{flag}" in result["plan"]["because"]


@pytest.mark.parametrize(
    ("conditions", "precautions"),
    [(["ra"], ["fever-or-infection-now"]), (["ra"], ["methotrexate-dmard"]), (["ra"], ["pregnancy"])],
)
def test_nothing_else_is_derived(conditions: list[str], precautions: list[str], library: Library) -> None:
    assert assess(library, conditions=conditions, precautions=precautions)["red_flags"] == []


def test_a_flag_both_ticked_and_derived_stands_once_and_as_ticked(library: Library) -> None:
    result = assess(library, red_flags=["septic-joint"], precautions=["hot-swollen-joint"])

    assert result["red_flags"] == [{"id": "septic-joint", "urgency": "same-day"}]


def test_every_precaution_is_taken_as_true_and_as_unsure(library: Library) -> None:
    levels = ("avoid", "ask-first", "tell-practitioner")
    for one in library.precautions.values():
        told = assess(library, precautions=[one.id])["precautions"]
        result = assess(library, unsure=[one.id])

        assert one.id in told[one.advice], one.id
        level = one.advice if one.advice == "avoid" else "ask-first"
        assert [held for held in levels if one.id in result["precautions"][held]] == [level], one.id
        assert result["unsure"] == [one.id]
        if one.scope == "whole":
            assert result["plan"]["made"] is False
            assert result["plan"]["because"] == [f"unsure:{one.id}"]
            assert result["plan"]["instead"]


def test_every_group_is_taken_and_counts_as_its_strictest_member(library: Library) -> None:
    for group in library.quiz.flag_groups:
        result = assess(library, groups=[group.id])
        members = signs_in(group.id, library)

        assert result["urgency"] == min((flag.urgency for flag in members), key=STRICT.index), group.id
        assert [one["id"] for one in result["red_flags"]] == [flag.id for flag in sorted(members, key=_how_urgent)]
        assert all(one["derived"] and one["because"] == [f"groups:{group.id}"] for one in result["red_flags"])
        assert result["plan"]["because"] == [f"groups:{group.id}"]
        assert result["groups"] == [group.id]
    for group in library.quiz.precaution_groups:
        result = assess(library, groups=[group.id])
        members = [one for one in library.precautions.values() if one.group == group.id]

        for one in members:
            assert one.id in result["precautions"][one.advice], one.id


def _how_urgent(flag: RedFlag) -> int:
    return STRICT.index(flag.urgency)


@pytest.mark.parametrize("field", ["unsure", "groups"])
def test_an_unknown_id_of_these_is_at_fault(field: str, library: Library) -> None:
    answers = {"age_band": "40-64", "conditions": ["ra"], field: ["nothing"]}

    code, out, faults = run_assess(json.dumps({"answers": answers}), library)

    assert (code, out) == (1, "")
    assert [line.partition(":")[0] for line in faults] == [f"answers.{field}[0]"]


def test_sixteen_and_seventeen_adds_the_precaution_for_the_young(library: Library) -> None:
    assert assess(library, age_band="16-17")["precautions"]["ask-first"] == ["children"]
    assert assess(library, age_band="18-39")["precautions"]["ask-first"] == []


# ------------------------------------------------------------------ the plan


@pytest.mark.parametrize(
    ("answers", "because"),
    [
        ({"age_band": "under-16"}, "age_band:under-16"),
        ({"conditions": ["none-yet"]}, "conditions:none-yet"),
        ({"precautions": ["severe-neutropenia"]}, "precautions:severe-neutropenia"),
        ({"precautions": ["confused-or-unable-to-consent"]}, "precautions:confused-or-unable-to-consent"),
        ({"precautions": ["extreme-needle-phobia"]}, "precautions:extreme-needle-phobia"),
        ({"precautions": ["severe-bleeding-disorder"]}, "precautions:severe-bleeding-disorder"),
        ({"precautions": ["fever-or-infection-now"]}, "precautions:fever-or-infection-now"),
        ({"conditions": ["sle"], "precautions": ["active-organ-lupus"]}, "precautions:active-organ-lupus"),
        ({"conditions": ["psoriasis"], "main_symptom": "skin"}, "main_symptom:skin"),
        ({"conditions": ["psoriasis"], "main_symptom": "itch"}, "main_symptom:itch"),
    ],
)
def test_what_closes_the_plan_is_named(answers: dict[str, Any], because: str, library: Library) -> None:
    plan = assess(library, **answers)["plan"]

    assert plan["made"] is False
    assert because in plan["because"]
    assert plan["instead"]


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"precautions": ["anticoagulants", "psoriasis-plaque", "numb-skin", "lymphoedema"]},
        {"main_symptom": "fatigue"},
        {"conditions": ["psoriasis"], "main_symptom": "pain"},
        {"conditions": ["sle"]},
        {"conditions": ["other"]},
        {"age_band": "16-17"},
        {"stopping_medicine": True},
    ],
)
def test_nothing_else_closes_the_plan(answers: dict[str, Any], library: Library) -> None:
    assert assess(library, **answers)["plan"]["made"] is True


@pytest.mark.parametrize(
    "answers",
    [{"conditions": ["hashimoto"]}, {"conditions": ["psoriasis"]}, {"precautions": ["anticoagulants"]}],
)
def test_cautions_are_never_empty_for_these(answers: dict[str, Any], library: Library) -> None:
    cautions = assess(library, **answers)["plan"]["cautions"]

    assert cautions
    assert all(caution["id"] and caution["because"] for caution in cautions)


# ------------------------------------------------------------------ notices


def test_thinking_of_stopping_a_medicine_is_answered(library: Library) -> None:
    assert assess(library, stopping_medicine=True)["notices"] == ["do-not-stop-medicine"]
    assert assess(library, stopping_medicine=False)["notices"] == []


@pytest.mark.parametrize(
    ("mood", "notices"),
    [
        ([0, 0, 0, 0], []),
        ([2, 0, 2, 0], []),
        ([1, 2, 0, 0], ["support-for-mood"]),
        ([0, 0, 3, 0], ["support-for-mood"]),
        ([None, 3, 0, None], ["support-for-mood"]),
        ([None, None, None, None], []),
    ],
)
def test_a_pair_of_three_or_more_adds_support(mood: list[int | None], notices: list[str], library: Library) -> None:
    assert assess(library, instruments={"phq4": mood})["notices"] == notices


def test_advice_does_not_depend_on_how_high_a_rating_is(library: Library) -> None:
    low, high = (assess(library, ratings={"pain": pain, "overall": pain}) for pain in (1, 10))

    for key in ("urgency", "red_flags", "precautions", "plan", "notices"):
        assert low[key] == high[key]


# ------------------------------------------------------------------ scores


def test_two_check_ins_under_a_week_apart_are_not_compared(library: Library) -> None:
    previous = {"ratings": {"pain": 9}, "instruments": {"peg": [9, 9, 9]}, "days_ago": 6}

    scores = assess(library, ratings={"pain": 2}, instruments={"peg": [2, 2, 2]}, previous=previous)["scores"]

    assert scores["pain"]["meaning"] == scores["peg"]["meaning"] == "not-compared"
    assert scores["pain"]["change"] is None


def test_mood_is_shown_with_its_band_and_never_compared(library: Library) -> None:
    previous = {"instruments": {"phq4": [3, 3, 3, 3]}, "days_ago": 60}

    mood = assess(library, instruments={"phq4": [1, 1, 1, 0]}, previous=previous)["scores"]["phq4"]

    assert (mood["value"], mood["previous"], mood["change"]) == (3, 12, None)
    assert (mood["meaning"], mood["band"]) == ("not-compared", "mild")


def test_scores_name_their_instrument(library: Library) -> None:
    scores = assess(library, ratings=dict.fromkeys(library.ratings, 3))["scores"]

    assert list(scores) == list(library.ratings)
    assert all(score["source"] == library.ratings[key].item for key, score in scores.items())


# ------------------------------------------------------------------ the six stories of the first release


def test_ra_on_a_blood_thinner_pain_seven(library: Library) -> None:
    result = assess(library, country="GB", ratings={"pain": 7}, precautions=["anticoagulants"], main_symptom="pain")

    assert result["urgency"] == "none"
    assert result["precautions"]["ask-first"] == ["anticoagulants"]
    assert result["plan"]["made"] is True
    assert "anticoagulants" in [caution["id"] for caution in result["plan"]["cautions"]]
    assert "precautions:anticoagulants" in result["reading"][0]["because"]


def test_ms_answered_by_a_carer(library: Library) -> None:
    result = assess(
        library,
        answering_for="someone-i-care-for",
        conditions=["ms"],
        ratings={"walking": 6, "spasm": 5, "fatigue": 8},
        precautions=["numb-skin", "ms-heat"],
        main_symptom="fatigue",
    )

    assert result["precautions"]["avoid"] == ["numb-skin"]
    assert result["plan"]["made"] is True
    assert any("conditions:ms" in one["because"] for one in result["reading"])


def test_ra_with_a_hot_swollen_joint(library: Library) -> None:
    result = assess(library, precautions=["hot-swollen-joint"], ratings={"pain": 8}, main_symptom="pain")

    assert result["urgency"] == "same-day"
    assert result["precautions"]["avoid"] == ["hot-swollen-joint"]
    assert result["plan"]["made"] is False


def test_psoriasis_wanting_clear_skin(library: Library) -> None:
    result = assess(library, conditions=["psoriasis"], ratings={"skin": 6, "itch": 5}, main_symptom="skin")

    assert result["urgency"] == "none"
    assert result["plan"] | {"cautions": [], "instead": ""} == {
        "made": False,
        "because": ["main_symptom:skin"],
        "instead": "",
        "cautions": [],
    }


def test_no_diagnosis_yet(library: Library) -> None:
    result = assess(library, conditions=["none-yet"], ratings={"pain": 5})

    assert result["plan"]["because"] == ["conditions:none-yet"]
    assert result["reading"]
    assert all(library.pages[one["slug"]].head.general for one in result["reading"])


def test_under_sixteen(library: Library) -> None:
    result = assess(library, age_band="under-16", answering_for="my-child", conditions=["psoriasis"])

    assert result["plan"]["because"] == ["age_band:under-16"]
    assert all(library.pages[one["slug"]].head.general for one in result["reading"])
