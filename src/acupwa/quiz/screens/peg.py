"""PEG, three questions about pain: a block of the ratings, in the full quiz and in a follow-up. Pure.

Its first item is the rating of pain: asked once, kept as both.
"""

from __future__ import annotations

from collections.abc import Iterable

from acupwa.library.model import Library
from acupwa.quiz.answer_line import AnswerLine, item_lines
from acupwa.quiz.answer_reader import AnswerReader
from acupwa.quiz.model import PEG, CheckIn
from acupwa.quiz.rules import PAIN
from acupwa.quiz.screens.questions import RatingQuestion, ScreenAnswers, item_questions

_FIRST_ITEM = f"{PEG}.1"


def ask_peg(on: ScreenAnswers, library: Library) -> tuple[RatingQuestion, ...]:
    return item_questions(library.instruments[PEG], on)


def read_peg(reader: AnswerReader) -> None:
    """After the rating of pain, which stands for the first item where that was not posted."""
    reader.instrument(PEG)
    ratings, items = reader.answers["ratings"], list(reader.answers["instruments"][PEG])
    rated = reader.posted.get(f"ratings.{PAIN}")
    if rated and PAIN in ratings and not reader.posted.get(f"instruments.{_FIRST_ITEM}"):
        items[0] = ratings[PAIN]
        reader.open_items.discard(_FIRST_ITEM)
        reader.answers["instruments"][PEG] = tuple(items)
    elif _FIRST_ITEM not in reader.open_items and not rated:
        ratings[PAIN] = items[0]


def peg_lines(check_in: CheckIn, library: Library) -> Iterable[AnswerLine]:
    return item_lines(library.instruments[PEG], check_in)
