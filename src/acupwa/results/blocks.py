"""The page "What you told us" as plain blocks, in its order: one source for the text file and the PDF. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from acupwa.quiz.care import Sign
from acupwa.quiz.help_lines import Phone
from acupwa.reading.study_words import certainty_words, direction_words
from acupwa.results.pages import ResultsPage
from acupwa.results.questions import Question
from acupwa.results.red_card import RedCard
from acupwa.wording import date_words, ngettext
from acupwa.wording import gettext as _

Kind = Literal["title", "heading", "subheading", "alarm", "text", "item", "rating", "note"]


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """`strong` stands before `text`, `small` after it. A rating has its number, None when it was not answered."""

    kind: Kind
    text: str = ""
    strong: str = ""
    small: str = ""
    value: int | None = None
    main: bool = False


def blocks_of(page: ResultsPage) -> Iterator[Block]:
    """All of the page that makes sense on paper. With an emergency it is the red card alone."""
    yield Block(kind="title", text=page.title)
    if page.red_card:
        yield from _red_card(page, page.red_card)
        return
    yield Block(kind="text", text=_joined(*_lead(page)))
    for title, body in _parts(page):
        blocks = list(body)
        if blocks:
            yield Block(kind="heading", text=title)
            yield from blocks
    yield from _foot(page)


def _red_card(page: ResultsPage, card: RedCard) -> Iterator[Block]:
    if page.for_other:
        yield _text(_("You answered for the person you care for. Where this page says “you”, it means them."))
    yield Block(kind="alarm", text=_("Emergency: call for help now"))
    yield from (Block(kind="text", strong=f"{sign.says}.", small=_because(sign.because)) for sign in card.signs)
    yield from _phones(card.phones)
    yield _text(_("If a number does not work where you are, call your local emergency number."))
    yield Block(kind="text", strong=_("Even if it has passed: call."))
    yield Block(kind="subheading", text=_("What to do"))
    yield from (_item(do) for do in card.steps)
    yield Block(kind="subheading", text=_("What to say"))
    yield from (_item(line) for line in card.say)
    yield Block(kind="note", text=_("Answered on {day}.").format(day=date_words(page.finished_on)))


def _lead(page: ResultsPage) -> Iterator[str]:
    if page.kind == "under-16":
        yield _("This page is for a parent or guardian of someone under 16.")
    elif page.for_other:
        yield _("You answered for the person you care for. Where this page says “you”, it means them.")
    yield _("Answered on {day}.").format(day=date_words(page.finished_on))
    if page.last_time_on:
        yield _("Beside it: your answers of {day}.").format(day=date_words(page.last_time_on))


def _parts(page: ResultsPage) -> Iterator[tuple[str, Iterator[Block]]]:
    yield _("What to do now"), _now(page)
    yield _("How it has been"), _ratings(page)
    yield _("Before any needle"), _before_needles(page)
    yield _("What the studies found"), _found(page)
    yield _("First on your reading list"), _reading(page)
    yield _("Your plan") if page.plan.open else _("Why we make no plan now"), _plan(page)
    yield _("What to ask your doctor or specialist team"), _questions(page.questions.doctor)
    yield _("What to ask the acupuncturist"), _questions(page.questions.acupuncturist)


def _now(page: ResultsPage) -> Iterator[Block]:
    when = {"same-day": _("Today: get medical advice"), "within-days": _("Within days: see your doctor")}
    for card in page.care:
        yield Block(kind="alarm", text=when[card.urgency])
        yield from _phones(card.phones)
        yield from (_sign(sign) for sign in card.signs)
    if page.older_signs:
        yield Block(
            kind="alarm",
            strong=_("You ticked a danger sign that we no longer ask about."),
            text=_(
                "Get medical help today. If it came on suddenly or is getting worse, call the emergency number now."
            ),
        )
    elif not page.care:
        yield _text(_("You ticked no danger sign."))
    if page.kind == "none-yet":
        yield Block(
            kind="text",
            strong=_("See a doctor first."),
            text=_(
                "You told us that there is no diagnosis yet. Find out what it is before you try acupuncture, so that "
                "nothing treatable is missed. Until then we give you reading, and no plan."
            ),
        )
    elif page.kind == "under-16":
        yield Block(
            kind="text",
            strong=_("Talk to the child's doctor first."),
            text=_(
                "We give safe general reading for you as a parent or guardian. We make no plan for anyone under 16."
            ),
        )
    if page.keep_medicine:
        yield Block(
            kind="text",
            strong=_("Do not stop or change a prescribed medicine by yourself."),
            text=_(
                "Talk to the doctor, nurse or pharmacist who knows your treatment. Acupuncture goes beside your "
                "medicines, never in their place."
            ),
        )
    if page.support_for_mood:
        yield _text(
            _(
                "You told us that worry or low mood has troubled you on many days. You do not have to carry this "
                "alone. Your doctor or nurse can help. So can someone you trust."
            )
        )
        yield _text(_("If you feel that you might harm yourself, call the emergency number or a crisis line now."))
        yield from _phones(page.mood_phones)


def _phones(phones: Iterable[Phone]) -> Iterator[Block]:
    return (Block(kind="item", strong=phone.number, text=phone.label, small=_unsure(phone)) for phone in phones)


def _unsure(phone: Phone) -> str:
    return (
        _("We could not check this number. If it does not work, try 112, or ask someone near you to call.")
        if phone.unsure
        else ""
    )


def _sign(sign: Sign) -> Block:
    return Block(kind="item", strong=f"{sign.says}.", text=sign.do, small=_because(sign.because))


def _ratings(page: ResultsPage) -> Iterator[Block]:
    if page.problem_words:
        yield _text(_("In your own words: “{words}”.").format(words=page.problem_words))
    values = [bar.value for bar in page.picture.bars] if page.picture else [None] * len(page.ratings)
    for line, value in zip(page.ratings, values, strict=True):
        ends = f"({line.low} – {line.high})"
        yield Block(kind="rating", strong=line.name, text=line.shown, small=ends, value=value, main=line.main)
    if any(line.main for line in page.ratings):
        yield Block(kind="note", text=_("◆ marks what you most want to change."))
    yield from _change(page)
    yield from _since(page)
    for one in page.sums:
        text = _joined(f"{one.shown}.", one.sum and _("The sum: {sum}.").format(sum=one.sum), one.band, one.change)
        yield Block(kind="item", strong=f"{one.name}:", text=text, small=one.credit)
    if any(line.own for line in page.ratings):
        words = _("Ratings other than PEG, PHQ-4 and pain use our own wording. They are not a validated scale.")
        yield Block(kind="note", text=words)


def _change(page: ResultsPage) -> Iterator[Block]:
    changed = [line for line in page.ratings if line.change]
    if changed:
        yield Block(kind="subheading", text=_("Since last time"))
        yield from (Block(kind="item", strong=f"{line.name}:", text=line.change) for line in changed)
        if page.since_start:
            yield Block(kind="item", strong=_("Since your start:"), text=page.since_start)
        never = _("This cannot show whether acupuncture was the reason.")
        yield Block(kind="note", text=_joined(*page.rules, *page.sources, never))


def _since(page: ResultsPage) -> Iterator[Block]:
    if page.since is None:
        return
    yield Block(kind="subheading", text=_("In between"))
    yield from (_item(line) for line in (page.since.sessions, page.since.changes) if line)
    yield from (Block(kind="item", strong=f"{one.says}.", text=one.do) for one in page.since.effects)
    if page.since.note:
        yield _item(_("Your note: “{note}”").format(note=page.since.note))


def _before_needles(page: ResultsPage) -> Iterator[Block]:
    for group in page.before_needles:
        yield Block(kind="subheading", text=group.title)
        yield from (Block(kind="item", strong=note.says, text=note.why) for note in group.notes)
    if page.kind == "full" and not page.before_needles:
        yield _text(
            _(
                "You ticked nothing on the list before needles. Still tell the acupuncturist about every condition "
                "and medicine."
            )
        )


def _found(page: ResultsPage) -> Iterator[Block]:
    certainty, direction = certainty_words(), direction_words()
    for one in page.found:
        yield Block(kind="subheading", text=one.condition)
        for line in one.claims:
            claim = line.claim
            grade = f"{direction[claim.direction]}. {certainty[claim.certainty]}."
            against = _("On {outcome}, compared with {what}.").format(outcome=line.outcome, what=claim.compared_with)
            yield Block(kind="item", strong=grade, text=claim.says, small=against)


def _reading(page: ResultsPage) -> Iterator[Block]:
    for one in page.reading:
        minutes = ngettext("{n} minute", "{n} minutes", one.minutes).format(n=one.minutes)
        yield _item(f"{one.title} ({minutes})")


def _plan(page: ResultsPage) -> Iterator[Block]:
    if page.plan.open:
        yield _text(page.plan.lead)
        yield from (Block(kind="text", strong=f"{one.title}.", text=one.says) for one in page.plan.cautions)
    else:
        yield Block(kind="text", text=page.plan.instead, small=_because(page.plan.because))


def _questions(questions: Iterable[Question]) -> Iterator[Block]:
    return (_item(_joined(one.says, one.because and f"“{one.because}”")) for one in questions)


def _foot(page: ResultsPage) -> Iterator[Block]:
    yield Block(
        kind="note",
        strong=_("This is a record of your own answers."),
        text=_(
            "It is not a diagnosis, and it cannot tell whether acupuncture was the reason for a change. Keep taking "
            "your medicines and going to your appointments."
        ),
    )
    versions = _("Quiz version {quiz}. Content version {content}.").format(
        quiz=page.quiz_version, content=page.content_version
    )
    yield Block(kind="note", text=versions)


def _because(reasons: Iterable[str]) -> str:
    words = "; ".join(reasons)
    return words and _("Because you answered: {answers}").format(answers=words)


def _text(words: str) -> Block:
    return Block(kind="text", text=words)


def _item(words: str) -> Block:
    return Block(kind="item", text=words)


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
