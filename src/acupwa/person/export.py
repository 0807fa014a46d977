"""Everything of one person, gathered from the features that keep it."""

from datetime import datetime
from typing import Any

import msgspec
from sqlmodel import Session

from acupwa.person.model import Consent, Person
from acupwa.person.service import list_consents
from acupwa.planner.service import current_plan
from acupwa.quiz.model import CheckIn
from acupwa.quiz.service import list_check_ins
from acupwa.reading.service import export_list

FORMAT = "acupwa-export"
VERSION = 1


class Everything(msgspec.Struct, frozen=True, kw_only=True):
    """What we hold about a person. Written as JSON it is their export."""

    format: str
    version: int
    exported_at: datetime
    person: Person
    consents: tuple[Consent, ...]
    check_ins: tuple[CheckIn, ...]
    plan: Any
    reading_list: Any


def holds_anything(everything: Everything) -> bool:
    """Whether something would be missed if it were gone. Consents alone are not."""
    return bool(everything.check_ins or everything.plan or everything.reading_list)


def gather(session: Session, now: datetime, person: Person) -> Everything:
    return Everything(
        format=FORMAT,
        version=VERSION,
        exported_at=now,
        person=person,
        consents=list_consents(session, now, person.id),
        check_ins=tuple(list_check_ins(session, now, person.id)),
        plan=current_plan(session, now, person.id),
        reading_list=export_list(session, now, person.id),
    )
