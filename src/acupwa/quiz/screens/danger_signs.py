"""Danger signs to tick: the screens "right now" and "lately"; a follow-up asks them all on one. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import ClassVar

import msgspec

from acupwa.library.model import Call, Group, Library, RedFlag
from acupwa.quiz.answer_line import RED_FLAGS, AnswerLine, line_or_none, make_line
from acupwa.quiz.answer_reader import AnswerReader
from acupwa.quiz.care import do_for_a_group
from acupwa.quiz.groups import signs_in, urgencies_in
from acupwa.quiz.help_lines import Phone, kinds_of, phones_for
from acupwa.quiz.model import Answers, CheckIn
from acupwa.quiz.rules import flags_lately, flags_of_follow_up, flags_right_now
from acupwa.quiz.safety import EMERGENCY, URGENCIES
from acupwa.quiz.screens.group_ticks import GROUPS, group_lines, read_groups
from acupwa.quiz.screens.questions import ScreenAnswers
from acupwa.sentences import say
from acupwa.web.declared import Declared, fields_of, many_of

Which = Callable[[RedFlag], bool]


class SignQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """A red flag to tick, with what to do. `our_reading`: the sources do not say how urgent it is."""

    id: str
    short: str
    sign: str
    why: str
    do: str
    urgency: str
    our_reading: bool
    ticked: bool
    call: tuple[Call, ...]
    phones: tuple[Phone, ...]


class SignGroup(msgspec.Struct, frozen=True, kw_only=True):
    """A group of signs as one row to tick, which opens to say which. `signs` are those of it that are asked here.

    `ticked`: itself, or a sign in it. Ticked with nothing chosen inside it is as urgent as the strictest sign that it
    holds, asked here or not: `urgency`, with what to do and whom to call.
    """

    id: str
    name: str
    ticked: bool
    signs: tuple[SignQuestion, ...]
    urgency: str
    do: str
    call: tuple[Call, ...]
    phones: tuple[Phone, ...]


class DangerSigns(msgspec.Struct, frozen=True, kw_only=True):
    """`none_name` is the field of "None of these", `place` the name under which the signs are on their page."""

    template: ClassVar[str] = "quiz/screens/danger_signs.html"
    legend: str
    groups: tuple[SignGroup, ...]
    none_name: str
    none: bool
    place: str = RED_FLAGS


# ------------------------------------------------------------------ right now


def ask_right_now(on: ScreenAnswers, library: Library) -> DangerSigns:
    asks = library.quiz.questions.red_flags.asks_also
    return _right_now(asks, flags_right_now(library), _is_emergency, on, library)


def fields_right_now(_library: Library, _asks: Collection[str]) -> Declared:
    return _fields("none_right_now")


def read_right_now(reader: AnswerReader) -> None:
    _read_signs(reader, _is_emergency, "none_right_now")


def lines_right_now(check_in: CheckIn, library: Library) -> Iterable[AnswerLine]:
    yield from _lines(check_in.answers, _is_emergency, "none_right_now", library)


# ------------------------------------------------------------------ lately


def ask_lately(on: ScreenAnswers, library: Library) -> DangerSigns:
    return DangerSigns(
        legend=library.quiz.questions.red_flags.asks,
        groups=_groups(flags_lately(on.answers, library), _is_less_urgent, on, library),
        none_name="none_lately",
        none=on.answers.none_lately,
    )


def fields_lately(_library: Library, _asks: Collection[str]) -> Declared:
    return _fields("none_lately")


def read_lately(reader: AnswerReader) -> None:
    _read_signs(reader, _is_less_urgent, "none_lately")


def lines_lately(check_in: CheckIn, library: Library) -> Iterable[AnswerLine]:
    yield from _lines(check_in.answers, _is_less_urgent, "none_lately", library)


# ------------------------------------------------------------------ follow-up


def ask_follow_up(on: ScreenAnswers, library: Library) -> DangerSigns:
    asks = say("quiz.follow_up.signs_asks")
    return _right_now(asks, flags_of_follow_up(on.answers, library), any_sign, on, library)


def lines_follow_up(check_in: CheckIn, library: Library) -> Iterable[AnswerLine]:
    yield from _lines(check_in.answers, any_sign, "none_right_now", library)


# ------------------------------------------------------------------ shared


def sign_question(flag: RedFlag, answers: Answers, country: str | None, library: Library) -> SignQuestion:
    return SignQuestion(
        id=flag.id,
        short=flag.short,
        sign=flag.sign,
        why=flag.why,
        do=flag.do,
        urgency=flag.urgency,
        our_reading=flag.basis == "our-reading",
        ticked=flag.id in answers.red_flags,
        call=flag.call,
        phones=phones_for((flag,), country, library),
    )


def read_ticked_signs(reader: AnswerReader, here: Which) -> list[str]:
    """The posted signs take the place of those ticked on this screen; those of others stay.

    `here` are the signs of this screen. A sign of another one is taken all the same: none is ever dropped. All on one
    page, each screen takes its own.
    """
    known = reader.library.red_flags
    ticked = reader.ids(RED_FLAGS, known)
    if reader.one_page:
        ticked = [one for one in ticked if here(known[one])]
    kept = [one for one in reader.answers[RED_FLAGS] if not here(known[one])]
    reader.answers[RED_FLAGS] = tuple(dict.fromkeys([*kept, *ticked]))
    return ticked


def read_ticked_groups(reader: AnswerReader, here: Which) -> list[str]:
    """The groups that were ticked and have nothing chosen inside. All on one page, a sign of another screen is not
    inside: the group of an emergency stays, whatever less urgent was chosen.
    """
    library = reader.library
    known = library.red_flags
    ticked = {one for one in reader.ids(RED_FLAGS, known) if here(known[one]) or not reader.one_page}
    groups = (group.id for group in library.quiz.flag_groups)
    chosen = {group for group in groups if any(one.id in ticked for one in signs_in(group, library))}
    return read_groups(reader, groups_of(here, library), chosen)


def groups_of(here: Which, library: Library) -> tuple[str, ...]:
    """The groups that are told of on this screen: those with an emergency sign on the first of the full check-in."""
    if here in (_is_emergency, _is_less_urgent):
        first = here is _is_emergency
        return tuple(
            one.id for one in library.quiz.flag_groups if (EMERGENCY in urgencies_in(one.id, library)) is first
        )
    return tuple(dict.fromkeys(flag.group for flag in library.red_flags.values() if here(flag)))


def any_sign(_flag: RedFlag) -> bool:
    """A follow-up asks for all of them in one place."""
    return True


def _is_emergency(flag: RedFlag) -> bool:
    return flag.urgency == EMERGENCY


def _is_less_urgent(flag: RedFlag) -> bool:
    return flag.urgency != EMERGENCY


def _right_now(legend: str, flags: Iterable[RedFlag], here: Which, on: ScreenAnswers, library: Library) -> DangerSigns:
    return DangerSigns(
        legend=legend,
        groups=_groups(flags, here, on, library),
        none_name="none_right_now",
        none=on.answers.none_right_now,
    )


def _groups(flags: Iterable[RedFlag], here: Which, on: ScreenAnswers, library: Library) -> tuple[SignGroup, ...]:
    shown, told_here = tuple(flags), groups_of(here, library)
    groups = (
        sign_group(group, shown, on.answers, on.country, library)
        for group in library.quiz.flag_groups
        if group.id in told_here
    )
    return tuple(group for group in groups if group.signs or group.ticked)


def sign_group(
    group: Group, shown: Iterable[RedFlag], answers: Answers, country: str | None, library: Library
) -> SignGroup:
    """One row, with those of its signs that are among `shown`."""
    members = signs_in(group.id, library)
    signs = tuple(sign_question(flag, answers, country, library) for flag in shown if flag in members)
    urgency = next(one for one in URGENCIES if one in urgencies_in(group.id, library))
    strictest = [flag for flag in members if flag.urgency == urgency]
    return SignGroup(
        id=group.id,
        name=group.name,
        ticked=group.id in answers.groups or any(sign.ticked for sign in signs),
        signs=signs,
        urgency=urgency,
        do=do_for_a_group(urgency),
        call=kinds_of(strictest),
        phones=phones_for(strictest, country, library),
    )


def _fields(mark: str) -> Declared:
    return {**many_of(RED_FLAGS, GROUPS), **fields_of(mark)}


def _read_signs(reader: AnswerReader, here: Which, mark: str) -> None:
    ticked = (*read_ticked_signs(reader, here), *read_ticked_groups(reader, here))
    none = reader.none_mark(mark)
    if ticked and none:
        reader.error(RED_FLAGS, say("quiz.faults.sign_and_none"))
    elif not reader.one_page and not ticked and not none:
        reader.error(RED_FLAGS, say("quiz.faults.signs"))


def _lines(answers: Answers, here: Which, mark: str, library: Library) -> Iterable[AnswerLine]:
    groups = tuple(group_lines(groups_of(here, library), answers, library))
    line = _line(answers, here, mark, library)
    if line.given or not groups:
        yield line
    yield from groups


def _line(answers: Answers, here: Which, mark: str, library: Library) -> AnswerLine:
    signs = [one for one in library.red_flags.values() if one.id in answers.red_flags and here(one)]
    ids = tuple(one.id for one in signs)
    words = tuple(one.short for one in signs)
    line = make_line(RED_FLAGS, library.quiz.questions.red_flags.line, words, ids=ids, flags=ids)
    return line_or_none(line, mark, answers)
