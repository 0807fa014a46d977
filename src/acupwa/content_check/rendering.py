"""Whether every page can be shown: each is rendered once."""

from __future__ import annotations

from collections.abc import Iterable

from acupwa.library.faults import ContentError, Fault
from acupwa.library.model import Library
from acupwa.reading.markdown import render_page


def rendering_faults(library: Library) -> Iterable[Fault]:
    """What keeps a page from being shown: one fault a page, the first."""
    for page in library.pages.values():
        try:
            render_page(library, page)
        except ContentError as refused:
            yield from refused.faults
