"""The ratings of a follow-up: the questions of the time before, with what was answered then. Pure.

A few stand open on its page, the others under "Answer more".
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import msgspec

from acupwa.library.model import Instrument, Library, Rating
from acupwa.quiz.answer_line import AnswerLine, rating_lines
from acupwa.quiz.answer_reader import AnswerReader
from acupwa.quiz.follow_up import first_asked
from acupwa.quiz.model import MOOD, PEG, Answers, CheckIn
from acupwa.quiz.replaced_ratings import asked_today, ratings_told, with_replaced
from acupwa.quiz.rules import ACTIVITY, PAIN, STIFFNESS, main_outcome
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
    """`previous` is the number of the time before, which is ringed; None where there is none."""

    question: RatingQuestion
    previous: int | None


class RepeatedChoice(msgspec.Struct, frozen=True, kw_only=True):
    """`previous` is what was chosen the time before, in words."""

    question: ChoiceQuestion
    previous: str


class RepeatedMood(msgspec.Struct, frozen=True, kw_only=True):
    questions: impact.Impact
    items: tuple[RepeatedChoice, ...]


class FollowUpRatings(msgspec.Struct, frozen=True, kw_only=True):
    """`main` is the main outcome. `first` stand below it, `more` and the rest of PEG under "Answer more".

    `activity` belongs to the question about pain: it shows once there is none. `mood` is None when it is not due.
    """

    main: RepeatedRating | None
    first: tuple[RepeatedRating, ...]
    activity: RepeatedRating | None
    mood: RepeatedMood | None
    more: tuple[RepeatedRating, ...]
    minutes: MinutesQuestion | None
    peg_credit: str
    all_in_all: AllInAll


def ask(on: ScreenAnswers, library: Library) -> FollowUpRatings:
    asks = on.check_in.asks
    previous = on.previous.answers if on.previous else Answers()
    own, peg = _questions_asked(on, previous, library)
    by_key = own | ({PAIN: peg[0]} if peg else {})
    main = main_outcome(previous)
    first = first_asked(asks, previous, library)
    shown = {asked_today(main, library), *first} if main else {*first}
    return FollowUpRatings(
        main=by_key.get(asked_today(main, library)) if main else None,
        first=tuple(by_key[key] for key in first),
        activity=_repeated(library.ratings[ACTIVITY], on.answers, previous) if peg else None,
        mood=_repeated_mood(on, previous, library) if MOOD in asks else None,
        more=(*(one for key, one in by_key.items() if key not in shown), *peg[1:]),
        minutes=ask_minutes(on.answers, on.typed, asks, library, previous),
        peg_credit=library.instruments[PEG].credit if peg else "",
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
    """What was answered: most of what stands under "Answer more" is not."""
    return (line for line in _all_lines(check_in, library) if line.given)


def _all_lines(check_in: CheckIn, library: Library) -> Iterable[AnswerLine]:
    answers, asks = check_in.answers, check_in.asks
    yield from rating_lines(ratings_told(asks, answers, library), answers)
    if STIFFNESS in asks:
        yield minutes_line(answers, library)
    if PEG in asks:
        yield from peg_lines(check_in, library)
    if MOOD in asks:
        yield from impact.lines(check_in, library)
    yield from all_in_all_lines(check_in, library)


def _questions_asked(
    on: ScreenAnswers, previous: Answers, library: Library
) -> tuple[dict[str, RepeatedRating], tuple[RepeatedRating, ...]]:
    """Our own ratings by their keys, and the items of PEG."""
    asks = on.check_in.asks
    today = {asked_today(key, library) for key in asks}
    own = {key: _repeated(one, on.answers, previous) for key, one in library.ratings.items() if key in today}
    if PEG not in asks:
        return own, ()
    then = ask_peg(msgspec.structs.replace(on, answers=previous, check_in=on.previous or on.check_in), library)
    now = ask_peg(on, library)
    return own, tuple(
        RepeatedRating(question=question, previous=_number(before.value))
        for question, before in zip(now, then, strict=True)
    )


def _keys_asked(library: Library, asks: Collection[str]) -> tuple[str, ...]:
    """With PEG comes the question for whoever has no pain. What took the place of another is taken as well as that."""
    wanted = {*asks, *(asked_today(key, library) for key in asks), *((PAIN, ACTIVITY) if PEG in asks else ())}
    return tuple(key for key in library.ratings if key in with_replaced(wanted, library))


def _repeated(rating: Rating, answers: Answers, previous: Answers) -> RepeatedRating:
    return RepeatedRating(question=rating_question(rating, answers), previous=previous.ratings.get(rating.key))


def _repeated_mood(on: ScreenAnswers, previous: Answers, library: Library) -> RepeatedMood:
    questions, mood = impact.ask(on, library), library.instruments[MOOD]
    items = tuple(
        RepeatedChoice(question=question, previous=_previous_choice(mood, place, previous))
        for place, question in enumerate(questions.items)
    )
    return RepeatedMood(questions=questions, items=items)


def _number(value: str | None) -> int | None:
    return int(value) if value and value.isdecimal() else None


def _previous_choice(instrument: Instrument, place: int, previous: Answers) -> str:
    items = previous.instruments.get(instrument.id, ())
    value = items[place] if place < len(items) else None
    words = {choice.value: choice.text for choice in instrument.choices}
    return "" if value is None else say("quiz.screen.last_time_words", words=words[value])
