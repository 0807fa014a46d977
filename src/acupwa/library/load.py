"""Loads `content/` once into frozen values. A fault names its file, place and reason; nothing starts on a fault."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from acupwa.library import model
from acupwa.library.faults import ContentError, Fault
from acupwa.library.references import number_of_words, sources_in
from acupwa.web.paths import TEMPLATES

T = TypeVar("T")
CONTENT = Path(__file__).parents[1] / "content"
WORDS_PER_MINUTE = 180


def load_library(folder: Path = CONTENT, language: str = "en") -> model.Library:
    """All content of one language. Raises ContentError with every fault found, not only the first."""
    # Here, not above: check.py takes its types from this module's neighbours, and only loading needs it.
    from acupwa.library.check import broken_references
    from acupwa.library.page_check import page_form_faults

    reader = _Reader(folder / language)
    library = model.Library(
        version=content_version(folder / language),
        language=language,
        conditions=reader.by_id("conditions.yaml", model.ConditionName),
        outcomes=reader.by_id("outcomes.yaml", model.OutcomeName),
        quiz=reader.one("quiz/quiz.yaml", model.Quiz),
        red_flags=reader.by_id("quiz/red-flags.yaml", model.RedFlag),
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
        drawings=reader.by_id("drawings.yaml", model.Drawing),
        search_words=reader.one("search-words.yaml", model.SearchWords),
    )
    reader.stop_on_faults()
    faults = (*broken_references(library), *page_form_faults(library, _pictures()))
    if faults:
        raise ContentError(located(faults, folder, language))
    return library


def located(faults: Iterable[Fault], folder: Path = CONTENT, language: str = "en") -> tuple[Fault, ...]:
    """The same faults, each that names only a folder (`claims`) with the file that holds the entry."""
    files = {
        (file.parent.name, id): file.relative_to(folder / language).as_posix()
        for file in _files(folder / language, "*.yaml")
        for id in re.findall(r"^- id: [\"']?([^\s\"']+)", file.read_text(encoding="utf-8"), re.MULTILINE)
    }
    return tuple(
        msgspec.structs.replace(fault, file=files.get((fault.file, _entry(fault.place, fault.file, files)), fault.file))
        for fault in faults
    )


def _entry(place: str, folder: str, files: Mapping[tuple[str, str], str]) -> str:
    return next((id for kind, id in files if kind == folder and (place == id or place.startswith(f"{id}."))), "")


def _pictures() -> frozenset[str]:
    return frozenset(file.stem for file in (TEMPLATES / "components" / "figures").glob("*.svg"))


def content_version(folder: Path) -> str:
    """Twelve hex digits over the path and bytes of every content file."""
    digest = hashlib.sha256()
    for file in _files(folder, "*"):
        digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def _files(folder: Path, pattern: str) -> list[Path]:
    return sorted(file for file in folder.rglob(pattern) if file.is_file() and not file.name.startswith("."))


class _StrictLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML in which a key given twice is a fault."""


def _mapping(loader: Any, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [loader.construct_object(key) for key, _ in node.value]
    twice = {key for key in keys if keys.count(key) > 1}
    if twice:
        raise yaml.MarkedYAMLError(None, None, f"key given twice: {sorted(map(str, twice))}", node.start_mark)
    return {key: loader.construct_object(value, deep=True) for key, (_, value) in zip(keys, node.value, strict=True)}


_StrictLoader.add_constructor("tag:yaml.org,2002:map", _mapping)


class _Reader:
    """Reads and converts; collects faults so that a writer sees all of them at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[Fault] = []

    def stop_on_faults(self) -> None:
        if self.faults:
            raise ContentError(tuple(self.faults))

    def one(self, name: str, type: type[T]) -> T:
        value = self._convert(self._yaml(self.folder / name), type, name, "")
        if value is None:
            self.stop_on_faults()
            raise ContentError((Fault(name, "", "empty"),))
        return value

    def by_id(self, name: str, type: type[T], key: str = "id") -> Mapping[str, T]:
        """The entries of a list file, or of all the list files in a folder, by their id."""
        place = self.folder / name
        found: dict[str, T] = {}
        for file in _files(place, "*.yaml") if place.is_dir() else [place]:
            self._add_entries(file, type, key, found)
        return found

    def pages(self, name: str) -> Mapping[str, model.Page]:
        pages = (self._page(file) for file in _files(self.folder / name, "*.md"))
        return {page.slug: page for page in pages if page}

    def _add_entries(self, file: Path, type: type[T], key: str, found: dict[str, T]) -> None:
        name = file.relative_to(self.folder).as_posix()
        entries = self._yaml(file)
        if entries is None:
            return
        if not isinstance(entries, list):
            self.faults.append(Fault(name, "", "must be a list of entries"))
            return
        for index, entry in enumerate(entries):
            id = entry.get(key) if isinstance(entry, dict) else None
            value = self._convert(entry, type, name, f"[{index}] {id or '?'}")
            if value is None:
                continue
            if id in found:
                self.faults.append(Fault(name, str(id), "this id is taken already"))
            found[str(id)] = value

    def _page(self, file: Path) -> model.Page | None:
        name = file.relative_to(self.folder).as_posix()
        text = self._text(file, name)
        if text is None:
            return None
        parts = text.split("---\n", 2)
        if len(parts) != 3 or parts[0]:
            self.faults.append(Fault(name, "", "must begin with front matter between two lines of ---"))
            return None
        head = self._convert(self._parse(parts[1], name), model.Article, name, "front matter")
        if head is None:
            return None
        return model.Page(
            slug=file.stem,
            head=head,
            markdown=parts[2],
            sources=tuple(sources_in(parts[2])),
            minutes=max(1, round(number_of_words(parts[2]) / WORDS_PER_MINUTE)),
            hash=hashlib.sha256(text.encode()).hexdigest()[:12],
        )

    def _yaml(self, file: Path) -> Any:
        name = file.relative_to(self.folder).as_posix()
        text = self._text(file, name)
        return None if text is None else self._parse(text, name)

    def _text(self, file: Path, name: str) -> str | None:
        try:
            return file.read_text(encoding="utf-8")
        except UnicodeDecodeError as fault:
            self.faults.append(Fault(name, f"byte {fault.start}", "is not UTF-8"))
        except OSError as fault:
            self.faults.append(Fault(name, "", f"cannot be read: {fault.__class__.__name__}"))
        return None

    def _parse(self, text: str, name: str) -> Any:
        try:
            return yaml.load(text, _StrictLoader)  # noqa: S506 - a SafeLoader underneath
        except yaml.YAMLError as fault:
            mark = getattr(fault, "problem_mark", None)
            place = f"line {mark.line + 1}" if mark else ""
            self.faults.append(Fault(name, place, getattr(fault, "problem", None) or "not YAML"))
            return None

    def _convert(self, data: Any, type: type[T], name: str, place: str) -> T | None:
        if data is None:
            return None
        try:
            return msgspec.convert(data, type)
        except msgspec.ValidationError as fault:
            self.faults.append(Fault(name, place, str(fault)))
            return None


def load_exceptions(folder: Path = CONTENT, language: str = "en") -> tuple[model.FigureException, ...]:
    """The figures that need no source, for the check. Raises ContentError."""
    return tuple(_Reader(folder / language).one("exceptions.yaml", list[model.FigureException]))


def load_word_list(folder: Path = CONTENT, language: str = "en", name: str = "easy-words.yaml") -> tuple[str, ...]:
    """A flat list of words, for the checks. Raises ContentError."""
    reader = _Reader(folder / language)
    words = reader.one(name, list[str])
    return tuple(words)
