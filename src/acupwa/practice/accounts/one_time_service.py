"""One-time links: an invitation, or a new password."""

from collections.abc import Collection
from datetime import datetime

import msgspec
from sqlmodel import Session

from acupwa.db.attempts import Attempts, Limit, Wait, place_limits
from acupwa.db.encryption import fingerprints
from acupwa.db.tokens import hash_token
from acupwa.practice.accounts import passkey_store, people_store, rules, sign_in_store
from acupwa.practice.accounts.model import (
    How,
    NewSignIn,
    OneTime,
    OneTimeKind,
    Practitioner,
    ResetLink,
    Unusable,
    WaysIn,
)
from acupwa.practice.accounts.people_service import (
    find_clinic,
    find_name_fault,
    forgotten_hash,
    make_one_time_link,
    save_name,
)
from acupwa.practice.accounts.sign_in_service import sign_in
from acupwa.practice.accounts.trail_service import note
from acupwa.practice.accounts.welcome_rules import lacks_second
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
    return ResetLink(found, clinic, make_one_time_link(db, now, found, "forgotten", None))


def find_one_time_link(db: Session, now: datetime, token: str) -> OneTime | None:
    """Whose invitation or reset this is. Looking at it does not use it."""
    found = sign_in_store.find_one_time(db, (hash_token(token),), _LINKS, now)
    by_mail = None if found else sign_in_store.find_one_time(db, (forgotten_hash(token),), _LINKS, now)
    return msgspec.structs.replace(by_mail, kind="forgotten") if by_mail else found


def find_ways_in(db: Session, now: datetime, of: OneTime) -> WaysIn:
    """What else opens the account, and ends when the link is used."""
    id = of.practitioner.id
    sign_ins = sign_in_store.count_sign_ins(db, id, now - rules.SIGN_IN_LASTS, now - rules.SIGN_IN_IDLE)
    return WaysIn(passkeys=passkey_store.list_passkeys(db, id), sign_ins=sign_ins)


def why_unusable(db: Session, now: datetime, token: str) -> Unusable | None:
    """Why a link opens no more, as far as it is known."""
    both = (hash_token(token), forgotten_hash(token))
    return next((why for one in both if (why := sign_in_store.why_unusable(db, now, one))), None)


def use_one_time_link(
    db: Session, now: datetime, token: str, name: str, password_hash: str, old_token: str, browser: str,
    zone: str | None = None, keep: Collection[str] = (),
) -> NewSignIn | FieldError | None:  # fmt: skip
    """Set the password, end every other way in, sign in. None: used, or past its time. What is wrong with the name: then
    nothing was done, and the link is not used.

    The passkeys to `keep` stay; whoever had a way in that is not theirs has none any more. `zone` is that of the
    browser; the clinic of an owner takes it over where it has none yet.
    """
    found = find_one_time_link(db, now, token)
    fault = find_name_fault(db, now, found.practitioner, name) if found else None
    if fault is not None:
        return fault
    if found is None or lacks_second(found, find_ways_in(db, now, found), keep):
        return None
    if not sign_in_store.use_one_time(db, now, (hash_token(token), forgotten_hash(token))):
        return None
    who = found.practitioner
    if name:
        save_name(db, now, who, name)
        who = msgspec.structs.replace(who, name=name)
    _end_ways_in(db, now, who, keep)
    people_store.set_password(db, who.id, password_hash)
    if zone and who.is_owner:
        people_store.set_first_zone(db, who.clinic_id, zone)
    note(db, now, who, "password-set", who)
    how: How = "invitation" if found.kind == "invitation" else "reset"
    return sign_in(db, now, who, how, old_token, browser)


def _end_ways_in(db: Session, now: datetime, who: Practitioner, keep: Collection[str]) -> None:
    """Whoever is just adding a passkey has done so before, or finds the question for it gone."""
    people_store.hold_practitioner(db, who.id)
    passkey_store.delete_challenges_of(db, who.id)
    sign_in_store.use_one_times_of(db, now, who.id)
    if sign_in_store.end_other_sign_ins(db, now, who.id, None):
        note(db, now, who, "sign-in-ended", who)
    for passkey in passkey_store.list_passkeys(db, who.id):
        if str(passkey.id) not in keep and passkey_store.delete_passkey(db, who.id, passkey.id):
            note(db, now, who, "passkeys-dropped", who, about=passkey.name)
