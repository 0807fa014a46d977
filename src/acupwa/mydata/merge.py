"""What a file adds to what is here. Pure: the newer of two stays, and nothing is taken away."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Literal

import msgspec

from acupwa.mydata.export_format import Export
from acupwa.mydata.import_file import ImportFile
from acupwa.person.model import Consent
from acupwa.planner.ics import CalendarChoices
from acupwa.planner.model import SavedPlan
from acupwa.quiz.model import MOST_CHECK_INS, MOST_HELD, CheckIn
from acupwa.quiz.rules import has_expired
from acupwa.reading.model import KeptList

# What becomes of the plan or the list of a file: there is none in it, it is new here, it is the newer one, it is the
# same, it is the older one.
Effect = Literal["none", "added", "replaces", "same", "older"]


class MergeOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """`new` and `newer` check-ins are written; `unchanged` are here already, as new or newer; `expired` are drafts past
    their time. `shares` stay where they were made. `fits`: there would not be more check-ins here than are kept.
    `plan` and `reading_list` are None unless written; their effects tell why. `calendar` is what is to be chosen here,
    where nothing was.
    """

    new: tuple[CheckIn, ...]
    newer: tuple[CheckIn, ...]
    unchanged: int
    expired: int
    consents: tuple[Consent, ...]
    plan: SavedPlan | None
    plan_effect: Effect
    reading_list: KeptList | None
    list_effect: Effect
    calendar: CalendarChoices | None = None
    shares: int = 0
    fits: bool = True

    @property
    def adds_anything(self) -> bool:
        return bool(self.new or self.newer or self.consents or self.plan or self.reading_list or self.calendar)


def merge(mine: Export | None, file: ImportFile, now: datetime, draft_days: int) -> MergeOutcome:
    """`mine` is None for a browser of which nothing is held yet. Drafts expire after `draft_days` (1 or more)."""
    here = {one.id: one for one in mine.check_ins} if mine else {}
    lasting = [one for one in file.check_ins if not has_expired(one, now, draft_days)]
    new = tuple(one for one in lasting if one.id not in here)
    newer = tuple(one for one in lasting if one.id in here and one.updated_at > here[one.id].updated_at)
    plan_effect = _effect(mine.plan if mine else None, file.plan)
    list_effect = _effect(mine.reading_list if mine else None, file.reading_list)
    given = {(one.version, one.language, one.given_at) for one in mine.consents} if mine else set()
    return MergeOutcome(
        new=new,
        newer=newer,
        unchanged=len(lasting) - len(new) - len(newer),
        expired=len(file.check_ins) - len(lasting),
        consents=tuple(one for one in file.consents if (one.version, one.language, one.given_at) not in given),
        plan=file.plan if plan_effect in ("added", "replaces") else None,
        plan_effect=plan_effect,
        reading_list=file.reading_list if list_effect in ("added", "replaces") else None,
        list_effect=list_effect,
        calendar=file.calendar.choices if file.calendar and not (mine and mine.calendar) else None,
        shares=file.shares,
        fits=_fit({**here, **{one.id: one for one in (*new, *newer)}}.values()),
    )


def _fit(check_ins: Collection[CheckIn]) -> bool:
    """As many finished ones as are kept, and one that is being answered."""
    return sum(one.finished for one in check_ins) <= MOST_CHECK_INS and len(check_ins) <= MOST_HELD


def _effect(mine: SavedPlan | KeptList | None, theirs: SavedPlan | KeptList | None) -> Effect:
    if theirs is None:
        return "none"
    if mine is None:
        return "added"
    if theirs.updated_at == mine.updated_at:
        return "same"
    return "replaces" if theirs.updated_at > mine.updated_at else "older"
