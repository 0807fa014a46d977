"""Whoever is sent to a document finds it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.paths import ROOT

NAME = re.compile(r"(?<![\w*{}/.-])(?:[\w-]+/)*[\w-]+\.md\b")
FOLDERS = ("src", "tests", "tools", "benchmarks", "docs", "templates", "static")
ENDINGS = (".py", ".md", ".html", ".js", ".css", ".txt", ".yaml", ".toml")
# Names that stand for any file, with where.
FOR_ANY = {"reading/a-page.md": "tests/reading/test_markdown.py", "reading/NAME.md": "docs/content.md"}


def documents() -> list[str]:
    found = [*ROOT.glob("*.md")]
    for folder in FOLDERS:
        found += [file for file in (ROOT / folder).rglob("*.md") if "node_modules" not in file.parts]
    return [str(file.relative_to(ROOT)) for file in found]


def sources() -> Iterator[Path]:
    yield from ROOT.glob("*.md")
    for folder in FOLDERS:
        for file in sorted((ROOT / folder).rglob("*")):
            if file.suffix in ENDINGS and "node_modules" not in file.parts:
                yield file


DOCUMENTS = documents()


@pytest.mark.parametrize("folder", [".", *FOLDERS])
def test_every_document_that_is_named_is_there(folder):
    lost = []
    for file in sources():
        place = file.relative_to(ROOT).parts
        if (place[0] if len(place) > 1 else ".") != folder:
            continue
        for number, line in enumerate(file.read_text().splitlines(), 1):
            for name in NAME.findall(line):
                known = any(f"/{document}".endswith(f"/{name}") for document in DOCUMENTS)
                if not known and name not in FOR_ANY:
                    lost.append(f"{file.relative_to(ROOT)}:{number}: {name}")

    assert not lost, "\n" + "\n".join(lost)
