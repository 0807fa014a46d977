"""`acupwa practitioner …`: the first account, and what the operator can do for the others."""

import acupwa.operate.tables  # noqa: F401 - a removed account takes rows of other tables along
from acupwa.db.encryption import KeyRing
from acupwa.db.engine import make_engine
from acupwa.db.migrate import upgrade
from acupwa.db.work import Work
from acupwa.practice.accounts import people_service, second_factor_service
from acupwa.practice.accounts.namesakes import name_fault
from acupwa.practice.accounts.rules import NAME_LENGTH, read_email
from acupwa.settings import Settings
from acupwa.web.text import one_line, short_line


class AccountFault(Exception):
    """One line for the operator."""


def practitioner(settings: Settings, action: str, typed: str, name: str = "", clinic: str = "") -> str:
    """Do `action` for one address; returns the lines to print. Raises AccountFault."""
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
        return _act(work, settings, action, email, name, clinic)
    finally:
        work.close()


def _act(work: Work, settings: Settings, action: str, email: str, name: str, clinic: str) -> str:
    token: str | None
    match action:
        case "add":
            token = _add(work, email, name, clinic)
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
    return f"{origin}/practice/welcome/{token}\nThis link works once, for {days}. Give it to {email} alone."


def _add(work: Work, email: str, name: str, clinic: str) -> str:
    """Into the clinic of that name, or a new one; without a name into the only one there is."""
    clinics = work.run_read(people_service.list_clinics)
    if not clinic and len(clinics) > 1:
        raise AccountFault("--clinic: say which one: " + ", ".join(one.name for one in clinics))
    if not clinic and clinics:
        clinic = clinics[0].name
    found = next((one for one in clinics if one.name == clinic), None)
    token = work.run(people_service.add_practitioner, email, name, found.id if found else clinic or "Our clinic")
    fault = name_fault(name, email, work.run(people_service.list_practitioners, found.id)) if found else None
    if token is None and fault is not None:
        raise AccountFault(f"--name {name}: {fault.message}")
    if token is None:
        raise AccountFault(f"{email}: has an account already; `acupwa practitioner reset` makes a new link")
    return token
