"""One-time links: an invitation, or a new password."""

from datetime import datetime

import msgspec
from sqlmodel import Session

from acupwa.db.attempts import Attempts, Limit, Wait, place_limits
from acupwa.db.encryption import fingerprints
from acupwa.db.tokens import hash_token
from acupwa.practice.accounts import people_store, rules, sign_in_store
from acupwa.practice.accounts.model import How, NewSignIn, OneTime, OneTimeKind, ResetLink, Unusable
from acupwa.practice.accounts.people_service import find_clinic, find_name_fault, make_one_time_link, save_name
from acupwa.practice.accounts.sign_in_service import sign_in
from acupwa.practice.accounts.trail_service import note
from acupwa.web.forms import FieldError

_ASKED = Attempts("reset-mail", rules.TRIES_WITHIN)
_LINKS: tuple[OneTimeKind, ...] = ("invitation", "reset")


def ask_reset(db: Session, now: datetime, email: str, address: str) -> ResetLink | Wait | None:
    """A new link for whoever has this address; None when nobody has it, or got enough of them."""
    of_name = Limit(subject=fingerprints(db, "reset asked", f"name {email}")[0], most=rules.RESETS_BY_MAIL)
    booked = _ASKED.book(db, now, place_limits(db, "reset asked", address, rules.RESETS_FROM_PLACE))
    if booked.wait is not None:
        return booked.wait
    enough = _ASKED.book(db, now, [of_name]).wait is not None
    found = people_store.find_practitioner(db, email)
    clinic = find_clinic(db, now, found.clinic_id) if found else None
    if found is None or clinic is None or enough:
        return None
    return ResetLink(found, clinic, make_one_time_link(db, now, found, "reset", None))


def find_one_time_link(db: Session, now: datetime, token: str) -> OneTime | None:
    """Whose invitation or reset this is. Looking at it does not use it."""
    return sign_in_store.find_one_time(db, (hash_token(token),), _LINKS, now)


def why_unusable(db: Session, now: datetime, token: str) -> Unusable | None:
    """Why a link opens no more, as far as it is known."""
    return sign_in_store.why_unusable(db, now, hash_token(token))


def use_one_time_link(
    db: Session, now: datetime, token: str, name: str, password_hash: str, old_token: str, browser: str,
    zone: str | None = None,
) -> NewSignIn | FieldError | None:  # fmt: skip
    """Set the password, end all other sign-ins, sign in. None: used, or past its time. What is wrong with the name: then
    nothing was done, and the link is not used.

    `zone` is that of the browser; the clinic of an owner takes it over where it has none yet.
    """
    found = sign_in_store.find_one_time(db, (hash_token(token),), _LINKS, now)
    fault = find_name_fault(db, now, found.practitioner, name) if found else None
    if fault is not None:
        return fault
    if found is None or not sign_in_store.use_one_time(db, now, (hash_token(token),)):
        return None
    who = found.practitioner
    if name:
        save_name(db, now, who, name)
        who = msgspec.structs.replace(who, name=name)
    sign_in_store.use_one_times_of(db, now, who.id)
    sign_in_store.end_other_sign_ins(db, now, who.id, None)
    people_store.set_password(db, who.id, password_hash)
    if zone and who.is_owner:
        people_store.set_first_zone(db, who.clinic_id, zone)
    note(db, now, who, "password-set", who)
    how: How = "invitation" if found.kind == "invitation" else "reset"
    return sign_in(db, now, who, how, old_token, browser)
