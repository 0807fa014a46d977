"""What the pages about a person's own data show. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from acupwa.person.model import Consent, Person
from acupwa.quiz.model import CheckIn
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
        held.append(
            Held(what=_("Your plan"), detail=_("Days and times, encrypted."), until=until, href="/plan")
        )
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
        held.append(
            Held(what=_("Your consent"), detail=_("The words you agreed to, and when."), until=until)
        )
    return MePage(
        title=title,
        held=tuple(held),
        check_ins=tuple(_line(check_in, draft_days) for check_in in check_ins),
        consents=tuple(consents),
        since=date_words(person.created_at),
    )


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
