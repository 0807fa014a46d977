"""Asked again after a share: kept with it, shown when due, opened by the patient's press."""

from datetime import date, datetime
from uuid import UUID

import msgspec
from sqlmodel import Session

from acupwa.planner.service import current_plan
from acupwa.practice.links.model import NamedLink
from acupwa.practice.links.service import repeat_request, takes_shares
from acupwa.practice.sharing.follow_up import store
from acupwa.practice.sharing.follow_up.model import FollowUp, FollowUpExport, FollowUpState
from acupwa.practice.sharing.follow_up.rules import due, reminds, unnoted
from acupwa.practice.sharing.shares.service import list_own


def start_follow_up(
    db: Session, now: datetime, person_id: UUID, share_id: UUID, link: NamedLink, today: date | None = None
) -> None:
    """With a share by a link that asks again; in place of the one from the previous share by the same link.

    `today` is the day where they are; in UTC when it is not given.
    """
    for previous in store.list_of_person(db, person_id):
        if previous.state.link_id == link.id:
            store.delete_of_person(db, person_id, previous.id)
    if link.again:
        every, unit = link.again.every, link.again.unit
        state = FollowUpState(
            link_id=link.id, clinic=link.clinic, every=every, unit=unit, shared_on=today or now.date()
        )
        store.add(db, now, person_id, share_id, state)


def delete_follow_up(db: Session, now: datetime, share_id: UUID) -> None:
    """That of this share."""
    store.delete_of_share(db, share_id)


def remind(db: Session, now: datetime, person_id: UUID, today: date) -> tuple[FollowUp, ...]:
    """What is to be shown today. Once it is shown that is kept: `note_shown`."""
    kept = store.list_of_person(db, person_id)
    if not kept:
        return ()
    plan = current_plan(db, now, person_id)
    sessions = [one.day for one in plan.standing if one.log != "missed"] if plan else None
    shares = {one.id for one in list_own(db, now, person_id) if one.withdrawn_at is None and one.ends_at > now}
    shown = []
    for one in kept:
        stands = one.share_id in shares and takes_shares(db, now, one.state.link_id)
        if not reminds(one.state, today, due=due(one.state, today, sessions), stands=stands):
            continue
        shown.append(one)
    return tuple(shown)


def note_shown(db: Session, now: datetime, person_id: UUID, today: date) -> None:
    """What is to be shown today is shown."""
    store.hold(db, person_id)
    for one in unnoted(remind(db, now, person_id, today), today):
        store.put_state(db, one.id, msgspec.structs.replace(one.state, shown_on=(*one.state.shown_on, today)))


def open_again(db: Session, now: datetime, person_id: UUID, id: UUID) -> bool:
    """The person goes on to answer: the next check-in can be shared with that clinic. No reminder follows."""
    store.hold(db, person_id)
    found = find_own(db, now, person_id, id)
    if found is None or not takes_shares(db, now, found.state.link_id):
        return False
    if not found.state.opened:
        store.put_state(db, id, msgspec.structs.replace(found.state, opened=True))
        repeat_request(db, now, person_id, found.state.link_id)
    return True


def find_own(db: Session, now: datetime, person_id: UUID, id: UUID) -> FollowUp | None:
    return next((one for one in store.list_of_person(db, person_id) if one.id == id), None)


def stop(db: Session, now: datetime, person_id: UUID, id: UUID) -> bool:
    """The person wants no more of it."""
    return store.delete_of_person(db, person_id, id)


def export_follow_ups(db: Session, now: datetime, person_id: UUID) -> tuple[FollowUpExport, ...]:
    return tuple(
        FollowUpExport(
            clinic=one.state.clinic,
            every=one.state.every,
            unit=one.state.unit,
            shared_on=one.state.shared_on,
            shown_on=one.state.shown_on,
            opened=one.state.opened,
        )
        for one in store.list_of_person(db, person_id)
    )
