"""The screen "what matters to you": the main problem in the person's own words, and what they want back. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import ClassVar, get_args

import msgspec

from acupwa.library.model import Library, Questions, Rating
from acupwa.quiz.answer_line import AnswerLine, choice_line, rating_lines, text_line
from acupwa.quiz.answer_reader import AnswerReader
from acupwa.quiz.model import ACTIVITY_WORDS_LENGTH, PROBLEM_WORDS_LENGTH, AcupunctureBefore, CheckIn
from acupwa.quiz.rules import OWN_PROBLEM, symptom_choices
from acupwa.quiz.screens.questions import (
    Option,
    RatingQuestion,
    ScreenAnswers,
    chosen,
    options_of,
    rating_question,
)
from acupwa.sentences import say
from acupwa.web.declared import Declared, fields_of, many_of

_BEFORE = ("in-the-past", "now")
_YES_NO = {"yes": True, "true": True, "no": False, "false": False}


class WhatMatters(msgspec.Struct, frozen=True, kw_only=True):
    template: ClassVar[str] = "quiz/screens/what_matters.html"
    words: Questions
    problem_words: str
    problem: RatingQuestion
    symptoms: tuple[Option, ...]
    main_symptom: tuple[str, ...]
    activity_words: str
    acupuncture: tuple[Option, ...]
    acupuncture_chosen: tuple[str, ...]
    stopping: tuple[Option, ...]
    stopping_chosen: tuple[str, ...]


def ask(on: ScreenAnswers, library: Library) -> WhatMatters:
    answers, problem = on.answers, library.ratings[OWN_PROBLEM]
    words = library.quiz.questions
    return WhatMatters(
        words=words,
        problem_words=on.typed.get("problem_words", answers.problem_words or ""),
        problem=msgspec.structs.replace(rating_question(problem, answers), legend=say("quiz.screen.how_bad")),
        symptoms=tuple(_symptom(rating, words) for rating in symptom_choices(answers, library)),
        main_symptom=chosen(answers.main_symptom),
        activity_words=on.typed.get("activity_words", answers.activity_words or ""),
        acupuncture=tuple(one for one in options_of(words.acupuncture_before) if one[0] in _BEFORE),
        acupuncture_chosen=chosen(answers.acupuncture_before),
        stopping=tuple(one for one in options_of(words.stopping_medicine) if one[0] == "yes"),
        stopping_chosen=chosen(_yes_or_no(answers.stopping_medicine)),
    )


def fields(_library: Library, _asks: Collection[str]) -> Declared:
    plain = ("problem_words", "activity_words", f"ratings.{OWN_PROBLEM}", "main_symptom", "stopping_medicine")
    return {**fields_of(*plain), **many_of("acupuncture_before")}


def read(reader: AnswerReader) -> None:
    reader.words("problem_words", PROBLEM_WORDS_LENGTH)
    reader.words("activity_words", ACTIVITY_WORDS_LENGTH)
    reader.rating(OWN_PROBLEM)
    _read_main_symptom(reader)
    _read_ticks(reader)


def lines(check_in: CheckIn, library: Library) -> Iterable[AnswerLine]:
    answers, words = check_in.answers, library.quiz.questions
    main, stopping = library.ratings.get(answers.main_symptom or ""), _yes_or_no(answers.stopping_medicine)
    yield text_line("problem_words", words.problem_words.line, answers.problem_words)
    yield from rating_lines([library.ratings[OWN_PROBLEM]], answers)
    yield text_line("main_symptom", words.main_symptom.line, main.name if main else None)
    yield text_line("activity_words", words.activity_words.line, answers.activity_words)
    yield choice_line("acupuncture_before", words.acupuncture_before, answers.acupuncture_before)
    yield choice_line("stopping_medicine", words.stopping_medicine, stopping)


def _read_ticks(reader: AnswerReader) -> None:
    """Ticks that are absent say no; a "no" of an older page says so itself. A form without the words is no whole one."""
    before = reader.ids("acupuncture_before", get_args(AcupunctureBefore))
    if before:
        # Who has it now has had it before.
        reader.answers["acupuncture_before"] = next(
            one for one in reversed(get_args(AcupunctureBefore)) if one in before
        )
    elif "problem_words" in reader.posted and reader.answers["acupuncture_before"] in _BEFORE:
        reader.answers["acupuncture_before"] = None
    stopping = reader.posted.get("stopping_medicine")
    if stopping in _YES_NO:
        reader.answers["stopping_medicine"] = _YES_NO[stopping]
    elif stopping:
        reader.error("stopping_medicine", say("quiz.faults.yes_or_no"))
    elif "problem_words" in reader.posted and reader.answers["stopping_medicine"]:
        reader.answers["stopping_medicine"] = None


def _read_main_symptom(reader: AnswerReader) -> None:
    known = reader.library.ratings
    reader.choice("main_symptom", known, say("quiz.faults.one_from_list"))
    given = reader.posted.get("main_symptom", "")
    if given in known:
        asked = symptom_choices(reader.read().answers, reader.library)
        reader.need_asked("main_symptom", known[given].name, known[given] in asked)


def _yes_or_no(value: bool | None) -> str | None:
    return None if value is None else ("yes" if value else "no")


def _symptom(rating: Rating, words: Questions) -> Option:
    own = words.main_symptom.choices.get(rating.key)
    return (rating.key, own.words if own else rating.name, "")
