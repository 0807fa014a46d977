"""The elements of one HTML answer as they are written, before a browser mends anything."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from turbohtml import Token, TokenType, tokenize

# https://html.spec.whatwg.org/multipage/syntax.html#void-elements
VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
BARE_AMPERSAND = re.compile(r"&(?=[^\s<&])(?!#?\w+;)")
# The tokenizer reads what stands in `noscript` as text, as a browser with scripts does. Under another name of the same
# length it is read as elements, which `parse` makes of it, and whoever has no scripts meets.
NOSCRIPT, AS_ELEMENT = "noscript", "no-scrip"


@dataclass(eq=False)
class Written:
    """`text` is what stands in it, not in what it holds. `line` and `column` are where its start tag begins."""

    tag: str
    parent: Written | None
    line: int
    column: int
    text: list[str] = field(default_factory=list)

    @property
    def at(self) -> str:
        return place(self.line, self.column)

    def is_in_svg(self) -> bool:
        return self.tag == "svg" or (self.parent is not None and self.parent.is_in_svg())


class Writing:
    """All of it in its order, beginning with what holds it all, and the `faults` of its tags."""

    def __init__(self, html: str) -> None:
        self.elements = [Written("", None, 1, 0)]
        self.faults: list[str] = []
        self._open = [self.elements[0]]
        for token in tokenize(re.sub(f"(</?){NOSCRIPT}", rf"\1{AS_ELEMENT}", html), capture_attributes=False):
            self._take(token)
        self.faults += [f"{one.at}: <{one.tag}> is not closed" for one in self._open[1:]]
        self.faults += [f"{_place_in(html, found.start())}: a bare &" for found in BARE_AMPERSAND.finditer(html)]

    def _take(self, token: Token) -> None:
        if token.type == TokenType.START_TAG:
            self._begin(token)
        elif token.type == TokenType.END_TAG:
            self._end(token)
        elif token.type == TokenType.TEXT:
            self._open[-1].text.append(token.data or "")

    def _begin(self, token: Token) -> None:
        made = Written(_tag(token), self._open[-1], token.line, token.col)
        self.elements.append(made)
        if token.self_closing and not made.is_in_svg() and made.tag not in VOID:
            self.faults.append(f"{made.at}: <{made.tag}/> does not close itself")
        if made.tag not in VOID and not (token.self_closing and made.is_in_svg()):
            self._open.append(made)

    def _end(self, token: Token) -> None:
        tag, at = _tag(token), place(token.line, token.col)
        within = self._open[-1]
        if within.tag == tag and len(self._open) > 1:
            self._open.pop()
            return
        self.faults.append(f"{at}: </{tag}> where <{within.tag}> is open")
        if any(one.tag == tag for one in self._open):
            while self._open.pop().tag != tag:
                pass


def _tag(token: Token) -> str:
    return NOSCRIPT if token.tag == AS_ELEMENT else token.tag or ""


def _place_in(html: str, at: int) -> str:
    return place(html.count("\n", 0, at) + 1, at - html.rfind("\n", 0, at) - 1)


def place(line: int, column: int) -> str:
    """The first column is 0, as the parser counts."""
    return f"line {line}, character {column + 1}"
