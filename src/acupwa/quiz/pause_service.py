"""A check-in that is paused: a code for its draft, which its owner can see again. Each function is one unit of work."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from acupwa.library.model import Library
from acupwa.person.code_service import find_code, make_code
from acupwa.person.service import one_at_a_time
from acupwa.quiz.posted_screen import PauseCode, PausedCheckIn, PostedScreen, SavedDraft, SavedScreen
from acupwa.quiz.service import save_draft, save_screen


@one_at_a_time
def pause_check_in(
    db: Session, now: datetime, person_id: UUID, posted: PostedScreen, library: Library
) -> PausedCheckIn | None:
    """Keep what is on the screen, unless something newer is, and make a code for the draft. Raises ForeignFields.

    One that was finished meanwhile is changed, as any press of its buttons changes it, and needs no code.
    """
    draft = save_draft(db, now, person_id, posted, library, pressed=True)
    if draft is None or draft.question:
        return PausedCheckIn(draft) if draft else None
    if draft.check_in.finished:
        changed = save_screen(db, now, person_id, posted, library)
        return PausedCheckIn(_after_finishing(changed)) if changed else None
    code, handover = make_code(db, now, person_id, "pause", draft.check_in.id, posted.draft_days)
    return PausedCheckIn(draft, PauseCode(code, handover.expires_at))


def _after_finishing(changed: SavedScreen) -> SavedDraft:
    at_fault = bool(changed.read.errors)
    return SavedDraft(changed.check_in, taken=not at_fault, question=changed if at_fault else None)


def find_pause_code(db: Session, now: datetime, person_id: UUID, id: UUID) -> PauseCode | None:
    """The code of a draft of theirs, as long as it opens it."""
    found = find_code(db, now, person_id, "pause", id)
    return PauseCode(found[0], found[1].expires_at) if found else None
