"""What one line of the review says, as a piece of `Answers`: that and no more. And the pieces put together. Pure.

A copy is left out of item by item, so each item brings its own piece, and what is left out leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from acupwa.library.model import Library
from acupwa.quiz.model import IMPRESSION, MOOD, PEG, Answers
from acupwa.quiz.older import known_answers
from acupwa.quiz.review import Line
from acupwa.wording import gettext as _

Said = dict[str, Any]
ITEMS = "items"


def said_by(screen: str, line: Line, rating: str | None, answers: Answers, library: Library) -> Said:
    """`rating` is the key of the rating that the line asks for."""
    made: Said = {}
    if rating is not None:
        made["ratings"] = {rating: answers.ratings[rating]}
    for instrument in (PEG, MOOD, IMPRESSION):
        given = answers.instruments.get(instrument, ())
        for number, item in enumerate(library.instruments[instrument].items):
            if item.text == line.question and number < len(given):
                made[ITEMS] = {f"{instrument}.{number + 1}": given[number]}
    return made or _plain(screen, line, answers, library)


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


def _plain(screen: str, line: Line, answers: Answers, library: Library) -> Said:
    flags = tuple(one for one in answers.red_flags if library.red_flags[one].short in line.answer)
    none_of_these = line.answer == (_("None of these"),)
    match line.question:
        case one if one == _("Signs that you ticked"):
            none = "none_lately" if screen == "lately" else "none_right_now"
            return {none: True} if none_of_these else {"red_flags": flags}
        case one if one == _("After a session"):
            effects = tuple(one for one in answers.side_effects if library.side_effects[one].words in line.answer)
            return {"none_side_effects": True} if none_of_these else _full(red_flags=flags, side_effects=effects)
        case one if one == _("What else has changed"):
            return {"none_changed": True} if none_of_these else {"changed_since": answers.changed_since}
        case one if one == _("True for you"):
            told = tuple(one for one in answers.precautions if library.precautions[one].question in line.answer)
            return {"none_before_needles": True} if none_of_these else {"precautions": told}
        case one if one in (fields := _fields()):
            return {fields[one]: getattr(answers, fields[one])}
    return {}


def _full(**pieces: tuple[str, ...]) -> Said:
    return {key: value for key, value in pieces.items() if value}


def _fields() -> dict[str, str]:
    return {
        _("The answers are about"): "answering_for",
        _("Age"): "age_band",
        _("Country"): "country",
        _("Conditions"): "conditions",
        _("Sessions since last time"): "sessions_since",
        _("Your main problem"): "problem_words",
        _("Closest to"): "main_symptom",
        _("What you want back"): "activity_words",
        _("Acupuncture before"): "acupuncture_before",
        _("Thinking of stopping or changing a medicine"): "stopping_medicine",
    }
