"""The screen "before needles": the precautions to tick. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import ClassVar

import msgspec

from acupwa.library.model import Library
from acupwa.quiz.answer_line import AnswerLine, line_or_none, make_line
from acupwa.quiz.answer_reader import AnswerReader
from acupwa.quiz.model import CheckIn
from acupwa.quiz.rules import precautions_asked
from acupwa.quiz.screens.questions import Option, ScreenAnswers
from acupwa.sentences import say
from acupwa.web.declared import Declared, fields_of, many_of


class PrecautionGroup(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    options: tuple[Option, ...]


class BeforeNeedles(msgspec.Struct, frozen=True, kw_only=True):
    template: ClassVar[str] = "quiz/screens/before_needles.html"
    legend: str
    groups: tuple[PrecautionGroup, ...]
    chosen: tuple[str, ...]
    none: bool


def ask(on: ScreenAnswers, library: Library) -> BeforeNeedles:
    asked = precautions_asked(on.answers, library)
    groups = (
        PrecautionGroup(
            name=group.name, options=tuple((one.id, one.question, "") for one in asked if one.group == group.id)
        )
        for group in library.quiz.precaution_groups
    )
    return BeforeNeedles(
        legend=library.quiz.questions.precautions.asks,
        groups=tuple(group for group in groups if group.options),
        chosen=on.answers.precautions,
        none=on.answers.none_before_needles,
    )


def fields(_library: Library, _asks: Collection[str]) -> Declared:
    return {**many_of("precautions"), **fields_of("none_before_needles")}


def read(reader: AnswerReader) -> None:
    known, before = reader.library.precautions, reader.answers["precautions"]
    asked = {one.id for one in precautions_asked(reader.read().answers, reader.library)}
    ticked = reader.ticks("precautions", known)
    for one in ticked:
        reader.need_asked("precautions", known[one].question, one in asked)
    # What this screen does not show is not unticked by it.
    unseen = [one for one in before if one not in asked]
    reader.answers["precautions"] = tuple(one for one in known if one in {*ticked, *unseen})
    none = reader.none_mark("none_before_needles")
    if ticked and none:
        reader.error("precautions", say("quiz.faults.something_and_none"))
    elif not reader.one_page and not ticked and not none:
        reader.error("precautions", say("quiz.faults.precautions"))


def lines(check_in: CheckIn, library: Library) -> Iterable[AnswerLine]:
    answers = check_in.answers
    told = [one for one in precautions_asked(answers, library) if one.id in answers.precautions]
    ids, words = tuple(one.id for one in told), tuple(one.question for one in told)
    line = make_line("precautions", library.quiz.questions.precautions.line, words, ids=ids)
    yield line_or_none(line, "none_before_needles", answers)
