"""Sections that a page folds, `## Heading {more}`, and which may not be: what concerns safety is never hidden. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from acupwa.library.model import Library
from acupwa.library.references import FOLD, claims_in, drawings_in, harms_in, sources_in

_SECTION = re.compile(r"^(?=##[ \t])", re.MULTILINE)
_BRACES = re.compile(r"^(#{2,3})[ \t].*\{.*$", re.MULTILINE)
_LEADS_TO_HELP = re.compile(r"\]\((?:/emergency|tel:|/read/[a-z-]*danger-signs)")
# Words that send someone for help, cited or not.
SENDS_FOR_HELP = re.compile(r"\bemergency (?:number|care)\b|\bcall\b[^.!?]*\bat once\b", re.IGNORECASE)


def fold_faults(markdown: str, library: Library) -> Iterable[tuple[int, str]]:
    """(position in the text, reason) of each heading that folds what it may not, or is marked in another way."""
    for heading in _BRACES.finditer(markdown):
        if heading[1] != "##" or not FOLD.search(heading[0]):
            yield heading.end(), "only a heading with ## can be folded, and only with {more} at its end"
    position = 0
    for section in _SECTION.split(markdown):
        heading_line = section.partition("\n")[0]
        if FOLD.search(heading_line) and concerns_safety(section, library):
            yield position + len(heading_line), "a section that concerns safety may not be folded"
        position += len(section)


def concerns_safety(section: str, library: Library) -> bool:
    """Whether the Markdown of one section holds what the short version of a page must keep."""
    drawings = (library.drawings[id] for id in drawings_in(section) if id in library.drawings)
    cited = "\n".join((section, *(caution.words for drawing in drawings for caution in drawing.cautions)))
    claims = (library.claims[id] for id in claims_in(section) if id in library.claims)
    return (
        bool(harms_in(section) or _LEADS_TO_HELP.search(cited) or SENDS_FOR_HELP.search(cited))
        or any(claim.outcome == "safety" or claim.direction == "harm" for claim in claims)
        or any(_is_on_safety(id, library) for id in sources_in(cited))
    )


def _is_on_safety(id: str, library: Library) -> bool:
    fact = library.facts.get(id)
    return id.startswith(("flag:", "precaution:")) or (fact is not None and fact.kind == "safety")
