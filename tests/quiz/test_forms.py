from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acupwa.quiz.forms import quiz_fields, read_one_page
from acupwa.quiz.model import SCREENS, Answers
from acupwa.quiz.one_page_form import SubmissionKey, read_one_page_quiz
from acupwa.web.declared import undeclared
from acupwa.web.forms import FormData
from tests.support.answers import ABOUT, make_answers, messages, read

CLAIM = "A" * 43


def test_the_safety_question_is_answered_by_a_tick_or_by_none_of_these(library):
    assert read("right-now", library, {"none_right_now": "1"}).answers.none_right_now
    assert read("right-now", library, {"red_flags": ["sepsis"]}).answers.red_flags == ("sepsis",)
    assert messages(read("right-now", library, {})) == {
        "red_flags": "Tick every sign you have, or tick “None of these”."
    }


@pytest.mark.parametrize(
    ("screen", "field", "id", "none"),
    [
        ("right-now", "red_flags", "sepsis", "none_right_now"),
        ("lately", "red_flags", "septic-joint", "none_lately"),
        ("before-needles", "precautions", "fainting", "none_before_needles"),
    ],
)
def test_a_tick_and_none_of_these_together_are_told_apart(library, screen, field, id, none):
    both = read(screen, library, {field: [id], none: "1"})

    assert "None of these" in messages(both)[field]
    assert getattr(both.answers, field) == (id,)
    assert getattr(both.answers, none)


def test_one_screen_leaves_the_signs_of_the_other_alone(library):
    before = make_answers(red_flags=("sepsis", "septic-joint"))

    now = read("right-now", library, {"none_right_now": "1"}, before)
    lately = read("lately", library, {"red_flags": ["clot-leg"]}, before)

    assert now.answers.red_flags == ("septic-joint",)
    assert set(lately.answers.red_flags) == {"sepsis", "clot-leg"}


@pytest.mark.parametrize(
    ("screen", "fields", "field"),
    [
        ("right-now", {"red_flags": ["made-up"]}, "red_flags"),
        ("about-you", {**ABOUT, "conditions": ["gout"]}, "conditions"),
        ("about-you", {**ABOUT, "age_band": "12"}, "age_band"),
        ("about-you", {**ABOUT, "country": "XX"}, "country"),
        ("about-you", {**ABOUT, "answering_for": "a-cat"}, "answering_for"),
        ("about-you", {"conditions": ["ra"]}, "age_band"),
        ("about-you", {"age_band": "40-64"}, "conditions"),
        ("about-you", {**ABOUT, "conditions": ["none-yet", "ra"]}, "conditions"),
        ("ratings", {"ratings.fatigue": "11"}, "ratings.fatigue"),
        ("ratings", {"ratings.fatigue": "-1"}, "ratings.fatigue"),
        ("ratings", {"ratings.fatigue": "3.5"}, "ratings.fatigue"),
        ("ratings", {"ratings.fatigue": "NaN"}, "ratings.fatigue"),
        ("ratings", {"ratings.fatigue": "٣"}, "ratings.fatigue"),
        ("impact", {"instruments.phq4.1": "4"}, "instruments.phq4.1"),
        ("before-needles", {"precautions": ["x"]}, "precautions"),
        ("what-matters", {"main_symptom": "joy"}, "main_symptom"),
        ("what-matters", {"acupuncture_before": "maybe"}, "acupuncture_before"),
        ("what-matters", {"stopping_medicine": "perhaps"}, "stopping_medicine"),
        ("what-matters", {"ratings.problem": "12"}, "ratings.problem"),
    ],
)
def test_what_is_not_on_offer_is_refused_with_what_to_do(library, screen, fields, field):
    found = messages(read(screen, library, fields))

    assert field in found
    assert found[field].split()[0] in {"Choose", "Tick", "Use", "We", "You"}


@pytest.mark.parametrize("name", ["ratings.mood", "instruments.peg.4", "instruments.peg.0", "red_flag"])
def test_a_field_that_the_quiz_does_not_have_is_named(library, name):
    assert [fault.field for fault in undeclared(FormData.of({name: "3"}), quiz_fields(library))] == [name]


def test_one_ticked_box_is_a_list_of_one(library):
    assert read("about-you", library, {**ABOUT, "conditions": "ra"}).answers.conditions == ("ra",)


def test_prefer_not_to_say_is_kept_as_such_and_no_answer_is_not(library):
    answers = read("ratings", library, {"ratings.fatigue": "skip", "ratings.sleep": ""}).answers

    assert answers.ratings == {"fatigue": None}


def test_the_first_item_of_peg_is_the_pain_rating(library):
    by_item = read("ratings", library, {f"instruments.peg.{n}": str(n) for n in (1, 2, 3)})
    by_rating = read("ratings", library, {"ratings.pain": "7"})

    assert by_item.answers.ratings["pain"] == 1
    assert by_item.answers.instruments["peg"] == (1, 2, 3)
    assert by_item.open_items == ()
    assert by_rating.answers.instruments["peg"] == (7, None, None)
    assert by_rating.open_items == ("peg.2", "peg.3")


def test_skipped_mood_differs_from_mood_not_answered(library):
    some = read("impact", library, {"instruments.phq4.1": "2", "instruments.phq4.2": "skip"})

    assert some.answers.instruments["phq4"] == (2, None, None, None)
    assert some.open_items == ("phq4.3", "phq4.4")
    assert not some.errors


def test_ratings_and_mood_may_all_be_left_out(library):
    for screen in ("ratings", "impact", "what-matters"):
        assert not read(screen, library, {}).errors


