"""When what to know before needles is gone through again, and what the numbers of a follow-up are. Pure rules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from acupwa.library.load import load_library
from acupwa.quiz.confirming import (
    CONFIRM_AFTER,
    CONFIRM_BEFORE_A_PLAN,
    asks_to_confirm,
    last_confirmed_of,
    needs_confirming,
    was_confirmed_in,
)
from acupwa.quiz.follow_up import MOOD_AFTER, MOST_FIRST, asks_of, first_asked, is_to_be_carried_on, offers_full_first
from acupwa.quiz.model import IMPRESSION, MOOD, PEG
from acupwa.quiz.rules import BEFORE_NEEDLES, main_outcome
from tests.support.answers import make_answers, make_draft

LIBRARY = load_library()
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
KEYS = [key for key, one in LIBRARY.ratings.items() if one.asked in ("always", "by-condition")]
RATED = make_answers(
    ratings={"problem": 7, "pain": 6, "fatigue": 5, "stiffness": 4, "sleep-trouble": 3, "overall": 5},
    instruments={"peg": (6, 5, 5), "phq4": (1, 1, 1, 1)},
)
spans = st.timedeltas(timedelta(0), timedelta(days=800))


def full(at=NOW, answers=RATED, **more):
    given = {"seen": (BEFORE_NEEDLES,), **more}
    return make_draft(answers, finished_at=at, created_at=at, updated_at=at, **given)


def follow_up(at, answers=None, **more):
    return full(at, answers or make_answers(), variant="follow-up", **more)


def test_a_full_check_in_is_good_for_twelve_weeks_and_for_a_plan_for_two():
    assert not needs_confirming(full(), NOW + timedelta(days=83))
    assert needs_confirming(full(), NOW + timedelta(days=84))
    assert not needs_confirming(full(), NOW + timedelta(days=13), before_plan=True)
    assert needs_confirming(full(), NOW + timedelta(days=14), before_plan=True)


def test_a_follow_up_knows_when_it_was_and_one_that_does_not_asks():
    later = NOW + timedelta(days=70)
    assert not needs_confirming(follow_up(later, confirmed_at=NOW), NOW + timedelta(days=83))
    assert needs_confirming(follow_up(later, confirmed_at=NOW), NOW + timedelta(days=84))
    assert needs_confirming(follow_up(later), later)
    assert last_confirmed_of([follow_up(later), full()]) == NOW
    assert last_confirmed_of([]) is None


def test_a_full_one_that_did_not_ask_it_was_not_confirmed_nor_was_what_came_before_it():
    """Without a diagnosis there is no such screen; with one that was added later it is still to be answered."""
    unasked = full(NOW + timedelta(days=1), seen=("right-now", "about-you", "lately"))

    assert needs_confirming(unasked, unasked.finished_at, before_plan=True)
    assert last_confirmed_of([unasked, full()]) is None
    assert last_confirmed_of([follow_up(NOW, confirmed_at=NOW), unasked, full()]) == NOW


@given(age=spans, before_plan=st.booleans())
def test_time_makes_it_due_and_never_undone(age, before_plan):
    """Whatever is due stays due; what must be fresh for a plan is due no later than what must be fresh at all."""
    due = needs_confirming(full(), NOW + age, before_plan=before_plan)

    assert due == (age >= (CONFIRM_BEFORE_A_PLAN if before_plan else CONFIRM_AFTER))
    assert not due or needs_confirming(full(), NOW + age + timedelta(days=1), before_plan=before_plan)
    assert not needs_confirming(full(), NOW + age) or needs_confirming(full(), NOW + age, before_plan=True)


def test_a_page_stays_as_it_was_begun_and_a_finished_one_is_not_asked_again():
    draft = replace(follow_up(NOW + timedelta(days=83), confirmed_at=NOW), finished_at=None)
    assert not asks_to_confirm(draft)
    due = replace(draft, created_at=NOW + timedelta(days=84))
    assert asks_to_confirm(due)
    done = replace(due, finished_at=NOW + timedelta(days=85), confirmed_at=NOW + timedelta(days=85))
    assert not asks_to_confirm(done)
    assert was_confirmed_in(done)
    assert not was_confirmed_in(due)


def test_mood_comes_every_fourth_week_also_when_follow_ups_between_did_not_ask():
    first = full()
    weekly = follow_up(NOW + timedelta(days=14), make_answers(ratings={"problem": 6}), asks=("problem", "pgic", "peg"))

    assert MOOD not in asks_of((weekly, first), NOW + MOOD_AFTER - timedelta(days=1), LIBRARY)
    assert MOOD in asks_of((weekly, first), NOW + MOOD_AFTER, LIBRARY)
    assert MOOD not in asks_of((full(answers=make_answers()),), NOW + timedelta(days=90), LIBRARY), "it was passed over"


def test_what_was_left_under_answer_more_stays_there():
    asks = asks_of((full(),), NOW + timedelta(days=7), LIBRARY)
    second = follow_up(NOW + timedelta(days=7), make_answers(ratings={"problem": 6}), asks=asks)

    again = asks_of((second, full()), NOW + timedelta(days=14), LIBRARY)

    assert set(again) == set(asks) == {"problem", "fatigue", "stiffness", "sleep-trouble", "overall", PEG, IMPRESSION}


def test_pain_stands_first_then_what_belongs_to_the_condition_then_tiredness():
    asks = asks_of((full(),), NOW + timedelta(days=7), LIBRARY)

    assert first_asked(asks, RATED, LIBRARY) == ("pain", "stiffness", "fatigue")
    named = make_answers(ratings={"pain": 6, "fatigue": 5}, main_symptom="pain")
    assert first_asked(("fatigue", PEG, IMPRESSION), named, LIBRARY) == ("fatigue",), "the pain stands above"
    assert first_asked((IMPRESSION,), make_answers(), LIBRARY) == ()
    wanted = replace(RATED, activity_words="walk the dog")
    again = asks_of((full(answers=wanted),), NOW + timedelta(days=7), LIBRARY)
    assert first_asked(again, wanted, LIBRARY) == ("activity", "pain", "stiffness")


@given(st.sets(st.sampled_from([*KEYS, "problem", PEG, MOOD, IMPRESSION])), st.sampled_from([None, "pain", *KEYS]))
def test_at_most_three_each_once_of_what_is_asked_and_never_the_main_one(asks, main):
    answers = make_answers(ratings=dict.fromkeys(KEYS, 3), main_symptom=main)

    first = first_asked(asks, answers, LIBRARY)

    assert len(first) == len(set(first)) <= MOST_FIRST
    assert set(first) <= {*asks, *(("pain",) if PEG in asks else ())}
    assert main_outcome(answers) not in first
    left = {key for key in asks if key in KEYS} - {main}
    assert len(first) == MOST_FIRST or set(first) >= left


def test_a_year_later_the_full_check_in_goes_first():
    assert not offers_full_first(full(), NOW + timedelta(days=364))
    assert offers_full_first(full(), NOW + timedelta(days=365))


def test_a_draft_is_carried_on_once_something_in_it_was_kept():
    begun = make_draft(created_at=NOW, updated_at=NOW)
    assert not is_to_be_carried_on(None, NOW, 30)
    assert not is_to_be_carried_on(begun, NOW, 30)
    assert is_to_be_carried_on(replace(begun, seen=("right-now",)), NOW, 30)
    saved = replace(begun, updated_at=NOW + timedelta(seconds=5))
    assert is_to_be_carried_on(saved, NOW, 30)
    assert not is_to_be_carried_on(saved, NOW + timedelta(days=31), 30)
    assert not is_to_be_carried_on(replace(saved, finished_at=NOW), NOW, 30)
