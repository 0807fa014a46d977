"""What the template of the reading list gets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import ClassVar, Literal

import msgspec

from acupwa.library.model import Library, PageChange
from acupwa.reading.as_seen import line_mark
from acupwa.reading.list_marks import ReadingList
from acupwa.reading.model import LastPress
from acupwa.reading.pages import PageLink, page_link
from acupwa.reading.ranking import ListedPage
from acupwa.reading.reasons import done_words, reason_words
from acupwa.web.forms import FieldError
from acupwa.wording import gettext as _

# What is shown at once: a tired reader looks for the next page, not for all of them.
FIRST = 3
# How a press ended, as it stands in an address: it names no page.
Done = Literal["pressed", "same", "undone"]


class ListLine(msgspec.Struct, frozen=True, kw_only=True):
    """One page on the list, and what can be done with it. `seen` marks what it is like (`reading.as_seen`)."""

    link: PageLink
    why: str
    seen: str
    pinned: bool = False
    changes: tuple[PageChange, ...] = ()
    up: bool = False
    down: bool = False


class ListGroup(msgspec.Struct, frozen=True):
    """Pages that follow each other for the same reason, which is said once."""

    why: str
    lines: tuple[ListLine, ...]


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What a press came to. `undo` is the name of the press that can be taken back, `entry` the page it was on."""

    words: str = ""
    undo: str = ""
    entry: str = ""


class ListPage(msgspec.Struct, frozen=True, kw_only=True):
    """`from_check_in` is None for the general list. `number` pages are to be read, in `minutes`; `more` are folded.

    `changed` holds read pages that say something else now; they do not stand in `read` as well.
    """

    template: ClassVar[str] = "reading/list.html"
    title: str
    from_check_in: datetime | None
    first: tuple[ListGroup, ...]
    more: tuple[ListGroup, ...]
    number_of_more: int
    number: int
    minutes: int
    changed: tuple[ListLine, ...]
    read: tuple[ListLine, ...]
    hidden: tuple[ListLine, ...]
    own_order: bool
    said: Said = Said()
    errors: tuple[FieldError, ...] = ()


def list_page(
    found: ReadingList,
    library: Library,
    *,
    done: str = "",
    errors: tuple[FieldError, ...] = (),
) -> ListPage:
    """`done` is a `Done`, or anything from an address: what is none of these says nothing."""
    arranged = found.arranged
    lines = tuple(_line(listed, found, library) for listed in arranged.to_read)
    return ListPage(
        title=_("Your reading list"),
        from_check_in=found.from_check_in,
        first=_groups(lines[:FIRST]),
        more=_groups(lines[FIRST:]),
        number_of_more=len(lines[FIRST:]),
        number=len(lines),
        minutes=sum(line.link.minutes for line in lines),
        changed=tuple(_line(one, found, library) for one in arranged.read if one.slug in arranged.changed),
        read=tuple(_line(one, found, library) for one in arranged.read if one.slug not in arranged.changed),
        hidden=tuple(_line(listed, found, library) for listed in arranged.hidden),
        own_order=arranged.own_order,
        said=_said(done, found.last, library),
        errors=errors,
    )


def why_listed(listed: ListedPage, library: Library) -> str:
    """Why a page is on the list: the first of its reasons, in words."""
    return reason_words(listed.because[0], library) if listed.because else listed.why


def _groups(lines: Sequence[ListLine]) -> tuple[ListGroup, ...]:
    return tuple(ListGroup(why, tuple(same)) for why, same in groupby(lines, key=lambda line: line.why))


def _said(done: str, last: LastPress | None, library: Library) -> Said:
    match done:
        case "pressed" if last is not None:
            title = library.pages[last.slug].head.title if last.slug in library.pages else ""
            return Said(words=done_words(last.action, title), undo=last.name, entry=last.slug)
        case "same":
            return Said(words=_("Nothing to change: your list is like that already."))
        case "undone":
            return Said(words=_("Undone. Your list is as it was before."))
    return Said()


def _line(listed: ListedPage, found: ReadingList, library: Library) -> ListLine:
    arranged = found.arranged
    like = [one.slug for one in arranged.to_read if (one.slug in arranged.pinned) == (listed.slug in arranged.pinned)]
    return ListLine(
        link=page_link(library.pages[listed.slug]),
        why=why_listed(listed, library),
        seen=line_mark(found.marks, listed.slug),
        pinned=listed.slug in arranged.pinned,
        changes=arranged.changed.get(listed.slug, ()),
        up=listed.slug in like and like[0] != listed.slug,
        down=listed.slug in like and like[-1] != listed.slug,
    )
