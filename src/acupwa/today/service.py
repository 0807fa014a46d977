"""Everything that Today goes by, of one person, at one moment."""

from datetime import datetime

from msgspec import structs
from sqlmodel import Session

from acupwa.person.model import Person
from acupwa.planner.service import current_plan
from acupwa.practice.links.service import list_requests
from acupwa.practice.sharing.follow_up.rules import unnoted
from acupwa.practice.sharing.follow_up.service import remind
from acupwa.practice.sharing.proposals.service import list_current
from acupwa.quiz.service import list_check_ins
from acupwa.reading.model import ListState
from acupwa.reading.service import export_list
from acupwa.today.clinic_waits import clinic_waits
from acupwa.today.model import KnownPerson
from acupwa.zones import day_in, in_zone, localised


def know(db: Session, now: datetime, person: Person, draft_days: int) -> KnownPerson:
    """As many queries for one check-in as for a hundred."""
    today, kept = day_in(person.time_zone, now), export_list(db, now, person.id)
    due = remind(db, now, person.id, today)
    known = KnownPerson(
        now=in_zone(now, person.time_zone),
        draft_days=draft_days,
        check_ins=list_check_ins(db, now, person.id),
        plan=current_plan(db, now, person.id),
        marks=kept.marks if kept else ListState(),
        reminded=bool(unnoted(due, today)),
    )
    requests, proposals = list_requests(db, now, person.id), list_current(db, now, person.id)
    waits = clinic_waits(due, requests, proposals, known.newest)
    return localised(structs.replace(known, clinics=waits), person.time_zone)
