"""The second factor: set up, shown after the password, taken off."""

import secrets
from datetime import datetime
from uuid import UUID

import msgspec
from sqlmodel import Session

from acupwa.db.attempts import Attempts, Limit, Wait, place_limits
from acupwa.db.encryption import SealBroken, fingerprints, seal, unseal
from acupwa.db.tokens import hash_token, new_token
from acupwa.practice.accounts import passkey_store, people_store, rules, second_factor_store, sign_in_store
from acupwa.practice.accounts.known_device_service import device_of, new_device
from acupwa.practice.accounts.model import AppOffer, HalfIn, NewSignIn, Practitioner, SignedIn, WrongTry
from acupwa.practice.accounts.people_service import hold_clinic_of, may_change
from acupwa.practice.accounts.proof_service import keep_proof, need_proof
from acupwa.practice.accounts.second_factor import SECRET_BYTES, fitting_step
from acupwa.practice.accounts.trail_service import note

_TRIES = Attempts("second-factor", rules.TRIES_WITHIN)


class _Offer(msgspec.Struct, frozen=True):
    practitioner_id: UUID
    secret: bytes
    at: datetime


def find_half_in(db: Session, now: datetime, token: str) -> HalfIn | None:
    """Whoever has given a password with this token and has still to show more."""
    if not token:
        return None
    found = sign_in_store.find_half_in(db, hash_token(token), now - rules.HALF_IN_LASTS)
    asked = found is not None and (found.practitioner.by_app or found.clinic.second_factor)
    return found if asked else None


def offer_app(db: Session, now: datetime, practitioner_id: UUID) -> AppOffer:
    """A new secret. It counts once a code of it was typed."""
    secret = secrets.token_bytes(SECRET_BYTES)
    return AppOffer(secret=secret, sealed=seal(db, _Offer(practitioner_id, secret, now)).decode())


def open_offer(db: Session, now: datetime, practitioner_id: UUID, sealed: str) -> AppOffer | None:
    """What was offered to them; None when it is not ours or not theirs, or is past its time."""
    try:
        offer = unseal(db, sealed.encode(), _Offer) if sealed else None
    except SealBroken:
        return None
    if offer is None or offer.practitioner_id != practitioner_id or offer.at + rules.OFFER_LASTS <= now:
        return None
    return AppOffer(secret=offer.secret, sealed=sealed)


def set_up_app(db: Session, now: datetime, of: SignedIn, offer: AppOffer, code: str) -> bool:
    """From now on it is asked for. Every other sign-in ends. False when the code is not of it. Raises ProofNeeded."""
    need_proof(db, now, of)
    step = fitting_step(offer.secret, code, now, None)
    if step is None:
        return False
    _put_app(db, now, of.practitioner, offer, step, of.sign_in_id)
    return True


def take_off_app(db: Session, now: datetime, of: SignedIn) -> bool:
    """False when the clinic asks for it and there is no passkey in its place. Raises ProofNeeded."""
    need_proof(db, now, of)
    if of.clinic.second_factor and not passkey_store.list_passkeys(db, of.practitioner.id):
        return False
    if second_factor_store.delete_app(db, of.practitioner.id):
        note(db, now, of.practitioner, "second-factor-off", of.practitioner)
    return True


def take_off_app_of(db: Session, now: datetime, email: str, by: SignedIn | None = None) -> bool:
    """For whoever lost their phone: by another owner of the clinic, or by the operator. They are signed out everywhere,
    as the phone may be with somebody else. False when there is nothing to take off. Raises ProofNeeded.
    """
    if by is not None:
        hold_clinic_of(db, now, by)
    found = people_store.find_practitioner(db, email)
    if found is None or (by is not None and not may_change(db, by.practitioner, found)):
        return False
    if not second_factor_store.delete_app(db, found.id):
        return False
    sign_in_store.end_other_sign_ins(db, now, found.id, None)
    note(db, now, found, "second-factor-off", by.practitioner if by else None, about=found.email)
    return True


