"""One HTML answer, parsed as strictly as a browser's rules allow: its faults, its elements and where each began."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import zip_longest
from typing import Any

import turbohtml
from turbohtml import parse, parse_fragment

from tests.support.written_html import Writing, place


@dataclass(eq=False)
class Element:
    """`line` and `column` are where its start tag begins; 0 if a browser adds it. `words` is all text in it, in one line."""

    tag: str
    attrs: dict[str, str]
    parent: Element | None
    line: int
    column: int
    svg: bool = False
    children: list[Element] = field(default_factory=list)
    own_text: list[str] = field(default_factory=list)

    @property
    def at(self) -> str:
        return place(self.line, self.column)

    @property
    def words(self) -> str:
        parts: list[str] = []
        self._add_text(parts)
        return " ".join("".join(parts).split())

    def within(self, *tags: str) -> bool:
        above = self.parent
        while above is not None:
            if above.tag in tags:
                return True
            above = above.parent
        return False

    def inside(self, tag: str) -> list[Element]:
        """Elements of this tag below it, in their order."""
        return [found for one in self.children for found in ([one] * (one.tag == tag) + one.inside(tag))]

    def _add_text(self, parts: list[str]) -> None:
        parts.append(self.own_text[0])
        for child, after in zip(self.children, self.own_text[1:], strict=True):
            child._add_text(parts)
            parts.append(after)


class Page:
    """`errors` are what is against the rules, or what a browser would mend; each with its line and character."""

    def __init__(self, html: str, *, whole: bool = True) -> None:
        self.html = html
        self.errors, self.elements, self.root = _parsed(html, whole)

    @property
    def title(self) -> str:
        return next((one.words for one in self.all("title")), "")

    @property
    def headings(self) -> list[str]:
        return [one.words for one in self.all("h1")]

    @property
    def text(self) -> list[str]:
        return [self.root.words]

    def all(self, *tags: str) -> list[Element]:
        return [one for one in self.elements if one.tag in tags and not one.svg]


# The judge has read an answer just before the test that asked for it does.
@lru_cache(maxsize=32)
def _parsed(html: str, whole: bool) -> tuple[tuple[str, ...], tuple[Element, ...], Element]:
    document = parse(html)
    found: list[Element] = []
    root = _element(document.root if whole else parse_fragment(html), None, found)
    if not whole:
        found = found[1:]
    writing = Writing(html)
    errors = [f"{place(one.line, one.col)}: {one.code}" for one in document.errors]
    return (*errors, *writing.faults, *_mended(found, writing)), tuple(found), root


def _element(node: Any, parent: Element | None, found: list[Element]) -> Element:
    """Also adds it to what was `found`, and all that is in it."""
    attrs = {name: node.attr(name) for name in node.attrs}
    svg = node.namespace is turbohtml.Namespace.SVG
    made = Element(node.tag, attrs, parent, node.source_line or 0, node.source_col or 0, svg)
    found.append(made)
    made.own_text.append("")
    _fill(made, node, found)
    return made


def _fill(made: Element, node: Any, found: list[Element]) -> None:
    for child in node.children:
        if isinstance(child, turbohtml.Element):
            made.children.append(_element(child, made, found))
            made.own_text.append("")
        elif isinstance(child, turbohtml.Text):
            made.own_text[-1] += child.data
        elif isinstance(child, turbohtml.DocumentFragment):  # what a template holds
            _fill(made, child, found)


def _mended(found: list[Element], writing: Writing) -> Iterator[str]:
    """Where a browser builds something else than is written: the first place alone, as the rest follows from it."""
    built = {writing.elements[0]: None}
    for one, written in zip_longest((one for one in found if one.line), writing.elements[1:]):
        if one is None or written is None or (one.line, one.column) != (written.line, written.column):
            lost = written or one
            yield f"{lost.at}: <{lost.tag}> is left out by a browser, or put elsewhere"
            return
        built[written] = one
        if one.tag.lower() != written.tag or _above(one) is not built[written.parent]:
            yield f"{one.at}: <{written.tag}> is put elsewhere by a browser, or made another"
            return
        if "".join(one.own_text).split() != "".join(written.text).split():
            yield f"{one.at}: words in <{one.tag}> are put elsewhere by a browser"
            return


def _above(one: Element) -> Element | None:
    """The nearest that is written: a browser adds `tbody` by itself."""
    above = one.parent
    while above is not None and not above.line:
        above = above.parent
    return above
