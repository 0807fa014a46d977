"""What went on between check-ins and stands in the pictures over time: sessions on their days, flares, medicines. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from acupwa.planner.model import SavedPlan
from acupwa.quiz.model import CheckIn

# The ids of the changes that are drawn; the others stand in the table alone.
Change = Literal["flare", "new-medicine"]
DRAWN: tuple[Change, ...] = ("flare", "new-medicine")


class ToldChange(msgspec.Struct, frozen=True):
    """A flare, or a new or changed medicine, since the check-in before the one `at` which it was told."""

    at: datetime
    change: Change


class Happened(msgspec.Struct, frozen=True, kw_only=True):
    """`sessions` are the starts of those that the person noted as gone to, in order."""

    sessions: tuple[datetime, ...] = ()
    changes: tuple[ToldChange, ...] = ()


def happened_of(check_ins: Sequence[CheckIn], plan: SavedPlan | None) -> Happened:
    """Of finished check-ins in any order. Planned sessions of which nothing was noted are no sessions."""
    zone = ZoneInfo(plan.request.time_zone) if plan else None
    gone_to = [one.local.replace(tzinfo=zone) for one in plan.standing if one.log == "went"] if plan else []
    told = [
        ToldChange(one.finished_at, change)
        for one in check_ins
        for change in DRAWN
        if one.finished_at and change in one.answers.changed_since
    ]
    return Happened(sessions=tuple(sorted(gone_to)), changes=tuple(sorted(told, key=lambda one: one.at)))
