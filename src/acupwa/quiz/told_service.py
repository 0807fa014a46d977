"""What a person tells outside a check-in is put into the one that is open, or begins a follow-up. One unit of work."""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from sqlmodel import Session

from acupwa.library.model import Library
from acupwa.person.service import one_at_a_time
from acupwa.quiz import store
from acupwa.quiz.follow_up import can_follow_up, carried_over
from acupwa.quiz.model import ALL_SCREENS, Answers, CheckIn, SessionsSince
from acupwa.quiz.rules import has_expired
from acupwa.quiz.standing_signs import in_place_of
from acupwa.quiz.start_service import new_follow_up, new_full
from acupwa.quiz.told_signs import ToldSigns, raised_by, with_told
from acupwa.quiz.write_order import writes_of_replacing

# What was told was told in it, a moment after it was begun: it holds something to be carried on.
JUST_BEFORE = timedelta(microseconds=1)


@one_at_a_time
def tell_signs(
    db: Session,
    now: datetime,
    person_id: UUID,
    told: ToldSigns,
    library: Library,
    draft_days: int,
    sessions_since: SessionsSince,
) -> bool:
    """True: it makes a danger sign, itself or with what is known of the person.

    It is kept also where a new check-in would not be begun: where there are as many as are kept, and where words to agree
    to are new. A sign is never lost for that.
    """
    finished = tuple(one for one in store.list_check_ins(db, person_id) if one.finished)
    known = carried_over(finished[0].answers, library) if finished else Answers()
    draft = store.find_draft(db, person_id)
    kept = store.find_kept_check_in(db, person_id, draft.id, to_change=True) if draft else None
    if kept and not has_expired(kept.check_in, now, draft_days):
        changed = with_told(kept.check_in, told, known, now, library)
        store.save_check_in(db, person_id, changed, writes_of_replacing(kept.writes, ALL_SCREENS))
        return bool(raised_by(told, known, kept.check_in.answers, library))
    new = _new(db, now, person_id, finished, library, sessions_since)
    begun = with_told(in_place_of(draft, new, library), told, known, now, library)
    store.delete_drafts(db, person_id)
    store.add_check_in(db, person_id, begun)
    return bool(raised_by(told, known, begun.answers, library))


def _new(
    db: Session,
    now: datetime,
    person_id: UUID,
    finished: tuple[CheckIn, ...],
    library: Library,
    sessions_since: SessionsSince,
) -> CheckIn:
    """A follow-up; the full one for whoever has nothing to follow up."""
    if finished and can_follow_up(finished[0]):
        new = new_follow_up(db, now, person_id, finished, library, sessions_since)
    else:
        new = new_full(db, now, person_id, library, sessions_since)
    return msgspec.structs.replace(new, created_at=now - JUST_BEFORE)
