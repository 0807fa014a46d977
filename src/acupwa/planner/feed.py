"""What a subscribed calendar gets: the plan, and for a while what was to come of one that was deleted. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import msgspec
from msgspec.structs import replace

from acupwa.planner.calendar_model import DeletedPlan, KeptCalendar
from acupwa.planner.ics import Entry, Part
from acupwa.planner.model import SavedPlan
from acupwa.planner.plan import entries_of, now_of

# A calendar that looks once a week has seen by then that a session is cancelled.
SHOWN_FOR = timedelta(days=14)
# Of plans that were deleted within that time, the newest; and of those that were ever raised.
MOST_DELETED = 5
_NOTED_EVERY = timedelta(hours=1)


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """What is there at a secret address. `to_note`: it is time to note that a calendar was here."""

    kept: KeptCalendar
    plan: SavedPlan | None
    to_note: bool


def parts_of(plan: SavedPlan | None, kept: KeptCalendar, now: datetime) -> tuple[Part, ...]:
    """All that the feed holds at `now`, the plan first. What was brought in again is not cancelled any more."""
    own = (part_of(plan, kept),) if plan else ()
    gone = (one for one in shown_deleted(kept, now) if plan is None or one.id != plan.id)
    return (*own, *(_part_of_deleted(one, kept) for one in gone))


def part_of(plan: SavedPlan, kept: KeptCalendar) -> Part:
    """Changed when the plan was, or when its owner chose another title or other alarms."""
    at = max(plan.updated_at, kept.chosen_at or plan.updated_at)
    return Part(entries=_raised(plan, kept), key=plan.id, time_zone=plan.request.time_zone, at=at)


def shown_deleted(kept: KeptCalendar, now: datetime) -> tuple[DeletedPlan, ...]:
    return tuple(one for one in kept.deleted if now < one.at + SHOWN_FOR)


def shown_until(kept: KeptCalendar, now: datetime) -> datetime | None:
    """When the last of what is shown as cancelled goes; None when there is nothing of the kind."""
    return max((one.at + SHOWN_FOR for one in shown_deleted(kept, now)), default=None)


def next_end(kept: KeptCalendar) -> datetime | None:
    """When the first of what is kept of deleted plans has had its time."""
    return min((one.at + SHOWN_FOR for one in kept.deleted), default=None)


def without_past(kept: KeptCalendar, now: datetime) -> KeptCalendar:
    return replace(kept, deleted=shown_deleted(kept, now))


def with_deleted(kept: KeptCalendar, plan: SavedPlan, now: datetime) -> KeptCalendar:
    """The calendar once the plan is deleted: what was to come is cancelled, and says so with a higher sequence."""
    here = now_of(plan, now).replace(tzinfo=None)
    coming = tuple(_cancelled(entry) for entry in _raised(plan, kept) if entry.local > here)
    if not coming:
        return without_past(kept, now)
    gone = DeletedPlan(id=plan.id, time_zone=plan.request.time_zone, entries=coming, at=now)
    others = tuple(one for one in shown_deleted(kept, now) if one.id != plan.id)
    above = 1 + max(entry.sequence for entry in coming)
    raised = {**{id: by for id, by in kept.raised.items() if id != str(plan.id)}, str(plan.id): above}
    return replace(kept, deleted=(*others, gone)[-MOST_DELETED:], raised=_newest(raised))


def is_to_be_noted(kept: KeptCalendar, now: datetime) -> bool:
    """Once an hour is enough to say when a calendar was last here."""
    last = kept.feed.fetched_at if kept.feed else None
    return last is None or now - last >= _NOTED_EVERY


def _raised(plan: SavedPlan, kept: KeptCalendar) -> tuple[Entry, ...]:
    by = kept.raised.get(str(plan.id), 0)
    return tuple(replace(entry, sequence=entry.sequence + by) for entry in entries_of(plan))


def _cancelled(entry: Entry) -> Entry:
    return entry if entry.cancelled else replace(entry, cancelled=True, sequence=entry.sequence + 1)


def _part_of_deleted(gone: DeletedPlan, kept: KeptCalendar) -> Part:
    return Part(entries=gone.entries, key=gone.id, time_zone=gone.time_zone, at=max(gone.at, kept.chosen_at or gone.at))


def _newest(raised: Mapping[str, int]) -> dict[str, int]:
    return dict(list(raised.items())[-MOST_DELETED:])
