"""The answers as a table for a spreadsheet. Pure.

UTF-8 with a byte order mark: without one Excel takes it for another encoding and breaks every letter that is not
ASCII; what reads CSV otherwise passes it over.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from acupwa.library.model import Library
from acupwa.quiz.model import CheckIn
from acupwa.quiz.older import older_answers
from acupwa.quiz.review import make_review
from acupwa.wording import gettext as _

# A spreadsheet runs a cell that begins so as a formula.
_RUN_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_HEAD = ("date", "check-in", "kind", "question", "answer", "note")


def to_csv(check_ins: Iterable[CheckIn], library: Library) -> bytes:
    """One row an answer, in the words of today's questions; a check-in's note stands in its first row."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_HEAD)
    for check_in in check_ins:
        for row in _rows(check_in, library):
            writer.writerow([_harmless(cell) for cell in row])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _rows(check_in: CheckIn, library: Library) -> Iterable[Sequence[str]]:
    day = (check_in.finished_at or check_in.created_at).date().isoformat()
    kind = check_in.variant if check_in.finished else f"{check_in.variant}, not finished"
    note = check_in.answers.note or ""
    answers = [*_in_words(check_in, library), *older_answers(check_in.answers, library)]
    for number, (question, answer) in enumerate(answers or [("", "")]):
        yield day, str(check_in.id), kind, question, answer, "" if number else note


def _in_words(check_in: CheckIn, library: Library) -> Iterable[tuple[str, str]]:
    for section in make_review(check_in, check_in.answers.country, library).sections:
        for line in section.lines:
            if line.given and line.question != _("Your note"):
                yield from ((line.question, answer) for answer in line.answer)


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_RUN_AS_FORMULA) else cell
