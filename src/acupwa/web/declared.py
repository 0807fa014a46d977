"""Each form declares the fields that it has. What it does not have is told by name, and nothing is done with the rest.

A name that was misspelt would else count as not answered, a choice that nobody offered as the widest one, and of two
values one would be passed over. Pure: what becomes of such a form stands in `refused.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import Enum

from acupwa.web.forms import FieldError, FormData
from acupwa.web.text import one_line
from acupwa.wording import gettext as _


class Shape(Enum):
    """What a field may be beside one text; whoever reads it says what is wrong with a value."""

    MANY = "may stand several times, with a value each"
    FILE = "a file"


# A field is one text: the values that it may have, the most characters of a line, or None where whoever reads it says
# what is wrong with a value.
Declared = Mapping[str, Collection[str] | Shape | int | None]
_SECRET = ("password", "old", "code", "answer", "kept", "next", "press", "probe", "whose", "offer")
_SHOWN_FIELDS, _SHOWN_NAME = 200, 80


def undeclared(form: FormData, declared: Declared, needed: Collection[str] = ()) -> tuple[FieldError, ...]:
    """What is wrong with names that the form does not have, with values that a field does not have, with two different
    values of a field that has one, with a file in place of words or the other way round, with what is too long and with
    what is no text. A browser sends a `needed` field with every press, if only empty: without it an answer is not told
    from an answer that was taken away.
    """
    told = ((name, _words_about(name, values, form, declared)) for name, values in form.fields.items())
    faults = tuple(FieldError(name[:_SHOWN_NAME], words) for name, words in told if words)
    missing = [name for name in needed if name not in form.last]
    words = _("This field is missing. Send it, even if it is empty.") if missing else ""
    return (*faults, *(FieldError(name, words) for name in missing))


def fields_of(*names: str) -> dict[str, None]:
    """Fields whose values are read, and judged, elsewhere."""
    return dict.fromkeys(names)


def many_of(*names: str) -> dict[str, Shape]:
    """The same, of fields that may stand several times."""
    return dict.fromkeys(names, Shape.MANY)


def sent_fields(form: FormData) -> tuple[tuple[str, str], ...]:
    """Name and values of what was sent, to be shown again whole; what is secret is not."""
    names = [name for name, value in form.last.items() if value and name not in _SECRET]
    sent = tuple((name[:_SHOWN_NAME], ", ".join(form.many(name))) for name in names)
    return sent[:_SHOWN_FIELDS]


def _words_about(name: str, values: tuple[str, ...], form: FormData, declared: Declared) -> str:
    """Empty when nothing is wrong. `values` are those that were sent."""
    if name not in declared:
        return _("We do not know this field. Leave it out.") if name else _("A field has no name. Leave it out.")
    allowed = declared[name]
    if name in form.files and allowed is not Shape.FILE:
        return _("Files cannot be sent here. Type it instead.")
    if name in form.unread:
        return _("We can only read text in UTF-8. Type it again.")
    if allowed is Shape.MANY:
        return ""
    # As they were sent: two passwords may differ in what cleaning takes away.
    if len(set(values)) > 1:
        return _("This was sent more than once, with different values. Send it once.")
    if allowed is Shape.FILE:
        return _("Send this as a file.") if form.one(name) and name not in form.files else ""
    if isinstance(allowed, int):
        words = _("Use {most} characters or fewer.")
        return words.format(most=allowed) if len(one_line(form.one(name))) > allowed else ""
    if allowed is None or set(form.every(name)) <= {"", *allowed}:
        return ""
    return _("We do not know this choice. Choose again.")
