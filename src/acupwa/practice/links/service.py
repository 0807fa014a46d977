"""Links: made, opened, remembered for the next check-in, withdrawn."""

import secrets
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from acupwa.db.tables import new_key
from acupwa.person.codes import ALPHABET
from acupwa.practice.accounts.model import SignedIn
from acupwa.practice.accounts.sign_in_service import count_failure, must_wait
from acupwa.practice.links import store
from acupwa.practice.links.model import AgainIn, Ask, AskedBy, Asking, Ended, Kind, Link
from acupwa.practice.links.rules import CODE_LENGTH, ended, expiry, read_link_code
from acupwa.practice.trail.service import note_in_trail
from acupwa.quiz.model import Variant


def make_link(
    db: Session,
    now: datetime,
    by: SignedIn,
    kind: Kind,
    variant: Variant,
    share_days: int,
    days: int,
    alias: str,
    note: str,
    again: tuple[int, AgainIn] | None = None,
) -> Link:
    """`days` until it ends; 0 for no end. `again`: how many weeks or sessions after a share the patient is asked anew."""
    while True:
        link = Link(
            id=new_key(),
            clinic_id=by.clinic.id,
            practitioner_id=by.practitioner.id,
            code="".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH)),
            kind=kind,
            variant=variant,
            share_days=share_days,
            created_at=now,
            expires_at=expiry(now, days),
            again_every=again[0] if again else None,
            again_in=again[1] if again else None,
            alias=alias,
            note=note,
        )
        if store.add_link(db, link):
            _note(db, now, by, "link-made", link.id)
            return link


def list_links(db: Session, now: datetime, clinic_id: UUID, limit: int, before: UUID | None = None) -> tuple[Link, ...]:
    """The newest first."""
    return store.list_links(db, clinic_id, limit, before)


def get_link(db: Session, now: datetime, clinic_id: UUID, id: UUID) -> Asking | None:
    """A link of this clinic."""
    found = store.get_asking(db, id)
    return found if found and found.link.clinic_id == clinic_id else None


def withdraw_link(db: Session, now: datetime, by: SignedIn, id: UUID) -> bool:
    withdrawn = store.revoke_link(db, by.clinic.id, id, now)
    if withdrawn:
        _note(db, now, by, "link-withdrawn", id)
    return withdrawn


def find_link(
    db: Session, now: datetime, typed: str, address: str, person_id: UUID | None
) -> tuple[Asking, Ended | None] | int | None:
    """Who asks, and why the link has ended if it has. None: no such link. A number: seconds to wait after guesses."""
    wait = must_wait(db, now, address)
    if wait is not None:
        return wait.seconds
    code = read_link_code(typed)
    found = store.find_asking(db, code) if code else None
    if found is None:
        count_failure(db, now, address)
        return None
    return found, ended(found.link, now, own=_is_own(db, found.link, person_id))


def open_link(db: Session, now: datetime, asking: Asking, person_id: UUID) -> bool:
    """Remember it for the person's next check-in. False when a personal link is another's by now."""
    if _is_own(db, asking.link, person_id):
        return True
    if not store.count_opened(db, asking.link):
        return False
    store.add_asked(db, person_id, asking.link.id, now)
    return True


def list_asks(db: Session, now: datetime, person_id: UUID) -> tuple[Ask, ...]:
    """Links that this person opened and has not answered, as far as they still hold. The newest first."""
    asks = []
    for _id, link_id, opened_at in store.list_asked(db, person_id):
        found = store.get_asking(db, link_id)
        if found is not None and ended(found.link, now, own=True) is None:
            asks.append(Ask(asking=found, opened_at=opened_at))
    return tuple(asks)


def still_asks(db: Session, now: datetime, link_id: UUID) -> bool:
    """Whether someone who opened this link may still answer it."""
    found = store.get_asking(db, link_id)
    return found is not None and ended(found.link, now, own=True) in (None, "used")


def ask_again(db: Session, now: datetime, person_id: UUID, link_id: UUID) -> None:
    """Remember the link for the person's next check-in once more."""
    if not any(one == link_id for _id, one, _at in store.list_asked(db, person_id)):
        store.add_asked(db, person_id, link_id, now)


def export_asks(db: Session, now: datetime, person_id: UUID) -> tuple[AskedBy, ...]:
    """All that we hold, for the person's export: also of links that ended meanwhile."""
    found = [(store.get_asking(db, link), at) for _id, link, at in store.list_asked(db, person_id)]
    return tuple(AskedBy(clinic=asking.clinic if asking else "", opened_at=at) for asking, at in found)


def settle_ask(db: Session, now: datetime, person_id: UUID, link_id: UUID, *, shared: bool) -> None:
    """The person has shared, or said no."""
    for id, asked_link, _at in store.list_asked(db, person_id):
        if asked_link == link_id:
            store.delete_asked(db, person_id, id)
    if shared:
        store.count_done(db, link_id)


def _is_own(db: Session, link: Link, person_id: UUID | None) -> bool:
    return person_id is not None and any(one == link.id for _id, one, _at in store.list_asked(db, person_id))


def _note(db: Session, now: datetime, by: SignedIn, what: str, about: UUID) -> None:
    note_in_trail(
        db,
        now,
        by.clinic.id,
        what,  # type: ignore[arg-type]
        by=by.practitioner.id,
        who=by.practitioner.shown_name,
        about=about,
    )
