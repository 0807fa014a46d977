"""What a line of answers tells, as a piece of `Answers`, and the pieces put together. Pure.

A copy is left out of line by line, so each line brings its own piece, and what is left out leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from acupwa.library.model import Library
from acupwa.practice.sharing.shares.model import SharedAnswers, SharedLine
from acupwa.quiz.answer_line import RED_FLAGS, AnswerLine
from acupwa.quiz.model import FOLLOW_UP, PEG, SINCE, Answers
from acupwa.quiz.retired_answers import known_answers

PAIN, PAIN_ITEM = "pain", f"instruments.{PEG}.1"
# The mark for "None of these", and the field for which it stands.
_NONE = {
    "none_right_now": RED_FLAGS, "none_lately": RED_FLAGS, "none_before_needles": "precautions",
    "none_side_effects": "side_effects", "none_changed": "changed_since",
}  # fmt: skip


def pieces_of(lines: Iterable[AnswerLine], answers: Answers) -> tuple[SharedAnswers, ...]:
    """What each line shows, by its key and its ids, and no more; a line that tells a rating has that one alone."""
    return tuple(_piece_of(line, answers) for line in lines)


def _piece_of(line: AnswerLine, answers: Answers) -> SharedAnswers:
    field, _dot, of = line.key.partition(".")
    if field == "instruments":
        if line.key == PAIN_ITEM and PEG not in answers.instruments:
            return SharedAnswers(ratings={PAIN: answers.ratings[PAIN]})
        value = _item_value(of, answers)
        # The first item of PEG is the rating of pain: it is asked and answered once.
        is_pain = line.key == PAIN_ITEM and PAIN in answers.ratings and answers.ratings[PAIN] == value
        return SharedAnswers(ratings={PAIN: value} if is_pain else {}, items={of: value})
    told: dict[str, Any] = {}
    if field == "ratings":
        told = {field: {of: answers.ratings[of]}}
    elif line.ids or line.flags:
        told = {key: ids for key, ids in ((field, line.ids), (RED_FLAGS, line.flags)) if ids}
    else:
        told = {field: getattr(answers, field)}
    return SharedAnswers(**told)


def question_of(line: SharedLine) -> tuple[str, ...]:
    """Which question it answers, the same for every answer to it; for danger signs with the screen that asks.

    A follow-up asks on its one page what the full quiz asks first. Until it had one, it asked for the signs after needles
    among the side effects. A line that tells nothing goes by its own key.
    """
    data = line.data
    if PAIN in data.ratings:
        return (*PAIN_ITEM.split(".", 1),)
    if data.items or data.ratings:
        return ("instruments", *data.items) if data.items else ("ratings", *data.ratings)
    fields = {_NONE.get(field, field) for field in data.fields}
    screen = "right-now" if line.screen == FOLLOW_UP else line.screen
    if fields == {RED_FLAGS} and screen != SINCE:
        return (RED_FLAGS, screen)
    if fields == {"groups"}:
        return ("groups", screen)
    if fields == {RED_FLAGS}:
        return ("side_effects",)
    return tuple(sorted(fields - {RED_FLAGS})) or (line.key,)


def answers_of(lines: Iterable[SharedLine], library: Library) -> Answers:
    """The answers that the lines make together, as far as the library knows them. Items left out are None."""
    pieces = [line.data for line in lines]
    made: dict[str, Any] = {}
    for piece in pieces:
        for field in piece.fields & set(Answers.__struct_fields__):
            value = getattr(piece, field)
            if isinstance(value, dict):
                made[field] = made.get(field, {}) | value
            elif isinstance(value, tuple):
                made[field] = (*made.get(field, ()), *value)
            else:
                made[field] = value
    items = {key: value for piece in pieces for key, value in piece.items.items()}
    instruments = {name: tuple(items.get(key) for key in keys) for name, keys in _keys_of_instruments(items, library)}
    return known_answers(Answers(**made, instruments=instruments), library)


def open_items_of(lines: Iterable[SharedLine], library: Library) -> tuple[str, ...]:
    """The items (`peg.2`) that are not among the lines, of each instrument of which another one is."""
    items = dict.fromkeys(key for line in lines for key in line.data.items)
    return tuple(key for _name, keys in _keys_of_instruments(items, library) for key in keys if key not in items)


def _keys_of_instruments(items: Iterable[str], library: Library) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each instrument that has one of `items`, with the keys of all its items."""
    for name in dict.fromkeys(one.partition(".")[0] for one in items):
        if name in library.instruments:
            count = len(library.instruments[name].items)
            yield name, tuple(f"{name}.{number}" for number in range(1, count + 1))


def _item_value(item: str, answers: Answers) -> int | None:
    """`item` is an instrument and a number from 1 on: `peg.2`."""
    instrument, _dot, number = item.partition(".")
    return answers.instruments[instrument][int(number) - 1]
