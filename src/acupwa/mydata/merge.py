"""What a file adds to what is kept. Pure: the newer of two stays, and nothing is taken away."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from acupwa.mydata.export_file import Brought, Everything
from acupwa.person.model import Consent
from acupwa.planner.plan import SavedPlan
from acupwa.quiz.model import CheckIn
from acupwa.quiz.rules import has_expired
from acupwa.reading.model import KeptList

Fate = Literal["none", "added", "replaces", "same", "older"]


class Merge(msgspec.Struct, frozen=True, kw_only=True):
    """`new` and `newer` check-ins are written; `left` are there already, as new or newer; `past` are drafts past their
    time. `shares` stay where they were made. `plan` and `reading_list` are None unless written; their `…_fate` tells why.
    """

    new: tuple[CheckIn, ...]
    newer: tuple[CheckIn, ...]
    left: int
    past: int
    consents: tuple[Consent, ...]
    plan: SavedPlan | None
    plan_fate: Fate
    reading_list: KeptList | None
    list_fate: Fate
    shares: int = 0

    @property
    def adds_anything(self) -> bool:
        return bool(self.new or self.newer or self.consents or self.plan or self.reading_list)


def merge(mine: Everything | None, brought: Brought, now: datetime, draft_days: int) -> Merge:
    """`mine` is None for a browser that holds nothing yet."""
    kept = {one.id: one for one in mine.check_ins} if mine else {}
    lasting = [one for one in brought.check_ins if not has_expired(one, now, draft_days)]
    new = tuple(one for one in lasting if one.id not in kept)
    newer = tuple(one for one in lasting if one.id in kept and one.updated_at > kept[one.id].updated_at)
    plan_fate = _fate(mine.plan if mine else None, brought.plan)
    list_fate = _fate(mine.reading_list if mine else None, brought.reading_list)
    given = {(one.version, one.language, one.given_at) for one in mine.consents} if mine else set()
    return Merge(
        new=new,
        newer=newer,
        left=len(lasting) - len(new) - len(newer),
        past=len(brought.check_ins) - len(lasting),
        consents=tuple(one for one in brought.consents if (one.version, one.language, one.given_at) not in given),
        plan=brought.plan if plan_fate in ("added", "replaces") else None,
        plan_fate=plan_fate,
        reading_list=brought.reading_list if list_fate in ("added", "replaces") else None,
        list_fate=list_fate,
        shares=brought.shares,
    )


def _fate(mine: SavedPlan | KeptList | None, theirs: SavedPlan | KeptList | None) -> Fate:
    if theirs is None:
        return "none"
    if mine is None:
        return "added"
    if theirs.updated_at == mine.updated_at:
        return "same"
    return "replaces" if theirs.updated_at > mine.updated_at else "older"
