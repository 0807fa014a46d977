"""What the page of the library gets, and the part of it that is each person's own."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from acupwa.library.model import Library
from acupwa.quiz.model import Answers
from acupwa.reading.list_marks import ReadingList, arrange
from acupwa.reading.list_pages import FIRST, why_listed
from acupwa.reading.model import CONDITIONS_WITH_PAGES, ListState
from acupwa.reading.pages import PageLink, Shelf, page_link, shelves_of
from acupwa.reading.ranking import ListedPage
from acupwa.wording import gettext as _


class NextPage(msgspec.Struct, frozen=True):
    """A page to read next, and why."""

    link: PageLink
    why: str


class LibraryPage(msgspec.Struct, frozen=True, kw_only=True):
    """`start` are pages for everyone; on a phone with a person their own stand in that place."""

    template: ClassVar[str] = "reading/library.html"
    title: str
    description: str
    start: tuple[NextPage, ...]
    conditions: tuple[Shelf, ...]
    others: tuple[Shelf, ...]
    number_of_pages: int
    number_of_studies: int


class ForYouPage(msgspec.Struct, frozen=True, kw_only=True):
    """The next pages of someone's list. `shelves` are the ids of their own conditions, of which there are pages."""

    template: ClassVar[str] = "reading/_for_you.html"
    next: tuple[NextPage, ...]
    shelves: tuple[str, ...]


def library_page(library: Library) -> LibraryPage:
    shelves = shelves_of(library)
    return LibraryPage(
        title=_("The library"),
        description=_(
            "Clear pages about acupuncture and autoimmune conditions. Each claim has its sources and a grade."
        ),
        start=_next(arrange(Answers(), library, ListState()).to_read, library),
        conditions=tuple(shelf for shelf in shelves if shelf.id in CONDITIONS_WITH_PAGES),
        others=tuple(shelf for shelf in shelves if shelf.id not in CONDITIONS_WITH_PAGES),
        number_of_pages=len(library.pages),
        number_of_studies=len(library.studies),
    )


def for_you_page(found: ReadingList, library: Library) -> ForYouPage:
    return ForYouPage(
        next=_next(found.arranged.to_read, library),
        shelves=tuple(one for one in found.conditions if one in CONDITIONS_WITH_PAGES),
    )


def _next(to_read: tuple[ListedPage, ...], library: Library) -> tuple[NextPage, ...]:
    return tuple(
        NextPage(page_link(library.pages[listed.slug]), why_listed(listed, library)) for listed in to_read[:FIRST]
    )
