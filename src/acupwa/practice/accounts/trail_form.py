"""The filter of the trail, out of an address. What it cannot say is a fault: it would show all. Pure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TypeVar
from uuid import UUID

from acupwa.practice.accounts.trail_words import kind_words
from acupwa.practice.trail.model import TrailFilter, bounds_of
from acupwa.web.declared import fields_of, undeclared
from acupwa.web.forms import FieldError, FormData, FormReader
from acupwa.wording import gettext as _

T = TypeVar("T")


def read_trail_filter(asked: FormData, zone: str) -> TrailFilter | tuple[FieldError, ...]:
    """`zone` is the clinic's: a day is one of its days."""
    reader = FormReader(asked)
    by, day = _read(reader, "by", UUID), _read(reader, "day", partial(_day, zone))
    declared = {"what": tuple(kind_words()), **fields_of("by", "day", "before", "done", "about", "typed")}
    faults = (*undeclared(asked, declared), *reader.errors)
    return faults or TrailFilter(what=asked.one("what") or None, by=by, day=day, zone=zone)


def _read(reader: FormReader, name: str, read: Callable[[str], T]) -> T | None:
    text = reader.form.one(name)
    try:
        return read(text) if text else None
    except ValueError:
        reader.fault(name, _("We cannot read this. Choose again."))
        return None


def _day(zone: str, text: str) -> date:
    """One that has a beginning and an end there. Raises ValueError."""
    day = date.fromisoformat(text)
    if bounds_of(day, zone) is None:
        raise ValueError(text)
    return day
