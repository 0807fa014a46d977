"""The same page as plain text, to paste into a message or read out."""

from __future__ import annotations

from collections.abc import Iterator

from acupwa.results.blocks import Block, blocks_of
from acupwa.results.pages import ResultsPage


def plain_text(page: ResultsPage) -> str:
    """Lines in the order of the page, without markup."""
    return text_of(list(blocks_of(page)))


def text_of(blocks: list[Block]) -> str:
    first_note = next((place for place in range(len(blocks)) if _is_foot(blocks, place)), None)
    lines: list[str] = []
    for place, block in enumerate(blocks):
        lines += [*([""] if place == first_note else []), *_lines(block)]
    return "\n".join(lines) + "\n"


def _is_foot(blocks: list[Block], place: int) -> bool:
    return all(block.kind == "note" for block in blocks[place:])


def _lines(block: Block) -> Iterator[str]:
    words = " ".join(part for part in (block.strong, block.text, block.small) if part)
    match block.kind:
        case "heading":
            yield from ("", words.upper())
        case "subheading":
            yield words.rstrip(":") + ":"
        case "item":
            yield f"- {words}"
        case "rating":
            yield f"- {'◆ ' if block.main else ''}{block.strong}: {block.text} {block.small}"
        case _:
            yield words
