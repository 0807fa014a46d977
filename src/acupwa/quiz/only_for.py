"""Which questions of the full check-in are for some people alone, where all stand on one page. Pure.

The rules themselves are asked, with each condition alone, so that none is written twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

import msgspec

from acupwa.library.model import Library
from acupwa.quiz.groups import precautions_in, signs_in
from acupwa.quiz.model import SCREENS, Answers
from acupwa.quiz.rules import (
    ACTIVITY,
    STIFFNESS,
    flags_lately,
    flags_right_now,
    precautions_asked,
    ratings_asked,
    ratings_at_once,
    screens_for,
    symptom_choices,
)
from acupwa.quiz.stiffness import STIFFNESS_MINUTES

# Beside the conditions by their ids: it is about another person, it is about no child, all screens are asked, and daily
# life is rated: there was no pain, or something to do again was named.
ANOTHER, GROWN, WHOLE, BUSY = "another", "grown", "whole", "busy"
EVERYONE = "everyone"

_FOR_ANOTHER = Answers(answering_for="someone-i-care-for")
_UNDER_16, _NO_DIAGNOSIS = Answers(age_band="under-16"), Answers(conditions=("none-yet",))


def only_for(library: Library) -> Mapping[str, str]:
    """For whom each of these is: `ratings.itch`, `precautions=acitretin`, `groups=skin`, `screens=impact`. Words with a
    space between, of which one is enough. What everyone is asked is not among them.
    """
    found = dict(_questions(library))
    found |= _groups(found, library)
    found |= {f"screens={screen}": words for screen in SCREENS if (words := _screen(screen))}
    found[f"ratings.{ACTIVITY}"] = BUSY
    return {name: words for name, words in found.items() if words}


def asked_of_all(answers: Answers, library: Library) -> Answers:
    """The same answers of somebody whom every question concerns."""
    return msgspec.structs.replace(
        answers, answering_for=_FOR_ANOTHER.answering_for, conditions=tuple(library.conditions)
    )


def first_for(library: Library) -> Mapping[str, str]:
    """By their keys the ratings that stand open at once for anybody, and for whom: conditions, or everyone."""
    found = {rating.key: EVERYONE for rating in ratings_at_once(Answers(), library)}
    for one in library.conditions:
        for rating in ratings_at_once(Answers(conditions=(one,)), library):
            if found.get(rating.key) != EVERYONE:
                found[rating.key] = f"{found.get(rating.key, '')} {one}".strip()
    return found


def _questions(library: Library) -> Iterator[tuple[str, str]]:
    everyone = frozenset(_asked(Answers(), library))
    asked = {one: frozenset(_asked(Answers(conditions=(one,)), library)) for one in library.conditions}
    asked[ANOTHER] = frozenset(_asked(_FOR_ANOTHER, library))
    for name in dict.fromkeys(name for names in asked.values() for name in sorted(names)):
        if name not in everyone:
            yield name, " ".join(whom for whom, names in asked.items() if name in names)


def _asked(answers: Answers, library: Library) -> Iterator[str]:
    ratings = ratings_asked(answers, library)
    yield from (f"ratings.{one.key}" for one in ratings)
    yield from (STIFFNESS_MINUTES for one in ratings if one.key == STIFFNESS)
    yield from (f"main_symptom={one.key}" for one in symptom_choices(answers, library))
    yield from (f"red_flags={one.id}" for one in (*flags_right_now(library), *flags_lately(answers, library)))
    yield from (f"precautions={one.id}" for one in precautions_asked(answers, library))


def _groups(found: Mapping[str, str], library: Library) -> Iterator[tuple[str, str]]:
    """A group is for whomever something in it is for."""
    for group in library.quiz.flag_groups:
        yield f"groups={group.id}", _any_of((f"red_flags={one.id}" for one in signs_in(group.id, library)), found)
    for group in library.quiz.precaution_groups:
        members = (one for one in precautions_in(group.id, library) if not one.follows_from and not one.merged_into)
        yield f"groups={group.id}", _any_of((f"precautions={one.id}" for one in members), found)


def _any_of(names: Iterable[str], found: Mapping[str, str]) -> str:
    """Empty when one of them is for everyone."""
    words = [found.get(name, "") for name in names]
    return " ".join(dict.fromkeys(" ".join(words).split())) if all(words) else ""


@cache
def _screen(screen: str) -> str:
    if screen in screens_for(_UNDER_16):
        return ""
    return GROWN if screen in screens_for(_NO_DIAGNOSIS) else WHOLE
