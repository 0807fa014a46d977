"""Every screen with questions, declared once: what it asks, how it is read, and its answer lines. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import msgspec

from acupwa.library.model import Library
from acupwa.quiz.answer_line import AnswerLine
from acupwa.quiz.answer_reader import AnswerReader
from acupwa.quiz.model import SINCE, CheckIn, Variant
from acupwa.quiz.screens import (
    about_you,
    before_needles,
    between_check_ins,
    danger_signs,
    follow_up_ratings,
    impact,
    ratings,
    what_matters,
)
from acupwa.quiz.screens.questions import ScreenAnswers

Questions = (
    danger_signs.DangerSigns
    | about_you.AboutYou
    | ratings.Ratings
    | impact.Impact
    | before_needles.BeforeNeedles
    | what_matters.WhatMatters
    | between_check_ins.BetweenCheckIns
    | follow_up_ratings.FollowUpRatings
)


class QuizScreen(msgspec.Struct, frozen=True):
    """`ask` makes what its template gets, `read` takes what was posted, `lines` say what was answered."""

    ask: Callable[[ScreenAnswers, Library], Questions]
    read: Callable[[AnswerReader], None]
    lines: Callable[[CheckIn, Library], Iterable[AnswerLine]]


FULL: Mapping[str, QuizScreen] = {
    "right-now": QuizScreen(danger_signs.ask_right_now, danger_signs.read_right_now, danger_signs.lines_right_now),
    SINCE: QuizScreen(between_check_ins.ask, between_check_ins.read, between_check_ins.lines),
    "about-you": QuizScreen(about_you.ask, about_you.read, about_you.lines),
    "lately": QuizScreen(danger_signs.ask_lately, danger_signs.read_lately, danger_signs.lines_lately),
    "ratings": QuizScreen(ratings.ask, ratings.read, ratings.lines),
    "impact": QuizScreen(impact.ask, impact.read, impact.lines),
    "before-needles": QuizScreen(before_needles.ask, before_needles.read, before_needles.lines),
    "what-matters": QuizScreen(what_matters.ask, what_matters.read, what_matters.lines),
}
FOLLOW_UP: Mapping[str, QuizScreen] = {
    "right-now": QuizScreen(danger_signs.ask_follow_up, danger_signs.read_follow_up, danger_signs.lines_follow_up),
    SINCE: QuizScreen(between_check_ins.ask, between_check_ins.read_follow_up, between_check_ins.lines),
    "ratings": QuizScreen(follow_up_ratings.ask, follow_up_ratings.read, follow_up_ratings.lines),
}


def screens_by_variant(variant: Variant) -> Mapping[str, QuizScreen]:
    """The screens that can be asked in a check-in of this kind, by id."""
    return FOLLOW_UP if variant == "follow-up" else FULL
