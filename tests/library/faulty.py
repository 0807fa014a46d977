"""Wrong content to start from: a copy of the content that ships, with one thing spoilt."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

Spoil = Callable[[Path], object]
PAGE = "reading/safety-in-numbers.md"


def change(content: Path, name: str, what: Callable[[Any], Any]) -> None:
    """Load a YAML file, let `what` change it, write it back."""
    file = content / "en" / name
    data = yaml.load(file.read_text(), yaml.CSafeLoader)
    data = what(data) or data
    file.write_text(yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False))


def entry(name: str, of: str, /, *, key: str = "id", **values: Any) -> Spoil:
    """Set keys of one entry of a list file, which goes by `key`; None takes a key out."""

    def spoil(content: Path) -> None:
        def set_(entries: list[dict[str, Any]]) -> None:
            (one,) = (one for one in entries if one[key] == of)
            for field, value in values.items():
                if value is None:
                    one.pop(field, None)
                else:
                    one[field] = value

        change(content, name, set_)

    return spoil


def sentence(file: str, group: str, name: str, words: Any) -> Spoil:
    """Give a sentence other words; None takes it out."""

    def set_(groups: dict[str, dict[str, Any]]) -> None:
        groups[group][name] = words
        if words is None:
            del groups[group][name]

    return lambda content: change(content, f"sentences/{file}.yaml", set_)


def add(name: str, text: str) -> Spoil:
    """Write more at the end of a file, with the line break it needs."""
    return lambda content: (content / "en" / name).open("a").write(f"\n{text}\n")


def write(name: str, data: str | bytes) -> Spoil:
    return lambda content: (content / "en" / name).write_bytes(data if isinstance(data, bytes) else data.encode())


def head(key: str, value: str, page: str = PAGE) -> Spoil:
    """Give a page's head another value for a key that stands on one line, at its left edge or in the box."""

    def spoil(content: Path) -> None:
        file = content / "en" / page
        text, times = re.subn(rf"^(\s*{key}:).*$", rf"\1 {value}", file.read_text(), count=1, flags=re.MULTILINE)
        assert times == 1, key
        file.write_text(text)

    return spoil


def body(text: str, page: str = PAGE) -> Spoil:
    """Give a page another text below its head."""

    def spoil(content: Path) -> None:
        file = content / "en" / page
        file.write_text("---\n".join((*file.read_text().split("---\n", 2)[:2], text)))

    return spoil


def last_line(content: Path, page: str = PAGE) -> int:
    """The number of the last line of a page's text, counted from the end of its head."""
    return (content / "en" / page).read_text().split("---\n", 2)[2].rstrip("\n").count("\n") + 1
