"""All in all: the impression of change, and a note for oneself. Pure.

The last block of the ratings, once there is a previous check-in.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from acupwa.library.model import Library, Question
from acupwa.quiz.answer_line import AnswerLine, item_lines, make_line
from acupwa.quiz.answer_reader import AnswerReader
from acupwa.quiz.model import IMPRESSION, NOTE_LENGTH, CheckIn
from acupwa.quiz.screens.questions import (
    ChoiceQuestion,
    Option,
    ScreenAnswers,
    choice_questions,
    choices_of,
    instrument_fields,
)
from acupwa.web.declared import Declared, fields_of
from acupwa.wording import gettext as _


class AllInAll(msgspec.Struct, frozen=True, kw_only=True):
    impression: ChoiceQuestion
    choices: tuple[Option, ...]
    credit: str
    note_words: Question
    note: str


def ask_all_in_all(on: ScreenAnswers, library: Library) -> AllInAll:
    impression = library.instruments[IMPRESSION]
    return AllInAll(
        impression=choice_questions(impression, on)[0],
        choices=choices_of(impression, _("Prefer not to say, or no session yet")),
        credit=impression.credit,
        note_words=library.quiz.questions.note,
        note=on.typed.get("note", on.answers.note or ""),
    )


def all_in_all_fields(library: Library) -> Declared:
    return {**instrument_fields(library.instruments[IMPRESSION]), **fields_of("note")}


def read_all_in_all(reader: AnswerReader) -> None:
    if any(name.startswith(f"instruments.{IMPRESSION}.") for name in reader.posted):
        reader.instrument(IMPRESSION)
    reader.words("note", NOTE_LENGTH)


def all_in_all_lines(check_in: CheckIn, library: Library) -> Iterable[AnswerLine]:
    """The note is for the person alone."""
    if IMPRESSION in check_in.answers.instruments:
        yield from item_lines(library.instruments[IMPRESSION], check_in)
    if check_in.answers.note:
        yield make_line("note", library.quiz.questions.note.line, (check_in.answers.note,), private=True)
