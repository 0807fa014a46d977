"""Views for a doctor: made, opened by address and code, ended."""

from collections.abc import Collection
from datetime import datetime
from hmac import compare_digest
from uuid import UUID

from sqlmodel import Session

from acupwa.db.attempts import Attempts, Wait, place_limits
from acupwa.db.encryption import fingerprints
from acupwa.db.tables import new_key
from acupwa.db.tokens import hash_token, new_token, token_from
from acupwa.library.model import Library
from acupwa.person.codes import code_letters
from acupwa.person.service import find_zone, one_at_a_time
from acupwa.practice.sharing.shares.preview import chosen, fingerprint, keys_of, parts_of
from acupwa.practice.sharing.views import store
from acupwa.practice.sharing.views.model import CodeFault, DoctorView, ViewCopy, ViewKeys, ViewPreview
from acupwa.practice.sharing.views.rules import (
    CODE_LENGTH,
    LASTS,
    MOST_VIEWS,
    MOST_WRONG,
    TRIES_BY_PLACE,
    TRIES_WITHIN,
    is_open,
    read_view_code,
)
from acupwa.quiz.retired_answers import known_check_in
from acupwa.results.service import find_history
from acupwa.zones import localised

_TRIES = Attempts("view", TRIES_WITHIN)
# Of what a page sends with a press: 256 bits. Whoever sends less gets keys that rest on none of it.
_SECRET_LENGTH = 43


def find_preview(
    db: Session, now: datetime, person_id: UUID, check_in_id: UUID, library: Library
) -> ViewPreview | None:
    """None when it is not theirs, or not finished."""
    zone = find_zone(db, now, person_id)
    found = localised(find_history(db, now, person_id, check_in_id), zone)
    if found is None or found.check_in.finished_at is None:
        return None
    check_in = known_check_in(found.check_in, library)
    parts = parts_of(check_in, known_check_in(found.previous, library) if found.previous else None, library)
    copy = ViewCopy(answered_at=found.check_in.finished_at, parts=parts, zone=zone or "UTC")
    full = store.count_of_person(db, person_id) >= MOST_VIEWS
    return ViewPreview(check_in_id=check_in_id, copy=copy, full=full)


@one_at_a_time
def make_view(
    db: Session, now: datetime, person_id: UUID, preview: ViewPreview, keys: Collection[str], seen: str, press: str
) -> ViewKeys | None:
    """What is ticked, for a doctor to see. The same press gives the same keys, for as long as they are those that open.

    None when nothing is ticked, when the answers are others than those `seen`, and when there is no room for one more.
    """
    secret = press if len(press) >= _SECRET_LENGTH else new_token()
    address = token_from(secret, f"view address {person_id} {preview.check_in_id}")
    code = _code(secret, f"view code {person_id} {preview.check_in_id}")
    made = store.find_by_address(db, hash_token(address))
    if made:
        view, code_hash = made
        return ViewKeys(view=view, code=code, address=address) if _opens(db, view, code, code_hash) else None
    parts = chosen(preview.copy.parts, keys)
    known = set(keys) <= keys_of(preview.copy.parts) and fingerprint(preview.copy.parts) == seen
    if not parts or not known or store.count_of_person(db, person_id) >= MOST_VIEWS:
        return None
    copy = ViewCopy(answered_at=preview.copy.answered_at, parts=parts, zone=preview.copy.zone)
    view = DoctorView(id=new_key(), created_at=now, ends_at=now + LASTS, ended_at=None, wrong=0, copy=copy)
    code_hash = _code_hashes(db, view.id, code)[0]
    store.add_view(db, person_id, preview.check_in_id, view, hash_token(address), code_hash)
    return ViewKeys(view=view, code=code, address=address)


@one_at_a_time
def make_code(db: Session, now: datetime, person_id: UUID, id: UUID, press: str) -> ViewKeys | None:
    """A new code in place of the one before, which opens nothing more; wrong ones count anew."""
    secret = press if len(press) >= _SECRET_LENGTH else new_token()
    code = _code(secret, f"view new code {person_id} {id}")
    view = store.find_of_person(db, person_id, id)
    if view is None or not store.put_code(db, person_id, id, _code_hashes(db, id, code)[0]):
        return None
    return ViewKeys(view=view, code=code)


def list_own(db: Session, now: datetime, person_id: UUID) -> tuple[DoctorView, ...]:
    return store.list_of_person(db, person_id)


def find_own(db: Session, now: datetime, person_id: UUID, id: UUID) -> DoctorView | None:
    return store.find_of_person(db, person_id, id)


def end_view(db: Session, now: datetime, person_id: UUID, id: UUID) -> None:
    """From this moment nobody sees it. When it was looked at stays until its time is over."""
    store.end_view(db, person_id, id, now)


def may_be_opened(db: Session, now: datetime, address: str) -> bool:
    """Whether there is something behind this address. This is no look."""
    found = store.find_by_address(db, hash_token(address))
    return found is not None and is_open(found[0], now)


def look(db: Session, now: datetime, address: str, typed: str, place: str) -> DoctorView | Wait | CodeFault | None:
    """The view, and that it was looked at. A `wrong` code counts, an `unreadable` one does not; None when there is nothing
    to see at this address, or not any more.
    """
    found = store.find_by_address(db, hash_token(address))
    if found is None or not is_open(found[0], now):
        return None
    code, (view, code_hash) = read_view_code(typed), found
    if code is None:
        return "unreadable"
    if not store.book_try(db, view.id, MOST_WRONG):
        return None
    if _opens(db, view, code, code_hash):
        store.add_look(db, view.id, now)
        return view
    return _TRIES.book(db, now, place_limits(db, "view from", place, TRIES_BY_PLACE)).wait or "wrong"


def forget_views(db: Session, now: datetime) -> int:
    """Those whose time is over; returns how many."""
    return store.delete_past(db, now)


def _code(secret: str, purpose: str) -> str:
    return code_letters(hash_token(token_from(secret, purpose)))[:CODE_LENGTH]


def _code_hashes(db: Session, id: UUID, code: str) -> tuple[bytes, ...]:
    return fingerprints(db, "view code", f"{id} {code}")


def _opens(db: Session, view: DoctorView, code: str, code_hash: bytes) -> bool:
    return any(compare_digest(one, code_hash) for one in _code_hashes(db, view.id, code))
