"""The same page as plain text, to paste into a message or read out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from acupwa.results.pages import ResultsPage
from acupwa.wording import date_words
from acupwa.wording import gettext as _


def plain_text(page: ResultsPage) -> str:
    """Lines in the order of the page, without markup."""
    lines = [page.title, _("Answered on {day}.").format(day=date_words(page.finished_on))]
    for title, body in _parts(page):
        if body:
            lines += ["", title.upper(), *body]
    lines += [
        "",
        _(
            "This is a record of your own answers. It is not a diagnosis, and it cannot tell whether "
            "acupuncture was the reason for a change. Keep taking your medicines and going to your "
            "appointments."
        ),
        _("Quiz version {quiz}. Content version {content}.").format(
            quiz=page.quiz_version, content=page.content_version
        ),
    ]
    return "\n".join(lines) + "\n"


def _parts(page: ResultsPage) -> Iterator[tuple[str, list[str]]]:
    yield _("What to do now"), list(_now(page))
    yield _("How it has been"), list(_ratings(page))
    yield _("Since last time"), list(_since(page))
    yield _("Before any needle"), list(_before_needles(page))
    yield _("What the studies found"), list(_found(page))
    yield _("First on your reading list"), [f"- {one.title}" for one in page.reading]
    yield _("Your plan") if page.plan.open else _("Why we make no plan now"), _plan(page)
    yield _("What to ask your doctor or specialist team"), list(_questions(page.questions.doctor))
    yield _("What to ask the acupuncturist"), list(_questions(page.questions.acupuncturist))


def _now(page: ResultsPage) -> Iterator[str]:
    when = {"emergency-now": _("Now"), "same-day": _("Today"), "within-days": _("Within days")}
    for card in page.care:
        yield f"{when[card.urgency]}: {card.title}"
        yield from (f"- {phone.number} ({phone.label})" for phone in card.phones)
        yield from (f"- {sign.says}. {sign.do}" for sign in card.signs)
    if not page.care:
        yield _("You ticked no danger sign.")
    if page.keep_medicine:
        yield _("Do not stop or change a prescribed medicine by yourself. Talk to the doctor, nurse or pharmacist.")
    if page.support_for_mood:
        yield _("Support for worry or low mood:")
        yield from (f"- {phone.number} ({phone.label})" for phone in page.mood_phones)


def _since(page: ResultsPage) -> Iterator[str]:
    if page.since is None:
        return
    yield from (line for line in (page.since.sessions, page.since.changes) if line)
    yield from (f"- {one.says}. {one.do}" for one in page.since.effects)
    if page.since.note:
        yield _("Your note: {note}").format(note=page.since.note)


def _ratings(page: ResultsPage) -> Iterator[str]:
    for line in page.ratings:
        yield _join(f"- {line.name}: {line.shown} ({line.low} - {line.high}).", line.change)
    for one in page.sums:
        yield _join(f"- {one.name}: {one.shown}.", one.sum and f"{one.sum}.", one.band, one.change)


def _before_needles(page: ResultsPage) -> Iterator[str]:
    for group in page.before_needles:
        yield f"{group.title}:"
        yield from (f"- {note.says} {note.why}" for note in group.notes)


def _found(page: ResultsPage) -> Iterator[str]:
    for one in page.found:
        yield f"{one.condition}:"
        for line in one.claims:
            certainty = _("certainty: {certainty}").format(certainty=line.claim.certainty.replace("-", " "))
            yield f"- {line.claim.says} ({certainty})"


def _plan(page: ResultsPage) -> list[str]:
    if page.plan.open:
        return [page.plan.lead]
    return [page.plan.instead]


def _questions(questions: Iterable[object]) -> Iterator[str]:
    for question in questions:
        says, because = getattr(question, "says", ""), getattr(question, "because", "")
        yield _join(f"- {says}", because and f"“{because}”")


def _join(*parts: str) -> str:
    return " ".join(part for part in parts if part)
