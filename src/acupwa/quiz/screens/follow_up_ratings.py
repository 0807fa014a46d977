"""The screen "the last 7 days" of a follow-up: the questions of the previous check-in, with its answers. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import ClassVar

import msgspec

from acupwa.library.model import Instrument, Library, Rating
from acupwa.quiz.answer_line import AnswerLine, rating_lines
from acupwa.quiz.answer_reader import AnswerReader
from acupwa.quiz.model import MOOD, PEG, Answers, CheckIn
from acupwa.quiz.replaced_ratings import asked_today, ratings_told, with_replaced
from acupwa.quiz.rules import ACTIVITY, OWN_PROBLEM, PAIN, STIFFNESS
from acupwa.quiz.screens import impact
from acupwa.quiz.screens.all_in_all import (
    AllInAll,
    all_in_all_fields,
    all_in_all_lines,
    ask_all_in_all,
    read_all_in_all,
)
from acupwa.quiz.screens.peg import ask_peg, peg_fields, peg_lines, read_peg
from acupwa.quiz.screens.questions import (
    ChoiceQuestion,
    RatingQuestion,
    ScreenAnswers,
    rating_question,
)
from acupwa.quiz.stiffness import STIFFNESS_MINUTES, MinutesQuestion, ask_minutes, minutes_line, read_minutes
from acupwa.sentences import say
from acupwa.web.declared import Declared, fields_of


class RepeatedRating(msgspec.Struct, frozen=True, kw_only=True):
    """`previous` is what was answered the time before, in words."""

    question: RatingQuestion
    previous: str


class RepeatedChoice(msgspec.Struct, frozen=True, kw_only=True):
    question: ChoiceQuestion
    previous: str


class RepeatedMood(msgspec.Struct, frozen=True, kw_only=True):
    questions: impact.Impact
    items: tuple[RepeatedChoice, ...]


class FollowUpRatings(msgspec.Struct, frozen=True, kw_only=True):
    """The main outcome stands first. `peg`, `activity` and `mood` are empty when they were not answered then."""

    template: ClassVar[str] = "quiz/screens/follow_up_ratings.html"
    own: tuple[RepeatedRating, ...]
    minutes: MinutesQuestion | None
    peg: tuple[RepeatedRating, ...]
    peg_credit: str
    activity: RepeatedRating | None
    mood: RepeatedMood | None
    all_in_all: AllInAll


def ask(on: ScreenAnswers, library: Library) -> FollowUpRatings:
    asks = on.check_in.asks
    previous = on.previous.answers if on.previous else Answers()
    today = {asked_today(key, library) for key in asks}
    own = [rating for rating in library.ratings.values() if rating.key in today]
    own.sort(key=lambda rating: rating.key not in (OWN_PROBLEM, on.answers.main_symptom))
    return FollowUpRatings(
        own=tuple(_repeated(rating, on.answers, previous) for rating in own),
        minutes=ask_minutes(on.answers, on.typed, today, library, previous),
        peg=_repeated_peg(on, previous, library) if PEG in asks else (),
        peg_credit=library.instruments[PEG].credit,
        activity=_repeated(library.ratings[ACTIVITY], on.answers, previous) if PEG in asks else None,
        mood=_repeated_mood(on, previous, library) if MOOD in asks else None,
        all_in_all=ask_all_in_all(on, library),
    )


def fields(library: Library, asks: Collection[str]) -> Declared:
    return {
        **fields_of(*(f"ratings.{key}" for key in _keys_asked(library, asks))),
        **(fields_of(STIFFNESS_MINUTES) if STIFFNESS in asks else {}),
        **(peg_fields(library) if PEG in asks else {}),
        **(impact.fields(library, asks) if MOOD in asks else {}),
        **all_in_all_fields(library),
    }


def read(reader: AnswerReader) -> None:
    for key in _keys_asked(reader.library, reader.asks):
        reader.rating(key)
    if STIFFNESS in reader.asks:
        read_minutes(reader)
    if PEG in reader.asks:
        read_peg(reader)
    if MOOD in reader.asks:
        impact.read(reader)
    read_all_in_all(reader)


def lines(check_in: CheckIn, library: Library) -> Iterable[AnswerLine]:
    answers = check_in.answers
    yield from rating_lines(ratings_told(check_in.asks, answers, library), answers)
    if STIFFNESS in check_in.asks:
        yield minutes_line(answers, library)
    if PEG in check_in.asks:
        yield from peg_lines(check_in, library)
    if MOOD in check_in.asks:
        yield from impact.lines(check_in, library)
    yield from all_in_all_lines(check_in, library)


def _keys_asked(library: Library, asks: Collection[str]) -> tuple[str, ...]:
    """With PEG comes the question for whoever has no pain. What took the place of another is taken as well as that."""
    wanted = {*asks, *(asked_today(key, library) for key in asks), *((PAIN, ACTIVITY) if PEG in asks else ())}
    return tuple(key for key in library.ratings if key in with_replaced(wanted, library))


def _repeated(rating: Rating, answers: Answers, previous: Answers) -> RepeatedRating:
    return RepeatedRating(
        question=rating_question(rating, answers), previous=_previous_number(previous.ratings.get(rating.key))
    )


def _repeated_peg(on: ScreenAnswers, previous: Answers, library: Library) -> tuple[RepeatedRating, ...]:
    return tuple(
        RepeatedRating(question=question, previous=_previous_number(_peg_item_of(place, previous)))
        for place, question in enumerate(ask_peg(on, library))
    )


def _repeated_mood(on: ScreenAnswers, previous: Answers, library: Library) -> RepeatedMood:
    questions, mood = impact.ask(on, library), library.instruments[MOOD]
    items = tuple(
        RepeatedChoice(question=question, previous=_previous_choice(mood, _item_of(MOOD, place, previous)))
        for place, question in enumerate(questions.items)
    )
    return RepeatedMood(questions=questions, items=items)


def _peg_item_of(place: int, answers: Answers) -> int | None:
    return answers.ratings.get(PAIN) if place == 0 else _item_of(PEG, place, answers)


def _item_of(instrument: str, place: int, answers: Answers) -> int | None:
    items = answers.instruments.get(instrument, ())
    return items[place] if place < len(items) else None


def _previous_number(value: int | None) -> str:
    return "" if value is None else say("quiz.screen.last_time_value", value=value)


def _previous_choice(instrument: Instrument, value: int | None) -> str:
    words = {choice.value: choice.text for choice in instrument.choices}
    return "" if value is None else say("quiz.screen.last_time_words", words=words[value])
