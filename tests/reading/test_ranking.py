"""Which pages, in which order, and why."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from acupwa.library.model import Library
from acupwa.quiz.model import Answers
from acupwa.reading.ranking import rank
from acupwa.reading.reasons import reason_words
from tests.support.content import SYMPTOMS, make_library, make_page

PAGES = (
    make_page("ra", conditions=("ra",)),
    make_page("ra-found", conditions=("ra",), kind="evidence"),
    make_page("ra-needles", conditions=("ra",), kind="needles", group="safety", safety=True),
    make_page("ra-pain", conditions=("ra",), kind="evidence", symptoms=("pain",), order=2),
    make_page("ms", conditions=("ms",)),
    make_page("sleep", kind="general", group="the-course", symptoms=("sleep",)),
    make_page("tired", kind="general", group="the-course", symptoms=("fatigue", "sleep"), general=True),
    make_page("blood", kind="general", group="safety", precautions=("anticoagulants",), safety=True),
    make_page("danger", kind="general", group="safety", red_flags=("septic-joint",), safety=True),
    make_page("numbers", kind="general", group="safety", safety=True, general=True),
    make_page("what", kind="general", group="how-it-works", general=True),
    make_page("bruises", kind="general", group="the-course", precautions=("anticoagulants",)),
)
LIBRARY = make_library(PAGES)


def answers(**values: Any) -> Answers:
    return Answers(**({"age_band": "18-39", "conditions": ("ra",)} | values))


def slugs(given_answers: Answers, library: Library = LIBRARY) -> list[str]:
    return [listed.slug for listed in rank(given_answers, library)]


def test_safety_then_the_main_symptom_then_the_condition_then_the_rest():
    asked = answers(
        precautions=("anticoagulants",),
        red_flags=("septic-joint",),
        main_symptom="pain",
        ratings={"pain": 7, "fatigue": 4, "sleep": 2},
    )

    assert slugs(asked) == [
        "danger",
        "blood",
        "ra-needles",
        "numbers",
        "bruises",
        "ra-pain",
        "ra",
        "ra-found",
        "tired",
        "sleep",
        "what",
    ]


def test_each_page_says_because_of_which_answers():
    asked = answers(precautions=("anticoagulants",), main_symptom="pain", ratings={"sleep": 5, "fatigue": 8})
    because = {listed.slug: tuple(map(str, listed.because)) for listed in rank(asked, LIBRARY)}

    assert because["blood"] == ("precautions:anticoagulants",)
    assert because["ra-pain"] == ("main_symptom:pain", "conditions:ra")
    assert because["ra"] == ("conditions:ra",)
    assert because["tired"] == ("ratings:fatigue", "ratings:sleep")
    assert because["what"] == ("general:everyone",)


def test_the_reason_is_said_in_words():
    listed = rank(answers(precautions=("anticoagulants",)), LIBRARY)
    why = {one.slug: reason_words(one.because[0], LIBRARY) for one in listed}

    assert why["blood"] == "Because you take anticoagulants"
    assert why["ra"] == "Because you have RA"


def test_pages_of_other_conditions_and_of_what_was_not_ticked_stay_away():
    assert not {"ms", "blood", "bruises", "danger", "sleep"} & set(slugs(answers()))


def test_a_symptom_rated_0_or_skipped_does_not_concern():
    assert "sleep" not in slugs(answers(ratings={"sleep": 0}))
    assert "sleep" not in slugs(answers(ratings={"sleep": None}))


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (answers(age_band="under-16", ratings={"sleep": 9}), "age_band:under-16"),
        (answers(conditions=("none-yet",), main_symptom="sleep"), "conditions:none-yet"),
        (Answers(), "general:everyone"),
    ],
)
def test_without_a_diagnosis_or_under_16_only_safe_general_reading(asked: Answers, reason: str):
    listed = rank(asked, LIBRARY)

    assert [one.slug for one in listed] == ["numbers", "tired", "what"]
    assert {tuple(map(str, one.because)) for one in listed} == {(reason,)}


# ------------------------------------------------------------------ properties

some_pages = st.builds(
    lambda heads: make_library(tuple(make_page(f"p{n}", **head) for n, head in enumerate(heads))),
    st.lists(
        st.fixed_dictionaries(
            {
                "kind": st.sampled_from(["overview", "evidence", "needles", "general"]),
                "order": st.integers(0, 3),
                "conditions": st.lists(st.sampled_from(["ra", "ms"]), max_size=2, unique=True).map(tuple),
                "symptoms": st.lists(st.sampled_from(SYMPTOMS), max_size=3, unique=True).map(tuple),
                "precautions": st.lists(st.just("anticoagulants"), max_size=1).map(tuple),
                "red_flags": st.lists(st.just("septic-joint"), max_size=1).map(tuple),
                "safety": st.booleans(),
                "general": st.booleans(),
            }
        ),
        max_size=10,
    ),
)
some_answers = st.builds(
    Answers,
    age_band=st.sampled_from(["under-16", "18-39"]),
    conditions=st.lists(st.sampled_from(["ra", "ms", "none-yet"]), min_size=1, max_size=2, unique=True).map(tuple),
    ratings=st.dictionaries(st.sampled_from(SYMPTOMS), st.none() | st.integers(0, 10)),
    precautions=st.lists(st.just("anticoagulants"), max_size=1).map(tuple),
    red_flags=st.lists(st.just("septic-joint"), max_size=1).map(tuple),
    main_symptom=st.none() | st.sampled_from(SYMPTOMS),
)


@given(some_pages, some_answers, st.sampled_from(SYMPTOMS), st.integers(1, 10))
def test_a_more_severe_symptom_never_lowers_its_pages(library: Library, asked: Answers, symptom: str, more: int):
    before = slugs(asked, library)
    worse = min(10, (asked.ratings.get(symptom) or 0) + more)
    after = slugs(msgspec.structs.replace(asked, ratings=asked.ratings | {symptom: worse}), library)

    for slug in before:
        if symptom in library.pages[slug].head.symptoms:
            assert after.index(slug) <= before.index(slug)


@given(some_pages, some_answers)
def test_a_safety_page_is_never_below_one_that_is_not(library: Library, asked: Answers):
    heads = [library.pages[slug].head for slug in slugs(asked, library)]
    seen_general = False
    for head in heads:
        assert not (head.safety and seen_general)
        seen_general = seen_general or not head.safety


@given(some_pages, some_answers)
def test_every_listed_page_concerns_the_person_and_is_listed_once(library: Library, asked: Answers):
    listed = rank(asked, library)

    assert len({one.slug for one in listed}) == len(listed)
    for one in listed:
        head = library.pages[one.slug].head
        assert not head.conditions or set(head.conditions) & set(asked.conditions)
        assert one.because
        if asked.age_band == "under-16" or "none-yet" in asked.conditions:
            assert head.general


def test_another_condition_has_its_page_first_among_those_that_are_not_about_safety(library):
    listed = [one.slug for one in rank(answers(conditions=("other",)), library)]
    heads = {slug: library.pages[slug].head for slug in listed}

    assert next(slug for slug in listed if not heads[slug].safety) == "another-autoimmune-condition"
    assert "another-autoimmune-condition" not in slugs(answers(), library)


def test_a_page_for_one_age_or_for_no_diagnosis_leads_there_and_stands_nowhere_else(library):
    def slugs_of(**answers: Any) -> list[str]:
        return [one.slug for one in rank(Answers(**answers), library)]

    assert slugs_of(age_band="under-16", conditions=("ra",))[0] == "children-and-teenagers"
    assert slugs_of(age_band="40-64", conditions=("none-yet",))[0] == "no-diagnosis-yet"
    adult = slugs_of(age_band="40-64", conditions=("ra",))
    assert not {"children-and-teenagers", "no-diagnosis-yet"} & set(adult)
