"""What was to come of a plan that goes: kept for a while where a subscribed calendar has to hear of it."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from acupwa.planner import calendar_store
from acupwa.planner.feed import next_end, with_deleted, without_past
from acupwa.planner.model import SavedPlan

_AT_ONCE = 500


def keep_for_feed(db: Session, now: datetime, person_id: UUID, plan: SavedPlan) -> None:
    """For a plan that is about to be deleted. Without a secret address nothing of it is kept."""
    kept = calendar_store.find_calendar(db, person_id)
    if kept and kept.feed:
        left = with_deleted(kept, plan, now)
        calendar_store.put_calendar(db, person_id, left, next_end(left))


def forget_deleted_plans(db: Session, now: datetime) -> int:
    """What has had its time goes for good; returns of how many people. What is written meanwhile stays until next time."""
    cleared = 0
    for person_id, before, kept in calendar_store.list_to_clear(db, now, _AT_ONCE):
        left = without_past(kept, now)
        cleared += calendar_store.put_cleared(db, person_id, before, left, next_end(left))
    return cleared
