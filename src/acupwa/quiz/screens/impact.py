"""The screen "how it affects you": PHQ-4, with who can be called in a hard time. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import ClassVar

import msgspec

from acupwa.library.model import Library
from acupwa.quiz.answer_line import AnswerLine, item_lines
from acupwa.quiz.answer_reader import AnswerReader
from acupwa.quiz.help_lines import Phone, crisis_phones
from acupwa.quiz.model import MOOD, CheckIn
from acupwa.quiz.screens.questions import (
    ChoiceQuestion,
    Option,
    ScreenAnswers,
    choice_questions,
    choices_of,
    instrument_fields,
)
from acupwa.web.declared import Declared
from acupwa.wording import gettext as _


class Impact(msgspec.Struct, frozen=True, kw_only=True):
    template: ClassVar[str] = "quiz/screens/impact.html"
    intro: str
    items: tuple[ChoiceQuestion, ...]
    choices: tuple[Option, ...]
    credit: str
    phones: tuple[Phone, ...]


def ask(on: ScreenAnswers, library: Library) -> Impact:
    mood = library.instruments[MOOD]
    return Impact(
        intro=mood.intro,
        items=choice_questions(mood, on),
        choices=choices_of(mood, _("Skip")),
        credit=mood.credit,
        phones=crisis_phones(on.country, library),
    )


def fields(library: Library, _asks: Collection[str]) -> Declared:
    return instrument_fields(library.instruments[MOOD])


def read(reader: AnswerReader) -> None:
    reader.instrument(MOOD)


def lines(check_in: CheckIn, library: Library) -> Iterable[AnswerLine]:
    return item_lines(library.instruments[MOOD], check_in)
