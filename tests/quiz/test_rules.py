from __future__ import annotations

import itertools

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from acupwa.quiz.countries import COUNTRIES
from acupwa.quiz.model import ALL_SCREENS, SCREENS, Answers
from acupwa.quiz.position import position
from acupwa.quiz.rules import (
    activity_is_asked,
    complete,
    flags_lately,
    flags_right_now,
    missing_screens,
    needs_mood_support,
    next_screen,
    precautions_asked,
    previous_screen,
    ratings_asked,
    ratings_at_once,
    screens_for,
    screens_of,
    seen_after,
    symptom_choices,
)
from tests.support.answers import make_answers, make_draft

CONDITIONS = ("ra", "sle", "ms", "hashimoto", "psoriasis", "fibromyalgia", "other")
chosen = st.lists(st.sampled_from(CONDITIONS), min_size=1, unique=True).map(tuple) | st.just(("none-yet",))
ages = st.sampled_from(["under-16", "16-17", "18-39", "40-64", "65-plus"])


def test_the_full_path_has_eight_screens():
    assert screens_for(make_answers()) == SCREENS


def test_under_16_the_quiz_ends_after_two_screens():
    assert screens_for(make_answers(age_band="under-16")) == ("right-now", "about-you", "review")


def test_without_a_diagnosis_only_safety_is_asked():
    assert screens_for(make_answers(conditions=("none-yet",))) == (
        "right-now",
        "about-you",
        "lately",
        "review",
    )


def test_a_killed_tab_resumes_at_the_first_screen_not_gone_past():
    assert next_screen(make_draft(seen=("right-now", "about-you"))) == "lately"
    assert next_screen(make_draft(seen=SCREENS[:-1])) == "review"


def test_the_way_back_skips_what_is_not_on_the_path():
    assert previous_screen(make_draft(), "impact") == "ratings"
    assert previous_screen(make_draft(make_answers(conditions=("none-yet",))), "review") == "lately"
    assert previous_screen(make_draft(), "right-now") is None


def test_the_full_quiz_done_again_asks_what_happened_since_after_the_emergencies():
    again = make_draft(asks=("pgic",))

    assert screens_of(again) == ("right-now", "since", *SCREENS[1:])
    assert screens_of(make_draft()) == SCREENS
    for short in (make_answers(age_band="under-16"), make_answers(conditions=("none-yet",))):
        assert screens_of(make_draft(short, asks=("pgic",))) == screens_for(short), "no needles are talked of"


@given(conditions=chosen, age=ages, asks=st.sampled_from([(), ("pgic",)]))
def test_position_is_true_on_every_path(library, conditions, age, asks):
    draft = make_draft(make_answers(conditions=conditions, age_band=age), asks=asks)
    places = [position(draft, screen, library) for screen in screens_of(draft)]

    assert [place.step for place in places] == list(range(1, len(places) + 1))
    assert {place.steps for place in places} == {len(places)}
    seconds = [place.seconds for place in places]
    assert seconds == sorted(seconds, reverse=True)
    assert len(set(seconds)) == len(seconds), "each screen takes some of it"


@given(conditions=chosen, age=ages, seen=st.sets(st.sampled_from(ALL_SCREENS)), asks=st.sampled_from([(), ("pgic",)]))
def test_nothing_is_missing_exactly_when_the_review_comes_next(conditions, age, seen, asks):
    draft = make_draft(make_answers(conditions=conditions, age_band=age), seen=tuple(seen), asks=asks)

    assert (next_screen(draft) == "review") == (missing_screens(draft) == ())


def test_new_conditions_ask_their_questions_anew():
    before, after = make_answers(), make_answers(conditions=("ra", "ms"))

    seen = seen_after(before, after, SCREENS[:-1], "about-you")

    assert seen == ("right-now", "about-you", "what-matters", "impact")
    assert seen_after(before, before, ("right-now",), "about-you") == ("right-now", "about-you")


def test_the_emergency_signs_are_asked_of_everyone(library):
    assert len(flags_right_now(library)) == 26


