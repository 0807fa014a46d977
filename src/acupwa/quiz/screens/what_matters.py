"""The screen "what matters to you": the main problem in the person's own words, and what they want back. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

import msgspec

from acupwa.library.model import Library, Rating
from acupwa.quiz.answer_line import AnswerLine, make_line
from acupwa.quiz.answer_reader import AnswerReader
from acupwa.quiz.answer_words import BEFORE_WORDS
from acupwa.quiz.model import ACTIVITY_WORDS_LENGTH, PROBLEM_WORDS_LENGTH, CheckIn
from acupwa.quiz.rules import OWN_PROBLEM, symptom_choices
from acupwa.quiz.screens.questions import (
    Option,
    RatingQuestion,
    ScreenAnswers,
    chosen,
    rating_line,
    rating_question,
)
from acupwa.wording import gettext as _

_YES_NO = {"yes": True, "true": True, "no": False, "false": False}


class WhatMatters(msgspec.Struct, frozen=True, kw_only=True):
    """`question` is that of the problem with a gap for its words, and `unnamed` what fills it while there are none."""

    template: ClassVar[str] = "quiz/screens/what_matters.html"
    problem_words: str
    problem: RatingQuestion
    question: str
    unnamed: str
    symptoms: tuple[Option, ...]
    main_symptom: tuple[str, ...]
    activity_words: str
    acupuncture: tuple[Option, ...]
    acupuncture_chosen: tuple[str, ...]
    stopping: tuple[str, ...]


def ask(on: ScreenAnswers, library: Library) -> WhatMatters:
    answers, problem = on.answers, library.ratings[OWN_PROBLEM]
    return WhatMatters(
        problem_words=on.typed.get("problem_words", answers.problem_words or ""),
        problem=rating_question(problem, answers),
        question=problem.text,
        unnamed=_("your main problem"),
        symptoms=tuple(_symptom(rating) for rating in symptom_choices(answers, library)),
        main_symptom=chosen(answers.main_symptom),
        activity_words=on.typed.get("activity_words", answers.activity_words or ""),
        acupuncture=tuple((value, _(words), "") for value, words in BEFORE_WORDS.items()),
        acupuncture_chosen=chosen(answers.acupuncture_before),
        stopping=() if answers.stopping_medicine is None else ("yes" if answers.stopping_medicine else "no",),
    )


def read(reader: AnswerReader) -> None:
    reader.words("problem_words", PROBLEM_WORDS_LENGTH)
    reader.words("activity_words", ACTIVITY_WORDS_LENGTH)
    reader.rating(OWN_PROBLEM)
    reader.choice("main_symptom", reader.library.ratings, _("Choose one from the list."))
    reader.choice("acupuncture_before", BEFORE_WORDS, _("Choose one of the three."))
    stopping = reader.form.one("stopping_medicine")
    if stopping in _YES_NO:
        reader.answers["stopping_medicine"] = _YES_NO[stopping]
    elif stopping:
        reader.error("stopping_medicine", _("Choose yes or no."))


def lines(check_in: CheckIn, library: Library) -> Iterable[AnswerLine]:
    answers = check_in.answers
    yield make_line("problem_words", _("Your main problem"), _given(answers.problem_words))
    yield rating_line(library.ratings[OWN_PROBLEM], answers)
    main = library.ratings.get(answers.main_symptom or "")
    yield make_line("main_symptom", _("Closest to"), (main.name,) if main else ())
    yield make_line("activity_words", _("What you want back"), _given(answers.activity_words))
    before = BEFORE_WORDS.get(answers.acupuncture_before or "", "")
    yield make_line("acupuncture_before", _("Acupuncture before"), _given(before and _(before)))
    stopping = {True: (_("Yes"),), False: (_("No"),), None: ()}[answers.stopping_medicine]
    yield make_line("stopping_medicine", _("Thinking of stopping or changing a medicine"), stopping)


def _given(words: str | None) -> tuple[str, ...]:
    return (words,) if words else ()


def _symptom(rating: Rating) -> Option:
    if rating.key == OWN_PROBLEM:
        return (rating.key, _("None of these: my own words say it best"), "")
    return (rating.key, rating.name, "")
