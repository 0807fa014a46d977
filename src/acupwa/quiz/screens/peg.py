"""PEG, three questions about pain: a block of the ratings, in the full quiz and in a follow-up. Pure.

Its first item is the rating of pain: asked once, kept as both.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from acupwa.library.model import Library
from acupwa.quiz.answer_line import AnswerLine, item_lines, number_words_of
from acupwa.quiz.answer_reader import AnswerReader
from acupwa.quiz.model import PEG, CheckIn
from acupwa.quiz.rules import PAIN
from acupwa.quiz.screens.questions import RatingQuestion, ScreenAnswers, instrument_fields, item_questions, number_value
from acupwa.sentences import say
from acupwa.web.declared import Declared, fields_of

_FIRST_ITEM = f"{PEG}.1"


def ask_peg(on: ScreenAnswers, library: Library) -> tuple[RatingQuestion, ...]:
    """The first with the rating of pain, also where that alone was answered."""
    first, *others = item_questions(library.instruments[PEG], on)
    if first.value is None and PAIN in on.answers.ratings:
        first = replace(first, value=number_value(on.answers.ratings[PAIN]))
    return (first, *others)


def peg_fields(library: Library) -> Declared:
    return {**fields_of(f"ratings.{PAIN}"), **instrument_fields(library.instruments[PEG])}


def read_peg(reader: AnswerReader) -> None:
    """After the rating of pain, which stands for the first item where that was not posted. Two numbers for the one
    question are a fault of both; the item is the one that our pages ask.
    """
    reader.instrument(PEG)
    ratings, items = reader.answers["ratings"], list(reader.answers["instruments"][PEG])
    rated = reader.posted.get(f"ratings.{PAIN}")
    names = (f"ratings.{PAIN}", f"instruments.{_FIRST_ITEM}")
    if all(reader.reads(name) for name in names) and ratings[PAIN] != items[0]:
        for name in names:
            reader.error(name, say("quiz.faults.pain_twice"))
        ratings[PAIN] = items[0]
    if rated and PAIN in ratings and not reader.posted.get(f"instruments.{_FIRST_ITEM}"):
        items[0] = ratings[PAIN]
        reader.open_items.discard(_FIRST_ITEM)
        reader.answers["instruments"][PEG] = tuple(items)
    elif _FIRST_ITEM not in reader.open_items and not rated:
        ratings[PAIN] = items[0]


def peg_lines(check_in: CheckIn, library: Library) -> Iterable[AnswerLine]:
    """The first with the rating of pain, also where that alone was answered."""
    first, *others = item_lines(library.instruments[PEG], check_in)
    if not first.given and PAIN in check_in.answers.ratings:
        first = replace(first, words=(number_words_of(check_in.answers.ratings[PAIN]),), given=True)
    return (first, *others)
