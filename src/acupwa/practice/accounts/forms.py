"""Posted names of the accounts: what was typed, as values, or what is wrong with it. Pure."""

from __future__ import annotations

from collections.abc import Collection
from typing import get_args

import msgspec

from acupwa.practice.accounts.model import Clinic, OneTime, Role, WayBack
from acupwa.practice.accounts.rules import (
    CARD_COLOURS,
    CONTACT_LENGTH,
    EMAIL_LENGTH,
    NAME_LENGTH,
    read_email,
)
from acupwa.practice.accounts.way_back import UNSENT_BYTES, own_page
from acupwa.practice.accounts.weak_password import PASSWORD_LEAST, PASSWORD_MOST, Weakness, find_weakness, own_words
from acupwa.web.declared import Declared, fields_of, many_of
from acupwa.web.forms import FieldError, FormData
from acupwa.web.text import one_line
from acupwa.wording import gettext as _
from acupwa.zones import known_zone

ROLES = get_args(Role)
# Beside whatever the form itself asks: where to go on, and that the page came with a cookie.
_DOOR = fields_of("next", "kept", "probe")
SIGN_IN_FIELDS: Declared = {**_DOOR, **fields_of("email", "password")}
CODE_FIELDS: Declared = {**_DOOR, **fields_of("code")}
PASSKEY_FIELDS: Declared = {**_DOOR, **fields_of("answer")}
WELCOME_FIELDS: Declared = {
    **_DOOR,
    "name": NAME_LENGTH,
    **fields_of("password", "time_zone", "username"),
    **many_of("keep"),
}
PROOF_FIELDS: Declared = {**_DOOR, **fields_of("password", "answer", "code", "username", "whose")}
SECOND_FIELDS: Declared = {**_DOOR, **fields_of("code", "offer")}
APP_FIELDS: Declared = fields_of("code", "offer", "whose")
FORGOT_FIELDS: Declared = {**_DOOR, **fields_of("email")}
INVITATION_FIELDS: Declared = {"role": ROLES, "name": NAME_LENGTH, **fields_of("email", "press", "whose")}
ROLE_FIELDS: Declared = {"role": ROLES}
CLINIC_FIELDS: Declared = {
    "colours": CARD_COLOURS,
    "second_factor": ("yes", "no"),
    "name": NAME_LENGTH,
    "contact": CONTACT_LENGTH,
    **fields_of("time_zone", "whose"),
}
NAME_FIELDS: Declared = {"name": NAME_LENGTH, **fields_of("whose")}
PASSWORD_FIELDS: Declared = fields_of("old", "password", "username")

# Sealed, it is longer by a third and some.
MOST_SEALED = 2 * UNSENT_BYTES


class TypedSignIn(msgspec.Struct, frozen=True, kw_only=True):
    """`email` as it was typed. `name` is what a wrong try counts for, whether it can be an address or not."""

    email: str
    name: str
    password: str


def read_way_back(form: FormData) -> WayBack:
    return WayBack(next=own_page(form.one("next")), kept=form.raw("kept").strip()[:MOST_SEALED])


class TypedWelcome(msgspec.Struct, frozen=True, kw_only=True):
    """`time_zone` is that of the browser, None where it does not say. `keep`: the keys of the passkeys that were ticked."""

    name: str
    password: str
    keep: frozenset[str]
    time_zone: str | None
    fault: FieldError | None


class TypedInvitation(msgspec.Struct, frozen=True, kw_only=True):
    """`email` is the address, empty when what was typed cannot be one."""

    typed: str
    email: str
    name: str
    role: Role


def read_sign_in(form: FormData) -> TypedSignIn:
    typed = typed_email(form)
    return TypedSignIn(email=typed, name=read_email(typed) or typed.lower(), password=form.raw("password"))


def typed_email(form: FormData) -> str:
    return form.one("email")[:EMAIL_LENGTH]


def read_welcome(form: FormData, link: OneTime, origin: str) -> TypedWelcome:
    password, name = form.raw("password"), one_line(form.one("name"))
    return TypedWelcome(
        name=name,
        password=password,
        keep=frozenset(form.many("keep")),
        time_zone=known_zone(form.one("time_zone")),
        fault=new_password_fault(password, own_words(link.clinic, link.practitioner, origin, name)),
    )


def new_password_fault(password: str, own: Collection[str]) -> FieldError | None:
    """What is wrong with a new password, and what to do. `own` are the words of `own_words`."""
    found = find_weakness(password, own)
    return FieldError("password", _weakness_words(found)) if found else None


def _weakness_words(found: Weakness) -> str:
    if found in ("short", "long"):
        words = {"short": _("Use {least} characters or more."), "long": _("Use {most} characters or fewer.")}
        return words[found].format(least=PASSWORD_LEAST, most=PASSWORD_MOST)
    why = {
        "own": _("This is based on the name of the clinic, your own name or this site. Others would try that first."),
        "common": _("Many people use this, or it is a common word with a few changes. Others would try that first."),
        "keys": _("This is a row of keys, letters or numbers. Others would try that first."),
        "repeated": _("This repeats the same few characters. Others would try that first."),
        "day": _("This is a date. Others would try that first."),
        "easy": _("This is too easy to guess."),
    }
    return f"{why[found]} {_('Four words that do not belong together are good.')}"


def read_invitation(form: FormData) -> TypedInvitation:
    typed = typed_email(form)
    return TypedInvitation(
        typed=typed,
        email=read_email(typed) or "",
        name=one_line(form.one("name")),
        role=read_role(form),
    )


def read_role(form: FormData) -> Role:
    return "owner" if form.one("role") == "owner" else "practitioner"


def read_clinic(form: FormData, clinic: Clinic) -> Clinic:
    """The clinic as its form has it now."""
    colours, second = form.one("colours"), form.one("second_factor")
    return msgspec.structs.replace(
        clinic,
        name=one_line(form.one("name")),
        contact=one_line(form.one("contact")) if "contact" in form.last else clinic.contact,
        colours=next((one for one in CARD_COLOURS if one == colours), clinic.colours),
        time_zone=form.one("time_zone") or clinic.time_zone,
        second_factor=second == "yes" if second else clinic.second_factor,
    )


def own_factor_first() -> FieldError:
    return FieldError("second_factor", _("Set up an app or add a passkey for yourself first, under Account."))


def clinic_fault(clinic: Clinic) -> FieldError | None:
    if not clinic.name:
        return FieldError("name", _("Type the name of the clinic."))
    known = known_zone(clinic.time_zone)
    return None if known else FieldError("time_zone", _("Choose a time zone from the list."))
