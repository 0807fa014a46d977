"""The answers as a table for a spreadsheet. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from acupwa.library.model import Library
from acupwa.practice.sharing.proposals.model import ProposalExport, ProposedPlan
from acupwa.practice.sharing.shares.model import SharedCopy
from acupwa.quiz.answer_line import AnswerLine
from acupwa.quiz.answer_lines import answer_lines
from acupwa.quiz.model import CheckIn
from acupwa.web.spreadsheet import spreadsheet
from acupwa.wording import gettext as _
from acupwa.wording import ngettext

# The first row is part of the format: programs read it, so it has no translation.
HEAD = ("date", "check-in", "kind", "question", "answer", "note")
Rows: TypeAlias = Iterable[Sequence[str]]


def to_csv(
    check_ins: Iterable[CheckIn],
    library: Library,
    shares: Iterable[SharedCopy] = (),
    proposals: Iterable[ProposalExport] = (),
) -> bytes:
    """For programs: `table_rows` behind their names."""
    return spreadsheet(HEAD, table_rows(check_ins, library, shares, proposals))


def table_rows(
    check_ins: Iterable[CheckIn],
    library: Library,
    shares: Iterable[SharedCopy] = (),
    proposals: Iterable[ProposalExport] = (),
) -> Rows:
    """One row an answer, in the words of today's questions; a check-in's note stands in its first row.

    Then what clinics have: one row a line shared, a look, or something sent back.
    """
    answers = (row for check_in in check_ins for row in _answers(check_in, library))
    shared = (row for share in shares for row in (*_share(share), *_looks(share)))
    sent = (row for proposal in proposals for row in _proposal(proposal, library))
    return (*answers, *shared, *sent)


def _answers(check_in: CheckIn, library: Library) -> Rows:
    day = (check_in.finished_at or check_in.created_at).date().isoformat()
    kind = check_in.variant if check_in.finished else _("{kind}, not finished").format(kind=check_in.variant)
    note = check_in.answers.note or ""
    given = [pair for line in _lines(check_in, library) for pair in _pairs(line)]
    for number, (question, answer) in enumerate(given or [("", "")]):
        yield day, str(check_in.id), kind, question, answer, "" if number else note


def _lines(check_in: CheckIn, library: Library) -> Iterable[AnswerLine]:
    """The retired answers last. Whatever is private is the note, which has a column of its own."""
    return (line for line in answer_lines(check_in, library) if line.given and not line.private)


def _pairs(line: AnswerLine) -> Iterable[tuple[str, str]]:
    """Question and answer. A retired answer stands under the names by which it is kept: it has no words any more."""
    if line.screen:
        return ((line.question, words) for words in line.words)
    key = line.key.partition(".")[2] or line.key
    return ((key, value) for value in line.ids or line.words)


def _share(share: SharedCopy) -> Rows:
    day, id, copy = share.shared_at.date().isoformat(), str(share.id), share.copy
    kind = _("shared with {clinic}").format(clinic=copy.clinic)
    ended = ""
    if share.withdrawn_at:
        ended = _("withdrawn {day}").format(day=share.withdrawn_at.date().isoformat())
    for line in copy.lines:
        yield day, id, kind, line.question, " · ".join(line.words), ended


def _looks(share: SharedCopy) -> Rows:
    for view in share.views:
        yield view.at.date().isoformat(), str(share.id), view.what, "", view.name, ""


def _proposal(proposal: ProposalExport, library: Library) -> Rows:
    start = proposal.sent_at.date().isoformat(), str(proposal.id), _("sent by {clinic}").format(clinic=proposal.clinic)
    if proposal.note:
        yield *start, _("note"), proposal.note, ""
    if proposal.pages:
        titles = [library.pages[slug].head.title if slug in library.pages else slug for slug in proposal.pages]
        yield *start, _("pages"), "; ".join(titles), proposal.pages_reply or ""
    if proposal.plan:
        yield *start, _("plan"), _plan_words(proposal.plan), proposal.plan_reply or ""


def _plan_words(plan: ProposedPlan) -> str:
    words = ngettext(
        "{n} session from {day}, {weekdays} {time}", "{n} sessions from {day}, {weekdays} {time}", plan.max_sessions
    )
    weekdays = ", ".join(plan.weekdays)
    return words.format(n=plan.max_sessions, day=plan.first_day.isoformat(), weekdays=weekdays, time=plan.time)
