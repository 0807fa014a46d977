"""`acupwa practitioner …`: the first account, and what the operator can do for the others."""

from collections.abc import Callable, Sequence

import acupwa.operate.tables  # noqa: F401 - a removed account takes rows of other tables along
from acupwa.db.encryption import KeyRing
from acupwa.db.engine import make_engine
from acupwa.db.migrate import upgrade
from acupwa.db.work import Work
from acupwa.practice.accounts import people_service, second_factor_service
from acupwa.practice.accounts.model import Clinic
from acupwa.practice.accounts.namesakes import name_fault, read_alike
from acupwa.practice.accounts.rules import NAME_LENGTH, read_email
from acupwa.settings import Settings
from acupwa.web.text import one_line, short_line

Ask = Callable[[str], bool]


class AccountFault(Exception):
    """One line for the operator."""


class ClinicNotNamed(AccountFault):
    """Nobody said into which clinic: a stranger in the wrong one could open what its patients share."""


def practitioner(
    settings: Settings, action: str, typed: str, name: str = "", clinic: str = "", ask: Ask | None = None
) -> str:
    """Do `action` for one address; returns the lines to print. `ask` is whoever sits at the terminal; None: nobody does.

    Raises AccountFault.
    """
    email = read_email(typed)
    if email is None:
        raise AccountFault(f"{short_line(typed, 200)}: is not an e-mail address")
    name, clinic = one_line(name), one_line(clinic)
    for words in (name, clinic):
        if len(words) > NAME_LENGTH:
            raise AccountFault(f"{words[:NAME_LENGTH]}…: use {NAME_LENGTH} characters or fewer")
    engine = make_engine(settings.database_url)
    upgrade(engine)
    work = Work(engine, KeyRing(settings.secret_keys))
    try:
        return _act(work, settings, action, email, name, clinic, ask)
    finally:
        work.close()


def _act(work: Work, settings: Settings, action: str, email: str, name: str, clinic: str, ask: Ask | None) -> str:
    token: str | None
    told = ""
    match action:
        case "add":
            token, told = _add(work, email, name, clinic, ask)
        case "remove":
            if not work.run(people_service.remove_practitioner, email):
                raise AccountFault(f"{email}: nobody has this address")
            return f"{email}: removed, and signed out everywhere"
        case _:
            if action == "reset-lost-phone":
                work.run(second_factor_service.take_off_app_of, email)
            token = work.run(people_service.invite_again, email, "invitation" if action == "invite" else "reset")
            if token is None:
                raise AccountFault(f"{email}: nobody has this address; `acupwa practitioner add` makes an account")
    origin = settings.public_url or f"http://localhost:{settings.port}"
    days = "seven days" if action in ("add", "invite") else "one day"
    said = f"{told}\n" if told else ""
    return f"{said}{origin}/practice/welcome/{token}\nThis link works once, for {days}. Give it to {email} alone."


def _add(work: Work, email: str, name: str, clinic: str, ask: Ask | None) -> tuple[str, str]:
    """The token, and a line that says which clinic it is, and what they may do there."""
    clinics = work.run_read(people_service.list_clinics)
    if any(one.email == email for of in clinics for one in work.run_read(people_service.list_practitioners, of.id)):
        raise AccountFault(f"{email}: has an account already; `acupwa practitioner reset` makes a new link")
    found = _joined(clinics, email, clinic, ask)
    people = work.run_read(people_service.list_practitioners, found.id) if found else ()
    clinic = found.name if found else clinic or "Our clinic"
    token = work.run(people_service.add_practitioner, email, name, found.id if found else clinic)
    fault = name_fault(name, email, people)
    if token is None and fault is not None:
        raise AccountFault(f"--name {name}: {fault.message}")
    if token is None:
        raise AccountFault(f"{email}: has an account already; `acupwa practitioner reset` makes a new link")
    return token, f"{email}: {'practitioner' if people else 'owner'} of {clinic}{'' if found else ', a new clinic'}"


def _joined(clinics: Sequence[Clinic], email: str, name: str, ask: Ask | None) -> Clinic | None:
    """The clinic that they come into: one that was named exactly, or that somebody at a terminal said yes to. None: a new
    one. Raises ClinicNotNamed.
    """
    exact = next((one for one in clinics if one.name == name), None)
    meant = [one for one in clinics if not name or read_alike(one.name, name)]
    if exact or not meant:
        return exact
    if len(meant) == 1 and ask and ask(f"Add {email} to the clinic {meant[0].name}, which is here already?"):
        return meant[0]
    told = ", ".join(one.name for one in meant)
    raise ClinicNotNamed(f"--clinic: nobody was added. Give its name exactly ({told}), or another one for a new clinic")
