"""Danger signs that still call for help: which stand, and what ends one (docs/rules.md, "Danger signs that stand"). Pure.

A sign goes by the key of what was ticked or derived, such as `red_flags:septic-joint` or `groups:skin`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal

import msgspec

from acupwa.library.model import Library
from acupwa.quiz.groups import known_groups
from acupwa.quiz.model import Answers, CheckIn
from acupwa.quiz.reason import Reason, reason_text
from acupwa.quiz.retired_answers import known_answers
from acupwa.quiz.safety import RaisedFlag, derive

replace = msgspec.structs.replace
_KINDS: tuple[Literal["red_flags"], Literal["groups"]] = ("red_flags", "groups")
_SIGN, _GROUP = _KINDS


class StandingSigns(msgspec.Struct, frozen=True, kw_only=True):
    """`raised` are those that this library has words for, the most urgent first; `retired`: there are others too.

    `told_in` are the check-ins that tell of them, the newest first, and `keys` the signs of each that stand; both empty
    when nothing stands.
    """

    raised: tuple[RaisedFlag, ...] = ()
    retired: bool = False
    told_in: tuple[CheckIn, ...] = ()
    keys: tuple[tuple[str, ...], ...] = ()

    @property
    def all_keys(self) -> frozenset[str]:
        return frozenset(key for here in self.keys for key in here)


def standing_signs(check_ins: Iterable[CheckIn], library: Library) -> StandingSigns:
    """Those of a person's check-ins, drafts too, in any order.

    A sign of one check-in ends by another that was finished after it, without that sign, or by help. Neither time nor a
    draft ends any.
    """
    told = _unended(check_ins, library)
    answers = _answers_of(told)
    known = known_answers(answers, library)
    return StandingSigns(
        raised=derive(known, library).red_flags,
        retired=known != answers,
        told_in=tuple(check_in for check_in, _keys in told),
        keys=tuple(keys for _check_in, keys in told),
    )


def told_on(check_in: CheckIn) -> date:
    """The day of its last change: nobody knows when before it a sign was ticked."""
    return check_in.updated_at.date()


def country_of_signs(told_in: Iterable[CheckIn], others: Iterable[CheckIn]) -> str | None:
    """Whose numbers are called, as a code: what those that tell of the signs say, else the first of the others that does."""
    countries = (one.answers.country for one in (*told_in, *others))
    return next((one for one in countries if one), None)


def newest_first(check_ins: Iterable[CheckIn]) -> tuple[CheckIn, ...]:
    """The finished ones, and then the drafts."""
    return tuple(sorted(check_ins, key=lambda one: (one.finished, one.place), reverse=True))


def with_unended(newest: CheckIn, check_ins: Iterable[CheckIn], library: Library) -> CheckIn:
    """`newest` with the signs of all `check_ins` that none has ended, helped or not: what the gate of a plan goes by.

    One may stand in a draft, or in a check-in that was begun before the newest and finished or changed after it.
    """
    check_ins = tuple(check_ins)
    newest = _with_possibly_newer(newest, check_ins)
    found = _answers_of(_unended((replace(one, helped=()) for one in check_ins), library))
    own, answers = signs_of(newest, library), newest.answers
    added = {
        kind: tuple(one for one in getattr(found, kind) if reason_text(Reason(kind, one)) not in own) for kind in _KINDS
    }
    both = {kind: (*getattr(answers, kind), *added[kind]) for kind in _KINDS}
    return replace(newest, answers=replace(answers, **both)) if any(added.values()) else newest


def _with_possibly_newer(newest: CheckIn, check_ins: Iterable[CheckIn]) -> CheckIn:
    """What of `newest` nobody knows when it was answered is not taken for newer than those before it, as far as the last
    one whose day is known: what they tell to know before needles counts too.
    """
    answers = newest.answers
    before = iter(
        sorted(
            (one for one in check_ins if one.finished and one.place < newest.place),
            key=lambda one: one.place,
            reverse=True,
        )
    )
    one: CheckIn | None = newest
    while one and one.undated and (one := next(before, None)):
        answers = replace(
            answers,
            precautions=(*answers.precautions, *one.answers.precautions),
            unsure=(*answers.unsure, *one.answers.unsure),
            groups=(*answers.groups, *one.answers.groups),
        )
    return replace(newest, answers=answers)


def _unended(check_ins: Iterable[CheckIn], library: Library) -> list[tuple[CheckIn, tuple[str, ...]]]:
    """The check-ins that tell of signs, the newest first, and which."""
    in_order = sorted(check_ins, key=lambda one: (one.finished_at or one.updated_at, one.id), reverse=True)
    signs = {one.id: signs_of(one, library) for one in in_order}
    told = []
    for check_in in in_order:
        later = [signs[one.id] for one in in_order if _finished_after(one, check_in)]
        here = tuple(
            key
            for key in signs[check_in.id]
            if key not in check_in.helped and all(key in of_later for of_later in later)
        )
        if here:
            told.append((check_in, here))
    return told


def signs_of(check_in: CheckIn, library: Library) -> tuple[str, ...]:
    """The keys of its own signs and of those that it took over; helped or not."""
    answers = check_in.answers
    raised = map(key_of, derive(known_answers(answers, library), library).red_flags)
    retired = (
        *(Reason(_SIGN, one) for one in answers.red_flags if one not in library.red_flags),
        *(Reason(_GROUP, one) for one in answers.groups if one not in known_groups(library)),
    )
    return tuple(dict.fromkeys((*raised, *map(reason_text, retired), *check_in.taken_over)))


def key_of(raised: RaisedFlag) -> str:
    return reason_text(Reason(_GROUP, raised.in_group) if raised.in_group else Reason(_SIGN, raised.id))


def with_help(check_in: CheckIn, now: datetime, library: Library) -> CheckIn:
    """Of all its signs the person has had help, or has it now."""
    return replace(check_in, helped=signs_of(check_in, library), had_help_at=now, updated_at=now)


def still_helped(check_in: CheckIn, library: Library) -> CheckIn:
    """After a change: a sign that was taken off calls for help anew when it is ticked again."""
    if not check_in.helped:
        return check_in
    here = signs_of(check_in, library)
    return replace(check_in, helped=tuple(one for one in check_in.helped if one in here))


def in_place_of(draft: CheckIn | None, new: CheckIn, library: Library) -> CheckIn:
    """`new` takes over the signs of a draft that goes: they stand until a check-in is finished without them."""
    if draft is None:
        return new
    return replace(new, taken_over=tuple(one for one in signs_of(draft, library) if one not in draft.helped))


def _finished_after(one: CheckIn, other: CheckIn) -> bool:
    """After the last change of the other, as nobody knows when in it a sign was ticked; and after it came in: what nobody
    here had heard of yet, nobody has taken back.
    """
    if one.finished_at is None or one.undated:
        return False
    return (one.finished_at, one.id) > (other.heard_at, other.id)


def _answers_of(told: Iterable[tuple[CheckIn, tuple[str, ...]]]) -> Answers:
    """All the signs once, as they would be ticked."""
    parts = [key.partition(":") for key in dict.fromkeys(key for _check_in, keys in told for key in keys)]
    return Answers(
        red_flags=tuple(id for kind, _colon, id in parts if kind == _SIGN),
        groups=tuple(id for kind, _colon, id in parts if kind == _GROUP),
    )
