"""The review: a row for each screen, with what was ticked in sight and the other answers in a fold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acupwa.quiz.review import make_review
from tests.support.answers import make_answers, make_draft
from tests.support.content_ids import FLAG_GROUPS, PRECAUTION_GROUPS, PRECAUTIONS, RED_FLAGS
from tests.support.html_page import Element, Page
from tests.support.people import RA, fill

# The name of the one precaution that its person ticks has 14 of them.
MOST_WORDS = 75
METHOTREXATE = RA | {"precautions": ["methotrexate-dmard"]}
TICKS = st.fixed_dictionaries(
    {
        "conditions": st.sets(st.sampled_from(["ra", "ms", "psoriasis", "none-yet"]), min_size=1, max_size=2).map(
            tuple
        ),
        "red_flags": st.sets(st.sampled_from(sorted(RED_FLAGS)), max_size=3).map(tuple),
        "groups": st.sets(st.sampled_from([*FLAG_GROUPS, *PRECAUTION_GROUPS]), max_size=3).map(tuple),
        "precautions": st.sets(st.sampled_from(sorted(PRECAUTIONS)), max_size=3).map(tuple),
        "unsure": st.sets(st.sampled_from(sorted(PRECAUTIONS)), max_size=2).map(tuple),
    }
)


def in_sight(one: Element) -> str:
    """Its words with all folds closed, without those that are only heard."""
    if "hidden-visually" in one.attrs.get("class", "") or one.svg:
        return ""
    closed = one.tag == "details" and "open" not in one.attrs
    shown = [child for child in one.children if not closed or child.tag == "summary"]
    own = "" if closed else " ".join(one.own_text)
    return " ".join((own, *map(in_sight, shown)))


def rows(client, place):
    page = Page(client.get(f"{place}/review").text)
    return {
        one.attrs["id"].removeprefix("f-"): one
        for one in page.all("section")
        if one.attrs.get("class") == "quiz-review"
    }


def test_a_calm_check_in_is_a_few_lines(client):
    place = fill(client, METHOTREXATE)
    (main,) = Page(client.get(f"{place}/review").text).all("main")

    assert len(in_sight(main).split()) <= MOST_WORDS, in_sight(main)
    for screen, row in rows(client, place).items():
        assert [link.attrs["href"] for link in row.inside("a")] == [f"{place}/{screen}"]


def test_each_row_says_in_short_what_was_answered_and_the_answers_are_in_its_fold(client, library):
    found = rows(client, fill(client, METHOTREXATE))

    seen = {screen: " ".join(in_sight(row).split()) for screen, row in found.items()}
    assert "None of these" in seen["right-now"]
    assert "None of these" in seen["lately"]
    assert not found["right-now"].inside("details"), "there is nothing more to say"
    assert "4 answers" in seen["about-you"]
    assert "Rheumatoid arthritis" not in seen["about-you"]
    assert "Rheumatoid arthritis" in found["about-you"].words
    assert library.precautions["methotrexate-dmard"].short in seen["before-needles"]
    assert library.precautions["methotrexate-dmard"].question in found["before-needles"].words


@given(TICKS)
def test_whatever_was_ticked_stands_in_sight_by_its_name(library, ticks):
    answers = make_answers(**ticks)
    review = make_review(make_draft(answers, seen=("right-now", "before-needles")), "GB", library)
    named = [name for section in review.sections for name in section.named]

    for one in answers.red_flags:
        assert library.red_flags[one].short in named
    for section in review.sections:
        for line in section.lines:
            if line.key in ("groups", "red_flags") and line.given:
                assert set(line.words) <= set(section.named)
            for one in line.ids if line.key in ("precautions", "unsure") else ():
                assert any(library.precautions[one].short in name for name in section.named)


def test_a_sign_stays_in_sight_when_its_screen_is_asked_anew(client, library):
    place = fill(client, {**METHOTREXATE, "none_lately": "", "red_flags": ["septic-joint"]})
    client.post(f"{place}/about-you", {"answering_for": "myself", "age_band": "40-64", "conditions": ["ra", "ms"]})

    row = rows(client, place)["lately"]

    assert "Not answered yet" in in_sight(row)
    assert library.red_flags["septic-joint"].short in in_sight(row)
    assert [link.words for link in row.inside("a")] == ["Answer: Lately"]


def test_none_of_these_is_no_answer_to_questions_that_have_changed(client):
    place = fill(client, METHOTREXATE)
    client.post(f"{place}/about-you", {"answering_for": "myself", "age_band": "40-64", "conditions": ["ra", "ms"]})

    assert "None of these" not in in_sight(rows(client, place)["lately"])


@pytest.mark.parametrize(("open_one", "question"), [("age_band", "Age"), ("conditions", "Conditions")])
def test_what_a_summary_rests_on_is_missed_in_sight(library, open_one, question):
    answers = make_answers(**{open_one: None if open_one == "age_band" else ()})
    review = make_review(make_draft(answers, seen=("right-now", "about-you")), None, library)

    (about,) = [section for section in review.sections if section.screen == "about-you"]

    assert any(question in one for one in about.open)
