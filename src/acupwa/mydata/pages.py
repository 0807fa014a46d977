"""What the pages about a person's own data show. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import ClassVar

import msgspec

from acupwa.library.model import Library
from acupwa.mydata.export_file import Brought, Everything, Refused
from acupwa.mydata.merge import Merge
from acupwa.person.codes import code_qr, shown_code
from acupwa.person.model import Consent, Device
from acupwa.practice.sharing.follow_up.model import FollowUp
from acupwa.practice.sharing.follow_up.reminders import Reminder, reminders_of
from acupwa.quiz.model import CheckIn
from acupwa.quiz.retired_answers import retired_answers
from acupwa.web.forms import FieldError
from acupwa.web.qr import QrPicture
from acupwa.wording import date_words, ngettext, span_words
from acupwa.wording import gettext as _

_LONGEST_KEPT_TEXT = 100_000


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of thing that we keep."""

    what: str
    detail: str
    until: str
    href: str | None = None


class CheckInLine(msgspec.Struct, frozen=True, kw_only=True):
    """`older` says how many of its answers are to questions that are no longer asked, if there are any."""

    href: str
    words: str
    state: str
    delete: str
    older: str = ""
    review: str = ""


class MePage(msgspec.Struct, frozen=True, kw_only=True):
    """`since` is None for a browser of which nothing is held. `done` says what has just happened."""

    template: ClassVar[str] = "mydata/me.html"
    title: str
    since: str | None = None
    done: str = ""
    held: tuple[Held, ...] = ()
    check_ins: tuple[CheckInLine, ...] = ()
    finished: bool = False
    consents: tuple[Consent, ...] = ()
    devices: tuple[DeviceLine, ...] = ()
    sent_back: tuple[SentBack, ...] = ()
    reminders: tuple[Reminder, ...] = ()


class SentBack(msgspec.Struct, frozen=True, kw_only=True):
    """Something new from a clinic, to be looked at."""

    href: str
    words: str


class AskPage(msgspec.Struct, frozen=True, kw_only=True):
    """Asks before something is deleted for good. `action` is where the yes is sent, `module` what the browser does."""

    template: ClassVar[str] = "mydata/ask.html"
    title: str
    lines: tuple[str, ...]
    yes: str
    action: str
    first_download: bool
    module: str = ""


class ClearedPage(msgspec.Struct, frozen=True, kw_only=True):
    """Says that the phone holds nothing of ours any more."""

    template: ClassVar[str] = "mydata/cleared.html"
    title: str


