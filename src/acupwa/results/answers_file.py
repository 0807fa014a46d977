"""The input of `acupwa assess`: read to the letter, every fault told with its path."""

from __future__ import annotations

from typing import Any, get_args

import msgspec

from acupwa.library.model import AgeBand, Instrument, Library
from acupwa.quiz.countries import COUNTRIES
from acupwa.quiz.groups import known_groups
from acupwa.quiz.model import (
    ACTIVITY_WORDS_LENGTH,
    MOST_MINUTES,
    MOST_SESSIONS,
    NOTE_LENGTH,
    PROBLEM_WORDS_LENGTH,
    AnsweringFor,
    Answers,
    Variant,
)
from acupwa.quiz.retired_answers import item_range
from acupwa.quiz.wording import reworded_keys
from acupwa.web.reading_input import (
    Reader,
    dict_of,
    list_of,
    many_of,
    object_of,
    one_of,
    or_null,
    read_input,
    struct_of,
    text,
    whole_number,
    words,
    yes_or_no,
)
from acupwa.web.strict_json import Faults

MOST_DAYS_AGO = 36_500
VERSION_LENGTH = 80
_MINUTES = whole_number(0, MOST_MINUTES, null=True)


class Previous(msgspec.Struct, frozen=True, kw_only=True):
    """Scores of an earlier check-in. `days_ago` in whole days; None when it is not known.

    `other_words` are the ratings and instruments that were asked in other words then.
    """

    ratings: dict[str, int | None] = {}
    stiffness_minutes: int | None = None
    instruments: dict[str, tuple[int | None, ...]] = {}
    days_ago: int | None = None
    other_words: tuple[str, ...] = ()


class AnswersFile(msgspec.Struct, frozen=True, kw_only=True):
    variant: Variant = "full"
    answers: Answers
    previous: Previous | None = None


def read_answers_file(source: str | bytes, library: Library) -> AnswersFile | tuple[str, ...]:
    """The file, or its faults: `answers.red_flags[1]: ...`, one line each."""
    return read_input(source, _file(library))


def _file(library: Library) -> Reader[AnswersFile]:
    readers: dict[str, Reader[Any]] = {
        "variant": one_of(get_args(Variant)),
        "answers": _answers(library),
        "previous": or_null(_previous(library)),
    }
    return struct_of(AnswersFile, readers)


def _answers(library: Library) -> Reader[Answers]:
    readers: dict[str, Reader[Any]] = {
        "answering_for": one_of(get_args(AnsweringFor)),
        "age_band": one_of(get_args(AgeBand)),
        "country": one_of(COUNTRIES, "is not an ISO 3166-1 alpha-2 code"),
        "conditions": many_of(library.conditions, thing="condition", alone="none-yet"),
        "red_flags": many_of(library.red_flags),
        "precautions": many_of(library.precautions),
        "unsure": many_of(library.precautions),
        "groups": many_of(known_groups(library)),
        "ratings": _ratings(library),
        "stiffness_minutes": _MINUTES,
        "instruments": _instruments(library),
        "main_symptom": one_of(library.ratings),
        "problem_words": words(PROBLEM_WORDS_LENGTH),
        "activity_words": words(ACTIVITY_WORDS_LENGTH),
        "acupuncture_before": one_of(("no", "in-the-past", "now")),
        "stopping_medicine": yes_or_no,
        "none_right_now": yes_or_no,
        "none_lately": yes_or_no,
        "none_before_needles": yes_or_no,
        "sessions_since": whole_number(0, MOST_SESSIONS, null=True),
        "side_effects": many_of(library.side_effects),
        "none_side_effects": yes_or_no,
        "changed_since": many_of([one.id for one in library.quiz.changes]),
        "none_changed": yes_or_no,
        "note": words(NOTE_LENGTH),
    }
    return struct_of(Answers, readers, required=("age_band", "conditions"))


def _previous(library: Library) -> Reader[Previous]:
    def previous(quiz_version: str = library.quiz.version, **given: Any) -> Previous:
        return Previous(**given, other_words=reworded_keys(quiz_version, library.quiz.version, library))

    readers: dict[str, Reader[Any]] = {
        "quiz_version": text(VERSION_LENGTH),
        "ratings": _ratings(library),
        "stiffness_minutes": _MINUTES,
        "instruments": _instruments(library),
        "days_ago": whole_number(0, MOST_DAYS_AGO),
    }
    return object_of(previous, readers)


def _ratings(library: Library) -> Reader[dict[str, int]]:
    return dict_of(dict.fromkeys(library.ratings, whole_number(0, 10, null=True)))


def _instruments(library: Library) -> Reader[dict[str, tuple[int | None, ...]]]:
    return dict_of({key: _items(one) for key, one in library.instruments.items()})


def _items(instrument: Instrument) -> Reader[tuple[int | None, ...]]:
    """A list with one number for each item; a single item may stand without a list."""
    low, high = item_range(instrument)
    count = len(instrument.items)
    item = whole_number(low, high, null=True)
    items = list_of(item)

    def read(value: Any, place: str, faults: Faults) -> tuple[int | None, ...] | None:
        if isinstance(value, list) and len(value) == count:
            return items(value, place, faults)
        if count == 1 and not isinstance(value, list):
            return (item(value, place, faults),)
        faults.add(place, f"must be a list of {count} whole numbers from {low} to {high}")
        return None

    return read
