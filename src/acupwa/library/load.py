"""Loads `content/` once into frozen values. A fault names its file, place and reason; nothing starts on a fault."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import msgspec

from acupwa.library import model
from acupwa.library.check import broken_references
from acupwa.library.content_reader import ContentReader, content_files
from acupwa.library.faults import ContentError, Fault
from acupwa.library.page_check import page_form_faults
from acupwa.library.sentence_check import sentence_faults
from acupwa.wording import CONTENT


def load_library(
    folder: Path = CONTENT, language: str = "en", *, pictures: Collection[str] | None = None
) -> model.Library:
    """All content of one language. Raises ContentError with every fault found, not only the first.

    `pictures` are the drawings that exist, by name; None: whether a named one exists is not looked at.
    """
    reader = ContentReader(folder / language)
    library = model.Library(
        version=content_version(folder / language),
        language=language,
        conditions=reader.by_id("conditions.yaml", model.ConditionName),
        outcomes=reader.by_id("outcomes.yaml", model.OutcomeName),
        quiz=reader.one("quiz/quiz.yaml", model.Quiz),
        effort=reader.one("quiz/effort.yaml", model.Effort),
        red_flags=reader.by_id("quiz/red-flags.yaml", model.RedFlag),
        derived_signs=reader.by_id("quiz/derived-signs.yaml", model.DerivedSign, key="sign"),
        help_lines=tuple(reader.by_id("quiz/help-lines.yaml", model.HelpLine).values()),
        precautions=reader.by_id("quiz/precautions.yaml", model.Precaution),
        side_effects=reader.by_id("quiz/side-effects.yaml", model.SideEffect),
        ratings=reader.by_id("quiz/ratings.yaml", model.Rating, key="key"),
        instruments=reader.by_id("quiz/instruments.yaml", model.Instrument),
        chances=reader.by_id("quiz/chances.yaml", model.Chances),
        studies=reader.by_id("studies", model.Study),
        facts=reader.by_id("facts", model.Fact),
        claims=reader.by_id("claims", model.Claim),
        popular=reader.by_id("popular", model.PopularClaim),
        pages=reader.pages("reading"),
        guidance=reader.one("planner/guidance.yaml", model.Guidance),
        glossary=reader.by_id("glossary.yaml", model.GlossaryEntry),
        reviewers=reader.by_id("reviewers.yaml", model.Reviewer),
        drawings=reader.by_id("drawings.yaml", model.Drawing),
        search_words=reader.one("search-words.yaml", model.SearchWords),
    )
    reader.faults += sentence_faults(folder, language)
    reader.stop_on_faults()
    faults = (*broken_references(library), *page_form_faults(library, pictures))
    if faults:
        raise ContentError(located(faults, folder, language))
    return library


def located(faults: Iterable[Fault], folder: Path = CONTENT, language: str = "en") -> tuple[Fault, ...]:
    """The same faults, each that names only a folder (`claims`) with the file that holds the entry."""
    files = {
        (file.parent.name, id): file.relative_to(folder / language).as_posix()
        for file in content_files(folder / language, "*.yaml")
        for id in re.findall(r"^- id: [\"']?([^\s\"']+)", file.read_text(encoding="utf-8"), re.MULTILINE)
    }
    return tuple(
        msgspec.structs.replace(fault, file=files.get((fault.file, _entry(fault.place, fault.file, files)), fault.file))
        for fault in faults
    )


def _entry(place: str, folder: str, files: Mapping[tuple[str, str], str]) -> str:
    return next((id for kind, id in files if kind == folder and (place == id or place.startswith(f"{id}."))), "")


def content_version(folder: Path) -> str:
    """Twelve hex digits over the path and bytes of every content file."""
    digest = hashlib.sha256()
    for file in content_files(folder, "*"):
        digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
