"""The summary "What you told us" in blocks, in its order: the one source of page, text and PDF. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from acupwa.results.advice_blocks import found_part, needles_part, plan_part, questions_part, reading_part
from acupwa.results.blocks import Actions, Block, Button, Fold, Foot, Note, Notice, Numbers, Part, Text, Title
from acupwa.results.care_blocks import now_part, red_card_block
from acupwa.results.model import WaitingClinic
from acupwa.results.rating_blocks import ratings_part
from acupwa.results.red_card import RedCard
from acupwa.results.sentences import record_title, record_words, someone_else_words
from acupwa.results.summary import Summary
from acupwa.sentences import say
from acupwa.wording import date_words
from acupwa.wording import gettext as _


def blocks_of(summary: Summary, requests: Sequence[WaitingClinic] = ()) -> tuple[Block, ...]:
    """With an emergency it is the red card alone, and on a screen a fold with the rest below it.

    `requests`: who asked to see it, which stands on a screen only.
    """
    blocks = _with_red_card(summary, summary.red_card, requests) if summary.red_card else _whole(summary, requests)
    return (Title(text=summary.title), *blocks)


def _with_red_card(summary: Summary, card: RedCard, requests: Sequence[WaitingClinic]) -> Iterator[Block]:
    if summary.for_someone_else:
        yield Text(text=someone_else_words())
    yield red_card_block(summary, card)
    yield Note(text=_answered_on(summary), on="paper")
    if summary.elsewhere:
        yield Numbers(countries=summary.elsewhere)
    rest = (
        _lead(summary),
        *_with_blocks(now_part(summary)),
        *map(_request, requests),
        *_with_blocks(ratings_part(summary), needles_part(summary), plan_part(summary.plan)),
        _foot(summary),
    )
    yield Fold(title=_("The rest of your answers, for later"), blocks=rest)


def _whole(summary: Summary, requests: Sequence[WaitingClinic]) -> Iterator[Block]:
    yield _lead(summary)
    yield now_part(summary)
    if summary.elsewhere and (summary.care or summary.support_for_mood):
        yield Numbers(countries=summary.elsewhere)
    yield from map(_request, requests)
    yield from _with_blocks(
        ratings_part(summary),
        needles_part(summary),
        found_part(summary),
        reading_part(summary),
        plan_part(summary.plan),
        questions_part(summary),
    )
    yield _foot(summary)


def _with_blocks(*parts: Part) -> Iterator[Part]:
    return (part for part in parts if part.blocks)


def _lead(summary: Summary) -> Text:
    words = [_answered_on(summary)]
    if summary.path == "under-16":
        words.insert(0, say("results.lead.parent"))
    elif summary.for_someone_else and not summary.red_card:
        words.insert(0, someone_else_words())
    if summary.previous_on:
        words.append(say("results.lead.beside", day=date_words(summary.previous_on)))
    return Text(text=" ".join(words), look="results-lead")


def _answered_on(summary: Summary) -> str:
    return say("results.lead.answered_on", day=date_words(summary.finished_on))


def _request(request: WaitingClinic) -> Notice:
    asked = say("results.lead.clinic_asked", clinic=request.clinic)
    nothing_yet = say("results.lead.nothing_shared")
    button = Button(words=_("See what would be shared"), href=request.href)
    return Notice(tone="info", on="screen", blocks=(Text(strong=asked, text=nothing_yet), button))


def _foot(summary: Summary) -> Foot:
    versions = say("results.lead.versions", quiz=summary.quiz_version, content=summary.content_version)
    again = summary.path == "full" and not summary.red_card
    return Foot(
        blocks=(
            Note(strong=record_title(), text=record_words(), look="results-record"),
            Note(text=versions, look="results-versions"),
            Actions(check_in=summary.check_in, again=again),
        )
    )
