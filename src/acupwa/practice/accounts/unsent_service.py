"""What was typed when a sign-in had ended. It stays in the page, sealed, until the same practitioner is in again.

Nothing of it is written down before: whoever is not signed in can fill no table of ours.
"""

from datetime import datetime
from uuid import UUID

import msgspec
from sqlmodel import Session

from acupwa.db.encryption import KeyRing, SealBroken, seal, unseal
from acupwa.db.tokens import hash_token
from acupwa.practice.accounts import people_store, unsent_store
from acupwa.practice.accounts.model import Unsent, WayBack
from acupwa.practice.accounts.way_back import (
    UNSENT_FOR,
    can_be_kept,
    form_page,
    maker_of,
    own_page,
    typed_fields,
    words_typed,
)
from acupwa.web.forms import FormData


def keep_unsent(db: Session, now: datetime, token: str, path: str, form: FormData, *, another: bool = False) -> WayBack:
    """The way back to the page of the form that was sent to `path`; what was typed is sealed, for a hidden field.

    It is kept for whoever the page was made for; where the form does not say, for whom `token` signed in. Where that is
    nobody of ours, or it is too much, it goes back to the page to be copied.
    """
    fields, page = typed_fields(form.fields), form_page(path)
    back = WayBack(next=own_page(page), another=another)
    if not fields:
        return back
    owner = _owner(db, token, form)
    if owner is None or not can_be_kept(fields):
        return msgspec.structs.replace(back, typed=words_typed(form), too_long=owner is not None)
    unsent = Unsent(page=page, fields=fields, practitioner_id=owner, at=now)
    return msgspec.structs.replace(back, kept=seal(db, unsent).decode())


def keep_for_proof(keys: KeyRing, now: datetime, practitioner_id: UUID, page: str, form: FormData) -> WayBack:
    """The way back to this page of theirs, with what was typed there, sealed."""
    fields, back = typed_fields(form.fields), WayBack(next=own_page(page))
    if not fields or form_page(page) != page or not can_be_kept(fields):
        return back
    unsent = Unsent(page=page, fields=fields, practitioner_id=practitioner_id, at=now)
    return msgspec.structs.replace(back, kept=keys.seal(unsent).decode())


def _owner(db: Session, token: str, form: FormData) -> UUID | None:
    if not form.one("whose"):
        return unsent_store.find_owner(db, hash_token(token))
    maker = maker_of(form)
    found = people_store.find_practitioner_by_id(db, maker) if maker else None
    return found.id if found else None


def carry_over(db: Session, now: datetime, token: str, kept: str) -> str:
    """Keep it for the sign-in with this token; returns the page that will show it.

    Empty when there is none, it is past its hour, or it is another practitioner's.
    """
    signed_in = unsent_store.find_sign_in(db, hash_token(token))
    unsent = _open(db, kept)
    if signed_in is None or unsent is None or unsent.at + UNSENT_FOR <= now:
        return ""
    sign_in_id, practitioner_id = signed_in
    if unsent.practitioner_id != practitioner_id:
        return ""
    unsent_store.put(db, now, sign_in_id, unsent)
    return unsent.page


def find_unsent(db: Session, now: datetime, sign_in_id: UUID, page: str) -> FormData | None:
    """What was typed in the form of this page."""
    found = unsent_store.find(db, sign_in_id, now - UNSENT_FOR)
    if found is None or found.page != page:
        return None
    return FormData((name, value) for name, values in found.fields.items() for value in values)


def drop_unsent(db: Session, now: datetime, sign_in_id: UUID, page: str) -> None:
    """Its form was sent again: from now on what was saved stands there."""
    if find_unsent(db, now, sign_in_id, page) is not None:
        unsent_store.delete_of(db, sign_in_id)


def _open(db: Session, kept: str) -> Unsent | None:
    try:
        return unseal(db, kept.encode(), Unsent) if kept else None
    except SealBroken:
        return None
