"""All that `acupwa content check` tells: what a start would refuse, and what only writers need to know."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date
from pathlib import Path

import msgspec

from acupwa.content_check.figure_faults import figure_faults
from acupwa.content_check.lists import load_easy_words, load_figure_exceptions
from acupwa.content_check.readability import reading_report
from acupwa.content_check.sentence_calls import sentence_call_faults
from acupwa.content_check.upkeep import upkeep_faults
from acupwa.content_check.voice import voice_faults
from acupwa.library.faults import Fault
from acupwa.library.load import load_library, located
from acupwa.library.model import Library
from acupwa.library.sentence_check import HOME
from acupwa.sentences import read_sentences
from acupwa.wording import CONTENT


class ContentReport(msgspec.Struct, frozen=True):
    """`grades`: one line for each kind of text. `summary`: what there is, for a check that found no fault."""

    grades: tuple[str, ...]
    faults: tuple[Fault, ...]
    summary: str


def check_content(
    today: date,
    pictures: Collection[str],
    rendering_faults: Callable[[Library], Iterable[Fault]],
    folder: Path = CONTENT,
    language: str = "en",
) -> ContentReport:
    """`pictures` are the drawings that exist, by name; `rendering_faults` says which pages cannot be shown.

    Raises ContentError where no server would start.
    """
    library = load_library(folder, language, pictures=pictures)
    easy_words = load_easy_words(folder, language)
    faults = (
        *rendering_faults(library),
        *figure_faults(library, load_figure_exceptions(folder, language)),
        *upkeep_faults(library, today, easy_words),
        *voice_faults(folder, language),
        *(sentence_call_faults(read_sentences(folder / language)) if language == HOME else ()),
    )
    return ContentReport(
        tuple(reading_report(library, easy_words)),
        located(faults, folder, language),
        f"content {library.version}: {len(library.pages)} pages, {len(library.claims)} claims, "
        f"{len(library.studies)} studies, {len(library.facts)} facts: no fault",
    )
