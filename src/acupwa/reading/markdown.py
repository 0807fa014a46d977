"""A page's Markdown → pieces to show. Pure: (library, page) in, values out; raw HTML is shown as text.

The syntax is written up in docs/content.md. Whatever is unknown or not allowed raises ContentError.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from acupwa.library.faults import ContentError, Fault
from acupwa.library.model import Certainty, Direction, GlossaryEntry, Library, Page
from acupwa.library.page_check import link_fault
from acupwa.library.references import CITATION, DIRECTIVE, faults_in, split_ids
from acupwa.reading.hard_words import Marker, around
from acupwa.reading.harms import Harms, harms_of
from acupwa.reading.sources import Source, Sources, StudyLink
from acupwa.wording import gettext as _

# Ids that the page's template uses itself.
_TAKEN = ("main", "top", "short", "contents", "sources", "text", "about-this-page", "related", "studied", "met")


class Heading(msgspec.Struct, frozen=True):
    id: str
    words: str
    level: int


class Html(msgspec.Struct, frozen=True, tag="html"):
    """Safe HTML, made here."""

    html: str
    kind: str = "html"


class ClaimCard(msgspec.Struct, frozen=True, kw_only=True):
    """A graded claim with the studies that it rests on."""

    id: str
    says: str
    certainty: Certainty
    direction: Direction
    compared_with: str
    outcome: str
    condition: str
    studies: tuple[StudyLink, ...]
    kind: str = "claim"


class HarmsPicture(msgspec.Struct, frozen=True):
    """A number of 10,000, drawn."""

    harms: Harms
    source: Source
    kind: str = "harms"


class ShownCaution(msgspec.Struct, frozen=True):
    kind: str
    html: str


class ShownDrawing(msgspec.Struct, frozen=True):
    """A drawing of `components/figures`, the same in words, and the warnings that stand beside it."""

    name: str
    shows: str
    cautions: tuple[ShownCaution, ...]
    kind: str = "drawing"


Piece = Html | ClaimCard | HarmsPicture | ShownDrawing


class Rendered(msgspec.Struct, frozen=True):
    """A page's words. `lines` are single strings of the page's head, rendered with citations, by name.

    `hard_words` are those that the page marks: their meanings open in place.
    """

    pieces: tuple[Piece, ...]
    contents: tuple[Heading, ...]
    sources: tuple[Source, ...]
    lines: dict[str, str]
    more_claims: tuple[ClaimCard, ...]
    hard_words: tuple[GlossaryEntry, ...] = ()


class Text(msgspec.Struct, frozen=True):
    """Words that are no page of the library: single lines and blocks of HTML by name, with their sources."""

    lines: dict[str, str]
    blocks: dict[str, str]
    sources: tuple[Source, ...]
    hard_words: tuple[GlossaryEntry, ...]


def render_page(library: Library, page: Page) -> Rendered:
    """All of a page, its sources numbered as read: summary box, short version, text, claims."""
    place = f"reading/{page.slug}.md"
    for line, text in faults_in(page.markdown):
        raise _fault(place, f"line {line} of the text", f"is neither a citation nor a directive: {text}")
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
    hard_words = tuple(writer.marker.used.values())
    return Rendered(pieces, tuple(writer.headings), writer.sources.all(), lines, more, hard_words)


def render_text(
    library: Library, place: str, lines: Mapping[str, str], blocks: Mapping[str, str], also: Iterable[str] = ()
) -> Text:
    """`also` are sources to list after those that are cited. Raises ContentError."""
    writer = _Writer(library, place)
    html_of_lines = {name: writer.line(words) for name, words in lines.items()}
    html_of_blocks = {name: writer.block(words) for name, words in blocks.items()}
    for id in also:
        writer.sources.number(id)
    return Text(html_of_lines, html_of_blocks, writer.sources.all(), tuple(writer.marker.used.values()))


class _Writer:
    """Renders the parts of one page with one count of sources and headings."""

    def __init__(self, library: Library, place: str) -> None:
        self.library = library
        self.place = place
        self.sources = Sources(library, place)
        self.headings: list[Heading] = []
        self.marker = Marker(library.glossary)
        self._cited: set[int] = set()
        self._parser = _parser(self)

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
            raise _fault(self.place, f"::claim {id}", "no such claim")
        return ClaimCard(
            id=id,
            says=claim.says,
            certainty=claim.certainty,
            direction=claim.direction,
            compared_with=claim.compared_with,
            outcome=claim.outcome,
            condition=claim.condition,
            studies=tuple(self.sources.study(study) for study in claim.studies),
        )

    def cite(self, ids: Sequence[str]) -> str:
        links = ", ".join(self._cite_link(self.sources.number(one), self.sources.name(one)) for one in ids)
        return f'<span class="reading-cite">[{links}]</span>'

    def heading(self, words: str, level: int) -> Heading:
        taken = {heading.id for heading in self.headings} | set(_TAKEN)
        bare = re.sub(r"[^a-z0-9]+", "-", words.lower().replace("’", "").replace("'", "")).strip("-") or "part"
        free = next(name for name in (bare, *(f"{bare}-{n}" for n in range(2, 100))) if name not in taken)
        heading = Heading(free, words, level)
        self.headings.append(heading)
        return heading

    def _cite_link(self, number: int, name: str) -> str:
        first = number not in self._cited
        self._cited.add(number)
        anchor = f' id="cited-{number}"' if first else ""
        label = escapeHtml(_("Source {number}: {name}").format(number=number, name=name))
        return f'<a{anchor} href="#source-{number}" aria-label="{label}">{number}</a>'

    def _harms(self, id: str) -> HarmsPicture:
        fact = self.library.facts.get(id)
        if fact is None:
            raise _fault(self.place, f"::harms {id}", "no such fact")
        harms = harms_of(fact.says)
        if harms is None:
            raise _fault(self.place, f"::harms {id}", "the fact does not say how many of 10,000")
        number = self.sources.number(id)
        return HarmsPicture(harms, self.sources.all()[number - 1])

    def _drawing(self, id: str) -> ShownDrawing:
        drawing = self.library.drawings.get(id)
        if drawing is None:
            raise _fault(self.place, f"::drawing {id}", "no such drawing")
        cautions = tuple(ShownCaution(caution.kind, self.line(caution.words)) for caution in drawing.cautions)
        return ShownDrawing(id, drawing.shows, cautions)

    def _html(self, tokens: Sequence[Token]) -> list[Html]:
        html = self._parser.renderer.render(tokens, self._parser.options, {})
        return [Html(html)] if html.strip() else []

    def _checked(self, tokens: Sequence[Token]) -> Iterable[Token]:
        heading: Heading | None = None
        for token, after in zip(tokens, [*tokens[1:], None], strict=True):
            if token.type == "heading_open":
                level = int(token.tag[1])
                if level not in (2, 3):
                    raise _fault(self.place, "heading", "use ## and ### only; the title is the page's h1")
                heading = self.heading(_bare_words(after), level)
                token.attrSet("id", heading.id)
            elif token.type == "table_open":
                token.meta["name"] = heading.words if heading else _("Table")
            elif token.type == "directive" and token.level > 0:
                raise _fault(self.place, f"::{token.info}", "must stand by itself, not inside a list or a quote")
            yield token


def _parser(writer: _Writer) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")
    parser.validateLink = lambda _address: True  # type: ignore[method-assign, assignment]  # see link_open
    parser.inline.ruler.before("link", "citation", _read_citation)
    parser.core.ruler.push("hard_words", lambda state: _mark_hard_words(state, writer.marker))
    parser.block.ruler.before("paragraph", "directive", _read_directive, {"alt": ["paragraph", "list"]})

    def citation(_self: RendererHTML, tokens: Sequence[Token], index: int, *_rest: Any) -> str:
        token = tokens[index]
        return writer.cite(token.meta["ids"]) + ("</span>" if token.meta.get("close") else "")

    def hard_word(_self: RendererHTML, tokens: Sequence[Token], index: int, *_rest: Any) -> str:
        token = tokens[index]
        # A line may break at a button: a bracket or full stop within it cannot be left on the other line.
        before, word, after = map(escapeHtml, around(token.content))
        opens = f'popovertarget="word-{escapeHtml(token.meta["id"])}" aria-haspopup="dialog"'
        button = f'<button type="button" class="hard-word" {opens}>{before}<span>{word}</span>{after}</button>'
        return f'<span class="hard-word-cited">{button}' if token.meta.get("open") else button

    def link_open(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, _env: Any) -> str:
        address = str(tokens[index].attrGet("href") or "")
        reason = link_fault(address, writer.library)
        if reason:
            raise _fault(writer.place, address, reason)
        if address.startswith("https:"):
            tokens[index].attrSet("rel", "external noopener noreferrer")
        return self.renderToken(tokens, index, options, _env)

    def image(_self: RendererHTML, tokens: Sequence[Token], index: int, *_rest: Any) -> str:
        raise _fault(writer.place, tokens[index].content, "pictures are named in the page's head")

    def table_open(_self: RendererHTML, tokens: Sequence[Token], index: int, *_rest: Any) -> str:
        name = escapeHtml(tokens[index].meta["name"])
        return f'<div class="reading-table" role="region" tabindex="0" aria-label="{name}">\n<table>\n'

    parser.add_render_rule("citation", citation)
    parser.add_render_rule("hard_word", hard_word)
    parser.add_render_rule("link_open", link_open)
    parser.add_render_rule("image", image)
    parser.add_render_rule("table_open", table_open)
    parser.add_render_rule("table_close", lambda *_rest: "</table>\n</div>\n")
    parser.add_render_rule("th_open", _header_cell)
    parser.add_render_rule("td_open", _cell)
    return parser


def _header_cell(_self: RendererHTML, tokens: Sequence[Token], index: int, *_rest: Any) -> str:
    # An empty corner is no header of anything.
    empty = not tokens[index + 1].content.strip()
    return f"<th{_figure(tokens[index])}>" if empty else f'<th{_figure(tokens[index])} scope="col">'


def _cell(_self: RendererHTML, tokens: Sequence[Token], index: int, *_rest: Any) -> str:
    return f"<td{_figure(tokens[index])}>"


def _figure(cell: Token) -> str:
    # Alignment would be an inline style, which the page's policy forbids; figures line up by class.
    return ' class="reading-figure"' if "right" in str(cell.attrGet("style") or "") else ""


def _read_citation(state: StateInline, silent: bool) -> bool:
    found = CITATION.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        # The space before a citation goes: "pain [@x]" is shown as "pain[1]".
        state.pending = state.pending.rstrip(" ")
        state.push("citation", "", 0).meta = {"ids": split_ids("@" + found[1])}
    state.pos = found.end()
    return True


def _mark_hard_words(state: StateCore, marker: Marker) -> None:
    """Not in headings, nor in links: these are pressed for something else."""
    heads = 0
    for token in state.tokens:
        if token.type in ("heading_open", "th_open"):
            heads += 1
        elif token.type in ("heading_close", "th_close"):
            heads -= 1
        elif token.type == "inline" and not heads:
            token.children = list(_marked(token.children or (), marker))


def _marked(tokens: Iterable[Token], marker: Marker) -> Iterable[Token]:
    links = 0
    word: Token | None = None
    for token in tokens:
        links += (token.type == "link_open") - (token.type == "link_close")
        # A citation stays beside its word, if the two fit on one line.
        if token.type == "citation" and word is not None and " " not in word.content:
            word.meta["open"] = token.meta["close"] = True
        word = None
        if token.type != "text" or links:
            yield token
            continue
        for words, entry in marker.split(token.content):
            piece = Token("hard_word" if entry else "text", "", 0, content=words, level=token.level)
            piece.meta = {"id": entry.id} if entry else {}
            word = piece if entry else None
            yield piece


def _read_directive(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    found = DIRECTIVE.fullmatch(line)
    if found is None:
        return False
    if not silent:
        token = state.push("directive", "", 0)
        token.info, token.meta, token.map = found[1], {"id": found[2]}, [start, start + 1]
        state.line = start + 1
    return True


def _bare_words(inline: Token | None) -> str:
    children = (inline.children if inline else None) or ()
    return "".join(child.content for child in children if child.type in ("text", "code_inline")).strip()


def _fault(place: str, where: str, reason: str) -> ContentError:
    return ContentError((Fault(place, where, reason),))
