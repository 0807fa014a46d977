"""What we keep about a person, kind by kind: what it is, how it is kept, and until when. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec

from acupwa.mydata.export_format import Export
from acupwa.person.model import Waiting
from acupwa.planner.calendar_model import CalendarExport
from acupwa.planner.feed import SHOWN_FOR
from acupwa.wording import date_words, ngettext, span_words
from acupwa.wording import gettext as _


class KeptItem(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of thing that we keep."""

    what: str
    detail: str
    until: str
    href: str | None = None


def kept_items(export: Export, person_days: int, now: datetime) -> Iterable[KeptItem]:
    """`person_days`: how long (1 or more) all is kept after the person was last here."""
    until = _("until you delete it, or for {span} after you were last here (so far, until {day})").format(
        span=span_words(person_days), day=date_words(now + timedelta(days=person_days))
    )
    yield _keys(len(export.devices), until)
    yield from (_code(code) for code in export.codes)
    yield from _own(export, until)
    yield from _with_clinics(export, until)
    if export.consents:
        yield KeptItem(
            what=_("Your consent"), detail=_("The words you agreed to, and when."), until=until, href="#consent"
        )


def _keys(count: int, until: str) -> KeptItem:
    return KeptItem(
        what=ngettext("The key of this browser", "The keys of {n} browsers", count).format(n=count),
        detail=_(
            "A random key in one cookie lets a browser find your answers. We keep a fingerprint of it, not the key, "
            "and the days when it was first and last here."
        ),
        until=until,
    )


def _code(code: Waiting) -> KeptItem:
    words = {"pause": _("A code for a paused check-in"), "move": _("A code for another phone")}
    return KeptItem(
        what=words[code.kind],
        detail=_("Not used yet. We keep a fingerprint of it, not the letters."),
        until=_("until it is used, at the latest until {day}").format(day=date_words(code.expires_at)),
    )


def _own(export: Export, until: str) -> Iterable[KeptItem]:
    if export.check_ins:
        count = len(export.check_ins)
        yield KeptItem(
            what=ngettext("{n} check-in", "{n} check-ins", count).format(n=count),
            detail=_("Your answers and notes, encrypted. The dates, urgency and version are not encrypted."),
            until=until,
            href="/me#check-ins",
        )
    if export.person.time_zone:
        zone = export.person.time_zone.replace("_", " ")
        yield KeptItem(
            what=_("Your time zone"),
            detail=_("{zone}, so that dates here match yours.").format(zone=zone),
            until=until,
        )
    if export.plan:
        yield KeptItem(what=_("Your plan"), detail=_("Days, times and prices, encrypted."), until=until, href="/plan")
    if export.calendar:
        yield _calendar(export.calendar, until)
    if export.reading_list:
        yield KeptItem(
            what=_("Your reading list"),
            detail=_("What you have read, hidden or pinned, encrypted."),
            until=until,
            href="/list",
        )
    if export.reminders:
        count = export.reminders.devices
        yield KeptItem(
            what=_("Your reminders"),
            detail=ngettext(
                "What you chose, and how to reach {n} phone, encrypted. When we look again is not encrypted.",
                "What you chose, and how to reach {n} phones, encrypted. When we look again is not encrypted.",
                count,
            ).format(n=count),
            until=until,
            href="/plan/reminders",
        )


def _calendar(calendar: CalendarExport, until: str) -> KeptItem:
    detail = _("What your sessions are called there and when it reminds you, encrypted.")
    if calendar.feed:
        more = _(
            "A fingerprint of its secret address, when that was made and when a calendar last asked there. Of a plan "
            "you delete, the times of the sessions to come stay for {span}, encrypted."
        )
        detail = f"{detail} {more.format(span=span_words(SHOWN_FOR.days))}"
    return KeptItem(what=_("Your calendar"), detail=detail, until=until, href="/plan/calendar")


def _with_clinics(export: Export, until: str) -> Iterable[KeptItem]:
    if export.links:
        count = len(export.links)
        yield KeptItem(
            what=ngettext("{n} link of a clinic", "{n} links of clinics", count).format(n=count),
            detail=_links_words(export),
            until=until,
        )
    if export.shares:
        yield _shares(len(export.shares), max(one.ends_at for one in export.shares))
    if export.views:
        count = len(export.views)
        yield KeptItem(
            what=ngettext("{n} page for a doctor", "{n} pages for a doctor", count).format(n=count),
            detail=_(
                "What you left in is encrypted. When it was opened is not. Of address and code we keep fingerprints."
            ),
            until=_("7 days; what you left in goes at once when you end it"),
            href="/me/views",
        )
    if export.proposals:
        count = len(export.proposals)
        yield KeptItem(
            what=ngettext("{n} thing that a clinic sent you", "{n} things that clinics sent you", count).format(
                n=count
            ),
            detail=_("What they sent you and what you chose, encrypted."),
            until=_("as long as the copy, or until you withdraw it"),
        )
    if export.follow_ups:
        yield KeptItem(
            what=_("When a clinic asks again"),
            detail=_("When a follow-up is due and on which days we showed it, encrypted."),
            until=_("as long as the copy, or until you withdraw it"),
        )


def _links_words(export: Export) -> str:
    finished = [one.finished_at for one in export.check_ins if one.finished_at]
    if finished and any(one.opened_at <= max(finished) for one in export.links):
        return _("You have answered, but not shared anything yet. Which one it is, is encrypted.")
    return _("You opened it and have not answered yet. Which one it is, is encrypted.")


def _shares(count: int, end: datetime) -> KeptItem:
    return KeptItem(
        what=ngettext("{n} copy for a clinic", "{n} copies for clinics", count).format(n=count),
        detail=_(
            "What you left in is encrypted. These are not: which clinic, when, who looked, whether it was seen, and "
            "whether it held a danger sign or a change for the worse."
        ),
        until=_("as long as you agreed to, at the latest until {day}").format(day=date_words(end)),
        href="/me/shares",
    )
