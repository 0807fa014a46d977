"""Danger signs: which ones the answers raise, and how urgent they are together. Pure.

A sign is derived from other answers, and a precaution follows from one, where the content says so. Nothing else is: a
sign that nobody ticked needs a rule that can be named, and its `because` names it. What may be true counts like what is
true: a precaution that was answered "not sure", and every member of a group in which nothing was chosen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

import msgspec

from acupwa.library.model import Advice, Library, Precaution, Urgency
from acupwa.quiz.groups import at_least_ask_first, precaution_groups, precautions_in, sign_groups, signs_in
from acupwa.quiz.model import Answers
from acupwa.quiz.reason import Reason, reason_text

EMERGENCY: Urgency = "emergency-now"
URGENCIES: tuple[Urgency, ...] = (EMERGENCY, "same-day", "within-days")
NO_URGENCY = "none"
FEVER = "fever-or-infection-now"


class RaisedFlag(msgspec.Struct, frozen=True, kw_only=True):
    """A danger sign that stands. `because` are the answers that raise it.

    `derived`: it was not ticked itself. `in_group` is the group of signs that alone raises it: that one was ticked, and
    nothing inside was chosen.
    """

    id: str
    urgency: Urgency
    because: tuple[Reason, ...]
    derived: bool = False
    in_group: str = ""


class Derived(msgspec.Struct, frozen=True, kw_only=True):
    """What the answers say of safety. `red_flags` go from the most urgent, then by the content's order.

    `precautions` were ticked or follow from an answer; `unsure` are those of which the person was not sure.
    """

    red_flags: tuple[RaisedFlag, ...]
    precautions: tuple[str, ...]
    unsure: tuple[str, ...] = ()

    @property
    def flag_ids(self) -> tuple[str, ...]:
        return tuple(raised.id for raised in self.red_flags)

    @property
    def certain_flag_ids(self) -> tuple[str, ...]:
        """Without those that only a group raises: the group itself stays among the answers."""
        return tuple(raised.id for raised in self.red_flags if not raised.in_group)


def derive(answers: Answers, library: Library) -> Derived:
    """Ticked and derived danger signs, and the precautions with those that follow from other answers.

    A sign that is ticked is kept, also when it belongs to a condition that is not chosen.
    """
    raised = {
        ticked: RaisedFlag(id=ticked, urgency=library.red_flags[ticked].urgency, because=(Reason("red_flags", ticked),))
        for ticked in answers.red_flags
    }
    for flag, because, group in (*_derived(answers, library), *_in_groups(answers, library)):
        if flag not in raised:
            urgency = library.red_flags[flag].urgency
            raised[flag] = RaisedFlag(id=flag, urgency=urgency, because=because, derived=True, in_group=group)
    in_order = sorted(library.red_flags.values(), key=lambda flag: URGENCIES.index(flag.urgency))
    precautions = _precautions(answers, library)
    return Derived(
        red_flags=tuple(raised[flag.id] for flag in in_order if flag.id in raised),
        precautions=precautions,
        unsure=tuple(one for one in library.precautions if one in answers.unsure and one not in precautions),
    )


def possible_precautions(answers: Answers, library: Library) -> dict[str, Reason]:
    """Each precaution that is or may be true, and the answer that says so; what was ticked first."""
    held = {one: Reason("precautions", one) for one in answers.precautions}
    for one in answers.unsure:
        held.setdefault(one, Reason("unsure", one))
    for group in precaution_groups(answers, library):
        for member in precautions_in(group, library):
            held.setdefault(member.id, Reason("groups", group))
    return held


def advice_by_precaution(answers: Answers, library: Library) -> dict[str, Advice]:
    """What each precaution that is or may be true asks for, by its id; of one that they are not sure of, to ask first at
    the least.
    """
    held = possible_precautions(answers, library)
    return {
        one.id: at_least_ask_first(one.advice) if held[one.id].kind == "unsure" else one.advice
        for one in library.precautions.values()
        if one.id in held
    }


def possible_signs(answers: Answers, library: Library) -> dict[str, Reason]:
    """The same for danger signs that were ticked, themselves or by their group."""
    held = {one: Reason("red_flags", one) for one in answers.red_flags}
    for flag, (because,), _group in _in_groups(answers, library):
        held.setdefault(flag, because)
    return held


def strictest(flag_ids: Iterable[str], library: Library) -> str:
    """`emergency-now`, `same-day`, `within-days` or `none`."""
    found = {library.red_flags[flag].urgency for flag in flag_ids}
    return next((urgency for urgency in URGENCIES if urgency in found), NO_URGENCY)


def stricter(one: str | None, other: str | None) -> str | None:
    """The more urgent of two."""
    return next((urgency for urgency in URGENCIES if urgency in (one, other)), other)


# A sign, the answers that raise it, and the group of signs that does so alone.
_Raised = tuple[str, tuple[Reason, ...], str]


def _derived(answers: Answers, library: Library) -> Iterable[_Raised]:
    told = _told(answers, library)
    for rule in library.derived_signs.values():
        needs = [[because for name in names for because in told.get(name, ())] for names in rule.needs]
        if all(needs):
            yield rule.sign, _once(chain.from_iterable(needs)), ""


def _told(answers: Answers, library: Library) -> Mapping[str, Sequence[Reason]]:
    """What is or may be true, under the names that the needs of a derived sign have, and the answers that say so."""
    told: defaultdict[str, list[Reason]] = defaultdict(list)
    for one, because in possible_precautions(answers, library).items():
        told[f"precautions:{one}"].append(because)
        for trait in library.precautions[one].traits:
            told[f"traits:{trait}"].append(because)
    for one, because in possible_signs(answers, library).items():
        told[f"red_flags:{one}"].append(because)
    for one in answers.conditions:
        told[f"conditions:{one}"].append(Reason("conditions", one))
    return told


def _in_groups(answers: Answers, library: Library) -> Iterable[_Raised]:
    for group in sign_groups(answers, library):
        for flag in signs_in(group, library):
            yield flag.id, (Reason("groups", group),), group


def _once(because: Iterable[Reason]) -> tuple[Reason, ...]:
    """One group may hold several of them."""
    return tuple(dict.fromkeys(because))


def _precautions(answers: Answers, library: Library) -> tuple[str, ...]:
    told = {reason_text(Reason("conditions", one)) for one in answers.conditions}
    told.add(reason_text(Reason("age_band", answers.age_band or "")))
    return tuple(one.id for one in library.precautions.values() if one.id in answers.precautions or _follows(one, told))


def _follows(precaution: Precaution, told: set[str]) -> bool:
    return not told.isdisjoint(precaution.follows_from)
