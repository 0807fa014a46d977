"""Whether the text of a page can be shown as it was meant: citations, directives, links, pictures. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from urllib.parse import urlsplit

from acupwa.library.faults import Fault
from acupwa.library.folds import fold_faults
from acupwa.library.harm_counts import find_harm_count
from acupwa.library.model import Drawing, Library, PageHead, ReadingPage
from acupwa.library.references import faults_in, harms_in

_HTML = re.compile(r"</?[a-z][^>\n]*>|<!--", re.IGNORECASE)
_LINK = re.compile(r"\]\(([^)\s]*)")
_HEADING = re.compile(r"^(#|#{4,})[ \t]", re.MULTILINE)
# What Markdown would take for a heading, a link or a picture though we write these in another way.
_UNDERLINED = re.compile(r"^[ ]{0,3}[^\s|:-].*\n[ ]{0,3}(=+|-+)[ \t]*$", re.MULTILINE)
_LINK_BELOW = re.compile(r"^[ ]{0,3}\[[^\]\n]+\]:", re.MULTILINE)
_PICTURE = re.compile(r"!\[")
_INSIDE = re.compile(r"^[ \t]*(?:>|[-+*]|\d+[.)])[ \t>]*::.*$", re.MULTILINE)
_CODE = re.compile(r"`[^`\n]*`")


def page_form_faults(library: Library, pictures: Collection[str] | None) -> Iterable[Fault]:
    """`pictures` are the drawings that exist, by name; None: not looked at."""
    for id, drawing in library.drawings.items():
        yield from (Fault("drawings.yaml", id, reason) for reason in _drawing_faults(drawing, pictures))
    for page in library.pages.values():
        file = f"reading/{page.slug}.md"
        for place, reason in (*_head_faults(page, pictures), *_text_faults(page, library)):
            yield Fault(file, place, reason)


def head_lines(head: PageHead) -> Mapping[str, str]:
    """The lines of a page's head that readers see, by their place in it."""
    names = ("line", "may", "does_not", "safety", "ask")
    return {
        "title": head.title,
        "summary": head.summary,
        **{f"bottom_line.{name}": getattr(head.bottom_line, name) for name in names},
        **{f"short[{index}]": words for index, words in enumerate(head.short)},
    }


def link_fault(address: str, library: Library) -> str | None:
    """Why a link may not lead there, or None. Addresses of ours below other folders are not judged here."""
    parts = urlsplit(address)
    if parts.scheme == "https" and parts.netloc:
        return None
    if address.startswith("//") or (parts.scheme != "tel" and not address.startswith(("#", "/"))):
        return "a link leads to https://, tel:, # or an address of ours"
    folder, _slash, name = parts.path.removeprefix("/").partition("/")
    there: dict[str, Collection[str]] = {
        "read": library.pages,
        "claims": library.popular,
        "studies": library.studies,
    }
    return None if not name or name in there.get(folder, (name,)) else "leads to a page that does not exist"


def _head_faults(page: ReadingPage, pictures: Collection[str] | None) -> Iterable[tuple[str, str]]:
    head = page.head
    for place, words in head_lines(head).items():
        if not words.strip():
            yield place, "is empty"
        yield from ((place, f"is neither a citation nor a directive: {text}") for _, text in faults_in(words))
        yield from ((place, f"HTML is shown as it is typed: {found[0]}") for found in _HTML.finditer(words))
    if pictures is not None and head.picture is not None and head.picture not in pictures:
        yield "picture", f"no such picture: {head.picture}"
    if page.slug in head.related:
        yield "related", "a page is not related to itself"


def _text_faults(page: ReadingPage, library: Library) -> Iterable[tuple[str, str]]:
    text = page.markdown
    for line, found in faults_in(text):
        yield f"line {line} of the text", f"is neither a citation nor a directive: {found}"
    bare = _CODE.sub(lambda code: " " * len(code[0]), text)
    for tag in _HTML.finditer(bare):
        yield _line(text, tag.end()), f"HTML is shown as it is typed: {tag[0]}"
    for heading in _HEADING.finditer(bare):
        yield _line(text, heading.end()), "use ## and ### only; the title is the page's h1"
    for pattern, wrong in _other_forms():
        yield from ((_line(text, found.end()), wrong) for found in pattern.finditer(bare))
    for link in _LINK.finditer(bare):
        reason = link_fault(link[1], library)
        if reason:
            yield _line(text, link.end()), f"{link[1]}: {reason}"
    yield from ((_line(text, position), reason) for position, reason in fold_faults(text, library))
    for id in harms_in(text):
        fact = library.facts.get(id)
        if fact and find_harm_count(fact.says) is None:
            yield f"::harms {id}", "the fact does not say how many of 10,000"


def _other_forms() -> Iterable[tuple[re.Pattern[str], str]]:
    # A page is rendered when it is first asked for: whatever would be refused then has to be found at start.
    yield _UNDERLINED, "a heading begins with ## or ###, or there is an empty line missing"
    yield _LINK_BELOW, "a link has its address beside it: [words](address)"
    yield _PICTURE, "pictures are named in the page's head"
    yield _INSIDE, "a directive stands by itself, not inside a list or a quote"


def _drawing_faults(drawing: Drawing, pictures: Collection[str] | None) -> Iterable[str]:
    if pictures is not None and drawing.id not in pictures:
        yield f"no such picture: {drawing.id}"
    if not drawing.shows.strip():
        yield "shows is empty"
    for caution in drawing.cautions:
        if not caution.words.strip():
            yield "a caution is empty"
        yield from (f"is neither a citation nor a directive: {text}" for _, text in faults_in(caution.words))


def _line(text: str, position: int) -> str:
    return f"line {text.count(chr(10), 0, position) + 1} of the text"
