"""Shares: previewed, kept, looked at, ended."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from acupwa.db.tables import new_key
from acupwa.library.model import Library
from acupwa.person.service import find_zone
from acupwa.practice.accounts.model import SignedIn
from acupwa.practice.accounts.people_service import find_told_name
from acupwa.practice.links.model import Link, ShareRequest
from acupwa.practice.links.service import list_requests
from acupwa.practice.sharing.shares import store
from acupwa.practice.sharing.shares.model import (
    Copy,
    InboxCursor,
    ListedShare,
    OwnShare,
    Share,
    SharedCopy,
    ShareFilter,
    SharePreview,
)
from acupwa.practice.sharing.shares.preview import parts_of, rank_of
from acupwa.practice.trail.model import What
from acupwa.practice.trail.service import note_in_trail
from acupwa.quiz.model import CheckIn
from acupwa.quiz.retired_answers import known_check_in
from acupwa.results.model import WaitingClinic
from acupwa.results.service import find_history
from acupwa.zones import localised

ONE_LOOK = timedelta(minutes=10)
MOST_PREVIOUS = 24
# Copies of one person that clinics hold or held. One a week for as long as a copy can last is two thirds of it.
MOST_SHARES = 150
# Taken along so, a share goes without the previous ones.
ALONE = ("csv", "fhir")
BESIDE = "beside"


def list_requests_for(db: Session, now: datetime, person_id: UUID, check_in: CheckIn) -> tuple[ShareRequest, ...]:
    """Who asks for this check-in: links opened before it was finished, and not answered yet."""
    finished = check_in.finished_at
    if finished is None:
        return ()
    return tuple(one for one in list_requests(db, now, person_id) if one.opened_at <= finished)


def share_requests(db: Session, now: datetime, person_id: UUID, check_in: CheckIn) -> tuple[WaitingClinic, ...]:
    """The same for the summary of the check-in: the clinic, and where to look at what would be shared."""
    return tuple(
        WaitingClinic(clinic=one.link.clinic, href=f"/me/share/{check_in.id}/{one.link.id}")
        for one in list_requests_for(db, now, person_id, check_in)
    )


def find_preview(
    db: Session, now: datetime, person_id: UUID, check_in_id: UUID, link_id: UUID, library: Library
) -> SharePreview | None:
    """None when it is not theirs, not finished, or nobody asks for it any more."""
    found = localised(find_history(db, now, person_id, check_in_id), find_zone(db, now, person_id))
    if found is None:
        return None
    requests = list_requests_for(db, now, person_id, found.check_in)
    link = next((one.link for one in requests if one.link.id == link_id), None)
    if link is None:
        return None
    check_in = known_check_in(found.check_in, library)
    parts = parts_of(check_in, known_check_in(found.previous, library) if found.previous else None, library)
    return SharePreview(check_in=check_in, link=link, parts=parts)


def find_given(db: Session, now: datetime, person_id: UUID, check_in_id: UUID, link_id: UUID) -> Share | None:
    """What stands at the clinic of this check-in by this link."""
    return store.find_given(db, person_id, check_in_id, link_id)


def find_last_given(db: Session, now: datetime, person_id: UUID, check_in_id: UUID, link_id: UUID) -> Share | None:
    """What was given of this check-in by this link, also when it was taken back."""
    return store.find_last_given(db, person_id, check_in_id, link_id)


def add_share(
    db: Session, now: datetime, person_id: UUID, check_in_id: UUID, link: Link, copy: Copy, library: Library
) -> Share:
    """Keep the copy for the clinic of the link, for as long as the link says."""
    share = Share(
        id=new_key(),
        clinic_id=link.clinic_id,
        rank=rank_of(copy, library),
        seen=False,
        created_at=now,
        ends_at=now + timedelta(days=link.share_days),
        withdrawn_at=None,
        copy=copy,
        alias=link.alias,
    )
    store.add_share(db, person_id, link.id, link.practitioner_id, share, check_in_id)
    note_in_trail(db, now, link.clinic_id, "share-received", about=share.id)
    return share


def list_own(db: Session, now: datetime, person_id: UUID) -> tuple[Share, ...]:
    return store.list_of_person(db, person_id)


def has_room(db: Session, now: datetime, person_id: UUID) -> bool:
    """Whether one more copy of this person's is kept; each goes at its end."""
    return store.count_of_person(db, person_id) < MOST_SHARES


def find_own(db: Session, now: datetime, person_id: UUID, id: UUID) -> OwnShare | None:
    """The person's own copy, and who looked at it."""
    share = store.find_of_person(db, person_id, id)
    return OwnShare(share=share, views=store.list_views(db, id)) if share else None


