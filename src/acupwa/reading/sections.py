"""The sections of a page, and which of them the short version keeps: what concerns safety is never shortened. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import msgspec

from acupwa.library.folds import SENDS_FOR_HELP
from acupwa.library.model import Fact
from acupwa.reading.pieces import FOLDED, ClaimCard, DrawingPiece, HarmsPicture, Html, Piece
from acupwa.reading.sources import Source

# Where a section begins. Raw HTML in content is shown as text, so only our own headings look like this.
_SECTION = re.compile(r'(?=<h2 id=")')
_HEADING = re.compile(r'(<h2 id="([^"]+)")( class="' + FOLDED + r'")?(>.*?/h2>)\s*', re.DOTALL)
_CITED = re.compile(r'href="#source-(\d+)"')
_LEADS_TO_HELP = re.compile(r'href="(?:/emergency|tel:|/read/[a-z-]*danger-signs)')
_TAG = re.compile(r"<[^>]+>")


class PageSection(msgspec.Struct, frozen=True):
    """A section with its heading. `keep`: the short version shows it too.

    `fold` is the heading of a section that is closed at first; it is not among the pieces then. `id` is the anchor,
    empty where the words stand before the first heading.
    """

    pieces: tuple[Piece, ...]
    keep: bool
    fold: str = ""
    id: str = ""


def sections_of(
    pieces: Iterable[Piece], sources: tuple[Source, ...], facts: Mapping[str, Fact]
) -> tuple[PageSection, ...]:
    """`pieces` section by section; a heading with nothing below it is left out.

    A section is kept when it cites a danger sign, a precaution or a fact on safety, leads to emergency help or danger signs,
    holds a graded claim on safety, or counts harm.
    """
    safety = {str(source.number) for source in sources if _is_safety(source, facts)}
    sections: list[list[Piece]] = [[]]
    for piece in pieces:
        if not isinstance(piece, Html):
            sections[-1].append(piece)
            continue
        for number, html in enumerate(_SECTION.split(piece.html)):
            if number:
                sections.append([])
            if html.strip():
                sections[-1].append(Html(html))
    made = (_section(section, safety) for section in sections if section)
    return tuple(section for section in made if section is not None)


def _section(pieces: list[Piece], safety: set[str]) -> PageSection | None:
    keep = any(_keeps(piece, safety) for piece in pieces)
    heading = _HEADING.match(pieces[0].html) if isinstance(pieces[0], Html) else None
    if heading is None:
        return PageSection(tuple(pieces), keep)
    below = (*_rest(pieces[0], heading.end()), *pieces[1:])
    if not below:
        return None
    if heading[3]:
        return PageSection(below, keep, heading[1] + heading[4], heading[2])
    return PageSection(tuple(pieces), keep, id=heading[2])


def _rest(piece: Piece, start: int) -> tuple[Html, ...]:
    return (Html(piece.html[start:]),) if isinstance(piece, Html) and piece.html[start:].strip() else ()


def words_in(html: str) -> int:
    """Words that a reader sees; citations are left out."""
    return sum(any(c.isalpha() for c in word) for word in _TAG.sub(" ", html).split())


def words_of_piece(piece: Piece) -> int:
    if isinstance(piece, Html):
        return words_in(piece.html)
    if isinstance(piece, DrawingPiece):
        return sum(words_in(caution.html) for caution in piece.cautions)
    return len((piece.says if isinstance(piece, ClaimCard) else piece.harms.says).split())


def _is_safety(source: Source, facts: Mapping[str, Fact]) -> bool:
    if source.kind == "fact":
        return facts[source.id].kind == "safety"
    return source.kind in ("precaution", "red-flag")


def _keeps(piece: Piece, safety: set[str]) -> bool:
    if isinstance(piece, HarmsPicture):
        return True
    if isinstance(piece, ClaimCard):
        return piece.outcome == "safety" or piece.direction == "harm"
    html = piece.html if isinstance(piece, Html) else "".join(caution.html for caution in piece.cautions)
    leads = _LEADS_TO_HELP.search(html) or SENDS_FOR_HELP.search(_TAG.sub("", html))
    return bool(leads) or not safety.isdisjoint(_CITED.findall(html))
