"""The first account of a server: made at an address that only whoever started it was shown."""

from datetime import datetime

from sqlmodel import Session

from acupwa.db.attempts import Attempts, Wait, place_limits
from acupwa.db.locks import run_alone
from acupwa.db.tokens import hash_token, new_token
from acupwa.practice.accounts import first_store, people_store, rules
from acupwa.practice.accounts.model import NewSignIn, TypedFirst
from acupwa.practice.accounts.people_service import add_practitioner, has_accounts
from acupwa.practice.accounts.sign_in_service import sign_in
from acupwa.practice.accounts.sign_in_store import use_one_times_of
from acupwa.practice.accounts.trail_service import note
from acupwa.web.forms import FieldError
from acupwa.wording import gettext as _

_TRIES = Attempts("first-run", rules.TRIES_WITHIN)
_ALONE = "first run"


def make_first(db: Session, now: datetime) -> str | None:
    """The token of a new address in place of the one before; None where somebody has an account."""
    run_alone(db, _ALONE)
    if has_accounts(db, now):
        first_store.end_first(db)
        return None
    token = new_token()
    first_store.replace_first(db, now, hash_token(token))
    return token


def is_open(db: Session, now: datetime, token: str) -> bool:
    """Whether the first account is made with this token. Any page can make a browser look: looking counts nothing."""
    return not has_accounts(db, now) and first_store.is_first(db, hash_token(token))


def count_wrong(db: Session, now: datetime, address: str) -> Wait | None:
    """Somebody sent the form of an address that is none."""
    return _TRIES.book(db, now, place_limits(db, "first run from", address, rules.TRIES_OF_CODES)).wait


def make_first_account(
    db: Session, now: datetime, token: str, typed: TypedFirst, password_hash: str, old_token: str, browser: str
) -> NewSignIn | FieldError | None:
    """The clinic and its owner, signed in. None: somebody has an account by now. What is wrong with what was typed: then
    nothing was done, and the address is not used up.
    """
    run_alone(db, _ALONE)
    if not is_open(db, now, token):
        return None
    if any(one.name == typed.clinic for one in people_store.list_clinics(db)):
        return FieldError("clinic", _("A clinic of this name was here before. Choose another name."))
    if not first_store.use_first(db, hash_token(token)):
        return None
    add_practitioner(db, now, typed.email, typed.name, typed.clinic)
    who = people_store.find_practitioner(db, typed.email)
    if who is None:
        return None
    use_one_times_of(db, now, who.id)
    people_store.set_password(db, who.id, password_hash)
    if typed.time_zone:
        people_store.set_first_zone(db, who.clinic_id, typed.time_zone)
    note(db, now, who, "password-set", who)
    return sign_in(db, now, who, "invitation", old_token, browser)
