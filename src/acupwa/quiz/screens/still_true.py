"""What to know before needles, gone through again in a follow-up: one line each, and groups to add to it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import msgspec

from acupwa.library.model import Library
from acupwa.quiz.answer_line import AnswerLine
from acupwa.quiz.answer_reader import AnswerReader
from acupwa.quiz.confirming import asks_to_confirm, was_confirmed_in
from acupwa.quiz.groups import group_words, precaution_groups
from acupwa.quiz.model import Answers, CheckIn
from acupwa.quiz.rules import precautions_asked
from acupwa.quiz.screens import before_needles
from acupwa.quiz.screens.before_needles import TOLD, UNSURE, PrecautionGroup
from acupwa.quiz.screens.group_ticks import GROUPS
from acupwa.quiz.screens.questions import ScreenAnswers
from acupwa.sentences import say
from acupwa.web.declared import Declared, fields_of, many_of

STILL_TRUE = "still_true"
# Nothing to change below the list, or something; either way it was gone through.
_YES, _MORE = "yes", "more"


class ToldBefore(msgspec.Struct, frozen=True, kw_only=True):
    """One line: what was told before, to be unticked when it is true no more. `name` is its field."""

    name: str
    value: str
    words: str
    ticked: bool


class StillTrue(msgspec.Struct, frozen=True, kw_only=True):
    """`told` is listed; `groups` have the rest, to be added. `asked`: it stands open; else what changed opens it."""

    told: tuple[ToldBefore, ...]
    groups: tuple[PrecautionGroup, ...]
    unsure_asks: str
    unsure_hint: str
    asked: bool
    answer: str


def ask(on: ScreenAnswers, library: Library) -> StillTrue:
    """What is stored stands in the list, also when it was unticked just now. What one is sure of stands there alone."""
    stored = on.check_in.answers
    told = tuple(_told(stored, on.answers, library))
    rest = before_needles.ask(msgspec.structs.replace(on, answers=_without(told, on.answers)), library)
    listed = {one.value for one in told if one.name == TOLD}
    return StillTrue(
        told=told,
        groups=tuple(group for one in rest.groups if (group := _without_options(one, listed)).options),
        unsure_asks=rest.unsure_asks,
        unsure_hint=rest.unsure_hint,
        asked=asks_to_confirm(on.check_in),
        answer=on.typed.get(STILL_TRUE, ""),
    )


def _without(told: Iterable[ToldBefore], answers: Answers) -> Answers:
    listed = {(one.name, one.value) for one in told}
    rest = {
        name: tuple(one for one in getattr(answers, name) if (name, one) not in listed)
        for name in (TOLD, UNSURE, GROUPS)
    }
    return msgspec.structs.replace(answers, none_before_needles=False, **rest)


def _without_options(group: PrecautionGroup, listed: Collection[str]) -> PrecautionGroup:
    return msgspec.structs.replace(group, options=tuple(one for one in group.options if one.id not in listed))


def fields() -> Declared:
    return {**fields_of(STILL_TRUE), **many_of(TOLD, UNSURE, GROUPS)}


def read(reader: AnswerReader) -> tuple[str, ...]:
    """Reads what is ticked; without the answer that all is right now, nothing is taken off by it.

    Gives the ids of the groups in which something was chosen. The groups themselves: `read_groups_of_both`.
    """
    answer = reader.posted.get(STILL_TRUE, "")
    reader.confirmed = answer in (_YES, _MORE)
    if answer:
        reader.keep_typed(STILL_TRUE, answer)
    if answer and not reader.confirmed:
        reader.error(STILL_TRUE, say("quiz.faults.one_from_list"))
    asked = {one.id for one in precautions_asked(reader.read().answers, reader.library)}
    told, unsure = (_read_ticks(reader, name, asked) for name in (TOLD, UNSURE))
    # Who says that it is true is sure of it.
    reader.answers[UNSURE] = tuple(one for one in reader.answers[UNSURE] if one not in reader.answers[TOLD])
    return tuple(reader.library.precautions[one].group for one in (*told, *unsure))


def read_missing(reader: AnswerReader, check_in: CheckIn) -> None:
    """After all was read: whether it still had to be gone through, and whether nothing of it is true."""
    answers = reader.answers
    groups = [group.id for group in reader.library.quiz.precaution_groups]
    if answers[TOLD] or answers[UNSURE] or set(answers[GROUPS]) & set(groups):
        answers["none_before_needles"] = False
    elif reader.confirmed:
        answers["none_before_needles"] = True
    if not reader.confirmed and (asks_to_confirm(check_in) or _opened_by(reader, check_in)):
        reader.error(STILL_TRUE, say("quiz.faults.still_true"))


def lines(check_in: CheckIn, library: Library) -> Iterable[AnswerLine]:
    """What it says before needles, where this follow-up went through it; else it was taken over."""
    return before_needles.lines(check_in, library) if was_confirmed_in(check_in) else ()


def _told(stored: Answers, answers: Answers, library: Library) -> Iterator[ToldBefore]:
    asked = {one.id: one for one in precautions_asked(stored, library)}
    for name in (TOLD, UNSURE):
        for id in getattr(stored, name):
            if id in asked:
                words = asked[id].short
                yield ToldBefore(
                    name=name,
                    value=id,
                    words=words if name == TOLD else say("quiz.groups.unsure", what=words),
                    ticked=id in getattr(answers, name),
                )
    for id in precaution_groups(stored, library):
        yield ToldBefore(name=GROUPS, value=id, words=group_words(id, library), ticked=id in answers.groups)


def _opened_by(reader: AnswerReader, check_in: CheckIn) -> set[str]:
    """The changes that ask for it. One that is finished is asked again for new ones alone."""
    opening = {one.id for one in reader.library.quiz.changes if one.asks_precautions}
    before = check_in.answers.changed_since if check_in.finished else ()
    return opening & set(reader.answers["changed_since"]) - set(before)


def _read_ticks(reader: AnswerReader, name: str, asked: Collection[str]) -> list[str]:
    known, before = reader.library.precautions, reader.answers[name]
    ticked = reader.ids(name, known)
    for one in ticked:
        reader.need_asked(name, known[one].question, one in asked or bool(known[one].follows_from))
    kept = [one for one in before if not reader.confirmed or one not in asked]
    reader.answers[name] = tuple(one for one in known if one in {*ticked, *kept})
    return ticked
