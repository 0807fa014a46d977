"""What to mind before any needle: precautions by what the content advises, for the person and for who treats them. Pure.

The titles say the same to each of the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from acupwa.library.model import Advice, Library
from acupwa.quiz.groups import at_least_ask_first, group_words, precautions_in, strictest_advice
from acupwa.sentences import say


class Precaution(msgspec.Struct, frozen=True, kw_only=True):
    """What was ticked, and why it matters. `short` is its plain name."""

    short: str
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


def advice_groups(
    ids: Iterable[str],
    titles: Mapping[Advice, str],
    library: Library,
    *,
    unsure: Iterable[str] = (),
    groups: Iterable[str] = (),
) -> tuple[AdviceGroup, ...]:
    """The strictest advice first, each precaution in the order given; an id that the content lacks is left out.

    `unsure` are precautions of which the person was not sure, `groups` those in which nothing was chosen: a group
    stands under its strictest member, and names them all.
    """
    said = (
        *_said(ids, library),
        *_said_unsure(unsure, library),
        *_said_in_groups(groups, library),
    )
    found = (
        AdviceGroup(advice=advice, title=title, precautions=tuple(one for held, one in said if held == advice))
        for advice, title in titles.items()
    )
    return tuple(group for group in found if group.precautions)


def _said(ids: Iterable[str], library: Library) -> Iterable[tuple[Advice, Precaution]]:
    for one in ids:
        if one in library.precautions:
            known = library.precautions[one]
            yield known.advice, Precaution(short=known.short, says=_sentence(known.question), why=known.why)


def _said_unsure(ids: Iterable[str], library: Library) -> Iterable[tuple[Advice, Precaution]]:
    for one in ids:
        if one in library.precautions:
            known = library.precautions[one]
            words = say("quiz.groups.unsure", what=known.short)
            yield at_least_ask_first(known.advice), Precaution(short=words, says=_sentence(words), why=known.why)


def _said_in_groups(groups: Iterable[str], library: Library) -> Iterable[tuple[Advice, Precaution]]:
    for group in groups:
        members = precautions_in(group, library)
        if members:
            names = "; ".join(one.short for one in members)
            words = group_words(group, library)
            why = say("quiz.groups.any_of", names=names)
            yield strictest_advice(members), Precaution(short=words, says=_sentence(words), why=why)


def _sentence(words: str) -> str:
    return words.rstrip(".") + "."


def caution_line(id: str, library: Library) -> CautionLine:
    """`id` is that of a caution for plans, or of a precaution, which then tells of itself."""
    own = library.guidance.cautions.get(id)
    if own is not None:
        return CautionLine(title=own.title, says=own.says)
    precaution = library.precautions[id]
    return CautionLine(title=precaution.question, says=precaution.why)


def _avoid() -> str:
    return say("results.needles.avoid")
