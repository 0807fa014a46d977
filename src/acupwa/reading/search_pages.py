"""What the template of `/search` gets, and the index as a file. Pure."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from acupwa.library.model import Library
from acupwa.reading.search import MOST_HITS, MOST_LETTERS, SearchIndex, find
from acupwa.reading.search_index import index_of
from acupwa.web.forms import FieldError
from acupwa.web.text import one_line
from acupwa.wording import gettext as _
from acupwa.wording import ngettext


class SearchHit(msgspec.Struct, frozen=True):
    """One thing found. `kind` says in words what it is."""

    href: str
    kind: str
    title: str
    summary: str


class SearchPage(msgspec.Struct, frozen=True, kw_only=True):
    """`said` is None before anything was asked. `title` never has the question in it: titles end up in histories."""

    template: ClassVar[str] = "reading/search.html"
    title: str
    description: str
    question: str = ""
    errors: tuple[FieldError, ...] = ()
    said: str | None = None
    hits: tuple[SearchHit, ...] = ()
    danger: bool = False
    crisis: bool = False
    most_letters: int = MOST_LETTERS

    @property
    def problem(self) -> list[str]:
        return [error.message for error in self.errors]


class Search:
    """The index of one library, built when first asked for, and then kept."""

    template: ClassVar[str] = "offline/json.txt"

    def __init__(self, library: Library) -> None:
        self._library = library
        self._index: SearchIndex | None = None

    @property
    def is_built(self) -> bool:
        """Whether the next question is answered in milliseconds; the first takes as long as the index."""
        return self._index is not None

    @property
    def index(self) -> SearchIndex:
        if self._index is None:
            self._index = index_of(self._library)
        return self._index

    @property
    def text(self) -> str:
        """The file that a phone saves."""
        return msgspec.json.encode(self.index).decode()

    def page(self, question: str) -> SearchPage:
        question = one_line(question)
        if len(question) > MOST_LETTERS:
            return search_page(
                question=question[:MOST_LETTERS],
                errors=(FieldError("q", too_long()),),
            )
        if not question:
            return search_page()
        found = find(self.index, question)
        hits = (self.index.docs[place] for place in found.places)
        return search_page(
            question=question,
            said=said(found.number),
            hits=tuple(SearchHit(href, self.index.kinds[kind], title, summary) for href, kind, title, summary in hits),
            danger=found.danger,
            crisis=found.crisis,
        )


def search_page(**more: object) -> SearchPage:
    made = SearchPage(
        title=_("Search"),
        description=_("Search the library, the claims check, the hard words and the studies."),
    )
    return msgspec.structs.replace(made, **more)


def said(number: int) -> str:
    if number == 0:
        return _("No results for these words.")
    if number > MOST_HITS:
        return _("{number} results. Here are the best {shown}.").format(number=number, shown=MOST_HITS)
    found = ngettext("{number} result.", "{number} results, best first.", number)
    return found.format(number=number)


def too_long() -> str:
    return _("Use fewer words: up to {most} letters.").format(most=MOST_LETTERS)
