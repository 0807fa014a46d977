"""Who works here: clinics, invitations, roles, and how an access ends."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import msgspec
from sqlmodel import Session

from acupwa.db.presses import once
from acupwa.db.tokens import hash_token, new_token
from acupwa.practice.accounts import passkey_store, people_store, rules, sign_in_store
from acupwa.practice.accounts.forms import TypedInvitation
from acupwa.practice.accounts.model import Clinic, NewLink, OneTimeKind, Practitioner, Role, Sender, SignedIn
from acupwa.practice.accounts.namesakes import name_fault, told_name
from acupwa.practice.accounts.proof_service import need_proof
from acupwa.practice.accounts.trail_service import note
from acupwa.practice.trail.model import What
from acupwa.practice.trail.removed import removed_account
from acupwa.practice.trail.service import note_in_trail
from acupwa.web.forms import FieldError


def has_accounts(db: Session, now: datetime) -> bool:
    return people_store.count_practitioners(db) > 0


def add_practitioner(
    db: Session,
    now: datetime,
    email: str,
    name: str = "",
    clinic: UUID | str = "",
    role: Role | None = None,
    by: Practitioner | None = None,
) -> str | None:
    """A new account with its invitation; returns the token of the link, shown now or never. None: the address has one
    already, or the name is one that cannot be told from another's (`namesakes`).

    `clinic` is a key, or the name of a new one. The first of a clinic is its owner.
    """  # fmt: skip
    if people_store.find_practitioner(db, email) is not None:
        return None
    clinic_id = clinic if isinstance(clinic, UUID) else _new_clinic(db, now, clinic)
    people_store.hold_clinic(db, clinic_id)
    people = people_store.list_practitioners(db, clinic_id)
    if name_fault(name, email, people) is not None:
        return None
    first = not people
    made = people_store.add_practitioner(db, now, clinic_id, email, name, "owner" if first else role or "practitioner")
    return make_one_time_link(db, now, made, "invitation", by) if made else None


def _new_clinic(db: Session, now: datetime, name: str) -> UUID:
    """Made once, also when two people come to it at the same moment."""

    def make() -> UUID:
        made = people_store.add_clinic(db, now, name)
        note_in_trail(db, now, made.id, "clinic-made")
        return made.id

    return once(db, now, f"clinic {name}", make, UUID)


def invite(
    db: Session, now: datetime, typed: TypedInvitation, by: SignedIn, press: str = ""
) -> tuple[str | None, tuple[Practitioner, ...]]:
    """The token of the invitation, and all people of the clinic. None: there is no such address, it is taken, or the
    name is.

    The same for the same `press` of the button (`db.presses`). Raises ProofNeeded.
    """
    hold_clinic_of(db, now, by)
    who, clinic = by.practitioner, by.clinic.id

    def make() -> str | None:
        return add_practitioner(db, now, typed.email, typed.name, clinic, typed.role, who) if typed.email else None

    token = once(db, now, press, make, str)
    return token, people_store.list_practitioners(db, clinic)


def make_link_again(db: Session, now: datetime, id: UUID, by: SignedIn, press: str = "") -> NewLink | None:
    """A new invitation, or a reset for one who has signed in before. None for whoever does not work in this clinic.

    The same for the same `press` of the button (`db.presses`). Raises ProofNeeded.
    """
    hold_clinic_of(db, now, by)
    people = people_store.list_practitioners(db, by.clinic.id)
    found = next((one for one in people if one.id == id), None)
    if found is None:
        return None
    kind: OneTimeKind = "reset" if found.ready else "invitation"
    token = once(db, now, press, lambda: make_one_time_link(db, now, found, kind, by.practitioner), str)
    return NewLink(practitioner=found, kind=kind, token=token, people=people)


def invite_again(
    db: Session, now: datetime, email: str, kind: OneTimeKind, by: Practitioner | None = None
) -> str | None:
    """A new link in place of the one before; None when nobody has this address, or not in the clinic of `by`."""
    found = people_store.find_practitioner(db, email)
    if found is None or (by is not None and by.clinic_id != found.clinic_id):
        return None
    return make_one_time_link(db, now, found, kind, by)


def set_role(db: Session, now: datetime, email: str, role: Role, of: SignedIn) -> bool:
    """What they may do from now on. False for somebody of another clinic, and for oneself: an owner always stays.

    Raises ProofNeeded.
    """
    hold_clinic_of(db, now, of)
    by = of.practitioner
    found = people_store.find_practitioner(db, email)
    if found is None or not may_change(db, by, found):
        return False
    if people_store.set_role(db, found.id, role):
        note(db, now, found, "role-changed", by, about=found.email)
    return True


def remove_practitioner(db: Session, now: datetime, email: str, of: SignedIn | None = None) -> bool:
    """Ends every access at once. False when there is none, or it is the last owner who would go by their own hand.

    `of` is the owner who does it, None for the operator. Raises ProofNeeded.
    """
    if of is not None:
        hold_clinic_of(db, now, of)
    by = of.practitioner if of else None
    found = people_store.find_practitioner(db, email)
    if found is None or (by is not None and not may_change(db, by, found)):
        return False
    if people_store.remove_practitioner(db, now, found.id):
        note(db, now, found, "removed", by, about=removed_account(found.email, found.id))
    return True


def hold_clinic_of(db: Session, now: datetime, of: SignedIn) -> None:
    """Before an owner changes who may do what. The clinic is held first: two owners never wait for each other.

    Raises ProofNeeded.
    """
    people_store.hold_clinic(db, of.clinic.id)
    need_proof(db, now, of)


def may_change(db: Session, by: Practitioner, found: Practitioner) -> bool:
    """Whether `by` is, at this moment, another owner of their clinic: two who press at once cannot undo each other."""
    people_store.hold_clinic(db, found.clinic_id)
    owner = people_store.find_practitioner_by_id(db, by.id)
    return owner is not None and owner.is_owner and owner.clinic_id == found.clinic_id and owner.id != found.id


def list_clinics(db: Session, now: datetime) -> tuple[Clinic, ...]:
    return people_store.list_clinics(db)


def find_clinic(db: Session, now: datetime, id: UUID) -> Clinic | None:
    return people_store.find_clinic(db, id)


def list_practitioners(db: Session, now: datetime, clinic_id: UUID) -> tuple[Practitioner, ...]:
    return people_store.list_practitioners(db, clinic_id)


def list_everyone(db: Session, now: datetime, clinic_id: UUID) -> tuple[Practitioner, ...]:
    """Also those who were removed."""
    return people_store.list_everyone(db, clinic_id)


def who_left(db: Session, now: datetime, ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of `ids` who work nowhere here any more."""
    return frozenset(id for id in ids if people_store.find_practitioner_by_id(db, id) is None)


