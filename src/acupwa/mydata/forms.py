"""Posted names about a person's own data, as values. Pure."""

from __future__ import annotations

import msgspec

from acupwa.mydata.import_file import ImportRefused
from acupwa.person.codes import read_code
from acupwa.web.declared import Declared, Shape
from acupwa.web.forms import FormData
from acupwa.web.text import short_line
from acupwa.wording import gettext as _

_LONGEST_TYPED = 400


RESUME_FIELDS: Declared = {"code": None, **dict.fromkeys(("sure", "replace", "end_others"), ("yes",))}
IMPORT_FIELDS: Declared = {"file": Shape.FILE, "text": None, "do": ("import",)}


class ImportForm(msgspec.Struct, frozen=True, kw_only=True):
    """What was sent: `text` from `field`, the file or else what was pasted. `press`: it was shown, and is wanted.

    `refused` is why what was sent cannot be read at all; there is no text then.
    """

    text: str = ""
    field: str = "file"
    pasted: str = ""
    press: bool = False
    refused: ImportRefused | None = None


class NoCode(msgspec.Struct, frozen=True):
    """What was typed cannot be a code."""


class Locked(msgspec.Struct, frozen=True):
    """There were too many wrong codes. `seconds` (1 or more) until the next try counts."""

    seconds: int


class ResumeForm(msgspec.Struct, frozen=True, kw_only=True):
    """What was `typed`, and the code in it. `sure`: whose answers it opens was told, and they are theirs. `replace`: what
    this browser holds may go. `end_others`: no other browser is to open them any more.
    """

    typed: str
    code: str | NoCode
    sure: bool = False
    replace: bool = False
    end_others: bool = False


def read_import_form(form: FormData) -> ImportForm:
    file, pasted = form.raw("file").strip(), form.raw("text").strip()
    if not file and not pasted:
        return ImportForm(refused=ImportRefused(_("Choose your file, or paste its contents.")))
    if file and pasted and file != pasted:
        both = _("You chose a file and pasted something else. Use one of the two.")
        return ImportForm(refused=ImportRefused(both), field="text", pasted=pasted)
    field = "file" if file else "text"
    return ImportForm(text=file or pasted, field=field, pasted=pasted, press=form.one("do") == "import")


def read_resume_form(form: FormData) -> ResumeForm:
    typed = short_line(form.one("code"), _LONGEST_TYPED)
    ticked = {name: form.one(name) == "yes" for name in ("sure", "replace", "end_others")}
    return ResumeForm(typed=typed, code=read_code(typed) or NoCode(), **ticked)
