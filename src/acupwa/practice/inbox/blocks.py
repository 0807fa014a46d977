"""The summary as plain blocks: one source for its text and its PDF. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from acupwa.practice.inbox.pages import Answer, SharedPage
from acupwa.practice.sharing.shares.model import SharedLine
from acupwa.results.blocks import Block
from acupwa.wording import gettext as _


def blocks_of(page: SharedPage) -> Iterator[Block]:
    """The same order as on the page."""
    yield Block(kind="title", text=page.title)
    yield Block(
        kind="text", text=_("Answered on {day}. The patient’s own words and numbers.").format(day=page.answered)
    )
    if page.signs:
        yield Block(kind="alarm", text=_("Danger signs"))
        for sign in page.signs:
            yield Block(kind="item", strong=sign.words, small=f"({sign.when})")
        yield Block(
            kind="text",
            text=_(
                "No needles until a doctor has looked into this. If an emergency sign is still there, call the emergency "
                "number now. When they answered, on {day}, the app told them to get help."
            ).format(day=page.answered),
        )
    yield Block(
        kind="text",
        text=_(
            "Patients may leave out any answer. A sign or a precaution that is missing here may still be there: ask "
            "about both before any needle."
        ),
    )
    if page.mood:
        yield Block(
            kind="text",
            text=_(
                "Two of the four mood questions add up to 3 or more. Ask how they are. The app gave them help lines."
            ),
        )
    if page.main:
        yield Block(kind="heading", text=_("Main outcome"))
        yield _line(page.main)
        if page.standing:
            yield Block(kind="item", strong=_("Beside the start:"), text=page.standing)
    if page.changes:
        yield Block(kind="heading", text=_("What changed"))
        yield from map(_line, page.changes)
    if page.before:
        yield Block(kind="heading", text=_("Before any needle"))
        yield Block(kind="note", text=_("As the patient reads it: “you” is the patient."))
        for group in page.before:
            yield Block(kind="subheading", text=group.title)
            for line in group.lines:
                yield Block(kind="item", text=line)
    yield from _over_time(page)
    yield from _answers(page)
    words = _(
        "A record of the patient’s own answers. It is not a diagnosis, and it cannot show whether acupuncture was the "
        "reason for a change. Read it beside what else changed."
    )
    yield Block(kind="note", text=" ".join((words, *page.credits)))
    yield Block(
        kind="note", text=_("Delete it when you no longer need it: the patient can take it back only in Acupwa.")
    )


def _over_time(page: SharedPage) -> Iterator[Block]:
    if page.trends:
        yield Block(kind="heading", text=_("Over time"))
    for trend in page.trends:
        figures = " → ".join(row.value for row in reversed(trend.rows))
        days = f"({trend.rows[-1].day} – {trend.rows[0].day})"
        yield Block(kind="item", strong=trend.name, text=f"{figures} {days}.", small=trend.words, main=trend.main)


def _answers(page: SharedPage) -> Iterator[Block]:
    yield Block(kind="heading", text=_("What they shared"))
    for part in page.parts:
        yield Block(kind="subheading", text=part.title)
        for line in part.lines:
            yield _shared(line)


def _shared(line: SharedLine) -> Block:
    return Block(kind="item", text=line.question, strong="!" if line.signs else "", small=f"→ {' · '.join(line.words)}")


def _line(answer: Answer) -> Block:
    note = f"({answer.note})" if answer.note else ""
    return Block(kind="item", strong=answer.question, text=f"→ {answer.answer}", small=note)
