"""What the templates of the library get."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

import msgspec

from acupwa.library.content_reader import WORDS_PER_MINUTE
from acupwa.library.model import Library, PageHead, ReadingPage
from acupwa.quiz.help_lines import Phone, phones_of
from acupwa.reading.markdown import render_page
from acupwa.reading.model import CONDITIONS_WITH_PAGES
from acupwa.reading.nothing_found import NothingFound, nothing_found
from acupwa.reading.pieces import ClaimCard, Heading, Piece, RenderedPage
from acupwa.reading.reviewers import reviews_of
from acupwa.reading.sections import PageSection, sections_of, words_in, words_of_piece
from acupwa.reading.sources import Source
from acupwa.reading.structured_data import structured_data
from acupwa.reading.verdicts import PopularLink, popular_of_page
from acupwa.wording import gettext as _


class PageLink(msgspec.Struct, frozen=True, kw_only=True):
    """A reading page as others point to it. `level` says how much it asks of the reader."""

    slug: str
    title: str
    summary: str
    minutes: int
    level: str
    safety: bool = False

    @property
    def href(self) -> str:
        return f"/read/{self.slug}"


class Shelf(msgspec.Struct, frozen=True, kw_only=True):
    """One part of the library: a condition, or a group of general pages."""

    id: str
    name: str
    short: str
    picture: str | None
    pages: tuple[PageLink, ...]


class ArticlePage(msgspec.Struct, frozen=True, kw_only=True):
    """`mark` is the hash of the text: by it a phone keeps how far it was read, and forgets it when the text changes."""

    template: ClassVar[str] = "reading/article.html"
    title: str
    mark: str
    description: str
    slug: str
    head: PageHead
    shelf: str
    shelf_id: str
    link: PageLink
    rendered: RenderedPage
    parts: tuple[PageSection, ...]
    more: PageSection
    nothing: NothingFound
    language: str
    about: tuple[str, ...]
    related: tuple[PageLink, ...]
    popular: tuple[PopularLink, ...]
    phones: tuple[Phone, ...]
    reviews: tuple[str, ...]
    previous: PageLink | None
    next: PageLink | None

    @property
    def short(self) -> tuple[str, ...]:
        return tuple(self.rendered.lines[f"short.{number}"] for number in range(len(self.head.short)))

    @property
    def box(self) -> tuple[tuple[str, str], ...]:
        """The summary box below its bottom line, as (name, HTML)."""
        lines = self.rendered.lines
        return (
            (_("What it may do"), lines["may"]),
            (_("What it does not do"), lines["does_not"]),
            (_("Safety"), lines["safety"]),
            (_("What to ask"), lines["ask"]),
        )

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return self.rendered.pieces

    @property
    def contents(self) -> tuple[Heading, ...]:
        """The headings of what is shown, in order."""
        shown = {part.id for part in self.parts}
        found = [heading for heading in self.rendered.contents if heading.level == 2 and heading.id in shown]
        if self.more.pieces:
            found.append(Heading("studied", _("How strong the evidence is"), 2))
        if self.rendered.nothing_found:
            found.append(Heading("nothing-found", _("Nothing found yet on"), 2))
        return tuple(found)

    @property
    def more_claims(self) -> tuple[ClaimCard, ...]:
        return self.rendered.more_claims

    @property
    def sources(self) -> tuple[Source, ...]:
        return self.rendered.sources

    @property
    def reviewed(self) -> date:
        return self.head.reviewed

    @property
    def short_minutes(self) -> int:
        """Reading time of the short version: summary box, short lines, and what concerns safety."""
        words = sum(words_in(line) for line in self.rendered.lines.values())
        words += sum(words_of_piece(piece) for part in self.parts if part.keep for piece in part.pieces)
        return max(1, round(words / WORDS_PER_MINUTE))

    def structured(self, address: str | None) -> str:
        return structured_data(
            name=self.title,
            description=self.description,
            language=self.language,
            reviewed=self.reviewed,
            conditions=self.about,
            address=address,
        )


def page_link(page: ReadingPage) -> PageLink:
    return PageLink(
        slug=page.slug,
        title=page.head.title,
        summary=page.head.summary,
        minutes=page.minutes,
        level=_("In depth") if page.head.kind == "evidence" else _("Easy start"),
        safety=page.head.safety,
    )


class ArticleMaker(msgspec.Struct, frozen=True):
    """One page of the library, not rendered yet; it knows its neighbours."""

    library: Library
    shelf: Shelf
    link: PageLink
    previous: PageLink | None
    next: PageLink | None

    def __call__(self) -> ArticlePage:
        """Raises ContentError."""
        library = self.library
        page = library.pages[self.link.slug]
        rendered = render_page(library, page)
        more = sections_of(rendered.more_claims, rendered.sources, library.facts)
        return ArticlePage(
            title=page.head.title,
            mark=page.hash,
            description=page.head.summary,
            slug=page.slug,
            head=page.head,
            shelf=self.shelf.name,
            shelf_id=self.shelf.id,
            link=self.link,
            rendered=rendered,
            parts=sections_of(rendered.pieces, rendered.sources, library.facts),
            more=more[0] if more else PageSection((), False),
            nothing=nothing_found(rendered.nothing_found, library),
            language=library.language,
            about=tuple(library.conditions[id].name for id in page.head.conditions),
            related=tuple(page_link(library.pages[slug]) for slug in page.head.related),
            popular=popular_of_page(library, page.slug),
            phones=_phones(page, library),
            reviews=reviews_of(library, page.slug),
            previous=self.previous,
            next=self.next,
        )


def _phones(page: ReadingPage, library: Library) -> tuple[Phone, ...]:
    """The emergency numbers, on a page that speaks of a danger sign at which they stand."""
    flags = (library.red_flags.get(source.removeprefix("flag:")) for source in page.sources)
    urgent = any(flag and flag.call for flag in flags)
    return phones_of("emergency", None, library) if urgent else ()


def article_makers(library: Library) -> Iterable[ArticleMaker]:
    """Every page of the library, in the order of reading."""
    row = [(shelf, link) for shelf in shelves_of(library) for link in shelf.pages]
    links: list[PageLink | None] = [None, *(link for _shelf, link in row), None]
    for (shelf, link), previous, next in zip(row, links, links[2:], strict=False):
        yield ArticleMaker(library, shelf, link, previous, next)


def shelves_of(library: Library) -> tuple[Shelf, ...]:
    """The library in the order of reading; each page stands on one shelf."""
    pages = sorted(library.pages.values(), key=lambda page: (page.head.order, page.slug))
    shelves: dict[str, list[ReadingPage]] = {}
    for page in pages:
        shelves.setdefault(_shelf_id(page.head), []).append(page)
    order = [*CONDITIONS_WITH_PAGES, "other", "condition", "how-it-works", "the-course", "safety", "deciding"]
    names = _group_names()
    made = []
    for name in order:
        if name not in shelves:
            continue
        condition = library.conditions.get(name)
        made.append(
            Shelf(
                id=name,
                name=condition.name if condition else names[name],
                short=condition.short if condition else names[name],
                picture=next((page.head.picture for page in shelves[name] if page.head.picture), None),
                pages=tuple(page_link(page) for page in shelves[name]),
            )
        )
    return tuple(made)


def _shelf_id(head: PageHead) -> str:
    if head.group == "condition" and len(head.conditions) == 1:
        return head.conditions[0]
    return head.group


def _group_names() -> dict[str, str]:
    return {
        "condition": _("More about your condition"),
        "other": _("More about your condition"),
        "how-it-works": _("What it is and how it might work"),
        "the-course": _("What to expect"),
        "safety": _("Safety"),
        "deciding": _("Deciding"),
    }