@given(conditions=chosen)
def test_general_signs_and_those_of_the_conditions_are_asked_lately(library, conditions):
    asked = {flag.id for flag in flags_lately(make_answers(conditions=conditions), library)}

    for flag in library.red_flags.values():
        concerns = "general" in flag.conditions or set(flag.conditions) & set(conditions)
        assert (flag.id in asked) == bool(flag.urgency != "emergency-now" and concerns)


def test_a_sign_ticked_for_a_condition_no_longer_chosen_can_still_be_unticked(library):
    answers = make_answers(conditions=("ra",), red_flags=("ms-relapse",))

    assert "ms-relapse" in {flag.id for flag in flags_lately(answers, library)}


@pytest.mark.parametrize(
    ("condition", "keys"),
    [
        ("ra", {"stiffness", "swollen-joints"}),
        ("sle", {"stiffness", "thinking", "swollen-joints", "flare"}),
        ("ms", {"thinking", "walking", "spasm"}),
        ("hashimoto", {"thinking", "cold"}),
        ("psoriasis", {"stiffness", "swollen-joints", "itch", "skin"}),
        ("fibromyalgia", {"stiffness", "thinking", "tender"}),
        ("other", set()),
    ],
)
def test_each_condition_is_asked_its_own_ratings_beside_the_core(library, condition, keys):
    asked = {rating.key for rating in ratings_asked(make_answers(conditions=(condition,)), library)}

    assert asked == keys | {"fatigue", "sleep-trouble", "overall", "activity"}


def test_activity_is_asked_of_those_without_pain():
    assert activity_is_asked(make_answers(ratings={"pain": 0}))
    assert not activity_is_asked(make_answers(ratings={"pain": 1}))
    assert not activity_is_asked(make_answers(ratings={"pain": None}))
    assert not activity_is_asked(make_answers())


def test_medicines_that_lower_immunity_are_asked_of_everyone(library):
    asked = {one.id for one in precautions_asked(make_answers(conditions=("hashimoto",)), library)}

    assert {"immunosuppression-strong", "methotrexate-dmard", "steroids-over-10mg"} <= asked
    assert not asked & {"psoriasis-plaque", "ms-heat", "active-organ-lupus", "children"}


def test_a_main_problem_is_one_that_was_asked(library):
    keys = [rating.key for rating in symptom_choices(make_answers(conditions=("psoriasis",)), library)]

    assert {"pain", "itch", "skin", "problem"} <= set(keys)
    assert "walking" not in keys


def test_what_no_longer_fits_is_dropped_at_the_end(library):
    answers = make_answers(
        conditions=("ra",),
        ratings={"pain": 4, "activity": 3, "itch": 6, "fatigue": None},
        precautions=("psoriasis-plaque", "fainting"),
        main_symptom="itch",
    )

    done = complete(answers, (), library)

    assert done.ratings == {"pain": 4, "fatigue": None}
    assert done.precautions == ("fainting",)
    assert done.main_symptom is None


def test_an_instrument_left_open_is_not_kept_as_refused(library):
    answers = make_answers(instruments={"peg": (5, None, None), "phq4": (None, None, None, None)}, ratings={"pain": 5})
    open_items = ("peg.2", "peg.3", "phq4.1", "phq4.2", "phq4.3", "phq4.4")

    assert complete(answers, open_items, library).instruments == {}
    assert complete(answers, (), library).instruments == answers.instruments


def test_own_words_with_a_number_are_the_main_outcome(library):
    answers = make_answers(problem_words="sore wrists", ratings={"problem": 7})

    assert complete(answers, (), library).main_symptom == "problem"


@given(conditions=chosen, age=ages, flags=st.data())
def test_a_danger_sign_is_never_dropped_and_finishing_twice_changes_nothing(library, conditions, age, flags):
    ticked = tuple(flags.draw(st.lists(st.sampled_from(sorted(library.red_flags)), unique=True)))
    answers = make_answers(
        conditions=conditions, age_band=age, red_flags=ticked, ratings={"pain": 0, "skin": 3, "activity": 2}
    )

    done = complete(answers, (), library)

    assert done.red_flags == ticked
    assert complete(done, (), library) == done


