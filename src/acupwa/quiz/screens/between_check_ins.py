"""Since the previous check-in: sessions, what followed them, what else changed. Pure.

The full quiz done again has a screen for it; a follow-up has it on its one page.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import ClassVar

import msgspec

from acupwa.library.model import Library, Questions
from acupwa.quiz.answer_line import AnswerLine, line_or_none, make_line, text_line
from acupwa.quiz.answer_reader import AnswerReader
from acupwa.quiz.model import EFFECTS_KNOWN, MOST_SESSIONS, SINCE_KNOWN, CheckIn
from acupwa.quiz.screens.questions import Option, ScreenAnswers
from acupwa.sentences import say
from acupwa.web.declared import Declared, fields_of, many_of
from acupwa.wording import weekday_date_words


class BetweenCheckIns(msgspec.Struct, frozen=True, kw_only=True):
    """`sessions_asks` names the day of the previous check-in.

    `sessions_known` and `effects_known`: this stands in a fold, as the log of sessions tells of it (`from_plan` says so),
    or the previous check-in is of the same day.
    """

    template: ClassVar[str] = "quiz/screens/between_check_ins.html"
    words: Questions
    sessions_asks: str
    sessions: str
    effects: tuple[Option, ...]
    effects_chosen: tuple[str, ...]
    no_effects: bool
    changes: tuple[Option, ...]
    changes_chosen: tuple[str, ...]
    no_changes: bool
    sessions_known: bool
    effects_known: bool
    from_plan: str


def ask(on: ScreenAnswers, library: Library) -> BetweenCheckIns:
    answers, words = on.answers, library.quiz.questions
    known = () if on.check_in.finished else on.check_in.asks
    from_log = SINCE_KNOWN in known and on.check_in.answers.sessions_since is not None
    return BetweenCheckIns(
        words=words,
        sessions_asks=_sessions_asks(on, words),
        sessions="" if answers.sessions_since is None else str(answers.sessions_since),
        effects=tuple((one.id, one.words, one.do) for one in library.side_effects.values()),
        effects_chosen=answers.side_effects,
        no_effects=answers.none_side_effects,
        changes=tuple((one.id, one.name, "") for one in library.quiz.changes),
        changes_chosen=answers.changed_since,
        no_changes=answers.none_changed,
        sessions_known=SINCE_KNOWN in known,
        effects_known=EFFECTS_KNOWN in known,
        from_plan=say("quiz.screen.from_plan") if from_log else "",
    )


def fields(_library: Library, _asks: Collection[str]) -> Declared:
    return {
        **fields_of("sessions_since", "none_side_effects", "none_changed"),
        **many_of("side_effects", "changed_since"),
    }


def read(reader: AnswerReader) -> None:
    """Each part may be left out."""
    _read_sessions(reader)
    _read_ticks(reader, "side_effects", reader.library.side_effects, "none_side_effects")
    _read_ticks(reader, "changed_since", [one.id for one in reader.library.quiz.changes], "none_changed")


def lines(check_in: CheckIn, library: Library) -> Iterable[AnswerLine]:
    answers, words = check_in.answers, library.quiz.questions
    sessions = None if answers.sessions_since is None else str(answers.sessions_since)
    yield text_line("sessions_since", words.sessions_since.line, sessions)
    yield line_or_none(_effects_line(check_in, library), "none_side_effects", answers)
    changed = [one for one in library.quiz.changes if one.id in answers.changed_since]
    ids, names = tuple(one.id for one in changed), tuple(one.name for one in changed)
    yield line_or_none(make_line("changed_since", words.changed_since.line, names, ids=ids), "none_changed", answers)


def _sessions_asks(on: ScreenAnswers, words: Questions) -> str:
    finished = on.previous.finished_at if on.previous else None
    if finished is None:
        return words.sessions_since.asks
    return words.sessions_since.asks_also.replace("{day}", weekday_date_words(finished.date()))


def _effects_line(check_in: CheckIn, library: Library) -> AnswerLine:
    told = check_in.answers.side_effects
    words = tuple(library.side_effects[one].words for one in told)
    return make_line("side_effects", library.quiz.questions.side_effects.line, words, ids=told)


def _read_sessions(reader: AnswerReader) -> None:
    given = reader.posted.get("sessions_since", "")
    if given.isascii() and given.isdecimal() and len(given) <= 2:
        reader.answers["sessions_since"] = int(given)
    elif given:
        message = say("quiz.faults.sessions", most=MOST_SESSIONS)
        reader.error("sessions_since", message)


def _read_ticks(reader: AnswerReader, name: str, known: Collection[str], mark: str) -> None:
    """A form without any of this screen's fields leaves it alone."""
    if not any(one in reader.posted for one in (name, mark, "sessions_since")):
        return
    ticked = reader.ticks(name, known)
    if reader.none_mark(mark) and ticked:
        reader.error(name, say("quiz.faults.something_and_none"))
