"""The lists of `content/` that only the checks read."""

from __future__ import annotations

from pathlib import Path

from acupwa.library.content_reader import ContentReader
from acupwa.library.model import Content
from acupwa.wording import CONTENT


class FigureException(Content, frozen=True, kw_only=True):
    """A figure that needs no source, and why. `page` is a page's slug, or the id of a claim."""

    page: str
    figure: str
    reason: str


def load_figure_exceptions(folder: Path = CONTENT, language: str = "en") -> tuple[FigureException, ...]:
    """The figures that need no source. Raises ContentError."""
    return tuple(ContentReader(folder / language).one("exceptions.yaml", list[FigureException]))


def load_easy_words(folder: Path = CONTENT, language: str = "en") -> tuple[str, ...]:
    """Long words that every reader of ours knows. Raises ContentError."""
    return tuple(ContentReader(folder / language).one("easy-words.yaml", list[str]))
