"""The input of `acupwa assess`: read to the letter, every fault told with its path."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, get_args

import msgspec

from acupwa.library.model import AgeBand, Instrument, Library
from acupwa.library.strict_json import WHOLE, Faults, path_to, read_json, shown_text
from acupwa.quiz.countries import COUNTRIES
from acupwa.quiz.model import (
    ACTIVITY_WORDS_LENGTH,
    MOST_SESSIONS,
    NOTE_LENGTH,
    PROBLEM_WORDS_LENGTH,
    AnsweringFor,
    Answers,
    Variant,
)
from acupwa.quiz.retired_answers import item_range

MOST_DAYS_AGO = 36_500
VERSION_LENGTH = 80
_ABOVE = ("variant", "answers", "previous")
_PREVIOUS = ("ratings", "instruments", "days_ago", "quiz_version")


class Previous(msgspec.Struct, frozen=True, kw_only=True):
    """Scores of an earlier check-in. `days_ago` in whole days; None when it is not known.

    `other_words` are the ratings that were asked in other words then; not `same_words`: all of them.
    """

    ratings: dict[str, int | None] = {}
    instruments: dict[str, tuple[int | None, ...]] = {}
    days_ago: int | None = None
    same_words: bool = True
    other_words: tuple[str, ...] = ()


class AnswersFile(msgspec.Struct, frozen=True, kw_only=True):
    variant: Variant
    answers: Answers
    previous: Previous | None


def read_answers_file(source: str | bytes, library: Library) -> AnswersFile | tuple[str, ...]:
    """The file, or its faults: `answers.red_flags[1]: ...`, one line each."""
    faults = Faults()
    whole = read_json(source, faults)
    if not faults or whole is not None:
        read = _Reader(library, faults).whole(whole)
        if not faults and read is not None:
            return read
    return faults.lines()


class _Reader:
    def __init__(self, library: Library, faults: Faults) -> None:
        self._library = library
        self._faults = faults

    def whole(self, value: Any) -> AnswersFile | None:
        fields = self._object(value, "", _ABOVE)
        if fields is None:
            return None
        variant: Variant = self._one_of(fields, "variant", "variant", get_args(Variant)) or "full"
        if "answers" not in fields:
            self._faults.add("answers", "is required")
            return None
        answers = self._answers(fields["answers"])
        previous = self._previous(fields.get("previous"))
        return None if answers is None else AnswersFile(variant=variant, answers=answers, previous=previous)

    def _answers(self, value: Any) -> Answers | None:
        fields = self._object(value, "answers", Answers.__struct_fields__)
        if fields is None:
            return None
        for key in ("age_band", "conditions"):
            if key not in fields:
                self._faults.add(f"answers.{key}", "is required")
        library = self._library
        return Answers(
            answering_for=self._one_of(fields, "answering_for", "answers.answering_for", get_args(AnsweringFor)),
            age_band=self._one_of(fields, "age_band", "answers.age_band", get_args(AgeBand)),
            country=self._country(fields),
            conditions=self._conditions(fields),
            red_flags=self._many(fields, "red_flags", library.red_flags),
            precautions=self._many(fields, "precautions", library.precautions),
            ratings=self._ratings(fields.get("ratings", {}), "answers.ratings"),
            instruments=self._instruments(fields.get("instruments", {}), "answers.instruments"),
            main_symptom=self._one_of(fields, "main_symptom", "answers.main_symptom", library.ratings),
            problem_words=self._text(fields, "problem_words", PROBLEM_WORDS_LENGTH),
            activity_words=self._text(fields, "activity_words", ACTIVITY_WORDS_LENGTH),
            acupuncture_before=self._one_of(
                fields, "acupuncture_before", "answers.acupuncture_before", ("no", "in-the-past", "now")
            ),
            stopping_medicine=self._yes_or_no(fields, "stopping_medicine"),
            none_right_now=self._yes_or_no(fields, "none_right_now") or False,
            none_lately=self._yes_or_no(fields, "none_lately") or False,
            none_before_needles=self._yes_or_no(fields, "none_before_needles") or False,
            sessions_since=self._sessions(fields),
            side_effects=self._many(fields, "side_effects", library.side_effects),
            none_side_effects=self._yes_or_no(fields, "none_side_effects") or False,
            changed_since=self._many(fields, "changed_since", [one.id for one in library.quiz.changes]),
            none_changed=self._yes_or_no(fields, "none_changed") or False,
            note=self._text(fields, "note", NOTE_LENGTH),
        )

    def _previous(self, value: Any) -> Previous | None:
        if value is None:
            return None
        fields = self._object(value, "previous", _PREVIOUS)
        if fields is None:
            return None
        version = self._text(fields, "quiz_version", VERSION_LENGTH, "previous")
        return Previous(
            ratings=self._ratings(fields.get("ratings", {}), "previous.ratings"),
            instruments=self._instruments(fields.get("instruments", {}), "previous.instruments"),
            days_ago=self._days_ago(fields),
            same_words=version is None or version == self._library.quiz.version,
        )

    def _object(self, value: Any, path: str, keys: Collection[str]) -> dict[str, Any] | None:
        if not isinstance(value, dict):
            self._faults.add(path or WHOLE, "must be an object")
            return None
        for key in value:
            if key not in keys:
                self._faults.add(path_to(path, key), "is not a known key")
        return value

    def _one_of(self, fields: dict[str, Any], key: str, path: str, allowed: Collection[str]) -> Any:
        if key not in fields:
            return None
        value = fields[key]
        if not isinstance(value, str):
            self._faults.add(path, "must be text")
            return None
        if value not in allowed:
            self._faults.add(path, f"{shown_text(value)} is not one of {', '.join(allowed)}")
            return None
        return value

    def _country(self, fields: dict[str, Any]) -> str | None:
        value = fields.get("country", "GB")
        if not isinstance(value, str):
            self._faults.add("answers.country", "must be text")
        elif value not in COUNTRIES:
            self._faults.add("answers.country", f"{shown_text(value)} is not an ISO 3166-1 alpha-2 code")
        elif "country" in fields:
            return value
        return None

    def _conditions(self, fields: dict[str, Any]) -> tuple[str, ...]:
        chosen = self._many(fields, "conditions", self._library.conditions)
        path = "answers.conditions"
        if fields.get("conditions") == []:
            self._faults.add(path, "must name one condition or more")
        if "none-yet" in chosen and len(chosen) > 1:
            self._faults.add(path, "none-yet cannot stand beside another condition")
        return chosen

    def _many(self, fields: dict[str, Any], key: str, allowed: Collection[str]) -> tuple[str, ...]:
        value, path = fields.get(key, []), f"answers.{key}"
        if not isinstance(value, list):
            self._faults.add(path, "must be a list")
            return ()
        chosen: list[str] = []
        for index, one in enumerate(value):
            place = f"{path}[{index}]"
            if not isinstance(one, str):
                self._faults.add(place, "must be text")
            elif one not in allowed:
                self._faults.add(place, f"{shown_text(one)} is not a known id")
            elif one not in chosen:
                chosen.append(one)
        return tuple(chosen)

    def _ratings(self, value: Any, path: str) -> dict[str, int | None]:
        fields = self._object(value, path, self._library.ratings) or {}
        return {
            key: self._whole_number(one, path_to(path, key), 0, 10)
            for key, one in fields.items()
            if key in self._library.ratings
        }

    def _instruments(self, value: Any, path: str) -> dict[str, tuple[int | None, ...]]:
        known = self._library.instruments
        fields = self._object(value, path, known) or {}
        return {key: self._items(one, f"{path}.{key}", known[key]) for key, one in fields.items() if key in known}

    def _items(self, value: Any, path: str, instrument: Instrument) -> tuple[int | None, ...]:
        low, high = item_range(instrument)
        count = len(instrument.items)
        if count == 1 and not isinstance(value, list):
            return (self._whole_number(value, path, low, high),)
        if not isinstance(value, list) or len(value) != count:
            self._faults.add(path, f"must be a list of {count} whole numbers from {low} to {high}")
            return (None,) * count
        return tuple(self._whole_number(one, f"{path}[{index}]", low, high) for index, one in enumerate(value))

    def _whole_number(self, value: Any, path: str, low: int, high: int) -> int | None:
        if value is None:
            return None
        # True is an int to Python and 7.0 a float: neither is a whole number as written.
        if type(value) is not int or not low <= value <= high:
            self._faults.add(path, f"must be a whole number from {low} to {high}, or null")
            return None
        return value

    def _sessions(self, fields: dict[str, Any]) -> int | None:
        value = fields.get("sessions_since")
        if value is None or (type(value) is int and 0 <= value <= MOST_SESSIONS):
            return value
        self._faults.add("answers.sessions_since", f"must be a whole number from 0 to {MOST_SESSIONS}, or null")
        return None

    def _days_ago(self, fields: dict[str, Any]) -> int | None:
        if "days_ago" not in fields:
            return None
        value = fields["days_ago"]
        if type(value) is not int or not 0 <= value <= MOST_DAYS_AGO:
            self._faults.add("previous.days_ago", f"must be a whole number from 0 to {MOST_DAYS_AGO}")
            return None
        return value

    def _text(self, fields: dict[str, Any], key: str, longest: int, under: str = "answers") -> str | None:
        if key not in fields:
            return None
        value, path = fields[key], f"{under}.{key}"
        if not isinstance(value, str):
            self._faults.add(path, "must be text")
            return None
        if len(value) > longest:
            self._faults.add(path, f"must be {longest} characters or fewer")
            return None
        return value

    def _yes_or_no(self, fields: dict[str, Any], key: str) -> bool | None:
        if key not in fields:
            return None
        value = fields[key]
        if not isinstance(value, bool):
            self._faults.add(f"answers.{key}", "must be true or false")
            return None
        return value
