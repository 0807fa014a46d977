"""What the pages about links show: for the practitioner, on paper, for the patient. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

import msgspec

from acupwa.practice.accounts.model import SignedIn
from acupwa.practice.accounts.nav import Nav, nav_of
from acupwa.practice.accounts.rules import CARD_COLOURS
from acupwa.practice.links.forms import TypedLink, interval_key
from acupwa.practice.links.model import Ended, Link, NamedLink
from acupwa.practice.links.rules import (
    INTERVALS,
    LAST_DAYS,
    LONG_PART,
    SHARE_DAYS,
    again_words,
    ended,
    ended_words,
    just_made,
    status_words,
    typed_parts,
)
from acupwa.web.confirm_page import ConfirmPage
from acupwa.web.forms import FieldError
from acupwa.web.qr import QrPicture, qr_picture
from acupwa.wording import date_words, filled, span_words
from acupwa.wording import gettext as _


class LinkLine(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    name: str
    kind: str
    status: str
    made: str
    open: bool


class LinksPage(msgspec.Struct, frozen=True, kw_only=True):
    template: ClassVar[str] = "practice/links.html"
    title: str
    nav: Nav
    links: tuple[LinkLine, ...]
    older: str
    share_days: tuple[tuple[str, str], ...]
    last_days: tuple[tuple[str, str], ...]
    again: tuple[tuple[str, str], ...]
    typed: TypedLink
    errors: tuple[FieldError, ...] = ()


class LinkPage(msgspec.Struct, frozen=True, kw_only=True):
    """One link, also as the printed card, sheet of cards and poster. `ground` and `ink` are colours of the card."""

    template: ClassVar[str] = "practice/link.html"
    title: str
    nav: Nav
    line: LinkLine
    note: str
    address: str
    shown: tuple[str, ...]
    long_name: bool
    qr: QrPicture
    clinic: str
    contact: str
    ground: str
    ink: str
    follow_up: bool


class CardPage(LinkPage, frozen=True, kw_only=True):
    template: ClassVar[str] = "practice/card.html"


class SheetPage(LinkPage, frozen=True, kw_only=True):
    template: ClassVar[str] = "practice/sheet.html"


class PosterPage(LinkPage, frozen=True, kw_only=True):
    template: ClassVar[str] = "practice/poster.html"


class InvitedPage(msgspec.Struct, frozen=True, kw_only=True):
    template: ClassVar[str] = "practice/invited.html"
    title: str
    code: str
    clinic: str
    practitioner: str
    contact: str
    kept: str
    again: str = ""
    preview: str = ""


class EndedPage(msgspec.Struct, frozen=True, kw_only=True):
    template: ClassVar[str] = "practice/ended.html"
    title: str
    says: str


def links_page(
    signed_in: SignedIn,
    links: Sequence[Link],
    now: datetime,
    *errors: FieldError,
    typed: TypedLink | None = None,
    more: bool = False,
) -> LinksPage:
    return LinksPage(
        title=_("Links for patients"),
        nav=nav_of(signed_in),
        links=tuple(_line(link, now) for link in links),
        older=f"/practice/links?before={links[-1].id}" if more and links else "",
        share_days=tuple((str(days), span_words(days)) for days in SHARE_DAYS),
        last_days=(("0", _("Never")), *((str(days), span_words(days)) for days in LAST_DAYS)),
        again=(("", _("Never")), *((interval_key(one), again_words(one)) for one in INTERVALS)),
        typed=typed or TypedLink(),
        errors=errors,
    )


def link_page(
    signed_in: SignedIn, link: NamedLink, origin: str, now: datetime, kind: type[LinkPage] = LinkPage
) -> LinkPage:
    address = f"{origin}/l/{link.code}"
    ground, ink = CARD_COLOURS[signed_in.clinic.colours]
    line = _line(link, now)
    shown = typed_parts(address)
    return kind(
        title=line.name,
        nav=nav_of(just_made(signed_in, link, now) if kind is LinkPage else signed_in),
        line=line,
        note=link.note,
        address=address,
        shown=shown,
        long_name=max(map(len, shown)) > LONG_PART,
        qr=qr_picture(address),
        clinic=link.clinic,
        contact=link.contact,
        ground=ground,
        ink=ink,
        follow_up=link.variant == "follow-up",
    )


def confirm_withdrawal(link: Link, now: datetime) -> ConfirmPage:
    line = _line(link, now)
    return ConfirmPage(
        title=filled(_("Withdraw the link “{name}”?"), name=line.name),
        lines=(
            f"{line.kind} · {line.status}",
            _(
                "Nobody will be able to open it, including from a printed card or poster. Anything already shared stays."
            ),
        ),
        yes=_("Yes, withdraw it"),
        action=f"/practice/links/{line.id}/withdraw",
        back=f"/practice/links/{line.id}",
    )


def invited_page(link: NamedLink, preview: str = "") -> InvitedPage:
    """`preview` is where one who has answered already sees what would be shared."""
    return InvitedPage(
        preview=preview,
        title=_("Before your session"),
        code=link.code,
        clinic=link.clinic,
        practitioner=link.practitioner,
        contact=link.contact,
        kept=span_words(link.share_days),
        again=", ".join(_again(link)),
    )


def ended_page(why: Ended | None) -> EndedPage:
    return EndedPage(title=_("This link does not work"), says=ended_words(why))


def _again(link: Link) -> tuple[str, ...]:
    return (_("again {when}").format(when=again_words(link.again)),) if link.again else ()


def _line(link: Link, now: datetime) -> LinkLine:
    kinds = {"reusable": _("for anyone"), "personal": _("for one patient, once")}
    variants = {"full": _("full check-in"), "follow-up": _("follow-up")}
    return LinkLine(
        id=str(link.id),
        name=link.alias or _("Link of {day}").format(day=date_words(link.created_at)),
        kind=", ".join((kinds[link.kind], variants[link.variant], *_again(link))),
        status=status_words(link, now),
        made=date_words(link.created_at),
        open=ended(link, now, own=True) != "withdrawn",
    )
