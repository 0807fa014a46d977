"""What the template of the reading list gets."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

import msgspec

from acupwa.library.model import Library, PageChange
from acupwa.reading.list_marks import ArrangedList
from acupwa.reading.pages import PageLink, page_link
from acupwa.reading.ranking import ListedPage
from acupwa.reading.reasons import reason_words
from acupwa.web.forms import FieldError
from acupwa.wording import gettext as _


class ListLine(msgspec.Struct, frozen=True, kw_only=True):
    """One page on the list, with the reasons in words and what can be done with it."""

    link: PageLink
    because: tuple[str, ...]
    pinned: bool = False
    changes: tuple[PageChange, ...] = ()
    up: bool = False
    down: bool = False


class ListPage(msgspec.Struct, frozen=True, kw_only=True):
    """`from_check_in` is None for the general list. `minutes` is what is left to read.

    `changed` holds read pages that say something else now; they do not stand in `read` as well.
    """

    template: ClassVar[str] = "reading/list.html"
    title: str
    from_check_in: datetime | None
    to_read: tuple[ListLine, ...]
    changed: tuple[ListLine, ...]
    read: tuple[ListLine, ...]
    hidden: tuple[ListLine, ...]
    minutes: int
    own_order: bool
    errors: tuple[FieldError, ...] = ()
    done: str = ""


def list_page(
    arranged: ArrangedList,
    from_check_in: datetime | None,
    library: Library,
    *,
    done: str = "",
    errors: tuple[FieldError, ...] = (),
) -> ListPage:
    lines = tuple(_line(listed, arranged, library) for listed in arranged.to_read)
    return ListPage(
        title=_("Your reading list"),
        from_check_in=from_check_in,
        to_read=lines,
        changed=tuple(_line(one, arranged, library) for one in arranged.read if one.slug in arranged.changed),
        read=tuple(_line(one, arranged, library) for one in arranged.read if one.slug not in arranged.changed),
        hidden=tuple(_line(listed, arranged, library) for listed in arranged.hidden),
        minutes=sum(line.link.minutes for line in lines),
        own_order=arranged.own_order,
        errors=errors,
        done=done,
    )


def _line(listed: ListedPage, arranged: ArrangedList, library: Library) -> ListLine:
    like = [one.slug for one in arranged.to_read if (one.slug in arranged.pinned) == (listed.slug in arranged.pinned)]
    reasons = tuple(reason_words(reason, library) for reason in listed.because)
    return ListLine(
        link=page_link(library.pages[listed.slug]),
        because=reasons or ((listed.why,) if listed.why else ()),
        pinned=listed.slug in arranged.pinned,
        changes=arranged.changed.get(listed.slug, ()),
        up=listed.slug in like and like[0] != listed.slug,
        down=listed.slug in like and like[-1] != listed.slug,
    )