@given(items=st.lists(st.none() | st.integers(0, 3), min_size=4, max_size=4))
def test_support_is_offered_when_a_pair_sums_to_three(items):
    worry, mood = (sum(item or 0 for item in pair) for pair in (items[:2], items[2:]))

    assert needs_mood_support(make_answers(instruments={"phq4": tuple(items)})) == (worry >= 3 or mood >= 3)


def test_no_mood_answers_need_no_support():
    assert not needs_mood_support(Answers())


def test_countries_are_iso_codes():
    assert {"GB", "IE", "US", "DE", "TW"} <= COUNTRIES
    assert not {"EU", "ZZ", "001"} & COUNTRIES


def test_answers_survive_json():
    answers = make_answers(ratings={"pain": None}, instruments={"peg": (1, None, 3)})

    assert msgspec.json.decode(msgspec.json.encode(answers), type=Answers) == answers


def test_all_pairs_of_conditions_have_a_way_through(library):
    for pair in itertools.combinations(CONDITIONS, 2):
        assert flags_lately(make_answers(conditions=pair), library)


# ------------------------------------------------------------------ what stands open


@pytest.mark.parametrize(
    ("conditions", "main", "own"),
    [
        (("ra",), None, {"stiffness"}),
        (("ra",), "pain", {"stiffness"}),
        (("ra",), "swollen-joints", {"stiffness", "swollen-joints"}),
        (("ms",), "fatigue", {"walking"}),
        (("psoriasis",), "skin", {"skin"}),
        (("psoriasis",), "itch", {"itch", "skin"}),
        (("ra", "ms", "psoriasis"), "itch", {"itch", "stiffness"}),
        (("other",), None, set()),
    ],
)
def test_at_most_two_ratings_of_ones_own_stand_open(library, conditions, main, own):
    answers = make_answers(conditions=conditions, main_symptom=main)

    assert {one.key for one in ratings_at_once(answers, library)} == {"fatigue", "sleep-trouble"} | own


@given(conditions=chosen, main=st.sampled_from(["pain", "overall", "itch", "thinking", "problem", None]))
def test_what_stands_open_is_asked_and_what_was_named_is_among_it(library, conditions, main):
    answers = make_answers(conditions=conditions, main_symptom=main)
    asked = [one.key for one in ratings_asked(answers, library)]
    open_at_once = [one.key for one in ratings_at_once(answers, library)]

    assert [one for one in asked if one in open_at_once] == open_at_once
    assert len(open_at_once) <= 4
    assert main not in asked or main in open_at_once


def test_what_was_named_is_not_asked_twice_once_the_main_problem_has_its_number(library):
    named = {"conditions": ("ms",), "main_symptom": "fatigue", "problem_words": "worn out by noon"}

    def at_once(**more):
        return {one.key for one in ratings_at_once(make_answers(**named, **more), library)}

    assert at_once(ratings={"problem": 7}) == {"sleep-trouble", "walking"}
    # Without its number it is asked: else nothing would tell whether it changes.
    for ratings in ({}, {"problem": None}):
        assert at_once(ratings=ratings) == {"fatigue", "sleep-trouble", "walking"}
    assert "fatigue" in {one.key for one in ratings_asked(make_answers(**named, ratings={"problem": 7}), library)}


def test_the_main_outcome_of_the_time_before_stays_open(library):
    named = {"conditions": ("ra", "psoriasis"), "main_symptom": "fatigue", "ratings": {"problem": 7}}

    def at_once(last, **changes):
        return {one.key for one in ratings_at_once(make_answers(**named | changes), library, last)}

    assert "fatigue" in at_once("fatigue")
    assert "fatigue" not in at_once(None)
    assert at_once("itch", main_symptom="swollen-joints", ratings={}) >= {"itch", "swollen-joints"}
    assert at_once("walking") == at_once("problem") == at_once(None), "what no longer concerns them is not asked"


def test_a_named_activity_is_rated_whatever_the_pain():
    assert activity_is_asked(make_answers(activity_words="hold a cup", ratings={"pain": 7}))
    assert not activity_is_asked(make_answers(activity_words=None, ratings={"pain": 7}))
