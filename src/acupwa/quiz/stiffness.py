"""How long morning stiffness lasts: asked where stiffness is, told in minutes then and now, never judged. Pure."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from acupwa.library.model import Library
from acupwa.quiz.answer_line import AnswerLine, text_line
from acupwa.quiz.answer_reader import AnswerReader
from acupwa.quiz.model import MOST_MINUTES, Answers
from acupwa.quiz.rules import STIFFNESS
from acupwa.sentences import say

STIFFNESS_MINUTES = "stiffness_minutes"


class MinutesQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """`value` as it was typed; `previous` is what was answered the time before, in words."""

    name: str
    label: str
    hint: str
    value: str
    previous: str = ""


def ask_minutes(
    answers: Answers, typed: dict[str, str], asked: Collection[str], library: Library, previous: Answers | None = None
) -> MinutesQuestion | None:
    """None where stiffness is not among the ratings that are `asked`."""
    if STIFFNESS not in asked:
        return None
    words, minutes = library.quiz.questions.stiffness_minutes, answers.stiffness_minutes
    before = previous.stiffness_minutes if previous else None
    return MinutesQuestion(
        name=STIFFNESS_MINUTES,
        label=words.asks,
        hint=words.hint,
        value=typed.get(STIFFNESS_MINUTES, "" if minutes is None else str(minutes)),
        previous="" if before is None else say("quiz.screen.last_time_words", words=minutes_words(before)),
    )


def read_minutes(reader: AnswerReader) -> None:
    """A whole number from 0 to 1440; an empty field takes the answer back, an absent one leaves it."""
    given = reader.posted.get(STIFFNESS_MINUTES)
    if given is None:
        return
    minutes = given.strip()
    if not minutes:
        reader.answers[STIFFNESS_MINUTES] = None
    elif minutes.isascii() and minutes.isdecimal() and len(minutes) <= 6 and int(minutes) <= MOST_MINUTES:
        reader.answers[STIFFNESS_MINUTES] = int(minutes)
    else:
        reader.keep_typed(STIFFNESS_MINUTES, given)
        reader.error(STIFFNESS_MINUTES, say("quiz.faults.minutes", most=MOST_MINUTES))


def minutes_line(answers: Answers, library: Library) -> AnswerLine:
    minutes = answers.stiffness_minutes
    words = None if minutes is None else minutes_words(minutes)
    return text_line(STIFFNESS_MINUTES, library.quiz.questions.stiffness_minutes.line, words)


def minutes_words(minutes: int) -> str:
    return say("quiz.stiffness.minutes", n=minutes)
