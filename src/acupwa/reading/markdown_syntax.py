"""What our Markdown has beside the common one: citations, directives, and hard words to mark. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from acupwa.library.references import CITATION, DIRECTIVE, split_ids
from acupwa.reading.hard_words import Marker


def make_parser(marker: Marker, renderer: RendererHTML) -> MarkdownIt:
    """A parser of the whole syntax. Tokens `citation` hold `ids`, `directive` and `hard_word` an `id`, in their meta.

    It lets every address of a link through, and reads pictures: the renderer has to refuse them.
    """
    parser = MarkdownIt(
        "commonmark", {"html": False, "typographer": False}, renderer_cls=lambda _parser: renderer
    ).enable("table")
    parser.validateLink = lambda _address: True  # type: ignore[method-assign, assignment]
    parser.inline.ruler.before("link", "citation", _read_citation)
    parser.core.ruler.push("hard_words", lambda state: _mark_hard_words(state, marker))
    parser.block.ruler.before("paragraph", "directive", _read_directive, {"alt": ["paragraph", "list"]})
    return parser


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
