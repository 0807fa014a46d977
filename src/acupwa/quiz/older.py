"""Answers to questions that this library no longer has: kept, and left out of what rules and pages read. Pure.

Content changes, and another Acupwa may have other content. What someone answered then stays theirs.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import msgspec

from acupwa.library.model import Instrument, Library
from acupwa.quiz.model import Answers, CheckIn

replace = msgspec.structs.replace


def known_check_in(check_in: CheckIn, library: Library) -> CheckIn:
    """The check-in with those answers alone that this library has words for."""
    answers = known_answers(check_in.answers, library)
    return check_in if answers == check_in.answers else replace(check_in, answers=answers)


def known_answers(answers: Answers, library: Library) -> Answers:
    known = {key: tuple(one for one in getattr(answers, key) if one in ids) for key, ids in _ids(library).items()}
    return replace(
        answers,
        ratings={key: value for key, value in answers.ratings.items() if key in library.ratings},
        instruments={key: items for key, items in answers.instruments.items() if _fits(key, items, library)},
        main_symptom=answers.main_symptom if answers.main_symptom in library.ratings else None,
        **known,
    )


def with_older(changed: Answers, before: Answers, library: Library) -> Answers:
    """`changed`, and of the answers before it those that it could not know of."""
    known = known_answers(before, library)
    if known == before:
        return changed
    main = before.main_symptom if known.main_symptom is None else None
    return replace(
        changed,
        ratings=changed.ratings | _beyond(before.ratings, known.ratings),
        instruments=changed.instruments | _beyond(before.instruments, known.instruments),
        main_symptom=changed.main_symptom or main,
        **{
            key: (*getattr(changed, key), *(one for one in getattr(before, key) if one not in ids))
            for key, ids in _ids(library).items()
        },
    )


def older_answers(answers: Answers, library: Library) -> tuple[tuple[str, str], ...]:
    """Key and value, as they are kept: there are no words for them any more."""
    known = known_answers(answers, library)
    lists = [(key, one) for key, ids in _ids(library).items() for one in getattr(answers, key) if one not in ids]
    ratings = [(key, _shown(value)) for key, value in _beyond(answers.ratings, known.ratings).items()]
    instruments = [
        (key, ", ".join(_shown(value) for value in items))
        for key, items in _beyond(answers.instruments, known.instruments).items()
    ]
    main = [("main_symptom", answers.main_symptom)] if answers.main_symptom and not known.main_symptom else []
    return (*lists, *ratings, *instruments, *main)


def item_range(instrument: Instrument) -> tuple[int, int]:
    """The least and the most that one item can be given, whole numbers."""
    values = [choice.value for choice in instrument.choices] or [instrument.low, instrument.high]
    return min(values), max(values)


def _ids(library: Library) -> dict[str, Collection[str]]:
    return {
        "conditions": library.conditions,
        "red_flags": library.red_flags,
        "precautions": library.precautions,
        "side_effects": library.side_effects,
        "changed_since": [one.id for one in library.quiz.changes],
    }


def _fits(key: str, items: tuple[int | None, ...], library: Library) -> bool:
    instrument = library.instruments.get(key)
    if instrument is None or len(items) != len(instrument.items):
        return False
    low, high = item_range(instrument)
    return all(value is None or low <= value <= high for value in items)


def _beyond(all_of_them: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in all_of_them.items() if key not in known}


def _shown(value: int | None) -> str:
    return "-" if value is None else str(value)
