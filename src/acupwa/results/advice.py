"""What to mind before any needle: precautions by what the content advises, for the person and for who treats them. Pure.

The titles say the same to each of the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from acupwa.library.model import Advice, Library
from acupwa.sentences import say


class Precaution(msgspec.Struct, frozen=True, kw_only=True):
    """What was ticked, and why it matters."""

    says: str
    why: str


class AdviceGroup(msgspec.Struct, frozen=True, kw_only=True):
    advice: Advice
    title: str
    precautions: tuple[Precaution, ...]


class CautionLine(msgspec.Struct, frozen=True, kw_only=True):
    """What to mind with a plan."""

    title: str
    says: str


def titles_for_the_person() -> dict[Advice, str]:
    return {
        "avoid": _avoid(),
        "ask-first": say("results.needles.ask_first"),
        "tell-practitioner": say("results.needles.tell"),
    }


def titles_for_the_practitioner() -> dict[Advice, str]:
    return {
        "avoid": _avoid(),
        "ask-first": say("results.needles.doctor_agrees"),
        "tell-practitioner": say("results.needles.take_care"),
    }


def advice_groups(ids: Iterable[str], titles: Mapping[Advice, str], library: Library) -> tuple[AdviceGroup, ...]:
    """The strictest advice first, each precaution in the order given; an id that the content lacks is left out."""
    known = [library.precautions[one] for one in ids if one in library.precautions]
    groups = (
        AdviceGroup(
            advice=advice,
            title=title,
            precautions=tuple(
                Precaution(says=one.question.rstrip(".") + ".", why=one.why) for one in known if one.advice == advice
            ),
        )
        for advice, title in titles.items()
    )
    return tuple(group for group in groups if group.precautions)


def caution_line(id: str, library: Library) -> CautionLine:
    """`id` is that of a caution for plans, or of a precaution, which then tells of itself."""
    own = library.guidance.cautions.get(id)
    if own is not None:
        return CautionLine(title=own.title, says=own.says)
    precaution = library.precautions[id]
    return CautionLine(title=precaution.question, says=precaution.why)


def _avoid() -> str:
    return say("results.needles.avoid")
