"""Danger signs that stand in another check-in of the person: a summary without them tells of them, too. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from uuid import UUID

import msgspec

from acupwa.library.model import Library
from acupwa.planner.gate import Gate, gate
from acupwa.planner.safety import complete_answers
from acupwa.quiz.groups import known_groups
from acupwa.quiz.model import CheckIn
from acupwa.quiz.safety import RaisedFlag
from acupwa.quiz.standing_signs import (
    StandingSigns,
    country_of_signs,
    key_of,
    newest_first,
    signs_of,
    standing_signs,
    told_on,
    with_unended,
)


class ToldIn(msgspec.Struct, frozen=True, kw_only=True):
    """The signs of another check-in that are new beside this one and newer ones. `day`: it was changed last.

    `retired`: one of them has no words any more. `to_change`: a sign can be taken off there; not where all were taken
    over from a draft that is gone, nor in a draft whose days are over.
    """

    check_in: CheckIn
    day: date
    raised: tuple[RaisedFlag, ...]
    retired: bool
    to_change: bool


class SignsElsewhere(msgspec.Struct, frozen=True, kw_only=True):
    """`told_in`, the newest first, has the signs that are not among the check-in's own. `helped`: of another one help was
    had, and no check-in has ended it.

    `country`: whose numbers are called. `gate` is that of a plan, with all that stands against it, signs with help too;
    `standing` are the keys of those that call for help, and of the check-in's own.
    """

    told_in: tuple[ToldIn, ...]
    helped: bool
    country: str | None
    gate: Gate
    standing: frozenset[str]


def nothing_elsewhere(check_in: CheckIn, gate: Gate, library: Library) -> SignsElsewhere:
    """Where there is no other check-in; `gate` is that of its own answers."""
    return SignsElsewhere(
        told_in=(),
        helped=False,
        country=check_in.answers.country,
        gate=gate,
        standing=frozenset(signs_of(check_in, library)),
    )


def signs_elsewhere(
    check_in: CheckIn, others: Sequence[CheckIn], library: Library, expired: Collection[UUID] = ()
) -> SignsElsewhere:
    """`others` are all check-ins of the person but this one, drafts too, in any order; `expired` are drafts among them
    whose days are over.
    """
    everything = (check_in, *others)
    standing, own = standing_signs(everything, library), frozenset(signs_of(check_in, library))
    calling, for_gate = own | standing.all_keys, with_unended(check_in, everything, library)
    if standing.told_in:
        country = country_of_signs(standing.told_in, newest_first(everything))
    else:
        country = check_in.answers.country
    return SignsElsewhere(
        told_in=tuple(_told_in(standing, own, library, expired)),
        helped=not calling.issuperset(signs_of(for_gate, library)),
        country=country,
        gate=gate(complete_answers(for_gate.answers, library), library),
        standing=calling,
    )


def _told_in(
    standing: StandingSigns, own: frozenset[str], library: Library, expired: Collection[UUID]
) -> Iterator[ToldIn]:
    """Each sign once, in the newest check-in that tells of it."""
    said = own
    for check_in, keys in zip(standing.told_in, standing.keys, strict=True):
        new = [key for key in keys if key not in said]
        said |= frozenset(new)
        if new:
            ticked = signs_of(msgspec.structs.replace(check_in, taken_over=()), library)
            yield ToldIn(
                check_in=check_in,
                day=told_on(check_in),
                raised=tuple(one for one in standing.raised if key_of(one) in new),
                retired=any(_is_retired(key, library) for key in new),
                to_change=any(key in ticked for key in new) and check_in.id not in expired,
            )


def _is_retired(key: str, library: Library) -> bool:
    kind, _colon, id = key.partition(":")
    return id not in (library.red_flags if kind == "red_flags" else known_groups(library))
