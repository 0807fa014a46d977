"""Danger signs: which ones the answers raise, and how urgent they are together. Pure.

Six signs are derived from other answers, and one precaution from the age. Nothing else is derived: a sign that nobody
ticked needs a rule that can be named, and its `because` names it.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from acupwa.library.model import Library, Urgency
from acupwa.quiz.model import Answers
from acupwa.quiz.reason import Reason

EMERGENCY: Urgency = "emergency-now"
URGENCIES: tuple[Urgency, ...] = (EMERGENCY, "same-day", "within-days")
NO_URGENCY = "none"
FEVER, FEVER_SIGN = "fever-or-infection-now", "fever-on-immunosuppressant"


class RaisedFlag(msgspec.Struct, frozen=True, kw_only=True):
    """A danger sign that stands. `because` are the answers that raise it.

    `derived`: it was not ticked itself.
    """

    id: str
    urgency: Urgency
    because: tuple[Reason, ...]
    derived: bool = False


class Derived(msgspec.Struct, frozen=True, kw_only=True):
    """What the answers say of safety. `red_flags` go from the most urgent, then by the content's order."""

    red_flags: tuple[RaisedFlag, ...]
    precautions: tuple[str, ...]

    @property
    def flag_ids(self) -> tuple[str, ...]:
        return tuple(raised.id for raised in self.red_flags)


def derive(answers: Answers, library: Library) -> Derived:
    """Ticked and derived danger signs, and the precautions with those that the age adds.

    A sign that is ticked is kept, also when it belongs to a condition that is not chosen.
    """
    raised = {
        ticked: RaisedFlag(id=ticked, urgency=library.red_flags[ticked].urgency, because=(Reason("red_flags", ticked),))
        for ticked in answers.red_flags
    }
    for flag, because in _derived(answers, library):
        if flag not in raised:
            urgency = library.red_flags[flag].urgency
            raised[flag] = RaisedFlag(id=flag, urgency=urgency, because=because, derived=True)
    in_order = sorted(library.red_flags.values(), key=lambda flag: URGENCIES.index(flag.urgency))
    return Derived(
        red_flags=tuple(raised[flag.id] for flag in in_order if flag.id in raised),
        precautions=_precautions(answers, library),
    )


def strictest(flag_ids: Iterable[str], library: Library) -> str:
    """`emergency-now`, `same-day`, `within-days` or `none`."""
    found = {library.red_flags[flag].urgency for flag in flag_ids}
    return next((urgency for urgency in URGENCIES if urgency in found), NO_URGENCY)


def stricter(one: str | None, other: str | None) -> str | None:
    """The more urgent of two."""
    return next((urgency for urgency in URGENCIES if urgency in (one, other)), other)


def _derived(answers: Answers, library: Library) -> Iterable[tuple[str, tuple[Reason, ...]]]:
    ticked = answers.precautions
    if "hot-swollen-joint" in ticked:
        yield "septic-joint", _ticked("hot-swollen-joint")
    yield from _derived_with_fever(answers, library)
    if "pregnancy" in ticked:
        if "hashimoto" in answers.conditions:
            yield "pregnant-with-thyroid-disease", (*_ticked("pregnancy"), Reason("conditions", "hashimoto"))
        harmful = [one for one in ticked if library.precautions[one].harms_unborn]
        if harmful:
            yield "pregnant-on-harmful-medicine", _ticked("pregnancy", *harmful)


def _derived_with_fever(answers: Answers, library: Library) -> Iterable[tuple[str, tuple[Reason, ...]]]:
    """Fever is the precaution, or the danger sign that tells of one."""
    ticked = answers.precautions
    fever = _ticked(FEVER) if FEVER in ticked else ()
    fever += (Reason("red_flags", FEVER_SIGN),) if FEVER_SIGN in answers.red_flags else ()
    if not fever:
        return
    lowering = [one for one in ticked if library.precautions[one].lowers_immunity]
    if FEVER in ticked and lowering:
        yield FEVER_SIGN, _ticked(FEVER, *lowering)
    for precaution, sign in (("severe-neutropenia", "neutropenic-fever"), ("no-spleen", "fever-no-spleen")):
        if precaution in ticked:
            yield sign, (*fever, *_ticked(precaution))


def _ticked(*precautions: str) -> tuple[Reason, ...]:
    return tuple(Reason("precautions", one) for one in precautions)


def _precautions(answers: Answers, library: Library) -> tuple[str, ...]:
    given = set(answers.precautions)
    if answers.age_band == "16-17":
        given.add("children")
    return tuple(one for one in library.precautions if one in given)