class ImportPage(msgspec.Struct, frozen=True, kw_only=True):
    """`preview` stands when a file was read and waits for the press; `text` is that file, or what was pasted."""

    template: ClassVar[str] = "mydata/import.html"
    title: str
    text: str = ""
    preview: Preview | None = None
    errors: tuple[FieldError, ...] = ()


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What the press would do, and what it would leave. `consent` are the words that it agrees to."""

    made: str
    does: tuple[str, ...]
    leaves: tuple[str, ...]
    consent: tuple[str, ...]


class DeviceLine(msgspec.Struct, frozen=True, kw_only=True):
    words: str
    own: bool


class CodePage(msgspec.Struct, frozen=True, kw_only=True):
    """A code as it is shown, once."""

    template: ClassVar[str] = "mydata/move.html"
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


def me_page(
    everything: Everything | None,
    library: Library,
    *,
    draft_days: int,
    person_days: int,
    now: datetime,
    done: str = "",
    due: Sequence[FollowUp] = (),
) -> MePage:
    """Everything that is held, in plain words, with the day until which it is kept.

    `due` are clinics that ask for a follow-up today.
    """
    title = _("What we keep about you")
    if everything is None:
        return MePage(title=title)
    return MePage(
        title=title,
        since=date_words(everything.person.created_at),
        done=_done_words().get(done, ""),
        held=tuple(_held(everything, person_days, now)),
        check_ins=tuple(_line_of_me(check_in, draft_days, library) for check_in in everything.check_ins),
        finished=any(check_in.finished for check_in in everything.check_ins),
        consents=everything.consents,
        devices=tuple(_device_line(device) for device in everything.devices),
        sent_back=tuple(
            SentBack(href=f"/me/proposals/{one.id}", words=_("{clinic} sent you something").format(clinic=one.clinic))
            for one in everything.sent_back
            if one.open
        ),
        reminders=reminders_of(due),
    )


def _held(everything: Everything, person_days: int, now: datetime) -> Iterable[Held]:
    until = _("until you delete it, or for {span} after your last visit (now until {day})").format(
        span=span_words(person_days), day=date_words(now + timedelta(days=person_days))
    )
    many = len(everything.devices)
    yield Held(
        what=ngettext("The key of this browser", "The keys of {n} browsers", many).format(n=many),
        detail=_(
            "A random key in one cookie lets a browser find your answers. We keep a fingerprint of it, not the key, "
            "and the days when it was first and last here."
        ),
        until=until,
    )
    for code in everything.codes:
        words = {"pause": _("A code for a paused check-in"), "move": _("A code for another phone")}
        yield Held(
            what=words[code.kind],
            detail=_("Not used yet. We keep a fingerprint of it, not the letters."),
            until=_("until it is used, at the latest until {day}").format(day=date_words(code.expires_at)),
        )
    if everything.check_ins:
        count = len(everything.check_ins)
        yield Held(
            what=ngettext("{n} check-in", "{n} check-ins", count).format(n=count),
            detail=_("Your answers and notes, encrypted. When, how urgent and which version, not encrypted."),
            until=until,
            href="#check-ins",
        )
    if everything.plan:
        yield Held(what=_("Your plan"), detail=_("Days, times and prices, encrypted."), until=until, href="/plan")
    if everything.reading_list:
        yield Held(
            what=_("Your reading list"),
            detail=_("What you have read, hidden or pinned, encrypted."),
            until=until,
            href="/list",
        )
    if everything.asked_by:
        count = len(everything.asked_by)
        yield Held(
            what=ngettext("{n} link of a clinic", "{n} links of clinics", count).format(n=count),
            detail=_("You opened it and have not answered yet. Which one it is, is encrypted."),
            until=until,
        )
    if everything.shares:
        count = len(everything.shares)
        last = max(one.ends_at for one in everything.shares)
        yield Held(
            what=ngettext("{n} copy for a clinic", "{n} copies for clinics", count).format(n=count),
            detail=_(
                "What you left in is encrypted. These are not: which clinic, when, who looked, whether it was seen, and "
                "whether it held a danger sign or a change for the worse."
            ),
            until=_("as long as you agreed to, at the latest until {day}").format(day=date_words(last)),
            href="/me/shares",
        )
    if everything.proposals:
        count = len(everything.proposals)
        yield Held(
            what=ngettext("{n} thing that a clinic sent you", "{n} things that clinics sent you", count).format(
                n=count
            ),
            detail=_("What they sent you and what you chose, encrypted."),
            until=_("as long as the copy, or until you take it back"),
        )
    if everything.asked_again:
        yield Held(
            what=_("When a clinic asks again"),
            detail=_("When a follow-up is due and on which days we showed it, encrypted."),
            until=_("as long as the copy, or until you take it back"),
        )
    if everything.consents:
        yield Held(what=_("Your consent"), detail=_("The words you agreed to, and when."), until=until, href="#consent")


def ask_delete_page() -> AskPage:
    return AskPage(
        title=_("Delete everything?"),
        lines=(
            _("This deletes your check-ins, your plan, your reading list, your codes, your consent and the cookie."),
            _("What you shared goes too: the clinic cannot open it any more. What they copied before stays with them."),
            _("It is deleted at once and for good. Every phone that could open it can do so no more."),
        ),
        yes=_("Yes, delete everything"),
        action="/me/delete",
        first_download=True,
    )


def ask_withdraw_page() -> AskPage:
    return AskPage(
        title=_("Take back your consent?"),
        lines=(
            _("Without your consent we may not keep your answers. So this deletes everything, at once and for good."),
            _(
                "No answer and no consent of yours stays. If you shared, the clinic's list still says that a patient "
                "shared, and when: not who, and not what. Backup copies may last longer: see Privacy."
            ),
            _("Reading, the emergency signs and the claims check stay open to you."),
        ),
        yes=_("Yes, take it back and delete everything"),
        action="/me/delete",
        first_download=True,
    )


def ask_clear_page(*, holds_key: bool) -> AskPage:
    off = _("This takes everything of Acupwa off this phone: the saved pages and your choices for reading.")
    key = (
        _("It takes the key to your answers, too. The answers stay on the server until their time is up."),
        _("To open them again you need another phone that has the key, or a code that you made before."),
        _("If you do not need them any more, go back and delete everything first."),
    )
    return AskPage(
        title=_("Clear this phone?"),
        lines=(off, *key) if holds_key else (off,),
        yes=_("Yes, clear this phone"),
        action="/me/clear",
        first_download=holds_key,
        module="clear-phone",
    )


def cleared_page() -> ClearedPage:
    return ClearedPage(title=_("This phone is clear"))


def ask_delete_one_page(check_in: CheckIn, draft_days: int) -> AskPage:
    line = _line(check_in, draft_days)
    return AskPage(
        title=_("Delete this check-in?"),
        lines=(
            f"{line.words}.",
            _("Its answers and notes are deleted at once and for good. Your other check-ins stay."),
            _("A copy that you shared with a clinic stays with it until you take it back, under “What you shared”."),
            _("Later ones are then compared with the one before it."),
        ),
        yes=_("Yes, delete it"),
        action=line.delete,
        first_download=False,
    )


def import_page(text: str = "", refused: Refused | None = None, field: str = "file") -> ImportPage:
    title = _("Bring your data here")
    if refused is None:
        return ImportPage(title=title)
    place = " " + _("The place: {place}").format(place=refused.place[:120]) if refused.place else ""
    kept = text if len(text) <= _LONGEST_KEPT_TEXT else ""
    return ImportPage(title=title, text=kept, errors=(FieldError(field, refused.reason + place),))


def preview_page(brought: Brought, found: Merge, text: str, consent: Sequence[str]) -> ImportPage:
    made = _("This file was made on {day}.").format(day=date_words(brought.exported_at))
    preview = Preview(
        made=made,
        does=tuple(_does(found)),
        leaves=tuple(_leaves(found)),
        consent=tuple(consent) if found.adds_anything else (),
    )
    return ImportPage(title=_("Bring this in?"), text=text, preview=preview)


def no_file_words() -> str:
    return _("Choose your file, or paste what is in it.")


def not_text_words() -> str:
    return _("This is not a file of Acupwa. Choose the one that “Download my data” gave you.")


def _does(found: Merge) -> Iterable[str]:
    if found.new:
        days = sorted(check_in.created_at.date() for check_in in found.new)
        words = {"n": len(days), "first": date_words(days[0]), "last": date_words(days[-1])}
        if days[0] == days[-1]:
            yield (
                ngettext("Adds {n} check-in, of {first}.", "Adds {n} check-ins, of {first}.", len(days)).format(**words)
            )
        else:
            yield _("Adds {n} check-ins, from {first} to {last}.").format(**words)
    if found.newer:
        changed = ngettext(
            "Brings {n} check-in up to date: the one here is older.",
            "Brings {n} check-ins up to date: those here are older.",
            len(found.newer),
        )
        yield changed.format(n=len(found.newer))
    if found.plan_fate == "added":
        yield _("Adds your plan.")
    if found.plan_fate == "replaces":
        yield _("Puts the plan of the file in place of the one here, which is older.")
    if found.list_fate == "added":
        yield _("Adds your reading list.")
    if found.list_fate == "replaces":
        yield _("Puts the reading list of the file in place of the one here, which is older.")
    if found.consents:
        yield _("Adds the record of what you agreed to, and when.")


def _leaves(found: Merge) -> Iterable[str]:
    if found.left:
        words = ngettext(
            "{n} check-in is here already and stays as it is.",
            "{n} check-ins are here already and stay as they are.",
            found.left,
        )
        yield words.format(n=found.left)
    if found.past:
        words = ngettext(
            "{n} unfinished check-in is past its time and is left out.",
            "{n} unfinished check-ins are past their time and are left out.",
            found.past,
        )
        yield words.format(n=found.past)
    if found.plan_fate == "older":
        yield _("Your plan here is newer than the one in the file, and stays.")
    if found.list_fate == "older":
        yield _("Your reading list here is newer than the one in the file, and stays.")
    if found.shares:
        words = ngettext(
            "What you shared with a clinic ({n} time) is not brought here. The clinic has it on the server where you shared it.",
            "What you shared with clinics ({n} times) is not brought here. They have it on the server where you shared it.",
            found.shares,
        )
        yield words.format(n=found.shares)


def _done_words() -> dict[str, str]:
    return {
        "imported": _("Done. What the file held is here now."),
        "check-in-deleted": _("Done. The check-in is gone for good."),
        "others-forgotten": _("Done. Only this browser can open your answers now."),
    }


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
        "There were many wrong codes. Please wait {n} minute, then try again. Nothing is lost.",
        "There were many wrong codes. Please wait {n} minutes, then try again. Nothing is lost.",
        minutes,
    ).format(n=minutes)


def _device_line(device: Device) -> DeviceLine:
    words = _("Since {first}, last here on {last}").format(
        first=date_words(device.created_at), last=date_words(device.seen_at)
    )
    return DeviceLine(words=words, own=device.own)


def _line_of_me(check_in: CheckIn, draft_days: int, library: Library) -> CheckInLine:
    older = len(retired_answers(check_in.answers, library))
    words = ngettext(
        "{n} answer to a question that is no longer asked",
        "{n} answers to questions that are no longer asked",
        older,
    )
    return msgspec.structs.replace(
        _line(check_in, draft_days),
        review=f"/quiz/{check_in.id}/review#older",
        older=words.format(n=older) if older else "",
    )


def _line(check_in: CheckIn, draft_days: int) -> CheckInLine:
    delete = f"/me/check-ins/{check_in.id}/delete"
    if check_in.finished_at:
        return CheckInLine(
            href=f"/results/{check_in.id}",
            words=_("Check-in of {day}").format(day=date_words(check_in.finished_at)),
            state=_("follow-up") if check_in.variant == "follow-up" else _("full"),
            delete=delete,
        )
    goes = date_words(check_in.updated_at + timedelta(days=draft_days))
    return CheckInLine(
        href=f"/quiz/{check_in.id}",
        words=_("Check-in begun on {day}").format(day=date_words(check_in.created_at)),
        state=_("not finished; deleted on {day} unless you go on").format(day=goes),
        delete=delete,
    )
