"""The form for a link: its fields as typed, and what they ask for. Pure."""

from __future__ import annotations

from typing import get_args

import msgspec

from acupwa.practice.links.model import Interval, NewLink
from acupwa.practice.links.rules import ALIAS_LENGTH, INTERVALS, LAST_DAYS, NOTE_LENGTH, SHARE_DAYS
from acupwa.quiz.model import Variant
from acupwa.web.declared import Declared, fields_of
from acupwa.web.forms import FieldError, FormData
from acupwa.web.text import one_line
from acupwa.wording import gettext as _


class TypedLink(msgspec.Struct, frozen=True, kw_only=True):
    """The form as it was filled in, by the names of its fields."""

    kind: str = "reusable"
    variant: str = "full"
    alias: str = ""
    note: str = ""
    days: str = "0"
    share_days: str = str(SHARE_DAYS[1])
    again: str = ""


def interval_key(interval: Interval) -> str:
    """`4-weeks`, `5-sessions`."""
    return f"{interval.every}-{interval.unit}"


LINK_FIELDS: Declared = {
    "kind": ("reusable", "personal"),
    "variant": get_args(Variant),
    "days": ("0", *map(str, LAST_DAYS)),
    "share_days": tuple(map(str, SHARE_DAYS)),
    "again": tuple(map(interval_key, INTERVALS)),
    **fields_of("alias", "note", "press", "whose"),
}


def typed_link(form: FormData) -> TypedLink:
    typed = TypedLink(**{name: form.one(name) for name in TypedLink.__struct_fields__})
    return msgspec.structs.replace(typed, alias=one_line(typed.alias))


def read_link(typed: TypedLink) -> NewLink | tuple[FieldError, ...]:
    """Every choice is one of LINK_FIELDS. One that was left out is a fault: to guess would make the link a wider one."""
    faults = [
        FieldError(name, _("Choose one of these."))
        for name in ("kind", "variant", "days", "share_days")
        if not getattr(typed, name)
    ]
    if len(typed.alias) > ALIAS_LENGTH:
        faults.append(FieldError("alias", _("Use 40 characters or fewer.")))
    if len(typed.note) > NOTE_LENGTH:
        faults.append(FieldError("note", _("Use 500 characters or fewer.")))
    if faults:
        return tuple(faults)
    return NewLink(
        kind="personal" if typed.kind == "personal" else "reusable",
        variant="follow-up" if typed.variant == "follow-up" else "full",
        share_days=int(typed.share_days),
        days=int(typed.days),
        alias=typed.alias,
        note=typed.note,
        again=next((one for one in INTERVALS if interval_key(one) == typed.again), None),
    )
