"""Each sentence of a summary stands once: page, text and PDF are made from the same blocks."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import acupwa
from acupwa.web.paths import TEMPLATES

SRC = Path(acupwa.__file__).parent
PAGES = sorted(
    file
    for pattern in ("results/*.html", "practice/*shared*.html", "practice/inbox*.html", "results/_blocks.html")
    for file in TEMPLATES.glob(pattern)
)
FEWEST_WORDS = 5


def sentences(text: str) -> Iterator[str]:
    for sentence in re.split(r"(?<=[.!?:])\s+", " ".join(text.split())):
        plain = sentence.strip(" .!?:").casefold()
        if len(plain.split()) >= FEWEST_WORDS:
            yield plain


def of_code(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from sentences(node.value)


def of_page(source: str) -> Iterator[str]:
    """What is marked for translation, and what stands between the tags without a mark."""
    source = re.sub(r"\{#.*?#\}", " ", source, flags=re.DOTALL)
    for inside in re.findall(r"\{%(.*?)%\}|\{\{(.*?)\}\}", source, flags=re.DOTALL):
        for one in re.findall(r"\"([^\"]*)\"|'([^']*)'", "".join(inside)):
            yield from sentences("".join(one))
    yield from sentences(re.sub(r"\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", " ", source, flags=re.DOTALL))


def test_no_sentence_of_a_summary_stands_in_a_template_and_in_the_code() -> None:
    code = {sentence for file in SRC.rglob("*.py") for sentence in of_code(file.read_text())}
    twice = [(file.name, one) for file in PAGES for one in of_page(file.read_text()) if one in code]

    assert twice == []


def test_the_sentences_are_found() -> None:
    assert len(PAGES) > 10
    in_pages = {one for file in PAGES for one in of_page(file.read_text())}
    assert "{n} answers are the same both times" in in_pages
    assert list(of_code('_("Short. " "This one is long enough, it is.")')) == ["this one is long enough, it is"]
