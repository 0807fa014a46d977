"""A code that was typed: what it would open, and then that it does."""

from datetime import datetime

from sqlmodel import Session

from acupwa.db.attempts import Wait
from acupwa.mydata.code_contents import CodeContents
from acupwa.mydata.forms import Locked, NoCode, ResumeForm
from acupwa.mydata.service import forget_others, make_export
from acupwa.person.code_service import look_at_code, use_code
from acupwa.person.model import Handover, Opened, Person, WrongCode
from acupwa.person.service import begun_at, hold, list_devices
from acupwa.quiz.service import list_check_ins
from acupwa.zones import in_zone


def open_with_code(
    db: Session, now: datetime, form: ResumeForm, address: str, person: Person | None
) -> Opened | CodeContents | WrongCode | Locked | NoCode:
    """Open a person's answers in this browser, which is `person`'s now; `address` is where it asks from.

    Whoever has no answers here need not be asked before the browser changes hands, but everyone is told first what the
    code opens: it may come from somebody who wants to read along.
    """
    if isinstance(form.code, NoCode):
        return form.code
    if person is not None:
        hold(db, now, person.id)
    found = look_at_code(db, now, form.code, address)
    if not isinstance(found, Handover):
        return Locked(found.seconds) if isinstance(found, Wait) else found
    is_own = person is not None and found.person_id == person.id
    occupied = person is not None and not is_own and make_export(db, now, person).holds_answers
    if not is_own and (not form.sure or (occupied and not form.replace)):
        return _contents(db, now, found, occupied)
    opened = use_code(db, now, form.code, found, person.id if person else None)
    if form.end_others and isinstance(opened, Opened) and opened.token:
        forget_others(db, now, found.person_id, opened.token)
    return opened


def _contents(db: Session, now: datetime, of: Handover, occupied: bool) -> CodeContents:
    check_ins = list_check_ins(db, now, of.person_id)
    person_since, zone = begun_at(db, now, of.person_id)
    first = min((one.created_at for one in check_ins), default=person_since)
    return CodeContents(
        begun_at=in_zone(first, zone),
        check_ins=len(check_ins),
        browsers=len(list_devices(db, now, of.person_id, "")),
        occupied=occupied,
    )
