"""The pages about a code that opens one's answers on another phone: shown once, and typed there. Pure."""

from __future__ import annotations

import math
from typing import ClassVar, TypeAlias

import msgspec

from acupwa.mydata.forms import Locked, NoCode
from acupwa.person.codes import code_qr, shown_code
from acupwa.person.model import DeviceInUse, Opened, WrongCode
from acupwa.web.forms import FieldError
from acupwa.web.qr import QrPicture
from acupwa.wording import gettext as _
from acupwa.wording import ngettext

NotOpened: TypeAlias = NoCode | WrongCode | Locked | DeviceInUse


class CodePage(msgspec.Struct, frozen=True, kw_only=True):
    """A code as it is shown."""

    template: ClassVar[str] = "mydata/code.html"
    title: str
    code: str
    qr: QrPicture


class ResumePage(msgspec.Struct, frozen=True, kw_only=True):
    """Where a code is typed. `occupied`: it fits, and this browser holds another person's answers."""

    template: ClassVar[str] = "mydata/resume.html"
    title: str
    code: str = ""
    occupied: bool = False
    errors: tuple[FieldError, ...] = ()


def code_page(code: str, origin: str) -> CodePage:
    title = _("Open your answers on another phone")
    return CodePage(title=title, code=shown_code(code), qr=code_qr(origin, code))


def resume_page(typed: str = "", found: NotOpened | None = None) -> ResumePage:
    """`found` is why what was typed opened nothing; None before anything was typed."""
    fault = "" if found is None else _fault(found)
    return ResumePage(
        title=_("Carry on with a code"),
        code=typed,
        occupied=isinstance(found, DeviceInUse),
        errors=(FieldError("code", fault),) if fault else (),
    )


def opened_path(opened: Opened) -> str:
    """Where a code leads: on with the check-in that it was made for, or to all that is kept."""
    return f"/quiz/{opened.handover.check_in_id}" if opened.handover.check_in_id else "/me"


def _fault(found: NotOpened) -> str:
    match found:
        case Locked(seconds):
            return _locked_words(seconds)
        case WrongCode():
            return _("This code opens nothing. It may be mistyped, used already, or past its time.")
        case NoCode():
            return _("A code has six letters, such as CDF-HJK. Look again, and type all six.")
        case DeviceInUse():
            return ""


def _locked_words(seconds: int) -> str:
    minutes = max(1, math.ceil(seconds / 60))
    return ngettext(
        "There were many wrong codes. Please wait {n} minute, then try again. Nothing is lost.",
        "There were many wrong codes. Please wait {n} minutes, then try again. Nothing is lost.",
        minutes,
    ).format(n=minutes)
