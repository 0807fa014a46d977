"""Links: made, opened, remembered for the next check-in, withdrawn."""

import secrets
from datetime import datetime
from uuid import UUID

import msgspec
from sqlmodel import Session

from acupwa.db.attempts import Attempts, Wait, place_limits
from acupwa.db.presses import once
from acupwa.db.tables import new_key
from acupwa.person.codes import ALPHABET
from acupwa.practice.accounts.model import SignedIn
from acupwa.practice.accounts.people_service import find_sender, who_left
from acupwa.practice.links import store
from acupwa.practice.links.model import (
    Ended,
    FoundLink,
    Link,
    NamedLink,
    NewLink,
    PutOff,
    ShareRequest,
    ShareRequestExport,
)
from acupwa.practice.links.rules import CODE_LENGTH, TRIES_BY_PLACE, TRIES_WITHIN, ended, expiry, read_link_codes
from acupwa.practice.trail.model import What
from acupwa.practice.trail.service import note_in_trail
from acupwa.quiz.service import find_latest_finished

replace = msgspec.structs.replace
_TRIES = Attempts("link", TRIES_WITHIN)


def make_link(db: Session, now: datetime, by: SignedIn, chosen: NewLink, press: str = "") -> Link:
    """One for each `press` of the button (`db.presses`)."""
    return once(db, now, press, lambda: _make_link(db, now, by, chosen), Link)


def _make_link(db: Session, now: datetime, by: SignedIn, chosen: NewLink) -> Link:
    while True:
        link = Link(
            id=new_key(),
            clinic_id=by.clinic.id,
            practitioner_id=by.practitioner.id,
            code="".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH)),
            kind=chosen.kind,
            variant=chosen.variant,
            share_days=chosen.share_days,
            created_at=now,
            expires_at=expiry(now, chosen.days),
            again=chosen.again,
            alias=chosen.alias,
            note=chosen.note,
        )
        if store.add_link(db, link):
            _note(db, now, by, "link-made", link.id)
            return link


def list_links(db: Session, now: datetime, clinic_id: UUID, limit: int, before: UUID | None = None) -> tuple[Link, ...]:
    """The newest first."""
    links = store.list_links(db, clinic_id, limit, before)
    left = who_left(db, now, {one.practitioner_id for one in links})
    return tuple(replace(one, sender_left=one.practitioner_id in left) for one in links)


def find_link(db: Session, now: datetime, clinic_id: UUID, id: UUID) -> NamedLink | None:
    """A link of this clinic."""
    found = store.find_link(db, id)
    return _named(db, now, found) if found and found.clinic_id == clinic_id else None


def withdraw_link(db: Session, now: datetime, by: SignedIn, id: UUID) -> bool:
    """Once: whoever presses again finds it withdrawn. False when it is no link of this clinic."""
    if store.revoke_link(db, by.clinic.id, id, now):
        _note(db, now, by, "link-withdrawn", id)
    return find_link(db, now, by.clinic.id, id) is not None


def find_by_code(db: Session, now: datetime, typed: str, person_id: UUID | None) -> FoundLink | None:
    """The link with this code, also one that has ended. None: no such link."""
    found = next((link for code in read_link_codes(typed) if (link := store.find_by_code(db, code))), None)
    if found is None:
        return None
    link = _named(db, now, found)
    return FoundLink(link=link, ended=ended(link, now, own=_has_opened(db, link.id, person_id)))


def count_wrong_code(db: Session, now: datetime, address: str) -> Wait | None:
    """Somebody pressed the button of a link that is none. Any page can make a browser look, so looking counts nothing."""
    return _TRIES.book(db, now, place_limits(db, "link from", address, TRIES_BY_PLACE)).wait


def open_link(db: Session, now: datetime, link: Link, person_id: UUID) -> bool:
    """Remember it for the person's next check-in. False when a personal link is another's by now."""
    if _has_opened(db, link.id, person_id) or not store.add_request(db, person_id, link.id, now):
        return True
    if store.count_opened(db, link):
        return True
    settle_request(db, now, person_id, link.id, shared=False)
    return False


