"""A summary in blocks, in its order: the one source of page, text and PDF. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from acupwa.results.advice_blocks import found_part, needles_part, next_part, questions_part, reading_part
from acupwa.results.blocks import (
    Block,
    Button,
    Fold,
    Foot,
    Item,
    Items,
    Link,
    Links,
    Note,
    Notice,
    Numbers,
    On,
    Part,
    TakeAlong,
    Text,
    Title,
)
from acupwa.results.care_blocks import now_blocks, red_card_block
from acupwa.results.model import FILE_NAME, WaitingClinic
from acupwa.results.rating_blocks import main_part, ratings_part
from acupwa.results.red_card import RedCard
from acupwa.results.sentences import record_title, record_words, someone_else_words
from acupwa.results.summary import Summary
from acupwa.sentences import say
from acupwa.wording import date_words
from acupwa.wording import gettext as _


def blocks_of(summary: Summary, requests: Sequence[WaitingClinic] = (), *, saved: bool = False) -> tuple[Block, ...]:
    """With an emergency it is the red card alone, and on a screen a fold with the rest below it.

    `requests`: who asked to see it, and `saved`: the check-in was finished a moment ago; both on a screen only.
    """
    if summary.red_card:
        return (Title(text=summary.title), *_with_red_card(summary, summary.red_card, requests, saved=saved))
    return (Title(text=summary.title, said=_saved(summary) if saved else ""), *_whole(summary, requests))


def _with_red_card(
    summary: Summary, card: RedCard, requests: Sequence[WaitingClinic], *, saved: bool
) -> Iterator[Block]:
    if summary.for_someone_else:
        yield Text(text=someone_else_words())
    yield red_card_block(summary, card, first=saved)
    yield Note(text=_answered_on(summary), on="paper")
    if summary.elsewhere:
        yield Numbers(countries=summary.elsewhere)
    rest = (
        _lead(summary),
        *_changed(summary),
        *now_blocks(summary),
        *_with_blocks(main_part(summary.ratings), next_part(summary.plan)),
        *_take_along(summary, requests),
        *_with_blocks(ratings_part(summary), needles_part(summary)),
        _for_computers(summary),
        _foot(summary),
    )
    yield Fold(title=_("The rest of your answers, for later"), blocks=rest, on="screen")


def _whole(summary: Summary, requests: Sequence[WaitingClinic]) -> Iterator[Block]:
    yield _lead(summary)
    yield from _changed(summary)
    yield from now_blocks(summary)
    if summary.elsewhere and (summary.urgent or summary.support_for_mood or summary.call_with_fever):
        yield Numbers(countries=summary.elsewhere)
    yield from _with_blocks(main_part(summary.ratings))
    if summary.path == "full" or summary.plan.kept:
        yield next_part(summary.plan)
    yield from _take_along(summary, requests)
    yield from _with_blocks(
        ratings_part(summary),
        needles_part(summary),
        found_part(summary),
        reading_part(summary),
        questions_part(summary),
    )
    yield _for_computers(summary)
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
    elif _first_and_calm(summary):
        words.append(say("results.lead.first"))
    return Text(text=" ".join(words), look="results-lead")


def _saved(summary: Summary) -> str:
    return say("results.lead.saved_first") if _first_and_calm(summary) else say("results.lead.saved")


def _first_and_calm(summary: Summary) -> bool:
    """A warm word beside a danger sign would be out of place."""
    return summary.path == "full" and not summary.previous_on and not summary.urgent


def _changed(summary: Summary) -> Iterator[Notice]:
    """All of a summary is made from the advice of today; here stands what was not so when they read it first."""
    if summary.advice_changed:
        what = Items(items=tuple(Item(text=one) for one in summary.advice_changed))
        words = Text(strong=say("results.changed.title"), text=say("results.changed.newest"))
        yield Notice(tone="caution", blocks=(words, what))


def _answered_on(summary: Summary) -> str:
    day, sent = date_words(summary.finished_on), summary.sent_on
    if sent is None or (sent == summary.finished_on and not summary.undated):
        return say("results.lead.answered_on", day=day)
    if summary.undated:
        return say("results.lead.sent_undated", sent=date_words(sent))
    return say("results.lead.sent_later", day=day, sent=date_words(sent))


def _take_along(summary: Summary, requests: Sequence[WaitingClinic]) -> Iterator[Block]:
    # Where a doctor must agree first, the way to the doctor is the next step.
    main = summary.plan.open and summary.plan.ask_first
    yield TakeAlong(check_in=summary.check_in, file=FILE_NAME, main=main)
    yield from map(_request, requests)


def _request(request: WaitingClinic) -> Notice:
    asked = say("results.lead.clinic_asked", clinic=request.clinic)
    nothing_yet = say("results.lead.nothing_shared")
    button = Button(words=_("Send to {clinic}").format(clinic=request.clinic), href=request.href)
    return Notice(tone="info", on="screen", blocks=(Text(strong=asked, text=nothing_yet), button))


def _for_computers(summary: Summary) -> Part:
    """For programs, and for whoever wants plain text: nothing of it makes sense on paper."""
    here = f"/results/{summary.check_in}"
    files = (
        Link(_("Plain text, to paste"), f"{here}.txt"),
        Link(_("Table (CSV)"), f"{here}.csv"),
        Link(_("These answers for a record system (FHIR R4)"), f"{here}.json"),
        Link(_("All check-ins for a record system (FHIR R4)"), f"{here}/bundle.json"),
    )
    return Part(
        id="results-files",
        look="results-files",
        title=_("For computers"),
        folded="closed",
        on="screen",
        blocks=(Text(text=say("results.lead.files")), Links(links=files), _versions(summary)),
    )


def _versions(summary: Summary, on: On = "everywhere") -> Note:
    words = say("results.lead.versions", quiz=summary.quiz_version, content=summary.content_version)
    return Note(text=words, look="results-versions", on=on)


def _foot(summary: Summary) -> Foot:
    return Foot(
        blocks=(
            Note(strong=record_title(), text=record_words(), look="results-record"),
            _versions(summary, on="paper"),
            Links(links=(Link(_("Change an answer"), f"/quiz/{summary.check_in}/review"),)),
        )
    )
