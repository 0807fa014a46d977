"""What comes next, in blocks: needles, studies, reading, the plan, what to ask. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from acupwa.reading.comparison_words import comparison_words
from acupwa.results.blocks import (
    Because,
    Block,
    Button,
    Column,
    Columns,
    Finding,
    Item,
    Items,
    Link,
    Note,
    Page,
    Pages,
    Part,
    Subheading,
    Text,
)
from acupwa.results.findings import ClaimLine
from acupwa.results.questions import Question
from acupwa.results.sentences import because_sentence
from acupwa.results.summary import PlanPart, Summary
from acupwa.sentences import say
from acupwa.wording import gettext as _
from acupwa.wording import ngettext


def needles_part(summary: Summary) -> Part:
    return Part(
        id="results-needles", look="results-needles", title=_("Before any needle"), blocks=tuple(_needles(summary))
    )


def _needles(summary: Summary) -> Iterator[Block]:
    for group in summary.before_needles:
        yield Subheading(text=group.title, look=f"results-advice results-advice-{group.advice}")
        items = tuple(Item(strong=one.says, text=one.why) for one in group.precautions)
        yield Items(items=items, look="results-notes")
    if summary.before_needles:
        words = say("results.needles.you_ticked")
        yield Note(text=words, look="results-note no-print", on="screen")
    elif summary.path == "full" and not summary.red_card:
        yield Text(text=say("results.needles.nothing"))


def found_part(summary: Summary) -> Part:
    return Part(
        id="results-found", look="results-found", title=_("What the studies found"), blocks=tuple(_found(summary))
    )


def _found(summary: Summary) -> Iterator[Block]:
    for one in summary.found:
        yield Subheading(text=one.condition)
        yield Because(text=because_sentence(one.because))
        yield from map(_finding, one.claims)
        if one.slug:
            all_found = _("{condition}: all the research").format(condition=one.condition)
            yield Text(links=(Link(all_found, f"/read/{one.slug}"),), look="results-more", on="screen")
    if summary.found:
        evidence_map = Link(_("Compare six conditions: evidence map"), "/evidence")
        yield Text(links=(evidence_map,), look="no-print", on="screen")


def _finding(line: ClaimLine) -> Finding:
    more = line.more_studies
    about = say("results.studies.about", outcome=line.outcome, what=comparison_words(line.claim))
    return Finding(
        claim=line.claim,
        about=about,
        studies=line.studies,
        more=say("results.studies.more", n=more) if more else "",
    )


def reading_part(summary: Summary) -> Part:
    return Part(
        id="results-reading",
        look="results-reading",
        title=_("First on your reading list"),
        blocks=tuple(_reading(summary)),
    )


def _reading(summary: Summary) -> Iterator[Block]:
    if not summary.reading:
        return
    if summary.path != "full":
        yield Text(text=say("results.reading.general"), on="screen")
    yield Pages(
        pages=tuple(
            Page(
                slug=one.slug,
                title=one.title,
                minutes=ngettext("{n} minute", "{n} minutes", one.minutes).format(n=one.minutes),
                because=because_sentence(one.because) if summary.path == "full" else "",
            )
            for one in summary.reading
        )
    )
    yield Text(links=(Link(_("Your whole reading list"), "/list"),), look="results-more", on="screen")


def plan_part(plan: PlanPart) -> Part:
    title = _("Your plan") if plan.open else _("Why there is no plan for now")
    return Part(id="results-plan", look="results-plan", title=title, blocks=tuple(_plan(plan)))


def _plan(plan: PlanPart) -> Iterator[Block]:
    if not plan.open:
        yield Text(text=plan.instead, because=because_sentence(plan.because))
        if plan.kept:
            yield Text(text=plan.kept)
            yield Button(words=_("See your plan"), href="/plan", look="results-go")
        return
    yield Text(text=plan.kept or plan.lead)
    if not plan.kept:
        yield Text(text=say("results.plan.what_it_is"), on="screen")
    yield from (Text(strong=f"{one.title}.", text=one.says) for one in plan.cautions)
    yield Button(words=_("See your plan") if plan.kept else _("Make a plan"), href="/plan", look="results-go")


def questions_part(summary: Summary) -> Part:
    columns = (
        Column(
            title=_("Your doctor or specialist team"),
            paper_title=_("What to ask your doctor or specialist team"),
            items=_questions(summary.questions.doctor),
        ),
        Column(
            title=_("The acupuncturist"),
            paper_title=_("What to ask the acupuncturist"),
            items=_questions(summary.questions.acupuncturist),
        ),
    )
    return Part(
        id="results-questions",
        look="results-questions",
        title=_("What to ask"),
        title_on="screen",
        blocks=(Columns(columns=tuple(one for one in columns if one.items.items)),),
    )


def _questions(questions: Iterable[Question]) -> Items:
    return Items(items=tuple(Item(text=f"{one.says}{one.because and f' “{one.because}”'}") for one in questions))
