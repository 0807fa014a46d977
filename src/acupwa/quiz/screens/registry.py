"""Every screen with questions, declared once: what it asks, its fields, how they are read, its answer lines. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

import msgspec

from acupwa.library.model import Library
from acupwa.quiz.answer_line import AnswerLine
from acupwa.quiz.answer_reader import AnswerReader
from acupwa.quiz.model import FOLLOW_UP as ONE_PAGE
from acupwa.quiz.model import OLD_FOLLOW_UP_SCREENS, SINCE, CheckIn, Variant
from acupwa.quiz.screens import (
    about_you,
    before_needles,
    between_check_ins,
    danger_signs,
    follow_up,
    impact,
    ratings,
    what_matters,
)
from acupwa.quiz.screens.questions import ScreenAnswers
from acupwa.web.declared import Declared

ScreenQuestions = (
    danger_signs.DangerSigns
    | about_you.AboutYou
    | ratings.Ratings
    | impact.Impact
    | before_needles.BeforeNeedles
    | what_matters.WhatMatters
    | between_check_ins.BetweenCheckIns
    | follow_up.FollowUp
)


class QuizScreen(msgspec.Struct, frozen=True):
    """`ask` makes what its template gets, `read` takes what was posted, `lines` say what was answered.

    `fields` are those that it takes in a check-in that asks for certain ratings and instruments (`CheckIn.asks`). A page
    may be open on a phone for as long as a draft lives: what a screen has asked in any release stays among its fields,
    and is read.
    """

    ask: Callable[[ScreenAnswers, Library], ScreenQuestions]
    fields: Callable[[Library, Collection[str]], Declared]
    read: Callable[[AnswerReader], None]
    lines: Callable[[CheckIn, Library], Iterable[AnswerLine]]


_SIGNS = danger_signs
_SINCE = between_check_ins
FULL: Mapping[str, QuizScreen] = {
    "right-now": QuizScreen(
        _SIGNS.ask_right_now, _SIGNS.fields_right_now, _SIGNS.read_right_now, _SIGNS.lines_right_now
    ),
    SINCE: QuizScreen(_SINCE.ask, _SINCE.fields, _SINCE.read, _SINCE.lines),
    "about-you": QuizScreen(about_you.ask, about_you.fields, about_you.read, about_you.lines),
    "lately": QuizScreen(_SIGNS.ask_lately, _SIGNS.fields_lately, _SIGNS.read_lately, _SIGNS.lines_lately),
    "ratings": QuizScreen(ratings.ask, ratings.fields, ratings.read, ratings.lines),
    "impact": QuizScreen(impact.ask, impact.fields, impact.read, impact.lines),
    "before-needles": QuizScreen(before_needles.ask, before_needles.fields, before_needles.read, before_needles.lines),
    "what-matters": QuizScreen(what_matters.ask, what_matters.fields, what_matters.read, what_matters.lines),
}
_OLD = QuizScreen(follow_up.ask, follow_up.fields, follow_up.read_old, follow_up.no_lines)
FOLLOW_UP: Mapping[str, QuizScreen] = {
    ONE_PAGE: QuizScreen(follow_up.ask, follow_up.fields, follow_up.read, follow_up.lines),
    **dict.fromkeys(OLD_FOLLOW_UP_SCREENS, _OLD),
}


def screens_by_variant(variant: Variant) -> Mapping[str, QuizScreen]:
    """The screens that can be asked in a check-in of this kind, by id."""
    return FOLLOW_UP if variant == "follow-up" else FULL