def list_requests(db: Session, now: datetime, person_id: UUID) -> tuple[ShareRequest, ...]:
    """Links that this person opened and has not answered, as far as they still hold. The newest first."""
    opened = ((_find(db, now, one.link_id), one.opened_at) for one in store.list_requests(db, person_id))
    return tuple(
        ShareRequest(link=link, opened_at=at) for link, at in opened if link and ended(link, now, own=True) is None
    )


def preview_of(db: Session, now: datetime, person_id: UUID | None, link_id: UUID) -> str:
    """Where this person sees what would be shared by this link; empty when they have not answered yet."""
    return next((one.preview for one in put_off(db, now, person_id) if one.link_id == link_id), "")


def put_off(db: Session, now: datetime, person_id: UUID | None) -> tuple[PutOff, ...]:
    """Links whose check-in this person has finished, and shared nothing of it yet. The newest first."""
    latest = find_latest_finished(db, now, person_id) if person_id else None
    if person_id is None or latest is None or latest.finished_at is None:
        return ()
    return tuple(
        PutOff(link_id=one.link.id, clinic=one.link.clinic, check_in_id=latest.id)
        for one in list_requests(db, now, person_id)
        if one.opened_at <= latest.finished_at
    )


def takes_shares(db: Session, now: datetime, link_id: UUID) -> bool:
    """Whether someone who opened this link may still answer it."""
    found = _find(db, now, link_id)
    return found is not None and ended(found, now, own=True) is None


def why_ended(db: Session, now: datetime, person_id: UUID, link_id: UUID) -> Ended | None:
    """Why a link that this person opened and has not answered takes no share; None when it does, or they have not."""
    found = _find(db, now, link_id) if _has_opened(db, link_id, person_id) else None
    return ended(found, now, own=True) if found else None


def repeat_request(db: Session, now: datetime, person_id: UUID, link_id: UUID) -> None:
    """Remember the link for the person's next check-in once more."""
    if not _has_opened(db, link_id, person_id):
        store.add_request(db, person_id, link_id, now)


def settle_request(db: Session, now: datetime, person_id: UUID, link_id: UUID, *, shared: bool) -> bool:
    """The person has shared, or said no. False when that was settled already, also at the same moment."""
    of_link = [one.id for one in store.list_requests(db, person_id) if one.link_id == link_id]
    settled = sum(store.delete_request(db, person_id, id) for id in of_link)
    if settled and shared:
        store.count_done(db, link_id)
    return settled > 0


def export_requests(db: Session, now: datetime, person_id: UUID) -> tuple[ShareRequestExport, ...]:
    """All that we hold, for the person's export: also of links that ended meanwhile."""
    opened = ((_find(db, now, one.link_id), one.opened_at) for one in store.list_requests(db, person_id))
    return tuple(ShareRequestExport(clinic=link.clinic if link else "", opened_at=at) for link, at in opened)


def _has_opened(db: Session, link_id: UUID, person_id: UUID | None) -> bool:
    return person_id is not None and any(one.link_id == link_id for one in store.list_requests(db, person_id))


def _find(db: Session, now: datetime, id: UUID) -> NamedLink | None:
    found = store.find_link(db, id)
    return _named(db, now, found) if found else None


def _named(db: Session, now: datetime, link: Link) -> NamedLink:
    sender = find_sender(db, now, link.clinic_id, link.practitioner_id)
    plain = msgspec.structs.asdict(link) | {"sender_left": sender.left}
    return NamedLink(**plain, clinic=sender.clinic, contact=sender.contact, practitioner=sender.practitioner)


def _note(db: Session, now: datetime, by: SignedIn, what: What, about: UUID) -> None:
    note_in_trail(db, now, by.clinic.id, what, by=by.practitioner.id, who=by.practitioner.shown_name, about=about)
