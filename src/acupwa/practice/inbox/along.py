"""The summary as plain blocks: one source for its text and its PDF. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from acupwa.practice.inbox.pages import Answer, SharedPage
from acupwa.practice.shares.model import Item
from acupwa.results.along import Block
from acupwa.wording import gettext as _


def blocks_of(page: SharedPage) -> Iterator[Block]:
    """The same order as on the page."""
    yield Block(kind="title", text=page.title)
    yield Block(kind="text", text=_("Answered on %(day)s. The patient’s own words and numbers.") % {"day": page.answered})
    if page.signs:
        yield Block(kind="alarm", text=_("Danger signs ticked"))
        for sign in page.signs:
            yield Block(kind="item", strong=sign.words, small=f"({sign.when})")
        yield Block(kind="text", text=_("The app told the patient what to do. Ask about it before any needle."))
    if page.main:
        yield Block(kind="heading", text=_("Main outcome"))
        yield _line(page.main)
    if page.changes:
        yield Block(kind="heading", text=_("What changed"))
        yield from map(_line, page.changes)
    if page.before:
        yield Block(kind="heading", text=_("Before any needle"))
        for group in page.before:
            yield Block(kind="subheading", text=group.title)
            for line in group.lines:
                yield Block(kind="item", text=line)
    yield from _over_time(page)
    yield from _answers(page)
    yield Block(kind="note", text=_("A record of the patient’s own answers. It is not a diagnosis."))
    yield Block(kind="note", text=_("Delete it when you no longer need it: the patient can take it back only in Acupwa."))


def _over_time(page: SharedPage) -> Iterator[Block]:
    if page.trends:
        yield Block(kind="heading", text=_("Over time"))
    for trend in page.trends:
        figures = ", ".join(f"{row.value} ({row.day})" for row in trend.rows)
        yield Block(kind="item", strong=f"{trend.name}:", text=figures, small=trend.words, main=trend.main)


def _answers(page: SharedPage) -> Iterator[Block]:
    yield Block(kind="heading", text=_("What they shared"))
    for part in page.parts:
        yield Block(kind="subheading", text=part.title)
        for item in part.items:
            yield _item(item)


def _item(item: Item) -> Block:
    return Block(
        kind="item", text=item.question, strong="!" if item.signs else "", small=f"→ {' · '.join(item.answer)}"
    )


def _line(answer: Answer) -> Block:
    return Block(kind="item", strong=answer.question, text=answer.answer, small=answer.note)
