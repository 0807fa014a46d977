"""The person has had help for the danger signs that stand."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from acupwa.library.model import Library
from acupwa.person.service import one_at_a_time
from acupwa.quiz import store
from acupwa.quiz.standing_signs import standing_signs, with_help


@one_at_a_time
def note_help(db: Session, now: datetime, person_id: UUID, library: Library, shown: datetime | None = None) -> bool:
    """Kept with each check-in that tells of a sign, with its time. False: no sign stands, and nothing is kept.

    `shown` is when the page was made that says which signs these are: what was told since stands. A page of an earlier
    release does not say it.

    It opens no plan: that goes by the answers, and they stay as they are.
    """
    standing = standing_signs(store.list_check_ins(db, person_id), library).told_in
    told_in = [one for one in standing if shown is None or one.heard_at <= shown]
    for check_in in told_in:
        kept = store.find_kept_check_in(db, person_id, check_in.id, to_change=True)
        if kept:
            store.save_check_in(db, person_id, with_help(kept.check_in, now, library), kept.writes)
    return bool(told_in)


def read_moment(text: str) -> datetime | None:
    """With its zone; what is none counts as left out."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
