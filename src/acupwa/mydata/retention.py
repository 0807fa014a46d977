"""How long things are kept, and deleting what has passed its time."""

from datetime import datetime

from sqlmodel import Session

from acupwa.db.attempts import delete_past_tries
from acupwa.person.code_service import forget_codes
from acupwa.person.queued_press_service import forget_queued_presses
from acupwa.person.service import forget_unseen
from acupwa.planner.deleted_plans_service import forget_deleted_plans
from acupwa.practice.accounts.sign_in_service import forget_past
from acupwa.practice.sharing.shares.service import forget_ended
from acupwa.practice.sharing.views.service import forget_views
from acupwa.quiz.service import forget_drafts


def purge_all(db: Session, now: datetime, draft_days: int, person_days: int) -> dict[str, int]:
    """Delete drafts untouched for `draft_days` and people not seen for `person_days`; counts by kind."""
    return {
        "drafts": forget_drafts(db, now, draft_days),
        "codes": forget_codes(db, now),
        "presses": forget_queued_presses(db, now),
        "tries": delete_past_tries(db, now),
        "shares": forget_ended(db, now),
        "views": forget_views(db, now),
        "sign-ins": forget_past(db, now),
        "calendars": forget_deleted_plans(db, now),
        "people": forget_unseen(db, now, person_days),
    }