def find_sender(db: Session, now: datetime, clinic_id: UUID, practitioner_id: UUID) -> Sender:
    return people_store.find_sender(db, clinic_id, practitioner_id)


def save_clinic(db: Session, now: datetime, clinic: Clinic, of: SignedIn) -> bool:
    """Whoever is in by less than the clinic now asks for is half in from then on. False when the owner who asks for a
    second factor has none. Raises ProofNeeded where that changes.
    """
    asks = clinic.second_factor and not of.clinic.second_factor
    if clinic.second_factor != of.clinic.second_factor:
        need_proof(db, now, of)
    if asks and not (of.practitioner.by_app or passkey_store.list_passkeys(db, of.practitioner.id)):
        return False
    if people_store.save_clinic(db, clinic):
        what: What = "clinic-changed" if clinic.second_factor == of.clinic.second_factor else "clinic-second-factor"
        note(db, now, of.practitioner, what, of.practitioner)
    if asks:
        sign_in_store.ask_second(db, clinic.id)
    return True


def find_told_name(db: Session, now: datetime, who: Practitioner) -> str:
    """How they are told apart from everybody else of their clinic."""
    return told_name(who, people_store.list_practitioners(db, who.clinic_id))


def find_name_fault(db: Session, now: datetime, who: Practitioner, name: str) -> FieldError | None:
    """Why they cannot go by this name in their clinic. Until the end of this transaction nobody else takes it."""
    people_store.hold_clinic(db, who.clinic_id)
    return name_fault(name, who.email, people_store.list_practitioners(db, who.clinic_id))


def save_name(db: Session, now: datetime, who: Practitioner, name: str) -> FieldError | None:
    """What is wrong with it, also when it is taken at the same moment; None once it is theirs."""
    fault = find_name_fault(db, now, who, name)
    before = people_store.find_practitioner_by_id(db, who.id)
    if fault is None and before is not None and before.name != name:
        people_store.set_name(db, who.id, name)
        after = msgspec.structs.replace(before, name=name)
        note(db, now, who, "name-changed", after, about=f"{before.shown_name[:100]} → {after.shown_name[:80]}")
    return fault


def change_name(db: Session, now: datetime, of: SignedIn, name: str) -> FieldError | None:
    """The same for whoever changes their own. Raises ProofNeeded where it is another one."""
    if name != of.practitioner.name:
        hold_clinic_of(db, now, of)
    return save_name(db, now, of.practitioner, name)


def forgotten_hash(token: str) -> bytes:
    """By what the token of a link that was asked for by mail is found again: so it is told from one of an owner."""
    return hash_token(f"forgotten {token}")


def make_one_time_link(
    db: Session, now: datetime, who: Practitioner, kind: OneTimeKind, by: Practitioner | None
) -> str:
    """The token of a new link, in place of an earlier one: of resets there is one, whoever asked for it."""
    kept: OneTimeKind = "reset" if kind == "forgotten" else kind
    while True:
        token = new_token()
        token_hash = forgotten_hash(token) if kind == "forgotten" else hash_token(token)
        # Another one made at the same moment is in the way once, and gives way the second time.
        if sign_in_store.add_one_time(db, now, who.id, kept, token_hash, now + rules.LASTS[kind]):
            break
    note(db, now, who, "invited" if kind == "invitation" else "reset-made", by, about=who.email)
    return token
