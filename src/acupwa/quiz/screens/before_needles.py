"""The screen "before needles": the precautions to tick. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import ClassVar

import msgspec

from acupwa.library.model import Group, Library, Precaution
from acupwa.quiz.answer_line import AnswerLine, line_or_none, make_line, unsure_line
from acupwa.quiz.answer_reader import AnswerReader
from acupwa.quiz.model import Answers, CheckIn
from acupwa.quiz.rules import precautions_asked
from acupwa.quiz.screens.group_ticks import GROUPS, group_lines, read_groups
from acupwa.quiz.screens.questions import ScreenAnswers
from acupwa.sentences import say
from acupwa.web.declared import Declared, fields_of, many_of

TOLD, UNSURE = "precautions", "unsure"


class PrecautionOption(msgspec.Struct, frozen=True, kw_only=True):
    """A precaution to tick by its name. `inside`: it stands below the one before it, as a closer statement of the same.

    `full` is the whole statement, empty where the name says all of it; `names` are medicines that count besides.
    `ticked`: it is true of the person; `unsure`: they are not sure of it.
    """

    id: str
    short: str
    full: str
    names: str
    inside: bool
    ticked: bool
    unsure: bool


class PrecautionGroup(msgspec.Struct, frozen=True, kw_only=True):
    """A group as one row to tick, which opens to say which. `ticked`: itself, or something in it.

    `unsure`: the person is not sure of one of its precautions.
    """

    id: str
    name: str
    ticked: bool
    options: tuple[PrecautionOption, ...]
    unsure: bool


class BeforeNeedles(msgspec.Struct, frozen=True, kw_only=True):
    """`unsure_asks` and `unsure_hint` stand at each group, above the same precautions to tick as "not sure"."""

    template: ClassVar[str] = "quiz/screens/before_needles.html"
    legend: str
    groups: tuple[PrecautionGroup, ...]
    unsure_asks: str
    unsure_hint: str
    none: bool


def ask(on: ScreenAnswers, library: Library) -> BeforeNeedles:
    asked, words = precautions_asked(on.answers, library), library.quiz.questions
    groups = (_group(group, asked, on.answers) for group in library.quiz.precaution_groups)
    return BeforeNeedles(
        legend=words.precautions.asks,
        groups=tuple(group for group in groups if group.options or group.ticked),
        unsure_asks=words.unsure.asks,
        unsure_hint=words.unsure.hint,
        none=on.answers.none_before_needles,
    )


def fields(_library: Library, _asks: Collection[str]) -> Declared:
    return {**many_of(TOLD, UNSURE, GROUPS), **fields_of("none_before_needles")}


def read(reader: AnswerReader) -> None:
    asked = {one.id for one in precautions_asked(reader.read().answers, reader.library)}
    ticked = _read_ticks(reader, TOLD, asked)
    unsure = _read_ticks(reader, UNSURE, asked)
    # Who says that it is true is sure of it.
    reader.answers[UNSURE] = tuple(one for one in reader.answers[UNSURE] if one not in reader.answers[TOLD])
    chosen = {reader.library.precautions[one].group for one in (*ticked, *unsure)}
    groups = read_groups(reader, [group.id for group in reader.library.quiz.precaution_groups], chosen)
    none = reader.none_mark("none_before_needles")
    if none and (ticked or unsure or groups):
        reader.error(TOLD, say("quiz.faults.something_and_none"))
    elif not reader.one_page and not (ticked or unsure or groups or none):
        reader.error(TOLD, say("quiz.faults.precautions"))


def lines(check_in: CheckIn, library: Library) -> Iterable[AnswerLine]:
    answers = check_in.answers
    asked = precautions_asked(answers, library)
    told = [one for one in asked if one.id in answers.precautions]
    ids, words = tuple(one.id for one in told), tuple(one.question for one in told)
    unsure = tuple(one.id for one in asked if one.id in answers.unsure)
    groups = tuple(group_lines([group.id for group in library.quiz.precaution_groups], answers, library))
    if told or not (unsure or groups):
        line = make_line(TOLD, library.quiz.questions.precautions.line, words, ids=ids)
        yield line_or_none(line, "none_before_needles", answers)
    if unsure:
        yield unsure_line(unsure, library)
    yield from groups


def _read_ticks(reader: AnswerReader, name: str, asked: Collection[str]) -> list[str]:
    known, before = reader.library.precautions, reader.answers[name]
    ticked = reader.ticks(name, known)
    for one in ticked:
        reader.need_asked(name, known[one].question, one in asked or bool(known[one].follows_from))
    # What this screen does not show is not unticked by it.
    unseen = [one for one in before if one not in asked]
    reader.answers[name] = tuple(one for one in known if one in {*ticked, *unseen})
    return ticked


def _group(group: Group, asked: Iterable[Precaution], answers: Answers) -> PrecautionGroup:
    options = tuple(_option(one, answers) for one in asked if one.group == group.id)
    return PrecautionGroup(
        id=group.id,
        name=group.name,
        ticked=group.id in answers.groups or any(one.ticked or one.unsure for one in options),
        options=options,
        unsure=any(one.unsure for one in options),
    )


def _option(precaution: Precaution, answers: Answers) -> PrecautionOption:
    return PrecautionOption(
        id=precaution.id,
        short=precaution.short,
        full="" if precaution.short_says_all else precaution.question,
        names=precaution.names,
        inside=bool(precaution.inside),
        ticked=precaution.id in answers.precautions,
        unsure=precaution.id in answers.unsure,
    )
