"""Blocks as plain text, to paste into a message or read out. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from acupwa.results.blocks import Block
from acupwa.results.paper_lines import Line, paper_lines


def text_of(blocks: Iterable[Block]) -> str:
    """Lines in the order of the page, without markup. An empty line stands before each heading and before the foot."""
    lines = list(paper_lines(blocks))
    foot = next((place for place in range(len(lines)) if _is_foot(lines[place:])), None)
    written: list[str] = []
    for place, line in enumerate(lines):
        written += [*([""] if place == foot else []), *_written(line)]
    return "\n".join(written) + "\n"


def _is_foot(lines: Sequence[Line]) -> bool:
    return all(line.kind == "note" for line in lines)


def _written(line: Line) -> Iterator[str]:
    words = " ".join(part for part in (line.strong, line.text, line.small) if part)
    match line.kind:
        case "heading":
            yield from ("", words.upper())
        case "subheading":
            yield words.rstrip(":") + ":"
        case "item":
            yield f"- {words}"
        case "rating":
            yield f"- {line.strong}: {line.text} {line.small}"
        case _:
            yield words
