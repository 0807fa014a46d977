"""The answer lines of a check-in: one for each question that was asked, as data and in words."""

from __future__ import annotations

import msgspec
import pytest

from acupwa.quiz.answer_lines import answer_lines
from acupwa.quiz.model import ALL_SCREENS, FOLLOW_UP_SCREENS, OLD_FOLLOW_UP_SCREENS, SCREENS
from acupwa.quiz.rules import REVIEW
from acupwa.quiz.screens.registry import FOLLOW_UP, FULL
from tests.support.answers import make_answers, make_draft

TOLD = {
    "red_flags": ("septic-joint",),
    "none_right_now": True,
    "ratings": {"pain": 4, "fatigue": None},
    "instruments": {"peg": (4, None, 2)},
    "precautions": ("anticoagulants",),
    "problem_words": "sore wrists",
}


def test_each_screen_but_the_review_is_declared():
    assert {*FULL, *FOLLOW_UP} == set(ALL_SCREENS) - {REVIEW}
    assert set(FOLLOW_UP) == {*FOLLOW_UP_SCREENS, *OLD_FOLLOW_UP_SCREENS} - {REVIEW}


@pytest.mark.parametrize(
    ("variant", "asks", "screens"), [("full", (), SCREENS), ("follow-up", ("fatigue",), FOLLOW_UP_SCREENS)]
)
def test_lines_stand_in_the_order_of_the_screens(library, variant, asks, screens):
    lines = answer_lines(make_draft(make_answers(**TOLD), variant=variant, asks=asks), library)

    assert tuple(dict.fromkeys(line.screen for line in lines)) == screens[:-1]


def test_retired_answers_come_last_and_of_no_screen(library):
    told = make_answers(**TOLD | {"conditions": ("ra", "old-illness"), "ratings": {"early-waking": 3}})

    lines = answer_lines(make_draft(told), library)

    retired = [(line.key, line.words) for line in lines if not line.screen]
    assert retired == [("conditions", ("Old illness",)), ("ratings.early-waking", ("3",))]
    assert [line.screen for line in lines[-2:]] == ["", ""]


def test_a_line_holds_what_was_ticked_and_none_of_these_is_a_mark_of_its_own(library):
    lines = {(line.screen, line.key): line for line in answer_lines(make_draft(make_answers(**TOLD)), library)}

    assert lines["lately", "red_flags"].flags == ("septic-joint",)
    assert lines["right-now", "none_right_now"].words == ("None of these",)
    assert lines["before-needles", "precautions"].ids == ("anticoagulants",)
    assert lines["ratings", "ratings.fatigue"].words == ("Prefer not to say",)
    assert not lines["what-matters", "acupuncture_before"].given


def test_the_note_alone_is_private(library):
    check_in = msgspec.structs.replace(make_draft(make_answers(note="for me", **TOLD)), asks=("pgic",))

    assert [line.key for line in answer_lines(check_in, library) if line.private] == ["note"]
