"""All check-ins of one person, with what else the page that begins one needs to know."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from acupwa.library.model import Library
from acupwa.quiz import store
from acupwa.quiz.overview import Overview
from acupwa.quiz.pause_service import find_pause_code
from acupwa.quiz.service import find_consent


def look_over(db: Session, now: datetime, person_id: UUID, library: Library) -> Overview:
    check_ins = store.list_check_ins(db, person_id)
    drafts = (one for one in check_ins if not one.finished)
    return Overview(
        check_ins=check_ins,
        paused=any(find_pause_code(db, now, person_id, one.id) for one in drafts),
        consent=find_consent(db, now, person_id, library.quiz.consent.version),
    )
