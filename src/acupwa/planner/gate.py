"""Whether a plan may be made, and what to know beside it. The rule: docs/rules.md, "Gate". Pure."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from acupwa.library.model import Library, Urgency
from acupwa.quiz.model import Answers
from acupwa.quiz.reason import Reason, reason_text
from acupwa.quiz.safety import URGENCIES

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
    """`answers` hold the red flags and precautions that follow from others (`planner.safety.complete_answers`)."""
    because = tuple(_reasons(answers, library))
    return Gate(
        open=not because,
        because=because,
        instead=" ".join(advice_for(because, library)),
        cautions=_cautions(answers, library),
    )


def advice_for(because: Iterable[Reason], library: Library) -> tuple[str, ...]:
    """What to do instead, each advice once, the most urgent first."""
    closed = library.guidance.closed
    advice = (closed[_advice_key(reason, library)] for reason in because)
    return tuple(dict.fromkeys(text.strip() for text in advice))


def _reasons(answers: Answers, library: Library) -> Iterable[Reason]:
    for flag in sorted(dict.fromkeys(answers.red_flags), key=lambda one: URGENCIES.index(_urgency_of(one, library))):
        yield Reason("red_flags", flag)
    if answers.age_band == "under-16":
        yield Reason("age_band", "under-16")
    if "none-yet" in answers.conditions:
        yield Reason("conditions", "none-yet")
    for precaution in dict.fromkeys(answers.precautions):
        if _closes(precaution, library):
            yield Reason("precautions", precaution)
    if "psoriasis" in answers.conditions and answers.main_symptom in SKIN_SYMPTOMS:
        yield Reason("main_symptom", str(answers.main_symptom))


def _urgency_of(flag: str, library: Library) -> Urgency:
    """A sign that this library has no words for any more counts as for the same day: see `retired` on the summary."""
    return library.red_flags[flag].urgency if flag in library.red_flags else "same-day"


def _closes(precaution: str, library: Library) -> bool:
    known = library.precautions[precaution]
    return precaution == "active-organ-lupus" or (known.advice == "avoid" and known.scope == "whole")


def _advice_key(reason: Reason, library: Library) -> str:
    if reason.kind == "red_flags":
        return f"red_flags:{_urgency_of(reason.id, library)}"
    return reason_text(reason) if reason_text(reason) in library.guidance.closed else reason.kind


def _cautions(answers: Answers, library: Library) -> tuple[Caution, ...]:
    because = {
        one: [Reason("precautions", one)] for one in dict.fromkeys(answers.precautions) if not _closes(one, library)
    }
    for plan in library.guidance.by_condition:
        if plan.caution and plan.condition in answers.conditions:
            because.setdefault(plan.caution, []).append(Reason("conditions", plan.condition))
    return tuple(Caution(caution, tuple(reasons)) for caution, reasons in because.items())
