"""Danger signs that stand in another check-in of the person: a summary without them tells of them, too. Pure."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from acupwa.library.model import Library
from acupwa.planner.gate import gate
from acupwa.planner.safety import complete_answers
from acupwa.quiz.groups import known_groups
from acupwa.quiz.model import CheckIn
from acupwa.quiz.safety import RaisedFlag
from acupwa.quiz.standing_signs import key_of, signs_of, standing_signs, with_unended
from acupwa.results.assess import Assessment


class SignsElsewhere(msgspec.Struct, frozen=True, kw_only=True):
    """`raised` stand and are not among the check-in's own; `retired`: one of them has no words any more. `told_in` is the
    newest check-in that tells of one; None when there is none, or when the check-in has signs of its own, too.

    `for_gate`: the check-in with all signs that stand against a plan, those with help too.
    """

    raised: tuple[RaisedFlag, ...]
    retired: bool
    told_in: CheckIn | None
    for_gate: CheckIn


def signs_elsewhere(check_in: CheckIn, others: Sequence[CheckIn], library: Library) -> SignsElsewhere:
    """`others` are all check-ins of the person but this one, drafts too, in any order."""
    everything = (check_in, *others)
    standing, own = standing_signs(everything, library), set(signs_of(check_in, library))
    new = {one.id: set(signs_of(one, library)) - own for one in standing.told_in}
    return SignsElsewhere(
        raised=tuple(one for one in standing.raised if key_of(one) not in own),
        retired=standing.retired and any(_is_retired(key, library) for keys in new.values() for key in keys),
        told_in=None if own else next((one for one in standing.told_in if new[one.id]), None),
        for_gate=with_unended(check_in, everything, library),
    )


def assessed_with(elsewhere: SignsElsewhere, assessment: Assessment, library: Library) -> Assessment:
    """The assessment with these signs among its own, and with the gate that they close."""
    complete = complete_answers(elsewhere.for_gate.answers, library)
    return msgspec.structs.replace(
        assessment, red_flags=(*assessment.red_flags, *elsewhere.raised), plan=gate(complete, library)
    )


def _is_retired(key: str, library: Library) -> bool:
    kind, _colon, id = key.partition(":")
    return id not in (library.red_flags if kind == "red_flags" else known_groups(library))
