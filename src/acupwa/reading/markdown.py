"""A page's Markdown → pieces to show. Pure: (library, page) in, values out; raw HTML is shown as text.

The syntax is written up in docs/content.md. Whatever is unknown or not allowed raises ContentError.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from markdown_it.token import Token

from acupwa.library.faults import ContentError, Fault, content_error
from acupwa.library.model import Library, ReadingPage
from acupwa.library.references import FOLD, faults_in
from acupwa.reading.comparison_words import comparison_words
from acupwa.reading.hard_words import Marker
from acupwa.reading.harms import find_harms
from acupwa.reading.markdown_html import PageRenderer
from acupwa.reading.markdown_syntax import make_parser
from acupwa.reading.nothing_found import is_nothing_found
from acupwa.reading.pieces import (
    FOLDED,
    CautionPiece,
    ClaimCard,
    DrawingPiece,
    HarmsPicture,
    Heading,
    Html,
    Piece,
    RenderedPage,
    RenderedText,
)
from acupwa.reading.sources import Sources
from acupwa.wording import gettext as _

# Ids that the page's template uses itself.
_TAKEN = (
    "main",
    "top",
    "short",
    "contents",
    "sources",
    "text",
    "about-this-page",
    "related",
    "studied",
    "met",
    "nothing-found",
)


def render_page(library: Library, page: ReadingPage) -> RenderedPage:
    """All of a page, its sources numbered as read: summary box, short version, text, claims."""
    place = f"reading/{page.slug}.md"
    for line, text in faults_in(page.markdown):
        raise content_error(place, f"line {line} of the text", f"is neither a citation nor a directive: {text}")
    writer = _Writer(library, place)
    head = page.head
    lines = {
        name: writer.line(getattr(head.bottom_line, name)) for name in ("line", "may", "does_not", "safety", "ask")
    }
    lines |= {f"short.{number}": writer.line(words) for number, words in enumerate(head.short)}
    # The short version and the whole text are each read without the other.
    writer.marker.start_part()
    pieces = writer.pieces(page.markdown)
    shown = {piece.id for piece in pieces if isinstance(piece, ClaimCard)}
    more = tuple(writer.claim(claim) for claim in head.claims if claim not in shown)
    nothing = {
        piece.id: piece for piece in (*pieces, *more) if isinstance(piece, ClaimCard) and is_nothing_found(piece)
    }
    return RenderedPage(
        pieces=tuple(piece for piece in pieces if not is_nothing_found(piece)),
        contents=tuple(writer.headings),
        sources=writer.sources.all(),
        lines=lines,
        more_claims=tuple(claim for claim in more if claim.id not in nothing),
        nothing_found=tuple(nothing.values()),
        hard_words=tuple(writer.marker.used.values()),
    )


def render_text(
    library: Library, place: str, lines: Mapping[str, str], blocks: Mapping[str, str], also: Iterable[str] = ()
) -> RenderedText:
    """`also` are sources to list after those that are cited. Raises ContentError."""
    writer = _Writer(library, place)
    html_of_lines = {name: writer.line(words) for name, words in lines.items()}
    html_of_blocks = {name: writer.block(words) for name, words in blocks.items()}
    for id in also:
        writer.sources.number(id)
    return RenderedText(html_of_lines, html_of_blocks, writer.sources.all(), tuple(writer.marker.used.values()))


def rendering_faults(library: Library) -> Iterable[Fault]:
    """What keeps a page from being shown: each is rendered once, and tells its first fault."""
    for page in library.pages.values():
        try:
            render_page(library, page)
        except ContentError as refused:
            yield from refused.faults


class _Writer:
    """Renders the parts of one page with one count of sources and headings."""

    def __init__(self, library: Library, place: str) -> None:
        self.library = library
        self.place = place
        self.sources = Sources(library, place)
        self.headings: list[Heading] = []
        self.marker = Marker(library.glossary)
        self._cited: set[int] = set()
        self._parser = make_parser(self.marker, PageRenderer(self))

    def line(self, words: str) -> str:
        return str(self._parser.renderInline(words))

    def block(self, markdown: str) -> str:
        return "".join(piece.html for piece in self._html([*self._checked(self._parser.parse(markdown))]))

    def pieces(self, markdown: str) -> tuple[Piece, ...]:
        pieces: list[Piece] = []
        run: list[Token] = []
        for token in self._checked(self._parser.parse(markdown)):
            if token.type != "directive":
                run.append(token)
                continue
            pieces += self._html(run)
            run = []
            pieces.append(self._directive(token.info, token.meta["id"]))
        return (*pieces, *self._html(run))

    def _directive(self, name: str, id: str) -> Piece:
        if name == "claim":
            return self.claim(id)
        return self._harms(id) if name == "harms" else self._drawing(id)

    def claim(self, id: str) -> ClaimCard:
        claim = self.library.claims.get(id)
        if claim is None:
            raise content_error(self.place, f"::claim {id}", "no such claim")
        return ClaimCard(
            id=id,
            says=claim.says,
            certainty=claim.certainty,
            direction=claim.direction,
            compared_with=comparison_words(claim),
            outcome=claim.outcome,
            condition=claim.condition,
            studies=tuple(self.sources.study(study) for study in claim.named),
        )

    def cite(self, ids: Sequence[str]) -> tuple[tuple[int, str, bool], ...]:
        """(number, name, whether it is the first of its source) of each cited id."""
        return tuple(self._cited_source(self.sources.number(one), self.sources.name(one)) for one in ids)

    def heading(self, words: str, level: int) -> Heading:
        taken = {heading.id for heading in self.headings} | set(_TAKEN)
        bare = re.sub(r"[^a-z0-9]+", "-", words.lower().replace("’", "").replace("'", "")).strip("-") or "part"
        free = next(name for name in (bare, *(f"{bare}-{n}" for n in range(2, 100))) if name not in taken)
        heading = Heading(free, words, level)
        self.headings.append(heading)
        return heading

    def _cited_source(self, number: int, name: str) -> tuple[int, str, bool]:
        first = number not in self._cited
        self._cited.add(number)
        return number, name, first

    def _harms(self, id: str) -> HarmsPicture:
        fact = self.library.facts.get(id)
        if fact is None:
            raise content_error(self.place, f"::harms {id}", "no such fact")
        harms = find_harms(fact.says)
        if harms is None:
            raise content_error(self.place, f"::harms {id}", "the fact does not say how many of 10,000")
        number = self.sources.number(id)
        return HarmsPicture(harms, self.sources.all()[number - 1])

    def _drawing(self, id: str) -> DrawingPiece:
        drawing = self.library.drawings.get(id)
        if drawing is None:
            raise content_error(self.place, f"::drawing {id}", "no such drawing")
        cautions = tuple(CautionPiece(caution.kind, self.line(caution.words)) for caution in drawing.cautions)
        return DrawingPiece(id, drawing.shows, cautions)

    def _html(self, tokens: Sequence[Token]) -> list[Html]:
        html = self._parser.renderer.render(tokens, self._parser.options, {})
        return [Html(html)] if html.strip() else []

    def _checked(self, tokens: Sequence[Token]) -> Iterable[Token]:
        heading: Heading | None = None
        for token, after in zip(tokens, [*tokens[1:], None], strict=True):
            if token.type == "heading_open":
                level = int(token.tag[1])
                if level not in (2, 3):
                    raise content_error(self.place, "heading", "use ## and ### only; the title is the page's h1")
                folded = _unfolded(after)
                heading = self.heading(_bare_words(after), level)
                token.attrSet("id", heading.id)
                if folded:
                    token.attrSet("class", FOLDED)
            elif token.type == "table_open":
                token.meta["name"] = heading.words if heading else _("Table")
            elif token.type == "directive" and token.level > 0:
                raise content_error(self.place, f"::{token.info}", "must stand by itself, not inside a list or a quote")
            yield token


def _unfolded(inline: Token | None) -> bool:
    """Whether the heading folds its section; its mark is taken out of the words."""
    last = inline.children[-1] if inline and inline.children else None
    if last is None or not FOLD.search(last.content):
        return False
    last.content = FOLD.sub("", last.content)
    return True


def _bare_words(inline: Token | None) -> str:
    children = (inline.children if inline else None) or ()
    return "".join(child.content for child in children if child.type in ("text", "code_inline")).strip()
