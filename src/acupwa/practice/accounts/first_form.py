"""The form of the first account: clinic, name, address, password. Pure."""

from __future__ import annotations

from acupwa.practice.accounts.forms import new_password_fault, typed_email
from acupwa.practice.accounts.model import TypedFirst
from acupwa.practice.accounts.namesakes import name_fault
from acupwa.practice.accounts.rules import NAME_LENGTH, read_email
from acupwa.practice.accounts.weak_password import words_known
from acupwa.web.declared import Declared, fields_of
from acupwa.web.forms import FieldError, FormData
from acupwa.web.text import one_line
from acupwa.wording import gettext as _
from acupwa.zones import known_zone

FIRST_FIELDS: Declared = {
    "clinic": NAME_LENGTH,
    "name": NAME_LENGTH,
    **fields_of("email", "password", "time_zone", "probe"),
}


def read_first(form: FormData) -> TypedFirst:
    typed = typed_email(form)
    return TypedFirst(
        clinic=one_line(form.one("clinic")),
        name=one_line(form.one("name")),
        typed=typed,
        email=read_email(typed) or "",
        password=form.raw("password"),
        time_zone=known_zone(form.one("time_zone")),
    )


def first_faults(typed: TypedFirst, origin: str) -> tuple[FieldError, ...]:
    known = words_known(origin, typed.clinic, typed.name, typed.email)
    faults = (
        None if typed.clinic else FieldError("clinic", _("Type the name of the clinic.")),
        name_fault(typed.name, typed.email, ()),
        None if typed.email else FieldError("email", _("Type an email address, such as name@example.org.")),
        new_password_fault(typed.password, known),
    )
    return tuple(one for one in faults if one)
