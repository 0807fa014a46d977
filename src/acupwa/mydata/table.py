"""The answers as a table for a spreadsheet. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from acupwa.library.model import Library
from acupwa.practice.sharing.proposals.model import ProposalExport
from acupwa.practice.sharing.shares.model import SharedCopy
from acupwa.quiz.answer_lines import answer_lines
from acupwa.quiz.model import CheckIn
from acupwa.quiz.retired_answers import retired_answers
from acupwa.web.spreadsheet import spreadsheet

_HEAD = ("date", "check-in", "kind", "question", "answer", "note")


def to_csv(
    check_ins: Iterable[CheckIn],
    library: Library,
    shares: Iterable[SharedCopy] = (),
    proposals: Iterable[ProposalExport] = (),
) -> bytes:
    """One row an answer, in the words of today's questions; a check-in's note stands in its first row.

    Then what clinics have: one row a line shared, a look, or something sent back.
    """
    answers = (row for check_in in check_ins for row in _rows(check_in, library))
    return spreadsheet(_HEAD, (*answers, *_shared(shares), *_sent_back(proposals, library)))


def _rows(check_in: CheckIn, library: Library) -> Iterable[Sequence[str]]:
    day = (check_in.finished_at or check_in.created_at).date().isoformat()
    kind = check_in.variant if check_in.finished else f"{check_in.variant}, not finished"
    note = check_in.answers.note or ""
    answers = [*_in_words(check_in, library), *retired_answers(check_in.answers, library)]
    for number, (question, answer) in enumerate(answers or [("", "")]):
        yield day, str(check_in.id), kind, question, answer, "" if number else note


def _shared(shares: Iterable[SharedCopy]) -> Iterable[Sequence[str]]:
    for one in shares:
        day, id = one.shared_at.date().isoformat(), str(one.id)
        taken = f"taken back {one.withdrawn_at.date().isoformat()}" if one.withdrawn_at else ""
        for line in one.copy.lines:
            yield day, id, f"shared with {one.copy.clinic}", line.question, " · ".join(line.words), taken
        for view in one.views:
            yield view.at.date().isoformat(), id, view.what, "", view.name, ""


def _sent_back(proposals: Iterable[ProposalExport], library: Library) -> Iterable[Sequence[str]]:
    for one in proposals:
        titles = [library.pages[slug].head.title if slug in library.pages else slug for slug in one.pages]
        parts = [("note", one.note, ""), ("pages", "; ".join(titles), one.pages_reply or "")]
        if one.plan:
            days = ", ".join(one.plan.weekdays)
            words = f"{one.plan.max_sessions} sessions from {one.plan.first_day.isoformat()}, {days} {one.plan.time}"
            parts.append(("plan", words, one.plan_reply or ""))
        for what, words, reply in parts:
            if words:
                yield one.sent_at.date().isoformat(), str(one.id), f"sent by {one.clinic}", what, words, reply


def _in_words(check_in: CheckIn, library: Library) -> Iterable[tuple[str, str]]:
    for line in answer_lines(check_in, library):
        if line.screen and line.given and not line.private:
            yield from ((line.question, answer) for answer in line.words)
