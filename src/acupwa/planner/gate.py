"""Whether a plan may be made, and what to know beside it. The rule: docs/rules.md, "Gate". Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import msgspec

from acupwa.library.model import Library, Precaution, Urgency
from acupwa.quiz.groups import known_groups, precaution_groups, precautions_in, urgencies_in
from acupwa.quiz.model import Answers
from acupwa.quiz.reason import Reason, reason_text
from acupwa.quiz.safety import URGENCIES, possible_precautions
from acupwa.sentences import say

SKIN_SYMPTOMS = frozenset({"itch", "skin"})


class Caution(msgspec.Struct, frozen=True):
    """`id` is a precaution's, or one of the planner's own cautions."""

    id: str
    because: tuple[Reason, ...]


class Gate(msgspec.Struct, frozen=True):
    """`because` and `instead` are empty when it is open. `cautions` stand either way."""

    open: bool
    because: tuple[Reason, ...]
    instead: str
    cautions: tuple[Caution, ...]


def gate(answers: Answers, library: Library) -> Gate:
    """`answers` hold the red flags and precautions that follow from others (`planner.safety.complete_answers`).

    Those that only a group of signs raises may be left out: the group counts.
    """
    because = tuple(_reasons(answers, library))
    return Gate(
        open=not because,
        because=because,
        instead=" ".join(advice_for(because, library)),
        cautions=_cautions(answers, because, library),
    )


def advice_for(because: Iterable[Reason], library: Library, standing: Collection[str] | None = None) -> tuple[str, ...]:
    """What to do instead, each advice once, the most urgent first.

    `standing` are the keys of the danger signs that call for help still; None where that is all of them. Of the others,
    such as those of which help was had, it is said what comes next.
    """
    closed = library.guidance.closed
    advice = (
        say("planner.closed.had_help")
        if standing is not None and is_sign(reason, library) and reason_text(reason) not in standing
        else closed[_advice_key(reason, library)].strip()
        for reason in because
    )
    return tuple(dict.fromkeys(advice))


def is_sign(reason: Reason, library: Library) -> bool:
    """A danger sign, or a group of them; a group without words may have held one."""
    precautions = {one.id for one in library.quiz.precaution_groups}
    return reason.kind == "red_flags" or (reason.kind == "groups" and reason.id not in precautions)


def _reasons(answers: Answers, library: Library) -> Iterable[Reason]:
    yield from sorted(_signs(answers, library), key=lambda one: URGENCIES.index(_urgency_of(one, library)))
    if answers.age_band == "under-16":
        yield Reason("age_band", "under-16")
    if "none-yet" in answers.conditions:
        yield Reason("conditions", "none-yet")
    for precaution in dict.fromkeys(answers.precautions):
        if _closes(library.precautions[precaution]):
            yield Reason("precautions", precaution)
    for precaution in dict.fromkeys(answers.unsure):
        if precaution not in answers.precautions and _closes_unsure(library.precautions[precaution]):
            yield Reason("unsure", precaution)
    for group in precaution_groups(answers, library):
        if any(map(_closes, precautions_in(group, library))):
            yield Reason("groups", group)
    if "psoriasis" in answers.conditions and answers.main_symptom in SKIN_SYMPTOMS:
        yield Reason("main_symptom", str(answers.main_symptom))


def _signs(answers: Answers, library: Library) -> Iterable[Reason]:
    """Danger signs, and groups that hold some or may have held some: those that this library does not know any more."""
    known = known_groups(library)
    for flag in dict.fromkeys(answers.red_flags):
        yield Reason("red_flags", flag)
    for group in dict.fromkeys(answers.groups):
        if group not in known or urgencies_in(group, library):
            yield Reason("groups", group)


def _urgency_of(sign: Reason, library: Library) -> Urgency:
    """What this library has no words for any more counts as for the same day: see `retired` on the summary."""
    if sign.kind == "groups":
        found = urgencies_in(sign.id, library)
        return next((urgency for urgency in URGENCIES if urgency in found), "same-day")
    return library.red_flags[sign.id].urgency if sign.id in library.red_flags else "same-day"


def _closes(precaution: Precaution) -> bool:
    return precaution.id == "active-organ-lupus" or (precaution.advice == "avoid" and precaution.scope == "whole")


def _closes_unsure(precaution: Precaution) -> bool:
    """Whatever concerns needling as such has to be known first."""
    return precaution.id == "active-organ-lupus" or precaution.scope == "whole"


def _advice_key(reason: Reason, library: Library) -> str:
    if reason.kind == "red_flags" or (reason.kind == "groups" and not precautions_in(reason.id, library)):
        return f"red_flags:{_urgency_of(reason, library)}"
    if reason.kind in ("unsure", "groups"):
        # Whether it is true is for the doctor to say: advice for those of whom it is true would say too much.
        return "precautions"
    return reason_text(reason) if reason_text(reason) in library.guidance.closed else reason.kind


def _cautions(answers: Answers, closed: Collection[Reason], library: Library) -> tuple[Caution, ...]:
    because = {
        one: [reason]
        for one, reason in possible_precautions(answers, library).items()
        if not _closes(library.precautions[one]) and Reason("unsure", one) not in closed
    }
    for plan in library.guidance.by_condition:
        if plan.caution and plan.condition in answers.conditions:
            because.setdefault(plan.caution, []).append(Reason("conditions", plan.condition))
    return tuple(Caution(caution, tuple(reasons)) for caution, reasons in because.items())
