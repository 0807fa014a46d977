"""Answers to questions that this library no longer has: kept, and left out of what rules and pages read. Pure.

Content changes, and another Acupwa may have other content. What someone answered then stays theirs.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import msgspec

from acupwa.library.model import Instrument, Library
from acupwa.quiz.groups import known_groups
from acupwa.quiz.model import Answers, CheckIn
from acupwa.quiz.wording import SEVERAL

replace = msgspec.structs.replace
_LONGEST_VERSION = 20
# No version, so that its answers are compared with nothing.
_TOO_MANY = "several"


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


def with_retired(changed: Answers, before: Answers, library: Library) -> Answers:
    """`changed`, and of the answers before it those that it could not know of."""
    known = known_answers(before, library)
    if known == before:
        return changed
    main = before.main_symptom if known.main_symptom is None else None
    # One that was asked with other items then has the same key: today's answers take its place, once there are any.
    retired = {
        key: items
        for key, items in _beyond(before.instruments, known.instruments).items()
        if all(item is None for item in changed.instruments.get(key, ()))
    }
    return replace(
        changed,
        ratings=changed.ratings | _beyond(before.ratings, known.ratings),
        instruments=changed.instruments | retired,
        main_symptom=changed.main_symptom or main,
        **{
            key: (*getattr(changed, key), *(one for one in getattr(before, key) if one not in ids))
            for key, ids in _ids(library).items()
        },
    )


def with_unasked(completed: Answers, changed: Answers, was: Answers, still: Answers) -> Answers:
    """`completed`, and of `changed` what dropped out because the quiz changed, not the person's answers.

    `was` is how they were finished; `still` is what of that is completed today, with no answer changed.
    """
    ratings = {key: changed.ratings.get(key, value) for key, value in _beyond(was.ratings, still.ratings).items()}
    dropped = {
        name: [one for one in getattr(was, name) if one not in {*getattr(still, name), *getattr(completed, name)}]
        for name in ("precautions", "unsure")
    }
    main = was.main_symptom if was.main_symptom != still.main_symptom else None
    minutes = changed.stiffness_minutes if was.stiffness_minutes != still.stiffness_minutes else None
    return replace(
        completed,
        stiffness_minutes=minutes if completed.stiffness_minutes is None else completed.stiffness_minutes,
        ratings=completed.ratings | ratings,
        precautions=(*completed.precautions, *dropped["precautions"]),
        unsure=(*completed.unsure, *dropped["unsure"]),
        main_symptom=main if main and main == changed.main_symptom else completed.main_symptom,
    )


def version_after(check_in: CheckIn, answers: Answers, library: Library) -> str:
    """The quiz version that `answers` are of, once they take the place of those of the check-in.

    What is measured stays of its version when another answer changes. Once ratings of two versions stand together it
    is both (`1-2`): only what had the same words in both is compared (`quiz/wording.py`).
    """
    before, today = check_in.answers, library.quiz.version
    if check_in.quiz_version == today or check_in.quiz_version.endswith(f"{SEVERAL}{today}"):
        return check_in.quiz_version
    if not before.ratings and not before.instruments:
        return today
    if (before.ratings, before.instruments) == (answers.ratings, answers.instruments):
        return check_in.quiz_version
    several = f"{check_in.quiz_version}{SEVERAL}{today}"
    return several if len(several) <= _LONGEST_VERSION else f"{_TOO_MANY}{SEVERAL}{today}"


def retired_answers(answers: Answers, library: Library) -> tuple[tuple[str, str], ...]:
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


def has_retired_signs(answers: Answers, library: Library) -> bool:
    """Whether a danger sign is among them, or a group, which may have held one."""
    known = known_answers(answers, library)
    return (known.red_flags, known.groups) != (answers.red_flags, answers.groups)


def item_range(instrument: Instrument) -> tuple[int, int]:
    """The least and the most that one item can be given, whole numbers."""
    values = [choice.value for choice in instrument.choices] or [instrument.low, instrument.high]
    return min(values), max(values)


def _ids(library: Library) -> dict[str, Collection[str]]:
    return {
        "conditions": library.conditions,
        "red_flags": library.red_flags,
        "precautions": library.precautions,
        "unsure": library.precautions,
        "groups": known_groups(library),
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
