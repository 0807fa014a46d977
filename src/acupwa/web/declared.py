"""Each form declares the fields that it has. What it does not have is told by name, and nothing is done with the rest.

A name that was misspelt would else count as not answered, and a choice that nobody offered as the widest one. Pure:
what becomes of such a form stands in `refused.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from acupwa.web.forms import FieldError, FormData
from acupwa.wording import gettext as _

# The values that a field may have; None where whoever reads it says what is wrong with a value.
Declared = Mapping[str, Collection[str] | None]
_SECRET = ("password", "old", "code", "answer", "kept", "next", "press", "probe")
_SHOWN_LENGTH, _SHOWN_FIELDS, _SHOWN_NAME = 200, 200, 80


def undeclared(form: FormData, declared: Declared) -> tuple[FieldError, ...]:
    """What is wrong with names that the form does not have, and with values that a field does not have."""
    return tuple(error for name in form.last if (error := _fault_of(name, form, declared)))


def fields_of(*names: str) -> dict[str, None]:
    """Fields whose values are read, and judged, elsewhere."""
    return dict.fromkeys(names)


def sent_fields(form: FormData) -> tuple[tuple[str, str], ...]:
    """Name and values of what was sent, to be shown again; what is secret is not."""
    names = [name for name, value in form.last.items() if value and name not in _SECRET]
    sent = tuple((name[:_SHOWN_NAME], ", ".join(form.many(name))[:_SHOWN_LENGTH]) for name in names)
    return sent[:_SHOWN_FIELDS]


def _fault_of(name: str, form: FormData, declared: Declared) -> FieldError | None:
    if name not in declared:
        return FieldError(name[:_SHOWN_NAME], _("We do not know this field. Leave it out."))
    allowed = declared[name]
    if allowed is None or set(form.every(name)) <= {"", *allowed}:
        return None
    return FieldError(name, _("We do not know this choice. Choose again."))
