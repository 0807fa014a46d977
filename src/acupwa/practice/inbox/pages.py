"""The pages of the inbox: its list, one share, a note. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import msgspec

from acupwa.practice.accounts.model import SignedIn
from acupwa.practice.accounts.nav import Nav, nav_of
from acupwa.practice.inbox.blocks import first_column, foot_blocks, second_column, top_blocks
from acupwa.practice.inbox.rules import ALL, FIRST, NEW, NOTE_LENGTH, SECOND, InboxQuery, address_of, cursor_of
from acupwa.practice.inbox.summary import SharedSummary, name_of
from acupwa.practice.sharing.shares.model import LAST_RED_FLAG, WORSE, ListedShare, Share
from acupwa.results.blocks import Block
from acupwa.web.forms import FieldError
from acupwa.wording import date_words
from acupwa.wording import gettext as _


class InboxLine(msgspec.Struct, frozen=True, kw_only=True):
    """`kind` is red, worse or plain; `why` says it in words."""

    id: str
    name: str
    kind: str
    why: str
    day: str
    seen: bool


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    words: str
    href: str
    chosen: bool


class InboxPage(msgspec.Struct, frozen=True, kw_only=True):
    """`found` are the aliases that a search found; `says` is what to say when there is no line."""

    template: ClassVar[str] = "practice/inbox.html"
    title: str
    nav: Nav
    failures: int
    choices: tuple[Choice, ...]
    typed: str = ""
    found: tuple[str, ...] = ()
    lines: tuple[InboxLine, ...] = ()
    next: str = ""
    says: str = ""
    errors: tuple[FieldError, ...] = ()


class SharedPage(msgspec.Struct, frozen=True, kw_only=True):
    """One share on one page, its blocks in two columns between what stands above and below."""

    template: ClassVar[str] = "practice/shared.html"
    title: str
    nav: Nav
    id: str
    top: tuple[Block, ...]
    first: tuple[Block, ...]
    second: tuple[Block, ...]
    foot: tuple[Block, ...]


class NotePage(msgspec.Struct, frozen=True, kw_only=True):
    """`kept`: there is a note, so that an empty one asks before it deletes."""

    template: ClassVar[str] = "practice/inbox_note.html"
    title: str
    nav: Nav
    id: str
    name: str
    note: str
    kept: bool
    errors: tuple[FieldError, ...] = ()


def inbox_page(
    signed_in: SignedIn, asked: InboxQuery, shares: Sequence[ListedShare], found: Sequence[str], *, more: bool
) -> InboxPage:
    following = msgspec.structs.replace(asked, after=cursor_of(shares[-1])) if more and shares else None
    return InboxPage(
        title=_("Inbox"),
        nav=nav_of(signed_in),
        failures=signed_in.failures,
        choices=_choices(asked),
        found=tuple(one or _("link without a name") for one in found),
        lines=tuple(_line(one) for one in shares),
        next=address_of(following) if following else "",
        says=_nothing(asked),
    )


def search_page(signed_in: SignedIn, typed: str, fault: str) -> InboxPage:
    """The inbox again, with what was typed and what is wrong with it."""
    return InboxPage(
        title=_("Inbox"),
        nav=nav_of(signed_in),
        failures=signed_in.failures,
        choices=_choices(InboxQuery()),
        typed=typed,
        errors=(FieldError("alias", fault),) if fault else (),
    )


def shared_page(signed_in: SignedIn, summary: SharedSummary) -> SharedPage:
    return SharedPage(
        title=summary.title,
        nav=nav_of(signed_in),
        id=summary.id,
        top=top_blocks(summary),
        first=first_column(summary),
        second=second_column(summary),
        foot=foot_blocks(summary),
    )


def note_page(signed_in: SignedIn, share: Share, note: str, *, kept: bool, fault: str = "") -> NotePage:
    return NotePage(
        title=_("Note for yourself"),
        nav=nav_of(signed_in),
        id=str(share.id),
        name=name_of(share),
        note=note,
        kept=kept,
        errors=(FieldError("note", fault),) if fault else (),
    )


def note_fault(note: str, *, kept: bool) -> str:
    """Of one that is too long, or empty in place of one that is `kept`; empty for a note that can be saved."""
    if len(note) > NOTE_LENGTH:
        return _("Use 2,000 characters or fewer. You have {n}.").format(n=f"{len(note):,}")
    return _("The note is empty. Press Save again to delete it.") if kept and not note else ""


def _choices(asked: InboxQuery) -> tuple[Choice, ...]:
    words = {NEW: _("Unseen"), FIRST: _("Danger sign"), SECOND: _("Worse"), ALL: _("All")}
    return tuple(
        Choice(words=one, href=address_of(InboxQuery(show=show, of=asked.of)), chosen=show == asked.show)
        for show, one in words.items()
    )


def _nothing(asked: InboxQuery) -> str:
    if asked.after is not None:
        return _("That was the last one.")
    if asked.of:
        return _("Nothing here from these links. Look under All.") if asked.show != ALL else _("Nothing shared yet.")
    return {
        NEW: _("Nothing new. What patients share through your links will be here."),
        FIRST: _("No danger signs in what is shared with you now."),
        SECOND: _("Nobody’s main problem is worse in what is shared with you now."),
    }.get(asked.show, _("Nothing here. What patients share through your links will be here."))


def _line(share: ListedShare) -> InboxLine:
    """How soon it needs somebody, and no word of what is wrong: whoever opens it reads that, and is told to have."""
    kind, why = "plain", ""
    if share.rank <= LAST_RED_FLAG:
        urgency = (_("Emergency sign"), _("Danger sign: today"), _("Danger sign: within days"))
        kind, why = "red", urgency[share.rank]
    elif share.rank == WORSE:
        kind, why = "worse", _("Main problem is worse")
    day = date_words(share.created_at)
    return InboxLine(id=str(share.id), name=name_of(share), kind=kind, why=why, day=day, seen=share.seen)
