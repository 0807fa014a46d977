"""Checks on precautions, danger signs and their groups, which a quiz shows as a few rows a screen. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from acupwa.library.faults import Fault
from acupwa.library.model import Library, Precaution, RedFlag
from acupwa.library.references import sources_in
from acupwa.library.sentence_check import HOME

# Words, in the language that is written first; another one may need more for the same.
LONGEST_SHORT, LONGEST_NAME, MANY = 16, 7, 40
GROUPS_A_SCREEN = range(5, 10)
# All danger signs stand on its one page, those after needles too.
GROUPS_A_FOLLOW_UP = range(5, 11)
_PRECAUTIONS, _FLAGS, _QUIZ = "quiz/precautions.yaml", "quiz/red-flags.yaml", "quiz/quiz.yaml"
_ADVICE = ("avoid", "ask-first", "tell-practitioner")
_FIGURES = re.compile(r"\d+(?:\.\d+)?")


def group_faults(library: Library) -> Iterable[Fault]:
    """What keeps the quiz from asking by groups, and precautions that lead nowhere."""
    yield from _groups(library)
    yield from _screens(library)
    yield from _short_names(library)
    cited = {id for page in library.pages.values() for id in sources_in(page.markdown)}
    for id, precaution in library.precautions.items():
        if f"precaution:{id}" not in cited:
            yield Fault(_PRECAUTIONS, id, f"no page says it: cite it on one as [@precaution:{id}]")
        yield from _name_alone(precaution)
        yield from _merged(precaution, library)
        yield from _inside(precaution, library)
        for answer in precaution.follows_from:
            if answer not in _answers(library):
                yield Fault(_PRECAUTIONS, id, f"follows from no answer that there is: {answer}")


def _groups(library: Library) -> Iterable[Fault]:
    of_signs, of_precautions = library.quiz.flag_groups, library.quiz.precaution_groups
    seen: set[str] = set()
    for group in (*of_signs, *of_precautions):
        if group.id in seen:
            yield Fault(_QUIZ, group.id, "is the id of two groups: an answer would not say which")
        seen.add(group.id)
        if not 0 < len(group.name.split()) <= (LONGEST_NAME if library.language == HOME else MANY):
            yield Fault(_QUIZ, group.id, f"needs a plain name of {LONGEST_NAME} words or fewer")
    for group in of_signs:
        if sum(flag.group == (group.lately_of or group.id) for flag in library.red_flags.values()) < 2:
            yield Fault(_QUIZ, group.id, "needs two danger signs or more")
    for group in of_precautions:
        members = [one for one in library.precautions.values() if one.group == group.id]
        if len(members) < 2:
            yield Fault(_QUIZ, group.id, "needs two precautions or more")
        if len({one.passing for one in members}) > 1:
            yield Fault(_QUIZ, group.id, "has something that passes beside what lasts: a follow-up could not carry it")


def _screens(library: Library) -> Iterable[Fault]:
    signs, precautions = library.red_flags.values(), library.precautions.values()
    emergency = [flag for flag in signs if flag.urgency == "emergency-now"]
    less_urgent = [flag for flag in signs if flag.urgency != "emergency-now"]
    yield from _too_few_or_many("right-now", {flag.group for flag in emergency})
    for condition in library.conditions:
        lately = _groups_of(less_urgent, condition)
        yield from _too_few_or_many(f"lately with {condition}", lately)
        follow_up = {*lately, *(flag.group for flag in emergency)}
        yield from _too_few_or_many(f"a follow-up with {condition}", follow_up, GROUPS_A_FOLLOW_UP)
        asked = [one for one in precautions if one.asked and not one.asked_for_others]
        yield from _too_few_or_many(f"before-needles with {condition}", _groups_of(asked, condition))


def _groups_of(things: Iterable[RedFlag | Precaution], condition: str) -> set[str]:
    return {one.group for one in things if {"general", condition} & set(one.conditions)}


def _too_few_or_many(screen: str, groups: set[str], good: range = GROUPS_A_SCREEN) -> Iterable[Fault]:
    if len(groups) not in good:
        low, high = good[0], good[-1]
        yield Fault(_QUIZ, screen, f"shows {len(groups)} groups: {low} to {high} can be read at a glance")


def _short_names(library: Library) -> Iterable[Fault]:
    for file, entries in ((_PRECAUTIONS, library.precautions), (_FLAGS, library.red_flags)):
        for id, one in entries.items():
            if not 0 < len(one.short.split()) <= (LONGEST_SHORT if library.language == HOME else MANY):
                yield Fault(file, f"{id}.short", f"needs {LONGEST_SHORT} words or fewer, and one at least")


def _name_alone(precaution: Precaution) -> Iterable[Fault]:
    more = set(_FIGURES.findall(precaution.question)) - set(_FIGURES.findall(precaution.short))
    if precaution.short_says_all and (precaution.names or more):
        yield Fault(
            _PRECAUTIONS, f"{precaution.id}.short_says_all", "the name says no figure or medicine of the statement"
        )


def _merged(precaution: Precaution, library: Library) -> Iterable[Fault]:
    if not precaution.merged_into:
        return
    target = library.precautions.get(precaution.merged_into)
    if target is None or not target.asked:
        yield Fault(_PRECAUTIONS, precaution.id, f"is merged into one that is not asked: {precaution.merged_into}")
    elif _ADVICE.index(target.advice) > _ADVICE.index(precaution.advice):
        yield Fault(_PRECAUTIONS, precaution.id, f"is merged into a milder one: {target.id}")
    elif target.group != precaution.group:
        yield Fault(_PRECAUTIONS, precaution.id, f"stands in another group than the one that asks for it: {target.id}")


def _inside(precaution: Precaution, library: Library) -> Iterable[Fault]:
    if not precaution.inside:
        return
    before = list(library.precautions)[: list(library.precautions).index(precaution.id)]
    if precaution.inside not in before[-1:] or library.precautions[precaution.inside].group != precaution.group:
        yield Fault(_PRECAUTIONS, precaution.id, f"must stand right below the one it is inside: {precaution.inside}")


def _answers(library: Library) -> frozenset[str]:
    ages = library.quiz.questions.age_band.choices
    return frozenset((*(f"conditions:{one}" for one in library.conditions), *(f"age_band:{one}" for one in ages)))
