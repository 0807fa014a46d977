"""A share in blocks: the one source of its page, its text and its PDF. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from acupwa.practice.inbox.summary import PreviousShare, SharedSummary
from acupwa.practice.inbox.trends import BesideLine
from acupwa.results.blocks import Alarm, Answers, Block, Item, Items, Note, On, Part, Phones, Subheading, Text, Title
from acupwa.results.progress import TrendPart
from acupwa.wording import gettext as _


class SeenForm(Block, frozen=True, kw_only=True):
    template: ClassVar[str] = "practice/_shared_seen.html"
    on: On = "screen"
    id: str
    seen: bool


class OwnNote(Block, frozen=True, kw_only=True):
    template: ClassVar[str] = "practice/_shared_note.html"
    on: On = "screen"
    id: str
    note: str


class TakeAlong(Block, frozen=True, kw_only=True):
    template: ClassVar[str] = "practice/_shared_files.html"
    on: On = "screen"
    id: str


class TrendPictures(Block, frozen=True, kw_only=True):
    template: ClassVar[str] = "practice/_shared_trends.html"
    on: On = "screen"
    trends: tuple[TrendPart, ...]


class PreviousAnswers(Block, frozen=True, kw_only=True):
    """The answers that differ from the previous share; `same` is how many do not."""

    template: ClassVar[str] = "practice/_shared_previous.html"
    on: On = "screen"
    shares: tuple[PreviousShare, ...]
    answered: str
    other_answers: tuple[BesideLine, ...]
    same: int


def blocks_of(summary: SharedSummary) -> tuple[Block, ...]:
    """All in one column."""
    return (*top_blocks(summary), *first_column(summary), *second_column(summary), *foot_blocks(summary))


def top_blocks(summary: SharedSummary) -> tuple[Block, ...]:
    return tuple(_top(summary))


def first_column(summary: SharedSummary) -> tuple[Block, ...]:
    return tuple(_first(summary))


def second_column(summary: SharedSummary) -> tuple[Block, ...]:
    return tuple(_second(summary))


def foot_blocks(summary: SharedSummary) -> tuple[Block, ...]:
    words = _(
        "A record of the patient’s own answers. It is not a diagnosis, and it cannot show whether acupuncture was the "
        "reason for a change. Read it beside what else changed."
    )
    delete = _("Delete it when you no longer need it: the patient can only withdraw it in Acupwa.")
    record = Note(text=" ".join((words, *summary.credits)), look="shared-quiet")
    return record, Note(text=delete, on="paper")


def _top(summary: SharedSummary) -> Iterator[Block]:
    yield Title(text=summary.title)
    yield Text(text=_("Answered on {day}. The patient’s own words and numbers.").format(day=summary.answered))
    until = _("You can see this until {until}. The patient sees who looked.").format(until=summary.until)
    yield Text(text=until, on="screen")
    if summary.signs:
        yield _signs(summary)
    yield Text(
        text=_(
            "Patients may leave out any answer. A sign or a precaution that is missing here may still apply: ask "
            "about both before any needle."
        )
    )
    if summary.support_for_mood:
        yield Text(
            text=_(
                "Two of the four mood questions add up to 3 or more. Ask how they are. The app gave them help lines."
            )
        )


def _signs(summary: SharedSummary) -> Alarm:
    no_needles = _(
        "No needles until a doctor has looked into this. If an emergency sign is still there, call the emergency "
        "number now. When they answered, on {day}, the app told them to get help."
    ).format(day=summary.answered)
    return Alarm(
        title=_("Danger signs"),
        look="practice-signs",
        blocks=(
            Items(items=tuple(Item(strong=f"{sign.when}:", text=sign.words) for sign in summary.signs)),
            Text(text=no_needles),
            Phones(phones=summary.phones, country=None, call=("emergency",), on="screen"),
        ),
    )


def _first(summary: SharedSummary) -> Iterator[Block]:
    if summary.main:
        standing = (Item(strong=_("Compared with the start:"), text=summary.standing),) if summary.standing else ()
        main = Answers(answers=(summary.main,), look="shared-lines")
        blocks = (main, Items(items=standing, look="shared-standing")) if standing else (main,)
        yield Part(id="main-outcome", title=_("Main problem"), main=True, blocks=blocks)
    yield Part(id="changed", title=_("What changed"), blocks=tuple(_changed(summary)))
    if summary.before_needles:
        yield Part(id="before", title=_("Before any needle"), blocks=tuple(_needles(summary)))
    if summary.words:
        words = Answers(answers=summary.words, look="shared-lines")
        yield Part(id="words", title=_("In their own words"), blocks=(words,), on="screen")
    yield SeenForm(id=summary.id, seen=summary.seen)
    yield OwnNote(id=summary.id, note=summary.note)
    yield TakeAlong(id=summary.id)


def _changed(summary: SharedSummary) -> Iterator[Block]:
    if summary.changes:
        yield Answers(answers=summary.changes, look="shared-lines")
    if not summary.compared:
        yield Text(text=_("There are no earlier answers to compare with."), on="screen")


def _needles(summary: SharedSummary) -> Iterator[Block]:
    yield Note(text=_("As the patient sees it: “you” is the patient."), look="shared-quiet")
    for group in summary.before_needles:
        yield Subheading(text=group.title)
        yield Items(items=tuple(Item(text=f"{one.says} {one.why}") for one in group.precautions))


def _second(summary: SharedSummary) -> Iterator[Block]:
    if summary.trends:
        yield _over_time(summary.trends)
    if summary.previous:
        yield PreviousAnswers(
            shares=summary.previous,
            answered=summary.answered,
            other_answers=summary.other_answers,
            same=summary.same,
        )
    answers = [
        block
        for part in summary.parts
        for block in (Subheading(text=part.title), Answers(answers=part.answers, look="practice-items"))
    ]
    yield Part(id="all", title=_("What they shared"), look="shared-all", blocks=tuple(answers))


def _over_time(trends: tuple[TrendPart, ...]) -> Part:
    key = _(
        "From what this person shared with the clinic. The band is usual ups and downs around the start. A triangle "
        "is a clear change: pointing up is worse, pointing down is better."
    )
    return Part(
        id="over-time",
        title=_("Over time"),
        look="shared-trends",
        blocks=(
            Note(text=key, look="shared-quiet", on="screen"),
            TrendPictures(trends=trends),
            Items(items=tuple(map(_in_figures, trends)), on="paper"),
        ),
    )


def _in_figures(trend: TrendPart) -> Item:
    figures = " → ".join(row.value for row in reversed(trend.rows))
    days = f"({trend.rows[-1].day} – {trend.rows[0].day})"
    return Item(strong=trend.name, text=f"{figures} {days}.", small=trend.words, main=trend.main)
