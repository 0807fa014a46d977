"""What comes next, in blocks: the one next step, needles, studies, reading, what to ask. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from acupwa.reading.comparison_words import comparison_words
from acupwa.results.blocks import (
    Block,
    Button,
    Column,
    Columns,
    Finding,
    Fold,
    Item,
    Items,
    Link,
    Links,
    Page,
    Pages,
    Part,
    Studies,
    Subheading,
    Text,
)
from acupwa.results.care_blocks import emergency_phones
from acupwa.results.findings import ClaimLine, Found
from acupwa.results.questions import Question
from acupwa.results.sentences import because_sentence
from acupwa.results.summary import PlanPart, ReadingLine, Summary
from acupwa.sentences import say
from acupwa.wording import gettext as _
from acupwa.wording import ngettext


def needles_part(summary: Summary) -> Part:
    """Open when there is something to keep away from, or to ask about first; else its names stand beside the heading."""
    strict = any(group.advice != "tell-practitioner" for group in summary.before_needles)
    names = "; ".join(one.short for group in summary.before_needles for one in group.precautions)
    return Part(
        id="results-needles",
        look="results-needles",
        title=_("Before any needle"),
        folded="open" if strict else "closed",
        hint="" if strict else names,
        blocks=tuple(_needles(summary)),
    )


def _needles(summary: Summary) -> Iterator[Block]:
    for group in summary.before_needles:
        yield Subheading(text=group.title, look=f"results-advice results-advice-{group.advice}")
        items = tuple(Item(strong=one.says, text=one.why) for one in group.precautions)
        yield Items(items=items, look="results-notes")
    if summary.call_with_fever and not summary.red_card:
        yield emergency_phones(summary)
    if not summary.before_needles and summary.path == "full" and not summary.red_card:
        yield Text(text=say("results.needles.nothing"))


def found_part(summary: Summary) -> Part:
    """One sentence with its grade; what it rests on and all others in a fold."""
    return Part(
        id="results-found", look="results-found", title=_("What the studies found"), blocks=tuple(_found(summary.found))
    )


def _found(found: Sequence[Found]) -> Iterator[Block]:
    if not found:
        return
    first = found[0].claims[0]
    if len(found) > 1:
        yield Subheading(text=found[0].condition)
    yield _finding(first)
    yield Fold(title=_("More from the studies"), blocks=tuple(_rest(found)))


def _rest(found: Sequence[Found]) -> Iterator[Block]:
    for place, one in enumerate(found):
        if place:
            yield Subheading(text=one.condition)
        for number, line in enumerate(one.claims):
            if place or number:
                yield _finding(line)
            more = say("results.studies.more", n=line.more_studies) if line.more_studies else ""
            yield Studies(studies=line.studies, more=more)
    yield Links(links=(*_condition_links(found), Link(_("Compare six conditions: evidence map"), "/evidence")))


def _condition_links(found: Iterable[Found]) -> Iterator[Link]:
    for one in found:
        if one.slug:
            yield Link(_("{condition}: all the research").format(condition=one.condition), f"/read/{one.slug}")


def _finding(line: ClaimLine) -> Finding:
    about = say("results.studies.about", outcome=line.outcome, what=comparison_words(line.claim))
    return Finding(claim=line.claim, about=about)


def reading_part(summary: Summary) -> Part:
    return Part(
        id="results-reading",
        look="results-reading",
        title=_("To read"),
        folded="closed",
        hint=_n_pages(len(summary.reading)),
        blocks=tuple(_reading(summary)),
    )


def _n_pages(count: int) -> str:
    return ngettext("{n} page", "{n} pages", count).format(n=count)


def _reading(summary: Summary) -> Iterator[Block]:
    if not summary.reading:
        return
    if summary.path != "full":
        yield Text(text=say("results.reading.general"), on="screen")
    yield Pages(pages=tuple(_pages(summary.reading, with_reasons=summary.path == "full")))
    yield Links(links=(Link(_("Your whole reading list"), "/list"),))


def _pages(reading: Iterable[ReadingLine], *, with_reasons: bool) -> Iterator[Page]:
    """Each reason stands with the first page that is there for it."""
    said: set[str] = set()
    for one in reading:
        new = [reason for reason in one.because if reason not in said] if with_reasons else []
        said.update(new)
        minutes = ngettext("{n} minute", "{n} minutes", one.minutes).format(n=one.minutes)
        yield Page(slug=one.slug, title=one.title, minutes=minutes, because=because_sentence(new))


def next_part(plan: PlanPart) -> Part:
    """The one next step: make the plan, see the one that there is, or what stands against it."""
    title = _("Your next step") if plan.open else _("Why there is no plan for now")
    return Part(id="results-plan", look="results-plan", title=title, blocks=tuple(_plan(plan)))


def _plan(plan: PlanPart) -> Iterator[Block]:
    if plan.open:
        yield Text(text=plan.kept or plan.lead)
        yield from (Text(strong=f"{one.title}.", text=one.says) for one in plan.cautions)
    else:
        yield Text(text=plan.instead, because=because_sentence(plan.because))
        if plan.kept:
            yield Text(text=plan.kept)
    if plan.open or plan.kept:
        words = _("See your plan") if plan.kept else _("Make a plan")
        yield Button(words=words, href="/plan", second=plan.open and plan.ask_first)


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
        folded="closed",
        blocks=(Columns(columns=tuple(one for one in columns if one.items.items)),),
    )


def _questions(questions: Iterable[Question]) -> Items:
    return Items(items=tuple(Item(text=f"{one.says}{one.because and f' “{one.because}”'}") for one in questions))
