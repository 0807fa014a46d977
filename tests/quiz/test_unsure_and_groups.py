"""What may be true counts like what is true: "not sure", and a group that was ticked with nothing chosen inside."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from acupwa.planner.gate import gate
from acupwa.planner.safety import complete_answers
from acupwa.quiz.answer_lines import answer_lines
from acupwa.quiz.care import care_of
from acupwa.quiz.completion import finish
from acupwa.quiz.follow_up import carried_over
from acupwa.quiz.groups import signs_in
from acupwa.quiz.left_out import left_out
from acupwa.quiz.none_marks import false_none_marks, without_false_none
from acupwa.quiz.reason import Reason
from acupwa.quiz.retired_answers import known_answers
from acupwa.quiz.rules import complete
from acupwa.quiz.safety import URGENCIES, derive, strictest
from tests.support.answers import make_answers, make_draft, messages, read
from tests.support.content_ids import FLAG_GROUPS, PRECAUTION_GROUPS, PRECAUTIONS, RED_FLAGS

CONDITIONS = st.sets(
    st.sampled_from(["ra", "sle", "ms", "hashimoto", "psoriasis", "fibromyalgia", "other"]), min_size=1
)
ANSWERS = st.fixed_dictionaries(
    {
        "conditions": CONDITIONS,
        "red_flags": st.sets(st.sampled_from(sorted(RED_FLAGS)), max_size=3),
        "precautions": st.sets(st.sampled_from(sorted(PRECAUTIONS)), max_size=5),
        "unsure": st.sets(st.sampled_from(sorted(PRECAUTIONS)), max_size=3),
        "groups": st.sets(st.sampled_from([*FLAG_GROUPS, *PRECAUTION_GROUPS]), max_size=3),
    }
).map(lambda given: make_answers(**{key: tuple(sorted(ids)) for key, ids in given.items()}))


def urgency_of(answers, library):
    return strictest(derive(answers, library).flag_ids, library)


def how_urgent(answers, library):
    """The less the more urgent."""
    return (*URGENCIES, "none").index(urgency_of(answers, library))


def plan_of(answers, library):
    return gate(complete_answers(answers, library), library)


# ------------------------------------------------------------------ properties


@given(ANSWERS, st.sampled_from(sorted(PRECAUTIONS)), st.sampled_from([*FLAG_GROUPS, *PRECAUTION_GROUPS]))
def test_one_more_that_may_be_true_never_makes_it_milder(library, answers, precaution, group):
    for more in (
        replace(answers, unsure=(*dict.fromkeys((*answers.unsure, precaution)),)),
        replace(answers, groups=(*dict.fromkeys((*answers.groups, group)),)),
    ):
        assert how_urgent(more, library) <= how_urgent(answers, library)
        assert set(derive(answers, library).flag_ids) <= set(derive(more, library).flag_ids)
        assert plan_of(answers, library).open or not plan_of(more, library).open


@given(ANSWERS, st.sampled_from(FLAG_GROUPS))
def test_a_group_of_signs_counts_as_its_strictest_one(library, answers, group):
    answers = replace(answers, groups=(group,))
    members = signs_in(group, library)

    for flag in members:
        ticked = replace(answers, groups=(), red_flags=(*dict.fromkeys((*answers.red_flags, flag.id)),))
        assert how_urgent(answers, library) <= how_urgent(ticked, library)
    assert {flag.id for flag in members} <= set(derive(answers, library).flag_ids)
    assert Reason("groups", group) in plan_of(answers, library).because


@given(ANSWERS, st.sampled_from(PRECAUTION_GROUPS))
def test_a_group_of_precautions_counts_as_each_of_them(library, answers, group):
    answers = replace(answers, groups=(group,))
    members = tuple(one.id for one in library.precautions.values() if one.group == group)

    for member in members:
        ticked = replace(answers, groups=(), precautions=(*dict.fromkeys((*answers.precautions, member)),))
        assert set(derive(ticked, library).flag_ids) <= set(derive(answers, library).flag_ids)
        assert plan_of(ticked, library).open or not plan_of(answers, library).open


@given(ANSWERS, st.sampled_from(sorted(PRECAUTIONS)))
def test_not_sure_is_never_milder_than_true(library, answers, precaution):
    rest = tuple(one for one in answers.precautions if one != precaution)
    unsure = replace(answers, precautions=rest, unsure=(precaution,))
    ticked = replace(answers, precautions=(*rest, precaution), unsure=())

    assert how_urgent(unsure, library) <= how_urgent(ticked, library)
    assert plan_of(ticked, library).open or not plan_of(unsure, library).open


@given(ANSWERS)
def test_finishing_drops_nothing_that_raises_a_sign(library, answers):
    kept = complete(answers, (), library)

    assert set(derive(answers, library).flag_ids) == set(derive(kept, library).flag_ids)
    assert left_out(kept, (), library) == ()


@given(ANSWERS, st.sampled_from(["none-yet", "under-16"]))
def test_nor_does_a_short_way(library, answers, way):
    short = replace(answers, age_band="under-16") if way == "under-16" else replace(answers, conditions=("none-yet",))

    assert set(derive(complete(short, (), library), library).flag_ids) == set(derive(short, library).flag_ids)


# ------------------------------------------------------------------ the rules, one by one


def test_a_group_of_signs_is_urgent_and_closes_the_plan(library):
    answers = make_answers(groups=("skin",))
    found = derive(answers, library)

    assert found.flag_ids == ("shingles", "shingles-near-eye")
    assert all(
        (one.derived, one.in_group, one.because) == (True, "skin", (Reason("groups", "skin"),))
        for one in found.red_flags
    )
    assert found.certain_flag_ids == ()
    assert urgency_of(answers, library) == "same-day"
    assert plan_of(answers, library).because == (Reason("groups", "skin"),)
    assert plan_of(answers, library).instead == library.guidance.closed["red_flags:same-day"].strip()


def test_it_is_shown_once_with_the_strictest_thing_to_do(library):
    (card,) = care_of(make_answers(groups=("after-needles",)), "GB", library)

    assert card.urgency == "emergency-now"
    assert [sign.says for sign in card.signs] == ["After acupuncture: not said which"]
    assert "Call the emergency number now" in card.signs[0].do
    assert card.phones


@pytest.mark.parametrize(
    ("group", "closes"),
    [
        ("blood-and-organs", True),
        ("now", True),
        ("needles", True),
        ("medicines", False),
        ("your-skin", False),
        ("implants-and-spine", False),
        ("pregnancy-and-feeding", False),
    ],
)
def test_a_group_of_precautions_closes_the_plan_when_one_of_them_would(library, group, closes):
    plan = plan_of(make_answers(groups=(group,)), library)

    assert (Reason("groups", group) in plan.because) is closes


def test_its_members_are_cautions_of_an_open_plan(library):
    plan = plan_of(make_answers(groups=("medicines",)), library)

    assert plan.open
    assert {one.id for one in plan.cautions if Reason("groups", "medicines") in one.because} == {
        one.id for one in library.precautions.values() if one.group == "medicines"
    }


def test_a_group_stands_for_what_raises_a_sign_with_another_answer(library):
    fever = derive(make_answers(groups=("medicines",), precautions=("fever-or-infection-now",)), library)
    both = derive(make_answers(groups=("now", "blood-and-organs")), library)
    sign_group = derive(make_answers(groups=("infection-and-medicine",), precautions=("severe-neutropenia",)), library)

    assert fever.flag_ids == ("fever-on-immunosuppressant",)
    assert fever.red_flags[0].because == (
        Reason("precautions", "fever-or-infection-now"),
        Reason("groups", "medicines"),
    )
    assert {"neutropenic-fever", "fever-no-spleen"} <= set(both.certain_flag_ids)
    assert "neutropenic-fever" in sign_group.certain_flag_ids


@pytest.mark.parametrize("id", sorted(PRECAUTIONS))
def test_not_sure_of_what_concerns_needling_as_such_closes_the_plan(library, id):
    plan = plan_of(make_answers(unsure=(id,)), library)
    whole = library.precautions[id].scope == "whole" or id == "active-organ-lupus"

    assert (Reason("unsure", id) in plan.because) is whole
    assert (Reason("unsure", id) in [reason for one in plan.cautions for reason in one.because]) is not whole


def test_what_a_clinician_must_say_first_is_asked_of_them(library):
    plan = plan_of(make_answers(unsure=("severe-neutropenia",)), library)

    assert plan.instead == library.guidance.closed["precautions"].strip()


def test_who_is_sure_is_not_unsure(library):
    answers = make_answers(precautions=("low-platelets",), unsure=("low-platelets",))

    assert derive(answers, library).unsure == ()
    assert plan_of(answers, library).open


# ------------------------------------------------------------------ forms


def test_not_sure_is_an_answer_of_its_own(library):
    found = read("before-needles", library, {"unsure": ["low-platelets", "anticoagulants"]}, make_answers())

    assert found.errors == ()
    assert (found.answers.precautions, found.answers.unsure) == ((), ("anticoagulants", "low-platelets"))
    both = read("before-needles", library, {"unsure": "low-platelets", "precautions": "low-platelets"}, make_answers())
    assert (both.answers.precautions, both.answers.unsure) == (("low-platelets",), ())


@pytest.mark.parametrize("field", ["unsure", "groups"])
@pytest.mark.parametrize("screen", ["before-needles"])
def test_an_unknown_one_is_named(library, screen, field):
    assert field in messages(read(screen, library, {field: "no-such-thing"}, make_answers()))


@pytest.mark.parametrize(("field", "id"), [("unsure", "low-platelets"), ("groups", "medicines")])
def test_none_of_these_cannot_stand_beside_it(library, field, id):
    fields = {field: id, "none_before_needles": "1"}

    assert "precautions" in messages(read("before-needles", library, fields, make_answers()))
    draft = make_draft(make_answers(**{field: (id,)}, none_before_needles=True))
    assert false_none_marks(draft, library) == ("none_before_needles",)
    assert not without_false_none(draft, library).answers.none_before_needles


@pytest.mark.parametrize(
    ("screen", "group", "marks"),
    [
        ("right-now", "very-ill", ("none_right_now",)),
        ("lately", "skin", ("none_lately",)),
        ("right-now", "body", ("none_right_now",)),
        ("lately", "body-lately", ("none_lately",)),
    ],
)
def test_a_group_of_signs_is_an_answer_and_contradicts_none(library, screen, group, marks):
    taken = read(screen, library, {"groups": group}, make_answers())

    assert (taken.errors, taken.answers.groups) == ((), (group,))
    assert "red_flags" in messages(read(screen, library, {"groups": group, marks[0]: "1"}, make_answers()))
    draft = make_draft(make_answers(groups=(group,), none_right_now=True, none_lately=True))
    assert false_none_marks(draft, library) == marks


def test_a_group_with_something_chosen_inside_says_no_more_than_that(library):
    chosen = read("lately", library, {"groups": ["skin", "body-lately"], "red_flags": "shingles"}, make_answers())
    told = read("before-needles", library, {"groups": ["medicines", "now"], "unsure": "anticoagulants"}, make_answers())

    assert (chosen.answers.groups, chosen.answers.red_flags) == (("body-lately",), ("shingles",))
    assert told.answers.groups == ("now",)


def test_a_screen_takes_off_its_own_groups_alone(library):
    before = make_answers(groups=("very-ill", "skin", "medicines"))

    assert read("right-now", library, {"none_right_now": "1"}, before).answers.groups == ("skin", "medicines")
    assert read("lately", library, {"none_lately": "1"}, before).answers.groups == ("very-ill", "medicines")
    assert read("before-needles", library, {"none_before_needles": "1"}, before).answers.groups == ("very-ill", "skin")


def test_one_that_follows_from_an_answer_is_taken_from_an_older_page(library):
    answers = make_answers(conditions=("psoriasis",))

    assert read("before-needles", library, {"precautions": "psoriasis-koebner"}, answers).errors == ()
    assert derive(answers, library).precautions == ("psoriasis-koebner",)


@pytest.mark.parametrize("id", ["pacemaker-manual", "confused-or-unable-to-consent"])
def test_one_that_is_no_longer_asked_stays_where_it_was_told(library, id):
    answers = make_answers(precautions=(id,))

    assert complete(answers, (), library).precautions == (id,)
    assert id in [line_id for line in answer_lines(make_draft(answers), library) for line_id in line.ids]
    assert read("before-needles", library, {"none_before_needles": "1"}, answers).answers.precautions == ()


# ------------------------------------------------------------------ later


def test_a_follow_up_carries_what_lasts(library):
    before = make_answers(
        unsure=("low-platelets", "fever-or-infection-now"), groups=("skin", "medicines", "now", "blood-and-organs")
    )
    after = carried_over(before, library)

    assert (after.unsure, after.groups) == (("low-platelets",), ("medicines", "blood-and-organs"))


def test_what_no_content_knows_any_more_is_kept_told_and_closes_the_plan(library):
    answers = make_answers(groups=("long-gone",), unsure=("also-gone",))

    assert known_answers(answers, library).groups == known_answers(answers, library).unsure == ()
    told = [(line.key, line.words) for line in answer_lines(make_draft(answers), library) if not line.screen]
    assert told == [("unsure", ("Also gone",)), ("groups", ("Long gone",))]
    assert plan_of(answers, library).because == (Reason("groups", "long-gone"),)
    finished = finish(make_draft(answers), make_draft().created_at, library)
    assert (finished.answers.groups, finished.answers.unsure) == (("long-gone",), ("also-gone",))


def test_lines_tell_what_was_not_said(library):
    answers = make_answers(unsure=("low-platelets",), groups=("skin", "medicines"))
    lines = {(line.screen, line.key): line for line in answer_lines(make_draft(answers), library)}

    assert lines["lately", "groups"].words == ("Skin: not said which",)
    assert lines["before-needles", "groups"].words == ("Your medicines: not said which",)
    assert lines["before-needles", "unsure"].ids == ("low-platelets",)
    assert ("before-needles", "precautions") not in lines
