"""What there is to read: pages, hard words, drawings and the words of the search."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

import msgspec

from acupwa.library.model.base import Content
from acupwa.library.model.quiz import AgeBand


class PageChange(Content, frozen=True, kw_only=True):
    """A line of a page's own change log, told to whoever read the page before that day."""

    date: date
    note: str


class BottomLine(Content, frozen=True, kw_only=True):
    """The summary box of a page."""

    line: str
    may: str
    does_not: str
    safety: str
    ask: str


class PageHead(Content, frozen=True, kw_only=True):
    """The head of a reading page; its words follow in Markdown.

    `precautions`, `red_flags`, `symptoms` (rating keys), `conditions` and `ages` say whom it concerns.
    """

    title: str
    group: Literal["condition", "how-it-works", "the-course", "safety", "deciding"]
    kind: Literal["overview", "evidence", "needles", "general"]
    order: int
    summary: str
    bottom_line: BottomLine
    short: tuple[str, ...]
    conditions: tuple[str, ...] = ()
    ages: tuple[AgeBand, ...] = ()
    symptoms: tuple[str, ...] = ()
    precautions: tuple[str, ...] = ()
    red_flags: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    safety: bool = False
    general: bool = False
    picture: str | None = None
    reviewed: date
    next_review: date
    changes: tuple[PageChange, ...]


class ReadingPage(msgspec.Struct, frozen=True, kw_only=True):
    """A reading page as loaded: its head, its Markdown, and what can be counted from them."""

    slug: str
    head: PageHead
    markdown: str
    sources: tuple[str, ...]
    minutes: int
    hash: str


class Reviewer(Content, frozen=True, kw_only=True):
    """A clinician who has read pages and may be named: `role` such as "rheumatologist", `interests` as they declare them.

    `pages` are slugs; empty: every page. `date` is the day of the review.
    """

    id: str
    name: str
    role: str
    date: date
    interests: str
    pages: tuple[str, ...] = ()


class GlossaryEntry(Content, frozen=True, kw_only=True):
    """A hard word. `mark` is false where pages mostly use the word in its everyday sense."""

    id: str
    word: str
    says: str
    also: tuple[str, ...] = ()
    mark: bool = True


class DrawingCaution(Content, frozen=True, kw_only=True):
    """A warning that stands right beside a drawing. `words` cite."""

    kind: Literal["avoid", "ask", "note"]
    words: str


class Drawing(Content, frozen=True, kw_only=True):
    """A drawing for the text of a page: `id` is a file of `components/figures`, `shows` says the same in words."""

    id: str
    shows: str
    cautions: tuple[DrawingCaution, ...] = ()


class SearchWords(Content, frozen=True, kw_only=True):
    """Words that people type. `meanings` map them to ours; a line of `danger` or `crisis` needs all of its words.

    The search takes the parts of the danger signs as well, but for those in `no_danger`. `signs` map the id of a
    danger sign to what people type for it: all words of a line lead first to that sign.
    """

    ignored: tuple[str, ...] = ()
    meanings: Mapping[str, str] = {}
    danger: tuple[str, ...] = ()
    no_danger: tuple[str, ...] = ()
    signs: Mapping[str, tuple[str, ...]] = {}
    crisis: tuple[str, ...] = ()
