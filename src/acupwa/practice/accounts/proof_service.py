"""Who is at the keyboard, before a way in changes: a sign-in that lies open is not enough."""

from datetime import datetime

from sqlmodel import Session

from acupwa.practice.accounts import people_store, rules, sign_in_store
from acupwa.practice.accounts.model import PasswordTry, SignedIn
from acupwa.practice.accounts.password_tries_service import take_back
from acupwa.practice.accounts.trail_service import note


class ProofNeeded(Exception):
    """This sign-in has not shown for five minutes who it is. Nothing was done; the page that asks comes instead."""


def need_proof(db: Session, now: datetime, of: SignedIn) -> None:
    """Raises ProofNeeded unless this sign-in has just shown who it is, and still is one.

    Whoever else changes the ways in of this person comes after this transaction, and reads what it wrote.
    """
    people_store.hold_practitioner(db, of.practitioner.id)
    look_proof(db, now, of)


def look_proof(db: Session, now: datetime, of: SignedIn) -> None:
    """The same for a page that only asks. Raises ProofNeeded."""
    proved_at = sign_in_store.find_proved_at(db, of.sign_in_id)
    if proved_at is None or proved_at + rules.PROOF_LASTS < now:
        raise ProofNeeded


def prove_by_password(db: Session, now: datetime, of: SignedIn, tried: PasswordTry) -> None:
    """It was the right one."""
    take_back(db, now, tried)
    keep_proof(db, now, of)


def keep_proof(db: Session, now: datetime, of: SignedIn) -> None:
    """This sign-in has just shown who it is."""
    sign_in_store.set_proved(db, now, of.sign_in_id)
    note(db, now, of.practitioner, "proved", of.practitioner)
