"""The pieces of a page as rendered, in the order in which a reader meets them."""

from __future__ import annotations

import msgspec

from acupwa.library.model import Certainty, Direction, GlossaryEntry
from acupwa.reading.harms import Harms
from acupwa.reading.sources import Source, StudyLink

# The class of a heading whose section is folded.
FOLDED = "reading-folded"


class Heading(msgspec.Struct, frozen=True):
    """A heading of level 2 or 3; `id` is its anchor, unique on the page."""

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


class CautionPiece(msgspec.Struct, frozen=True):
    """A warning beside a drawing, with its citations. `kind` is `avoid`, `ask` or `note`."""

    kind: str
    html: str


class DrawingPiece(msgspec.Struct, frozen=True):
    """A drawing of `components/figures`, the same in words, and the warnings that stand beside it."""

    name: str
    shows: str
    cautions: tuple[CautionPiece, ...]
    kind: str = "drawing"


Piece = Html | ClaimCard | HarmsPicture | DrawingPiece


class RenderedPage(msgspec.Struct, frozen=True):
    """A page's words. `lines` are single strings of the page's head, rendered with citations, by name.

    `more_claims` are those of its head that the text does not show. `nothing_found` are those of both for which
    no study counts: they stand in one list and not in the text, but for those on safety.
    `hard_words` are those that the page marks: their meanings open in place.
    """

    pieces: tuple[Piece, ...]
    contents: tuple[Heading, ...]
    sources: tuple[Source, ...]
    lines: dict[str, str]
    more_claims: tuple[ClaimCard, ...]
    nothing_found: tuple[ClaimCard, ...] = ()
    hard_words: tuple[GlossaryEntry, ...] = ()


class RenderedText(msgspec.Struct, frozen=True):
    """Words that are no page of the library: single lines and blocks of HTML by name, with their sources."""

    lines: dict[str, str]
    blocks: dict[str, str]
    sources: tuple[Source, ...]
    hard_words: tuple[GlossaryEntry, ...]
