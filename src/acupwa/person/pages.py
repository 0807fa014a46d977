"""What the pages about a person's own data show. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from acupwa.person.codes import code_qr, shown_code
from acupwa.person.model import Consent, Device, Person
from acupwa.quiz.model import CheckIn
from acupwa.web.forms import FieldError
from acupwa.web.qr import QrPicture
from acupwa.wording import date_words, ngettext, span_words
from acupwa.wording import gettext as _


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of thing that we keep."""

    what: str
    detail: str
    until: str
    href: str | None = None


class CheckInLine(msgspec.Struct, frozen=True, kw_only=True):
    href: str
    words: str
    state: str


class MePage(msgspec.Struct, frozen=True, kw_only=True):
    title: str
    held: tuple[Held, ...]
    check_ins: tuple[CheckInLine, ...]
    consents: tuple[Consent, ...]
    since: str | None
    devices: tuple[DeviceLine, ...] = ()


class DeviceLine(msgspec.Struct, frozen=True, kw_only=True):
    words: str
    own: bool


class CodePage(msgspec.Struct, frozen=True, kw_only=True):
    """A code as it is shown, once."""

    title: str
    code: str
    qr: QrPicture


class ResumePage(msgspec.Struct, frozen=True, kw_only=True):
    """Where a code is typed. `occupied`: it fits, and this browser holds another person's answers."""

    title: str
    code: str = ""
    occupied: bool = False
    errors: tuple[FieldError, ...] = ()


class DeletePage(msgspec.Struct, frozen=True, kw_only=True):
    title: str


def me_page(
    person: Person | None,
    check_ins: Sequence[CheckIn],
    consents: Sequence[Consent],
    *,
    has_plan: bool,
    has_list: bool,
    draft_days: int,
    person_days: int,
    now: datetime,
    devices: Sequence[Device] = (),
) -> MePage:
    """Everything that is held, in plain words, with the day until which it is kept."""
    title = _("What we keep about you")
    if person is None:
        return MePage(title=title, held=(), check_ins=(), consents=(), since=None)
    until = _("until you delete it, or for %(span)s after your last visit (now until %(day)s)") % {
        "span": span_words(person_days),
        "day": date_words(now + timedelta(days=person_days)),
    }
    held = [
        Held(
            what=_("A random key in one cookie"),
            detail=_("It lets this browser find your answers. We keep a fingerprint of it, not the key."),
            until=until,
        )
    ]
    if check_ins:
        held.append(
            Held(
                what=ngettext("%(n)d check-in", "%(n)d check-ins", len(check_ins)) % {"n": len(check_ins)},
                detail=_("Your answers, encrypted."),
                until=until,
            )
        )
    if has_plan:
        held.append(Held(what=_("Your plan"), detail=_("Days and times, encrypted."), until=until, href="/plan"))
    if has_list:
        held.append(
            Held(
                what=_("Your reading list"),
                detail=_("What you have read, hidden or pinned, encrypted."),
                until=until,
                href="/list",
            )
        )
    if consents:
        held.append(Held(what=_("Your consent"), detail=_("The words you agreed to, and when."), until=until))
    return MePage(
        title=title,
        held=tuple(held),
        check_ins=tuple(_line(check_in, draft_days) for check_in in check_ins),
        consents=tuple(consents),
        since=date_words(person.created_at),
        devices=tuple(_device_line(device) for device in devices),
    )


def move_page(code: str, origin: str) -> CodePage:
    title = _("Open your answers on another phone")
    return CodePage(title=title, code=shown_code(code), qr=code_qr(origin, code))


def resume_page(code: str = "", fault: str = "", *, occupied: bool = False) -> ResumePage:
    return ResumePage(
        title=_("Carry on with a code"),
        code=code,
        occupied=occupied,
        errors=(FieldError("code", fault),) if fault else (),
    )


def not_a_code_words() -> str:
    return _("A code has six letters, such as CDF-HJK. Look again, and type all six.")


def wrong_code_words() -> str:
    return _("This code opens nothing. It may be mistyped, used already, or past its time.")


def locked_words(seconds: int) -> str:
    minutes = max(1, math.ceil(seconds / 60))
    return ngettext(
        "There were many wrong codes. Please wait %(n)d minute, then try again. Nothing is lost.",
        "There were many wrong codes. Please wait %(n)d minutes, then try again. Nothing is lost.",
        minutes,
    ) % {"n": minutes}


def _device_line(device: Device) -> DeviceLine:
    words = _("Since %(first)s, last here on %(last)s") % {
        "first": date_words(device.created_at),
        "last": date_words(device.seen_at),
    }
    return DeviceLine(words=words, own=device.own)


def _line(check_in: CheckIn, draft_days: int) -> CheckInLine:
    if check_in.finished_at:
        return CheckInLine(
            href=f"/results/{check_in.id}",
            words=_("Check-in of %(day)s") % {"day": date_words(check_in.finished_at)},
            state=_("finished"),
        )
    goes = date_words(check_in.updated_at + timedelta(days=draft_days))
    return CheckInLine(
        href=f"/quiz/{check_in.id}",
        words=_("Check-in begun on %(day)s") % {"day": date_words(check_in.created_at)},
        state=_("not finished; deleted on %(day)s unless you go on") % {"day": goes},
    )
