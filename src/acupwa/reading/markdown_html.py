"""How the tokens of our Markdown are written as HTML. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from acupwa.library.faults import content_error
from acupwa.library.model import Library
from acupwa.library.page_check import link_fault
from acupwa.reading.hard_words import around
from acupwa.wording import gettext as _


class Citing(Protocol):
    """What a page knows while it is written. `place` names it in a fault."""

    library: Library
    place: str

    def cite(self, ids: Sequence[str]) -> tuple[tuple[int, str, bool], ...]:
        """(number, name, whether it is the first of its source) of each cited id."""


class PageRenderer(RendererHTML):
    """Each public method is the rule of the token of its name.

    Links and pictures that may not be there raise ContentError when rendered.
    """

    def __init__(self, page: Citing) -> None:
        super().__init__()
        self._page = page

    def citation(self, tokens: Sequence[Token], index: int, *_rest: Any) -> str:
        token = tokens[index]
        links = ", ".join(_source_link(*one) for one in self._page.cite(token.meta["ids"]))
        closes = "</span>" if token.meta.get("close") else ""
        return f'<span class="reading-cite">[{links}]</span>{closes}'

    def hard_word(self, tokens: Sequence[Token], index: int, *_rest: Any) -> str:
        token = tokens[index]
        # A line may break at a button: a bracket or full stop within it cannot be left on the other line.
        before, word, after = map(escapeHtml, around(token.content))
        opens = f'popovertarget="word-{escapeHtml(token.meta["id"])}" aria-haspopup="dialog"'
        # Said by its word alone: a full stop is no part of its name.
        named = f' aria-label="{word}"' if before or after else ""
        button = f'<button type="button" class="hard-word" {opens}{named}>{before}<span>{word}</span>{after}</button>'
        return f'<span class="hard-word-cited">{button}' if token.meta.get("open") else button

    def link_open(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: Any) -> str:
        address = str(tokens[index].attrGet("href") or "")
        reason = link_fault(address, self._page.library)
        if reason:
            raise content_error(self._page.place, address, reason)
        if address.startswith("https:"):
            tokens[index].attrSet("rel", "external noopener noreferrer")
        return self.renderToken(tokens, index, options, env)

    def image(self, tokens: Sequence[Token], index: int, *_rest: Any) -> str:
        raise content_error(self._page.place, tokens[index].content, "pictures are named in the page's head")

    def table_open(self, tokens: Sequence[Token], index: int, *_rest: Any) -> str:
        name = escapeHtml(tokens[index].meta["name"])
        return f'<div class="reading-table" role="region" tabindex="0" aria-label="{name}">\n<table>\n'

    def table_close(self, *_rest: Any) -> str:
        return "</table>\n</div>\n"

    def th_open(self, tokens: Sequence[Token], index: int, *_rest: Any) -> str:
        # An empty corner is no header of anything.
        empty = not tokens[index + 1].content.strip()
        return f"<th{_alignment(tokens[index])}>" if empty else f'<th{_alignment(tokens[index])} scope="col">'

    def td_open(self, tokens: Sequence[Token], index: int, *_rest: Any) -> str:
        return f"<td{_alignment(tokens[index])}>"


def _source_link(number: int, name: str, first: bool) -> str:
    anchor = f' id="cited-{number}"' if first else ""
    label = escapeHtml(_("Source {number}: {name}").format(number=number, name=name))
    return f'<a{anchor} href="#source-{number}" aria-label="{label}">{number}</a>'


def _alignment(cell: Token) -> str:
    # Alignment would be an inline style, which the page's policy forbids; figures line up by class.
    return ' class="reading-figure"' if "right" in str(cell.attrGet("style") or "") else ""
