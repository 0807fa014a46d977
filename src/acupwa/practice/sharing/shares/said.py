"""What one line of the review says, as a piece of `Answers`: that and no more. And the pieces put together. Pure.

A copy is left out of item by item, so each item brings its own piece, and what is left out leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from acupwa.library.model import Library
from acupwa.quiz.answer_line import RED_FLAGS, AnswerLine
from acupwa.quiz.model import PEG, Answers
from acupwa.quiz.retired_answers import known_answers

Said = dict[str, Any]
ITEMS = "items"
PAIN, PAIN_ITEM = "pain", f"instruments.{PEG}.1"


def said_by(line: AnswerLine, answers: Answers) -> Said:
    """What the line tells: what it shows, by its key and its ids."""
    field, _dot, of = line.key.partition(".")
    if field == "instruments":
        rating = rating_of(line, answers)
        ratings = {"ratings": {rating: answers.ratings[rating]}} if rating else {}
        return {**ratings, ITEMS: {of: _item_value(of, answers)}}
    if field == "ratings":
        return {field: {of: answers.ratings[of]}}
    if line.ids or line.flags:
        return {key: ids for key, ids in ((field, line.ids), (RED_FLAGS, line.flags)) if ids}
    return {field: getattr(answers, field)}


def rating_of(line: AnswerLine, answers: Answers) -> str | None:
    """The rating that the line tells. The first item of PEG is the rating of pain: it is asked and answered once."""
    field, _dot, of = line.key.partition(".")
    if field == "ratings":
        return of
    if line.key == PAIN_ITEM and PAIN in answers.ratings:
        shown = _item_value(of, answers)
        return PAIN if answers.ratings[PAIN] == shown else None
    return None


def answers_of(pieces: Iterable[Said], library: Library) -> tuple[Answers, tuple[str, ...]]:
    """The answers that the pieces make together, as far as the library knows them, and the open items of instruments."""
    made: Said = {}
    items: dict[str, int | None] = {}
    for piece in pieces:
        for key, value in piece.items():
            if key == ITEMS:
                items |= value
            elif isinstance(value, dict):
                made[key] = made.get(key, {}) | value
            elif isinstance(value, (list, tuple)):
                made[key] = (*made.get(key, ()), *value)
            else:
                made[key] = value
    instruments, open_items = {}, []
    for name in dict.fromkeys(one.partition(".")[0] for one in items):
        if name in library.instruments:
            keys = [f"{name}.{number}" for number in range(1, len(library.instruments[name].items) + 1)]
            instruments[name] = tuple(items.get(key) for key in keys)
            open_items += [key for key in keys if key not in items]
    answers = msgspec.convert({**made, "instruments": instruments}, Answers)
    return known_answers(answers, library), tuple(open_items)


def _item_value(item: str, answers: Answers) -> int | None:
    """`item` is an instrument and a number from 1 on: `peg.2`."""
    instrument, _dot, number = item.partition(".")
    return answers.instruments[instrument][int(number) - 1]
