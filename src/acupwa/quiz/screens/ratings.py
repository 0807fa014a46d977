"""The screen "the last 7 days" of the full quiz: pain, and how else it has been. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import ClassVar

import msgspec

from acupwa.library.model import Library
from acupwa.quiz.answer_line import AnswerLine, rating_lines
from acupwa.quiz.answer_reader import AnswerReader
from acupwa.quiz.model import IMPRESSION, PEG, CheckIn
from acupwa.quiz.replaced_ratings import asked_today, ratings_told, with_replaced
from acupwa.quiz.rules import (
    ACTIVITY,
    OWN_PROBLEM,
    PAIN,
    STIFFNESS,
    activity_is_asked,
    main_outcome,
    ratings_asked,
    ratings_at_once,
)
from acupwa.quiz.screens.all_in_all import (
    AllInAll,
    all_in_all_fields,
    all_in_all_lines,
    ask_all_in_all,
    read_all_in_all,
)
from acupwa.quiz.screens.peg import ask_peg, peg_fields, peg_lines, read_peg
from acupwa.quiz.screens.questions import RatingQuestion, ScreenAnswers, rating_question
from acupwa.quiz.stiffness import STIFFNESS_MINUTES, MinutesQuestion, ask_minutes, minutes_line, read_minutes
from acupwa.web.declared import Declared, fields_of


class Ratings(msgspec.Struct, frozen=True, kw_only=True):
    """`activity` is for whoever has no pain, or named something to do again (`named`, else empty).

    `more` and `minutes` may be added; `added`: one of them is answered. `all_in_all` is None the first time.
    """

    template: ClassVar[str] = "quiz/screens/ratings.html"
    peg: tuple[RatingQuestion, ...]
    peg_credit: str
    activity: RatingQuestion
    named: str
    at_once: tuple[RatingQuestion, ...]
    more: tuple[RatingQuestion, ...]
    minutes: MinutesQuestion | None
    added: bool
    all_in_all: AllInAll | None


def ask(on: ScreenAnswers, library: Library) -> Ratings:
    last = main_outcome(on.previous.answers) if on.previous else None
    first = ratings_at_once(on.answers, library, asked_today(last, library) if last else None)
    own = [one for one in ratings_asked(on.answers, library) if one.key != ACTIVITY]
    more = tuple(rating_question(one, on.answers) for one in own if one not in first)
    minutes = ask_minutes(on.answers, on.typed, [one.key for one in own], library)
    return Ratings(
        peg=ask_peg(on, library),
        peg_credit=library.instruments[PEG].credit,
        activity=rating_question(library.ratings[ACTIVITY], on.answers),
        named=on.answers.activity_words or "",
        at_once=tuple(rating_question(one, on.answers) for one in first),
        more=more,
        minutes=minutes,
        added=any(one.value is not None for one in more) or bool(minutes and minutes.value),
        all_in_all=ask_all_in_all(on, library) if on.check_in.has_previous else None,
    )


def fields(library: Library, asks: Collection[str]) -> Declared:
    own = fields_of(*(f"ratings.{key}" for key in library.ratings if key != OWN_PROBLEM))
    own |= fields_of(STIFFNESS_MINUTES)
    return {**own, **peg_fields(library), **(all_in_all_fields(library) if IMPRESSION in asks else {})}


def read(reader: AnswerReader) -> None:
    asked = {one.key for one in ratings_asked(reader.read().answers, reader.library)}
    taken = with_replaced(asked, reader.library)
    for key, rating in reader.library.ratings.items():
        if key != OWN_PROBLEM:
            reader.rating(key)
            reader.need_asked(f"ratings.{key}", rating.name, key in taken or key == PAIN)
    read_minutes(reader)
    reader.need_asked(STIFFNESS_MINUTES, reader.library.quiz.questions.stiffness_minutes.line, STIFFNESS in asked)
    read_peg(reader)
    if IMPRESSION in reader.asks:
        read_all_in_all(reader)


def lines(check_in: CheckIn, library: Library) -> Iterable[AnswerLine]:
    answers = check_in.answers
    yield from peg_lines(check_in, library)
    asked = {one.key for one in ratings_asked(answers, library)}
    asked -= set() if activity_is_asked(answers) else {ACTIVITY}
    yield from rating_lines(ratings_told(asked, answers, library), answers)
    if STIFFNESS in asked:
        yield minutes_line(answers, library)
    yield from all_in_all_lines(check_in, library)