def end_share(db: Session, now: datetime, person_id: UUID, id: UUID) -> bool:
    """Take it from the clinic. What came of it is not touched: see `sharing.service.withdraw`."""
    clinic_id = store.withdraw_share(db, person_id, id, now)
    if clinic_id is not None:
        note_in_trail(db, now, clinic_id, "share-withdrawn", about=id)
    return clinic_id is not None


def list_inbox(
    db: Session, now: datetime, by: SignedIn, chosen: ShareFilter, limit: int, after: InboxCursor | None = None
) -> tuple[ListedShare, ...]:
    """The most pressing first; `after` is the last of the page before."""
    return store.list_of_clinic(db, by.clinic.id, chosen, limit, after, now)


def look(db: Session, now: datetime, by: SignedIn, id: UUID, what: str, *, renewed: bool = False) -> tuple[Share, ...]:
    """It, and what the same person shared with this clinic before, the newest first; empty when it is not there.

    Each opening (`opened`) and taking along is a line of the trail, under the key of who did it. The patient is told of
    each taking along, and of openings within ten minutes once; so is, of the previous ones, that they were looked at
    beside it. `renewed`: an open page came again by itself, which is no look of its own for those ten minutes.
    """
    share = _look(db, now, by, id, what, renewed=renewed)
    if share is None:
        return ()
    if what in ALONE:
        return (share,)
    previous = store.list_previous(db, share, now, MOST_PREVIOUS)
    who, name = by.practitioner.id, find_told_name(db, now, by.practitioner)
    for one in store.add_views(db, [one.id for one in previous], who, name, BESIDE, now, ONE_LOOK):
        _note(db, now, by, "share-beside", one)
    return (share, *previous)


def look_on(db: Session, now: datetime, by: SignedIn, id: UUID) -> Share | None:
    """It alone, for a page that goes on from it and is filled in by its answers: a look, unless it was opened within ten
    minutes.
    """
    return _look(db, now, by, id, "opened", renewed=True)


def _look(db: Session, now: datetime, by: SignedIn, id: UUID, what: str, *, renewed: bool) -> Share | None:
    share = store.find_of_clinic(db, by.clinic.id, id, now, hold=True)
    if share is None:
        return None
    opened, name = what == "opened", find_told_name(db, now, by.practitioner)
    told = store.add_view(db, id, by.practitioner.id, name, what, now, ONE_LOOK if opened else timedelta(0))
    if told or not (renewed and opened):
        _note(db, now, by, "share-opened" if opened else "share-copied", id)
    return share


def find_open(db: Session, now: datetime, clinic_id: UUID, id: UUID) -> Share | None:
    """One that this clinic may look at. Finding it is no look yet: show none of its answers."""
    return store.find_of_clinic(db, clinic_id, id, now)


def hold_open(db: Session, now: datetime, clinic_id: UUID, id: UUID) -> Share | None:
    """The same, for writing about it: whoever else writes about it, or withdraws it, comes after."""
    return store.find_of_clinic(db, clinic_id, id, now, hold=True)


def owner_of(db: Session, now: datetime, id: UUID) -> UUID | None:
    """Whose it is: for what goes back to them, never to be shown."""
    return store.owner_of(db, id)


def export_shares(db: Session, now: datetime, person_id: UUID) -> tuple[SharedCopy, ...]:
    """All that we hold, for the person's export: the copies, and who looked at them."""
    return tuple(
        SharedCopy(
            id=one.id,
            shared_at=one.created_at,
            ends_at=one.ends_at,
            withdrawn_at=one.withdrawn_at,
            copy=one.copy,
            views=store.list_views(db, one.id),
        )
        for one in store.list_of_person(db, person_id)
    )


def still_there(db: Session, now: datetime, by: SignedIn, id: UUID) -> bool:
    return store.find_of_clinic(db, by.clinic.id, id, now) is not None


def mark(db: Session, now: datetime, by: SignedIn, id: UUID, seen: bool) -> bool:
    """False when it is not there. Marked again as it is, nothing is noted."""
    if store.mark_seen(db, by.clinic.id, id, seen):
        _note(db, now, by, "share-marked", id)
    return still_there(db, now, by, id)


def forget_ended(db: Session, now: datetime) -> int:
    """Delete what has passed its time; returns how many."""
    return store.delete_ended(db, now)


def _note(db: Session, now: datetime, by: SignedIn, what: What, about: UUID) -> None:
    note_in_trail(
        db,
        now,
        by.clinic.id,
        what,
        by=by.practitioner.id,
        who=by.practitioner.shown_name,
        about=about,
    )
