"""Groups of danger signs and of precautions: a person may tick one and not say what in it is true. Pure.

Such a group is kept as it was ticked (`Answers.groups`). Each of its members is then possible, and the strictest counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from acupwa.library.model import Advice, Group, Library, Precaution, RedFlag, Urgency
from acupwa.quiz.model import Answers
from acupwa.sentences import say


def known_groups(library: Library) -> dict[str, Group]:
    """All groups by id, of danger signs and of precautions: no two have the same."""
    return {group.id: group for group in (*library.quiz.flag_groups, *library.quiz.precaution_groups)}


def signs_in(group: str, library: Library) -> tuple[RedFlag, ...]:
    """The danger signs in a group; none in a group of precautions. One that is `lately_of` another has those of it that
    are no emergency: the full check-in asks for these on a screen of their own.
    """
    known = known_groups(library).get(group)
    whole = known.lately_of if known and known.lately_of else group
    less_urgent = whole != group
    return tuple(
        flag
        for flag in library.red_flags.values()
        if flag.group == whole and not (less_urgent and flag.urgency == "emergency-now")
    )


def precautions_in(group: str, library: Library) -> tuple[Precaution, ...]:
    """The precautions in a group; none in a group of danger signs."""
    return tuple(one for one in library.precautions.values() if one.group == group)


def sign_groups(answers: Answers, library: Library) -> tuple[str, ...]:
    """The groups of danger signs that were ticked with nothing chosen inside."""
    return _of(library.quiz.flag_groups, answers)


def precaution_groups(answers: Answers, library: Library) -> tuple[str, ...]:
    """The groups of precautions that were ticked with nothing chosen inside."""
    return _of(library.quiz.precaution_groups, answers)


def urgencies_in(group: str, library: Library) -> frozenset[Urgency]:
    """How urgent its members are; empty for a group of precautions."""
    return frozenset(flag.urgency for flag in signs_in(group, library))


def at_least_ask_first(advice: Advice) -> Advice:
    """What holds for a precaution of which a person is not sure."""
    return "ask-first" if advice == "tell-practitioner" else advice


def strictest_advice(precautions: Iterable[Precaution]) -> Advice:
    """Of one or more."""
    found = {one.advice for one in precautions}
    return next(advice for advice in get_args(Advice) if advice in found)


def group_words(group: str, library: Library) -> str:
    """What was answered: its name, and that nothing in it was chosen. The group must be known."""
    return say("quiz.groups.not_said", name=known_groups(library)[group].name)


def _of(groups: Iterable[Group], answers: Answers) -> tuple[str, ...]:
    return tuple(group.id for group in groups if group.id in answers.groups)