def show_second(
    db: Session, now: datetime, half: HalfIn, code: str, device: str, address: str
) -> NewSignIn | Wait | WrongTry:
    """All in, when the code is of their app and was not used before."""
    limits = _limits(db, half, device, address)
    booked = _TRIES.book(db, now, limits)
    if booked.wait:
        return booked.wait
    if not use_app_code(db, now, half.practitioner.id, code):
        if _TRIES.count(db, now, limits[0].subject) == rules.TRIES_OF_APP:
            note(db, now, half.practitioner, "sign-in-slowed", None, about=half.practitioner.email)
        return WrongTry()
    _TRIES.take_back(db, booked.subjects)
    return complete(db, now, half)


def prove_by_app(db: Session, now: datetime, of: SignedIn, code: str) -> Wait | WrongTry | None:
    """None when it is a code of their app: this sign-in has shown who it is."""
    own = Limit(subject=fingerprints(db, "second factor", f"own {of.practitioner.id}")[0], most=rules.TRIES_OF_APP)
    booked = _TRIES.book(db, now, [own])
    if booked.wait:
        return booked.wait
    if not use_app_code(db, now, of.practitioner.id, code):
        return WrongTry()
    _TRIES.take_back(db, booked.subjects)
    keep_proof(db, now, of)
    return None


def set_up_at_the_door(db: Session, now: datetime, half: HalfIn, offer: AppOffer, code: str) -> NewSignIn | WrongTry:
    """The clinic asks for a second factor, and they have none yet: with the first code they are in."""
    people_store.hold_practitioner(db, half.practitioner.id)
    step = fitting_step(offer.secret, code, now, None)
    has_one = second_factor_store.find_app(db, half.practitioner.id) or passkey_store.list_passkeys(
        db, half.practitioner.id
    )
    if step is None or has_one:
        return WrongTry()
    _put_app(db, now, half.practitioner, offer, step, half.sign_in_id)
    return complete(db, now, half)


def complete(db: Session, now: datetime, half: HalfIn) -> NewSignIn | WrongTry:
    token, who = new_token(), half.practitioner
    if not sign_in_store.complete_sign_in(db, now, half.sign_in_id, hash_token(token)):
        return WrongTry()
    note(db, now, who, "signed-in", who, about="second-factor")
    return NewSignIn(token, new_device(db, who.id))


def end_half_in(db: Session, now: datetime, half: HalfIn) -> None:
    sign_in_store.end_sign_in(db, now, half.practitioner.id, half.sign_in_id)


def use_app_code(db: Session, now: datetime, practitioner_id: UUID, code: str) -> bool:
    """Whether it is a code of their app that was not used before; from now on it is."""
    found = second_factor_store.find_app(db, practitioner_id)
    step = fitting_step(found[0], code, now, found[1]) if found and code else None
    return step is not None and second_factor_store.use_step(db, practitioner_id, step)


def _put_app(db: Session, now: datetime, who: Practitioner, offer: AppOffer, step: int, sign_in_id: UUID) -> None:
    second_factor_store.put_app(db, who.id, offer.secret, step)
    sign_in_store.end_other_sign_ins(db, now, who.id, sign_in_id)
    sign_in_store.use_one_times_of(db, now, who.id)
    note(db, now, who, "second-factor-set", who)


def _limits(db: Session, half: HalfIn, device: str, address: str) -> tuple[Limit, ...]:
    """This sign-in's own; and of the browser, where they were in before, or of the place and of all. Who knows the
    password alone cannot keep out whoever has signed in before.
    """
    who = half.practitioner.id
    own = Limit(subject=fingerprints(db, "second factor", f"of {half.sign_in_id}")[0], most=rules.TRIES_OF_APP)
    known = device_of(db, device, who)
    if known:
        return (own, Limit(subject=known, most=rules.TRIES_OF_APP))
    everywhere = Limit(subject=fingerprints(db, "second factor", f"all {who}")[0], most=rules.TRIES_OF_APP_IN_ALL)
    return (own, everywhere, *place_limits(db, "second factor from", address, rules.TRIES_OF_APP, f"{who} "))