def test_words_that_are_too_long_are_shown_again(library):
    long = "x" * 81
    found = read("what-matters", library, {"problem_words": long, "activity_words": "y" * 80})

    assert messages(found) == {"problem_words": "Use no more than 80 letters."}
    assert found.typed == {"problem_words": long}
    assert found.answers.problem_words is None
    assert found.answers.activity_words == "y" * 80


def test_words_are_one_line_without_control_characters(library):
    found = read("what-matters", library, {"problem_words": "  sore\r\n\twrists\x00 "})

    assert found.answers.problem_words == "sore wrists"


def test_stopping_a_medicine_is_yes_no_or_not_said(library):
    for given_, expected in (("yes", True), ("no", False), ("", None)):
        found = read("what-matters", library, {"stopping_medicine": given_})
        assert found.answers.stopping_medicine is expected


@pytest.mark.parametrize("value", ["in-the-past", "now"])
def test_a_tick_of_what_matters_is_taken_off_by_a_whole_form_without_it(library, value):
    before = Answers(acupuncture_before=value, stopping_medicine=True)

    kept = read("what-matters", library, {"ratings.problem": "4"}, before).answers
    assert (kept.acupuncture_before, kept.stopping_medicine) == (value, True)
    off = read("what-matters", library, {"problem_words": ""}, before).answers
    assert (off.acupuncture_before, off.stopping_medicine) == (None, None)


def test_no_of_an_older_page_stays_and_now_holds_before(library):
    said_no = Answers(acupuncture_before="no", stopping_medicine=False)

    kept = read("what-matters", library, {"problem_words": "stiff hands"}, said_no).answers
    assert (kept.acupuncture_before, kept.stopping_medicine) == ("no", False)
    both = read("what-matters", library, {"acupuncture_before": ["in-the-past", "now"]}).answers
    assert both.acupuncture_before == "now"


def test_everything_at_once_needs_age_and_conditions_only(library):
    found = read_one_page(FormData.of({"age_band": "18-39", "conditions": "ra", "red_flags": "septic-joint"}), library)

    assert not found.errors
    assert found.answers.red_flags == ("septic-joint",)
    assert messages(read_one_page(FormData.of({}), library)).keys() == {"age_band", "conditions"}


def test_everything_at_once_carries_its_key_in_the_header_or_a_field(library):
    form = FormData.of({"age_band": "18-39", "conditions": "ra", "idempotency_key": "field"})

    assert read_one_page_quiz(form, "header", "", library).sent == SubmissionKey(key="header")
    like_headers = FormData.of({"Idempotency-Key": "field", "Idempotency-Claim": CLAIM})
    assert read_one_page_quiz(like_headers, "", "", library).sent == SubmissionKey(key="field", claim=CLAIM)
    assert read_one_page_quiz(form, '"quoted"', "", library).sent == SubmissionKey(key="quoted")
    assert read_one_page_quiz(form, "", CLAIM, library).sent == SubmissionKey(key="field", claim=CLAIM)


@pytest.mark.parametrize("key", ["k" * 81, "two words", "naïve", "nul\0", '"'])
def test_a_key_is_short_and_plain(library, key):
    form = FormData.of({"age_band": "18-39", "conditions": "ra"})

    assert messages(read_one_page_quiz(form, key, "", library).read).keys() <= {"idempotency_key"}
    assert read_one_page_quiz(form, key, "", library).sent is None


@pytest.mark.parametrize(("key", "claim"), [("k", "short"), ("k", "ü" * 43), ("", CLAIM)])
def test_a_claim_is_256_bits_and_comes_with_a_key(library, key, claim):
    form = FormData.of({"age_band": "18-39", "conditions": "ra"})

    assert messages(read_one_page_quiz(form, key, claim, library).read).keys() == {"idempotency_claim"}


@given(st.text())
def test_the_time_of_a_press_is_read_or_named(library, text):
    form = FormData.of({"age_band": "18-39", "conditions": "ra", "consent_at": text})
    found = read_one_page_quiz(form, "", "", library)

    assert (found.pressed_at is None) == (not form.one("consent_at") or "consent_at" in messages(found.read))


def test_the_time_of_a_press_may_stand_in_any_zone(library):
    form = FormData.of({"age_band": "18-39", "conditions": "ra", "consent_at": "2026-11-23T20:00:00+10:00"})

    assert read_one_page_quiz(form, "", "", library).pressed_at == datetime(2026, 11, 23, 10, tzinfo=UTC)


def test_consent_to_other_words_is_no_consent(library):
    form = FormData.of({"age_band": "18-39", "conditions": "ra", "consent_version": "0"})

    assert messages(read_one_page_quiz(form, "", "", library).read).keys() == {"consent_version"}


names = st.sampled_from(
    ["red_flags", "conditions", "age_band", "country", "precautions", "ratings.pain", "ratings.skin",
     "instruments.peg.1", "instruments.phq4.9", "problem_words", "main_symptom",
     "none_lately", "stopping_medicine"]
)  # fmt: skip


@given(fields=st.dictionaries(names, st.text(max_size=100)), screen=st.sampled_from(SCREENS[:-1]))
def test_no_form_breaks_the_reader_and_whatever_it_keeps_is_known(library, fields, screen):
    found = read(screen, library, fields)

    assert isinstance(found.answers, Answers)
    assert set(found.answers.red_flags) <= set(library.red_flags)
    assert set(found.answers.conditions) <= set(library.conditions)
    assert all(value is None or 0 <= value <= 10 for value in found.answers.ratings.values())
    assert len(found.answers.problem_words or "") <= 80
    assert read_one_page(FormData.of(fields), library).answers is not None
