"""Reads the files of one content folder into typed values, and collects every fault with its place."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from acupwa.library.faults import ContentError, Fault
from acupwa.library.model import PageHead, ReadingPage
from acupwa.library.references import number_of_words, sources_in

T = TypeVar("T")
WORDS_PER_MINUTE = 180


class ContentReader:
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
        for file in content_files(place, "*.yaml") if place.is_dir() else [place]:
            self._add_entries(file, type, key, found)
        return found

    def pages(self, name: str) -> Mapping[str, ReadingPage]:
        pages = (self._page(file) for file in content_files(self.folder / name, "*.md"))
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

    def _page(self, file: Path) -> ReadingPage | None:
        name = file.relative_to(self.folder).as_posix()
        text = self._text(file, name)
        if text is None:
            return None
        parts = text.split("---\n", 2)
        if len(parts) != 3 or parts[0]:
            self.faults.append(Fault(name, "", "must begin with front matter between two lines of ---"))
            return None
        head = self._convert(self._parse(parts[1], name), PageHead, name, "front matter")
        if head is None:
            return None
        return ReadingPage(
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
            return read_yaml(text)
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


def content_files(folder: Path, pattern: str) -> list[Path]:
    """Every file below `folder`, without hidden ones, in the order of their paths."""
    return sorted(file for file in folder.rglob(pattern) if file.is_file() and not file.name.startswith("."))


def read_yaml(text: str) -> Any:
    """What a text of YAML holds; a key given twice is a fault. Raises YAMLError."""
    return yaml.load(text, _StrictLoader)  # noqa: S506 - a SafeLoader underneath


class _StrictLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML in which a key given twice is a fault."""


def _mapping(loader: Any, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [loader.construct_object(key) for key, _ in node.value]
    twice = {key for key in keys if keys.count(key) > 1}
    if twice:
        raise yaml.MarkedYAMLError(None, None, f"key given twice: {sorted(map(str, twice))}", node.start_mark)
    return {key: loader.construct_object(value, deep=True) for key, (_, value) in zip(keys, node.value, strict=True)}


_StrictLoader.add_constructor("tag:yaml.org,2002:map", _mapping)
