"""Blocks as lines for paper: what text and PDF write, one under the other. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from acupwa.library.model import Urgency
from acupwa.reading.study_words import certainty_words, direction_words
from acupwa.results.blocks import (
    Alarm,
    Answer,
    Answers,
    Block,
    Columns,
    Finding,
    Fold,
    Foot,
    Item,
    Items,
    Note,
    Notice,
    Pages,
    Part,
    Phones,
    RatingBars,
    Subheading,
    Text,
    Title,
)
from acupwa.results.ratings import RatingLine
from acupwa.sentences import say
from acupwa.wording import gettext as _

Kind = Literal["title", "heading", "subheading", "alarm", "text", "item", "rating", "note"]


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """`strong` stands before `text`, `small` after it. A rating has its number, None when it was not answered."""

    kind: Kind
    text: str = ""
    strong: str = ""
    small: str = ""
    value: int | None = None
    main: bool = False


def paper_lines(blocks: Iterable[Block]) -> Iterator[Line]:
    """All that makes sense on paper. A part of which nothing does has no heading either."""
    for block in blocks:
        if block.on != "screen":
            yield from _lines(block)


def _lines(block: Block) -> Iterator[Line]:
    match block:
        case Title():
            yield Line(kind="title", text=block.text)
        case Subheading():
            yield Line(kind="subheading", text=block.text)
        case Text():
            kind: Kind = "alarm" if block.alarm else "text"
            yield Line(kind=kind, strong=block.strong, text=block.text, small=block.because)
        case Note():
            yield Line(kind="note", strong=block.strong, text=block.text)
        case Items():
            yield from map(_item, block.items)
        case Pages():
            yield from (Line(kind="item", text=f"{page.title} ({page.minutes})") for page in block.pages)
        case Answers():
            yield from map(_answer, block.answers)
        case Phones():
            yield from _phones(block)
        case RatingBars():
            yield from _ratings(block.lines)
        case Finding():
            yield _finding(block)
        case _:
            yield from _lines_of_group(block)


def _lines_of_group(block: Block) -> Iterator[Line]:
    match block:
        case Part():
            yield from _under(block.title if block.title_on != "screen" else "", paper_lines(block.blocks))
        case Columns():
            for column in block.columns:
                yield from _under(column.paper_title, paper_lines([column.items]))
        case Alarm():
            when = when_words(block.urgency)
            yield Line(kind="alarm", text=f"{when}: {block.title}" if when else block.title)
            yield from paper_lines(block.blocks)
        case Notice() | Foot() | Fold():
            yield from paper_lines(block.blocks)
        case _:
            raise TypeError(f"{type(block).__name__} is for a screen only")


def _under(title: str, lines: Iterable[Line]) -> Iterator[Line]:
    found = list(lines)
    if found and title:
        yield Line(kind="heading", text=title)
    yield from found


def when_words(urgency: Urgency | None) -> str:
    """How soon; empty for what has no urgency of its own."""
    return {"emergency-now": _("Emergency"), "same-day": _("Today"), "within-days": _("Within days")}.get(
        urgency or "", ""
    )


def _item(item: Item) -> Line:
    small = " ".join(part for part in (item.small, item.because) if part)
    return Line(kind="item", strong=item.strong, text=item.text, small=small, main=item.main)


def _answer(answer: Answer) -> Line:
    note = f"({answer.note})" if answer.note else ""
    strong = f"! {answer.question}" if answer.sign else answer.question
    return Line(kind="item", strong=strong, text=f"→ {answer.answer}", small=note)


def _phones(block: Phones) -> Iterator[Line]:
    for phone in block.phones:
        yield Line(kind="item", strong=phone.number, text=phone.label, small=phone.doubt)
    if block.with_local:
        yield Line(kind="text", text=say("quiz.phones.elsewhere"))


def _ratings(lines: Iterable[RatingLine]) -> Iterator[Line]:
    for line in lines:
        yield Line(kind="rating", strong=line.name, text=line.shown, small=f"({line.ends})", value=line.value)
        if line.change:
            yield Line(kind="text", text=line.change)


def _finding(block: Finding) -> Line:
    claim = block.claim
    grade = f"{direction_words()[claim.direction]}. {certainty_words()[claim.certainty]}."
    return Line(kind="item", strong=grade, text=claim.says, small=block.about)
