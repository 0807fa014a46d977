"""Everything of one person, gathered from the features that keep it; and what a file brings, put among it."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from msgspec.structs import replace
from sqlmodel import Session

from acupwa.mydata.export_file import FORMAT, VERSION, Brought, Everything
from acupwa.mydata.merge import Merge, merge
from acupwa.person.model import Consent, Person, Waiting
from acupwa.person.service import (
    give_consent,
    list_consents,
    list_devices,
    list_handovers,
    put_consents,
)
from acupwa.planner.service import current_plan, owner_of_plan, put_plan
from acupwa.practice.links.service import export_requests
from acupwa.practice.sharing.follow_up.service import export_follow_ups
from acupwa.practice.sharing.proposals.service import export_proposals
from acupwa.practice.sharing.shares.service import export_shares
from acupwa.quiz.service import ConsentGiven, list_check_ins, owners_of, put_check_ins
from acupwa.reading.service import export_list, put_list
from acupwa.wording import language


def holds_anything(everything: Everything) -> bool:
    """Whether something would be missed if it were gone. Consents alone are not."""
    return bool(everything.check_ins or everything.plan or everything.reading_list or everything.shares)


def gather(db: Session, now: datetime, person: Person, token: str = "") -> Everything:
    """`token` is the key of the browser that asks, to mark its line among the devices."""
    return Everything(
        format=FORMAT,
        version=VERSION,
        exported_at=now,
        person=person,
        devices=list_devices(db, now, person.id, token),
        codes=tuple(Waiting(kind=one.kind, expires_at=one.expires_at) for one in list_handovers(db, now, person.id)),
        consents=list_consents(db, now, person.id),
        check_ins=list_check_ins(db, now, person.id),
        plan=current_plan(db, now, person.id),
        reading_list=export_list(db, now, person.id),
        shares=export_shares(db, now, person.id),
        proposals=export_proposals(db, now, person.id),
        asked_by=export_requests(db, now, person.id),
        asked_again=export_follow_ups(db, now, person.id),
    )


def foresee(db: Session, now: datetime, person: Person | None, brought: Brought, draft_days: int) -> Merge:
    """What `bring_in` would do."""
    if person is None:
        return merge(None, brought, now, draft_days)
    return merge(gather(db, now, person), _with_own_ids(db, now, person.id, brought), now, draft_days)


def bring_in(
    db: Session, now: datetime, person: Person, brought: Brought, consent: ConsentGiven, draft_days: int
) -> Merge:
    """Put what is new in the file among what is kept, ids and times as they are. Twice does no more than once.

    The press is consent to keep it on this server, too: kept unless the person agreed to these words already.
    """
    found = foresee(db, now, person, brought, draft_days)
    put_consents(db, now, person.id, found.consents)
    put_check_ins(db, now, person.id, (*found.new, *found.newer))
    if found.plan:
        put_plan(db, now, person.id, found.plan)
    if found.reading_list:
        put_list(db, now, person.id, found.reading_list)
    if not _agreed(list_consents(db, now, person.id), consent):
        give_consent(db, now, person.id, consent.version, consent.wording, language())
    return found


def _agreed(consents: Sequence[Consent], consent: ConsentGiven) -> bool:
    return any(
        (one.version, one.wording) == (consent.version, consent.wording) and one.withdrawn_at is None
        for one in consents
    )


def _with_own_ids(db: Session, now: datetime, person_id: UUID, brought: Brought) -> Brought:
    """Ids are kept. One that is another person's on this server gets a fellow of its own, the same each time.

    So it is for someone who lost their cookie and brings their file: the old rows are still here, under a person
    whom nobody can open any more.
    """
    owners = owners_of(db, now, [one.id for one in brought.check_ins])
    check_ins = tuple(
        replace(one, id=_fellow(one.id, person_id)) if owners.get(one.id, person_id) != person_id else one
        for one in brought.check_ins
    )
    plan = brought.plan
    if plan and owner_of_plan(db, now, plan.id) not in (None, person_id):
        plan = replace(plan, id=_fellow(plan.id, person_id))
    return replace(brought, check_ins=check_ins, plan=plan)


def _fellow(id: UUID, person_id: UUID) -> UUID:
    """Another UUIDv7 of the same time."""
    random = sha256(id.bytes + person_id.bytes).digest()
    bytes_ = bytearray(id.bytes[:6] + random[:10])
    bytes_[6] = 0x70 | (bytes_[6] & 0x0F)
    bytes_[8] = 0x80 | (bytes_[8] & 0x3F)
    return UUID(bytes=bytes(bytes_))
