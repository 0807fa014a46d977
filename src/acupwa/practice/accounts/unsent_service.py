"""What was typed when a sign-in had ended. It stays in the page, sealed, until the same practitioner is in again.

Nothing of it is written down before: whoever is not signed in can fill no table of ours.
"""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from acupwa.db.encryption import SealBroken, seal, unseal
from acupwa.db.tokens import hash_token
from acupwa.practice.accounts import unsent_store
from acupwa.practice.accounts.model import Unsent
from acupwa.practice.accounts.way_back import UNSENT_FOR, can_be_kept, form_page, typed_fields
from acupwa.web.forms import FormData


def seal_unsent(db: Session, now: datetime, token: str, path: str, form: FormData) -> tuple[str, bool]:
    """For a hidden field of the sign-in page; empty when there is nothing to keep. And whether it was too much for that.

    `token` is that of the sign-in.
    """
    fields = typed_fields(form.fields)
    if not fields or not can_be_kept(fields):
        return "", bool(fields)
    by = unsent_store.find_owner(db, hash_token(token))
    return seal(db, Unsent(page=form_page(path), fields=fields, practitioner_id=by, at=now)).decode(), False


def carry_over(db: Session, now: datetime, token: str, kept: str) -> str:
    """Keep it for the sign-in with this token; returns the page that will show it.

    Empty when there is none, it is past its hour, or it is another practitioner's.
    """
    signed_in = unsent_store.find_sign_in(db, hash_token(token))
    unsent = _open(db, kept)
    if signed_in is None or unsent is None or unsent.at + UNSENT_FOR <= now:
        return ""
    sign_in_id, practitioner_id = signed_in
    if unsent.practitioner_id not in (None, practitioner_id):
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
