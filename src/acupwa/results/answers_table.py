"""The answers of a check-in as a table, a row for each question: for programs and for a spreadsheet. Pure."""

from __future__ import annotations

from acupwa.library.model import Library
from acupwa.quiz.answer_lines import answer_lines
from acupwa.quiz.model import CheckIn
from acupwa.web.spreadsheet import spreadsheet

HEAD = ("field", "question", "answer")


def to_csv(check_in: CheckIn, library: Library) -> bytes:
    """`field` is the key of the answer; several answers to one question stand in one cell."""
    lines = answer_lines(check_in, library)
    return spreadsheet(HEAD, ((line.key, line.question, "; ".join(line.words)) for line in lines))
