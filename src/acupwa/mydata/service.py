"""Everything of one person, gathered from the features that keep it; and what a file holds, put among it."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from msgspec.structs import replace
from sqlmodel import Session

from acupwa.db.locks import run_alone
from acupwa.mydata.export_format import Export
from acupwa.mydata.import_file import ImportFile, ImportRefused, too_many
from acupwa.mydata.merge import MergeOutcome, merge
from acupwa.person.code_service import list_handovers
from acupwa.person.model import Consent, Person, Waiting
from acupwa.person.service import forget_other_devices, give_consent, hold, list_consents, list_devices, put_consents
from acupwa.planner.calendar_service import export_calendar, put_choices
from acupwa.planner.service import current_plan, owner_of_plan, put_plan
from acupwa.practice.links.service import export_requests
from acupwa.practice.sharing.follow_up.service import export_follow_ups
from acupwa.practice.sharing.proposals.service import export_proposals
from acupwa.practice.sharing.shares.service import export_shares
from acupwa.practice.sharing.views.service import list_own as list_views
from acupwa.quiz.consent import ConsentGiven
from acupwa.quiz.service import forget_claims, list_check_ins, owners_of, put_check_ins
from acupwa.reading.service import export_list, put_list
from acupwa.reminders.service import export_reminders
from acupwa.wording import language


def make_export(db: Session, now: datetime, person: Person, token: str = "") -> Export:
    """`token` is the key of the browser that asks, to mark its line among the devices."""
    return Export(
        exported_at=now,
        person=person,
        devices=list_devices(db, now, person.id, token),
        codes=tuple(Waiting(kind=one.kind, expires_at=one.expires_at) for one in list_handovers(db, now, person.id)),
        consents=list_consents(db, now, person.id),
        check_ins=list_check_ins(db, now, person.id),
        plan=current_plan(db, now, person.id),
        reading_list=export_list(db, now, person.id),
        calendar=export_calendar(db, now, person.id),
        shares=export_shares(db, now, person.id),
        views=list_views(db, now, person.id),
        proposals=export_proposals(db, now, person.id),
        links=export_requests(db, now, person.id),
        follow_ups=export_follow_ups(db, now, person.id),
        reminders=export_reminders(db, now, person.id),
    )


def preview_import(
    db: Session, now: datetime, person: Person | None, file: ImportFile, draft_days: int
) -> MergeOutcome | ImportRefused:
    """What `keep_import` would do."""
    if person is None:
        return merge(None, file, now, draft_days)
    outcome = merge(make_export(db, now, person), _with_own_ids(db, now, person.id, file), now, draft_days)
    return outcome if outcome.fits else too_many()


def keep_import(
    db: Session, now: datetime, person: Person, file: ImportFile, consent: ConsentGiven, draft_days: int
) -> MergeOutcome | ImportRefused:
    """Put what is new in the file among what is here, ids and times as they are. Twice does no more than once.

    The press is consent to keep it on this server, too: kept unless the person agreed to these words already.
    """
    hold(db, now, person.id)
    # Of one file that many bring, the first keeps its ids: the others have to see that.
    run_alone(db, "import")
    outcome = preview_import(db, now, person, file, draft_days)
    if isinstance(outcome, ImportRefused):
        return outcome
    # First, as it encrypts before it writes: no other writer waits longer than it must.
    put_check_ins(db, now, person.id, (*outcome.new, *outcome.newer))
    put_consents(db, now, person.id, outcome.consents)
    if outcome.plan:
        put_plan(db, now, person.id, outcome.plan)
    if outcome.reading_list:
        put_list(db, now, person.id, outcome.reading_list)
    if outcome.calendar:
        put_choices(db, now, person.id, outcome.calendar)
    if not _agreed(list_consents(db, now, person.id), consent):
        give_consent(db, now, person.id, consent.version, consent.wording, language())
    return outcome


def forget_others(db: Session, now: datetime, person_id: UUID, token: str) -> None:
    """Only the browser of this token opens the person's answers: no other one, and none that sends them in again."""
    forget_other_devices(db, now, person_id, token)
    forget_claims(db, now, person_id)


def _agreed(consents: Sequence[Consent], consent: ConsentGiven) -> bool:
    return any(
        (one.version, one.wording) == (consent.version, consent.wording) and one.withdrawn_at is None
        for one in consents
    )


def _with_own_ids(db: Session, now: datetime, person_id: UUID, file: ImportFile) -> ImportFile:
    """Ids are kept. One that is another person's on this server is replaced, by the same one each time.

    So it is for someone who lost their cookie and brings their file: the old rows are still here, under a person
    whom nobody can open any more.
    """
    owners = owners_of(db, now, [one.id for one in file.check_ins])
    check_ins = tuple(
        replace(one, id=_own_id(one.id, person_id)) if owners.get(one.id, person_id) != person_id else one
        for one in file.check_ins
    )
    plan = file.plan
    if plan and owner_of_plan(db, now, plan.id) not in (None, person_id):
        plan = replace(plan, id=_own_id(plan.id, person_id))
    return replace(file, check_ins=check_ins, plan=plan)


def _own_id(id: UUID, person_id: UUID) -> UUID:
    """Another UUIDv7 of the same time."""
    random = sha256(id.bytes + person_id.bytes).digest()
    bytes_ = bytearray(id.bytes[:6] + random[:10])
    bytes_[6] = 0x70 | (bytes_[6] & 0x0F)
    bytes_[8] = 0x80 | (bytes_[8] & 0x3F)
    return UUID(bytes=bytes(bytes_))
