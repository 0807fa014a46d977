"""Where a code is typed, and what it would open before it does. Pure."""

from __future__ import annotations

import math
from typing import ClassVar, TypeAlias

import msgspec

from acupwa.mydata.code_contents import CodeContents
from acupwa.mydata.forms import Locked, NoCode
from acupwa.person.codes import LENGTH
from acupwa.person.model import Opened, WrongCode
from acupwa.web.forms import FieldError
from acupwa.wording import date_words, ngettext
from acupwa.wording import gettext as _

NotOpened: TypeAlias = NoCode | WrongCode | Locked


class ResumePage(msgspec.Struct, frozen=True, kw_only=True):
    template: ClassVar[str] = "mydata/resume.html"
    title: str
    code: str = ""
    errors: tuple[FieldError, ...] = ()


class ContentsPage(msgspec.Struct, frozen=True, kw_only=True):
    """`elsewhere`: they are open in other browsers, which can be ended."""

    template: ClassVar[str] = "mydata/contents.html"
    title: str
    code: str
    lines: tuple[str, ...]
    elsewhere: bool
    occupied: bool


def resume_page(typed: str = "", found: NotOpened | None = None) -> ResumePage:
    """`found` is why what was typed opened nothing; None before anything was typed."""
    errors = (FieldError("code", _fault(found)),) if found is not None else ()
    return ResumePage(title=_("Carry on with a code"), code=typed, errors=errors)


def contents_page(typed: str, found: CodeContents) -> ContentsPage:
    lines = [
        _("The code works. It opens answers started on {day}.").format(day=date_words(found.begun_at)),
        ngettext("There is {n} check-in.", "There are {n} check-ins.", found.check_ins).format(n=found.check_ins),
    ]
    if found.browsers:
        words = ngettext(
            "They are open on {n} other phone or computer.",
            "They are open on {n} other phones or computers.",
            found.browsers,
        )
        lines.append(words.format(n=found.browsers))
    return ContentsPage(
        title=_("Are these your answers?"),
        code=typed,
        lines=tuple(lines),
        elsewhere=found.browsers > 0,
        occupied=found.occupied,
    )


def opened_path(opened: Opened) -> str:
    """Where a code leads: on with the check-in that it was made for, or to all that is kept."""
    return f"/quiz/{opened.handover.check_in_id}" if opened.handover.check_in_id else "/me"


def _fault(found: NotOpened) -> str:
    match found:
        case Locked(seconds):
            return _locked_words(seconds)
        case WrongCode():
            return _("This code does not work. It may be mistyped, already used, or out of date.")
        case NoCode():
            words = _("A code has {n} letters, such as CDFH-JKMN-PQRT. Check it, and type all of them.")
            return words.format(n=LENGTH)


def _locked_words(seconds: int) -> str:
    minutes = max(1, math.ceil(seconds / 60))
    return ngettext(
        "This code opens nothing, and there were many wrong ones. Please wait {n} minute, then try again. Nothing is lost.",
        "This code opens nothing, and there were many wrong ones. Please wait {n} minutes, then try again. Nothing is lost.",
        minutes,
    ).format(n=minutes)
