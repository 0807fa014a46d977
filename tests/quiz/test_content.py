"""The quiz's content keeps what the evidence says, word for word where it must."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from acupwa.library.model import AgeBand
from acupwa.quiz.model import AcupunctureBefore, AnsweringFor, Answers
from acupwa.quiz.safety import derive
from tests.support.answers import make_answers
from tests.support.content_ids import FLAG_GROUPS, PRECAUTION_GROUPS, PRECAUTIONS, RED_FLAGS

PEG_WORDS = (
    "What number best describes your pain on average in the past week?",
    "What number best describes how, during the past week, pain has interfered with your enjoyment of life?",
    "What number best describes how, during the past week, pain has interfered with your general activity?",
)
PHQ4_INTRO = "Over the last two weeks, how often have you been bothered by any of the following problems?"
PHQ4_WORDS = (
    "Feeling nervous, anxious or on edge",
    "Not being able to stop or control worrying",
    "Little interest or pleasure in doing things",
    "Feeling down, depressed or hopeless",
)
PHQ4_CHOICES = ("Not at all", "Several days", "More than half the days", "Nearly every day")
PGIC_WORDS = (
    "Very much improved",
    "Much improved",
    "Minimally improved",
    "No change",
    "Minimally worse",
    "Much worse",
    "Very much worse",
)
OWN_WORDS = {
    "fatigue": (
        "On average over the last 7 days, how tired or drained have you been?",
        "Not tired",
        "Worst possible",
    ),
    "sleep-trouble": (
        "Over the last 7 days, how much trouble did you have sleeping?",
        "No trouble",
        "Worst possible",
    ),
    "sleep": ("Over the last 7 days, how well did you sleep?", "Best sleep possible", "Worst sleep possible"),
    "stiffness": (
        "Over the last 7 days, how stiff were you in the first hour after waking?",
        "Not stiff",
        "Too stiff to move",
    ),
    "thinking": (
        "Over the last 7 days, how hard was it to think clearly or find words?",
        "Not hard at all",
        "Could not think clearly at all",
    ),
    "activity": (
        "Over the last 7 days, how much did your condition get in the way of what you needed or wanted to do?",
        "Not at all",
        "Stopped me completely",
    ),
    "overall": (
        "Overall, how bad has your condition been over the last 7 days?",
        "Not bad at all",
        "Worst possible",
    ),
    "problem": ("Over the last 7 days, how bad was this: “{words}”?", "No problem", "Worst possible"),
    "itch": (
        "Thinking of the worst moment, how itchy was your skin in the last 24 hours?",
        "No itch",
        "Worst itch I can imagine",
    ),
    "skin": (
        "Over the last 7 days, how red, thick or flaky were your patches?",
        "Clear skin",
        "As bad as they have ever been",
    ),
    "walking": (
        "Over the last 7 days, how much trouble did you have walking or keeping your balance?",
        "No trouble at all",
        "Could not do it",
    ),
    "spasm": (
        "Over the last 7 days, how much did spasms or tight muscles trouble you?",
        "Not at all",
        "All the time and badly",
    ),
    "swollen-joints": (
        "Over the last 7 days, how much did swollen joints trouble you?",
        "No swelling",
        "Worst possible",
    ),
    "flare": (
        "Over the last 7 days, how active did your lupus feel (rash, mouth sores, joints, fever)?",
        "Quiet",
        "As active as it has ever been",
    ),
    "cold": (
        "Over the last 7 days, how much did you feel colder than the people around you?",
        "Not at all",
        "All the time",
    ),
    "tender": (
        "Over the last 7 days, how sore was your body to touch or pressure?",
        "Not sore",
        "Too sore to bear touch",
    ),
}
RATING_KEYS = {*OWN_WORDS, "pain"}


def test_every_danger_sign_of_the_evidence_is_there_with_its_urgency_and_conditions(library):
    found = {one.id: (one.urgency, " ".join(one.conditions)) for one in library.red_flags.values()}

    assert found == RED_FLAGS, "new? put it into tests/support/content_ids.py once its evidence was read"


def test_every_precaution_of_the_evidence_is_there_with_its_advice_and_conditions(library):
    found = {one.id: (one.advice, " ".join(one.conditions)) for one in library.precautions.values()}

    assert found == PRECAUTIONS, "new? put it into tests/support/content_ids.py once its evidence was read"


def test_five_things_to_avoid_rule_out_needling_as_a_whole(library):
    avoid = [one for one in library.precautions.values() if one.advice == "avoid"]
    whole = {one.id for one in avoid if one.scope == "whole"}

    assert whole == {
        "severe-neutropenia",
        "fever-or-infection-now",
        "confused-or-unable-to-consent",
        "extreme-needle-phobia",
        "severe-bleeding-disorder",
    }


def test_every_group_that_an_answer_may_name_is_there(library):
    assert tuple(group.id for group in library.quiz.flag_groups) == FLAG_GROUPS
    assert tuple(group.id for group in library.quiz.precaution_groups) == PRECAUTION_GROUPS


def test_what_an_answer_tells_already_is_not_asked(library):
    follows = {one.id: one.follows_from for one in library.precautions.values() if one.follows_from}
    merged = {one.id: one.merged_into for one in library.precautions.values() if one.merged_into}

    assert follows == {"psoriasis-koebner": ("conditions:psoriasis",), "children": ("age_band:16-17",)}
    assert merged == {"pacemaker-manual": "pacemaker-electroacupuncture"}
    assert {one.id for one in library.precautions.values() if one.asked_for_others} == {"confused-or-unable-to-consent"}


def test_a_name_that_says_all_has_each_word_of_its_statement_that_says_anything(library):
    small = {
        "a", "an", "and", "another", "are", "at", "be", "been", "before", "by", "ever", "had", "has", "have", "is",
        "left", "lie", "makes", "might", "need", "of", "one", "or", "person", "symptoms", "take", "the", "to", "use",
        "you", "your", "yours"
    }  # fmt: skip

    for one in library.precautions.values():
        name, statement = (set(re.findall(r"[^\W_]+", words.lower())) for words in (one.short, one.question))
        close = {word for word in statement - name - small if not any(word[:4] == other[:4] for other in name)}
        assert not (one.short_says_all and close), (one.id, close)


def test_a_medicine_whose_class_was_not_read_is_named_as_such_and_asked_about_first(library):
    strong = library.precautions["immunosuppression-strong"]
    not_read = strong.names[strong.names.index("We have not read studies of these") :]

    assert strong.advice == "ask-first"
    for name in (
        "mitoxantrone", "voclosporin", "anifrolumab", "ponesimod", "ofatumumab", "ublituximab", "deucravacitinib",
        "apremilast",
    ):  # fmt: skip
        assert name in not_read
        assert all(name not in f"{one.question}{one.why}" for one in library.precautions.values())


def test_no_group_alone_is_an_emergency_before_needles(library):
    """Someone who only says that something in it is true must not be sent to hospital by two members together."""
    for group in library.quiz.precaution_groups:
        derived = derive(
            make_answers(groups=(group.id,), conditions=("ra", "sle", "ms", "hashimoto", "psoriasis")), library
        )

        assert "emergency-now" not in {one.urgency for one in derived.red_flags}, group.id


def test_three_medicines_lower_immunity(library):
    lowering = {one.id for one in library.precautions.values() if one.lowers_immunity}

    assert lowering == {"immunosuppression-strong", "methotrexate-dmard", "steroids-over-10mg"}


@pytest.mark.parametrize("word", ["emergency", "today", "doctor"])
def test_each_urgency_says_what_to_do_in_time(library, word):
    urgency = {"emergency": "emergency-now", "today": "same-day", "doctor": "within-days"}[word]
    for flag in library.red_flags.values():
        if flag.urgency == urgency:
            also = ("now, day or night", "team") if urgency != "emergency-now" else ()
            assert any(one in flag.do for one in (word, *also)), flag.id


def test_a_short_sign_is_short(library):
    for flag in library.red_flags.values():
        assert len(flag.short.split()) <= 16, flag.id


def test_peg_is_word_for_word(library):
    peg = library.instruments["peg"]

    assert tuple(item.text for item in peg.items) == PEG_WORDS
    assert [(item.low, item.high) for item in peg.items] == [
        ("No pain", "Pain as bad as you can imagine"),
        ("Does not interfere", "Completely interferes"),
        ("Does not interfere", "Completely interferes"),
    ]
    assert [item.loinc for item in peg.items] == ["75893-8", "91145-3", "91146-1"]


def test_phq4_is_word_for_word_and_its_zero_is_not_at_all(library):
    phq4 = library.instruments["phq4"]

    assert phq4.intro == PHQ4_INTRO
    assert tuple(item.text for item in phq4.items) == PHQ4_WORDS
    assert tuple(choice.text for choice in phq4.choices) == PHQ4_CHOICES
    assert [choice.value for choice in phq4.choices] == [0, 1, 2, 3]
    assert phq4.thresholds is None


def test_pgic_is_word_for_word(library):
    pgic = library.instruments["pgic"]

    assert pgic.items[0].text == "Since my first session, my overall status is:"
    assert tuple(choice.text for choice in pgic.choices) == PGIC_WORDS


def test_whatever_is_shipped_has_a_licence_and_a_credit_line(library):
    assert set(library.instruments) == {"peg", "phq4", "pgic"}
    for instrument in library.instruments.values():
        assert instrument.shippable
        assert instrument.licence
        assert instrument.credit


def test_our_own_items_have_their_words_and_claim_no_validation(library):
    own = {
        key: (rating.text, rating.low, rating.high)
        for key, rating in library.ratings.items()
        if rating.item.startswith("own-")
    }

    assert own == OWN_WORDS
    assert not any(library.ratings[key].validated for key in own)


def test_the_ratings_are_those_of_the_interface(library):
    assert set(library.ratings) == RATING_KEYS, "new? put it into RATING_KEYS; see docs/content.md, A rating"
    assert library.ratings["itch"].thresholds.clear == 4


def test_the_bounds_of_a_rating_are_its_own_for_pain_and_itch_alone(library):
    own = {key for key, rating in library.ratings.items() if not rating.thresholds.borrowed}

    assert own == {"pain", "itch"}
    assert not library.instruments["peg"].thresholds.borrowed
    assert all(
        rating.source.startswith("Borrowed ") is rating.thresholds.borrowed for rating in library.ratings.values()
    )


def test_ten_is_the_worst_of_every_rating_that_is_asked(library):
    for rating in library.ratings.values():
        if rating.asked != "never":
            assert not re.search(r"\bhow (well|good)\b", rating.text, re.I), rating.key
            assert rating.low.startswith(("No", "Clear", "Quiet")), rating.key


def test_each_choice_that_can_be_kept_has_its_words(library):
    words = library.quiz.questions

    assert tuple(words.answering_for.choices) == get_args(AnsweringFor)
    assert tuple(words.age_band.choices) == get_args(AgeBand)
    assert tuple(words.acupuncture_before.choices) == get_args(AcupunctureBefore)
    assert set(words.stopping_medicine.choices) == {"yes", "no"}
    assert set(words.main_symptom.choices) <= set(library.ratings)


def test_each_question_goes_by_the_name_of_its_answer(library):
    assert set(library.quiz.questions.__struct_fields__) == set(Answers.__struct_fields__) - {"ratings", "instruments"}
    assert "{day}" in library.quiz.questions.sessions_since.asks_also
