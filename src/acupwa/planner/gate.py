"""Whether a plan may be made, and what to know beside it. The rule: interfaces.md, "Settled points"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from acupwa.library.model import Library, Urgency

SKIN_SYMPTOMS = frozenset({"itch", "skin"})
_STRICTEST_FIRST = ("emergency-now", "same-day", "within-days")


class Caution(msgspec.Struct, frozen=True):
    """`id` is a precaution's, or one of the planner's own cautions. `because` names answers as `key:id`."""

    id: str
    because: tuple[str, ...]


class Gate(msgspec.Struct, frozen=True):
    """`because` and `instead` are empty when it is open. `cautions` stand either way."""

    open: bool
    because: tuple[str, ...]
    instead: str
    cautions: tuple[Caution, ...]


def gate(
    *,
    conditions: Sequence[str],
    age_band: str | None,
    red_flags: Sequence[str],
    precautions: Sequence[str],
    main_symptom: str | None,
    library: Library,
) -> Gate:
    """Red flags and precautions come with those that `quiz.safety` derives from others already among them."""
    because = (
        *(f"red_flags:{flag}" for flag in _strictest_first(red_flags, library)),
        *(["age_band:under-16"] if age_band == "under-16" else []),
        *(["conditions:none-yet"] if "none-yet" in conditions else []),
        *(f"precautions:{one}" for one in dict.fromkeys(precautions) if _closes(one, library)),
        *(_skin_as_goal(conditions, main_symptom)),
    )
    return Gate(
        open=not because,
        because=because,
        instead=" ".join(instead_of(because, library)),
        cautions=_cautions(conditions, precautions, library),
    )


def instead_of(because: Iterable[str], library: Library) -> tuple[str, ...]:
    """What to do instead, each advice once, the most urgent first."""
    closed = library.guidance.closed
    advice = (closed[_advice_key(reason, library)] for reason in because)
    return tuple(dict.fromkeys(text.strip() for text in advice))


def _strictest_first(red_flags: Sequence[str], library: Library) -> list[str]:
    known = dict.fromkeys(red_flags)
    return sorted(known, key=lambda flag: _STRICTEST_FIRST.index(_urgency_of(flag, library)))


def _urgency_of(flag: str, library: Library) -> Urgency:
    """A sign that this library has no words for any more counts as for the same day: see `retired` on the summary."""
    return library.red_flags[flag].urgency if flag in library.red_flags else "same-day"


def _closes(precaution: str, library: Library) -> bool:
    known = library.precautions[precaution]
    return precaution == "active-organ-lupus" or (known.advice == "avoid" and known.scope == "whole")


def _skin_as_goal(conditions: Sequence[str], main_symptom: str | None) -> tuple[str, ...]:
    if "psoriasis" in conditions and main_symptom in SKIN_SYMPTOMS:
        return (f"main_symptom:{main_symptom}",)
    return ()


def _advice_key(reason: str, library: Library) -> str:
    key, _, name = reason.partition(":")
    if key == "red_flags":
        return f"red_flags:{_urgency_of(name, library)}"
    return reason if reason in library.guidance.closed else key


def _cautions(conditions: Sequence[str], precautions: Sequence[str], library: Library) -> tuple[Caution, ...]:
    because: dict[str, list[str]] = {
        one: [f"precautions:{one}"] for one in dict.fromkeys(precautions) if not _closes(one, library)
    }
    for plan in library.guidance.by_condition:
        if plan.caution and plan.condition in conditions:
            because.setdefault(plan.caution, []).append(f"conditions:{plan.condition}")
    return tuple(Caution(caution, tuple(reasons)) for caution, reasons in because.items())
