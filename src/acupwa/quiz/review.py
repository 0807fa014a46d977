"""The last screen: every answer in words with its change link, and what to do first. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

import msgspec

from acupwa.library.model import Library
from acupwa.quiz.answer_line import RED_FLAGS, AnswerLine
from acupwa.quiz.answer_lines import answer_lines
from acupwa.quiz.care import Care, care_of
from acupwa.quiz.confirming import was_confirmed_in
from acupwa.quiz.left_out import left_out_lines
from acupwa.quiz.model import CheckIn
from acupwa.quiz.retired_answers import known_check_in
from acupwa.quiz.rules import Path, path_of, screens_by_id, screens_of
from acupwa.quiz.screens.before_needles import TOLD, UNSURE
from acupwa.quiz.screens.group_ticks import GROUPS
from acupwa.sentences import say
from acupwa.wording import gettext as _
from acupwa.wording import ngettext

_BY_STATEMENT = (TOLD, UNSURE)
_NAMED = (RED_FLAGS, GROUPS, *_BY_STATEMENT, "none_right_now", "none_lately", "none_before_needles")
_RESTS_ON = ("age_band", "conditions")


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """The answers of one screen. `done` is false while it was not gone past.

    `named` is what was ticked of danger signs and precautions, by short names, and `open` the questions without the answer
    that a summary rests on: these stand in the row. `rest` are the lines with more than that, in a fold which is called
    `fold`.
    """

    screen: str
    title: str
    lines: tuple[AnswerLine, ...]
    named: tuple[str, ...]
    open: tuple[str, ...]
    rest: tuple[AnswerLine, ...]
    fold: str
    done: bool


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """`title` and `lead` are empty where the screen's own words hold. `retired` are answers that no screen asks for.

    `left_out` are answers of a draft that will not be kept, as the others stand.
    """

    template: ClassVar[str] = "quiz/screens/review.html"
    path: Path
    title: str
    lead: str
    care: tuple[Care, ...]
    keep_medicine: bool
    sections: tuple[Section, ...]
    retired: tuple[AnswerLine, ...]
    left_out: tuple[AnswerLine, ...]
    carried_over: bool


def make_review(check_in: CheckIn, country: str | None, library: Library) -> Review:
    lines = answer_lines(check_in, library)
    check_in = known_check_in(check_in, library)
    answers, path = check_in.answers, path_of(check_in.answers)
    titles = screens_by_id(check_in.variant, library)
    return Review(
        path=path,
        title=_("For a parent or guardian") if path == "under-16" else "",
        lead=say("quiz.review.under_16_ends") if path == "under-16" else "",
        care=care_of(answers, country, library),
        keep_medicine=bool(answers.stopping_medicine) and path == "full",
        sections=tuple(
            _section(
                screen,
                titles[screen].title,
                tuple(line for line in lines if line.screen == screen),
                library,
                done=screen in check_in.seen or (check_in.finished and check_in.variant == "follow-up"),
            )
            for screen in screens_of(check_in)[:-1]
        ),
        retired=tuple(line for line in lines if not line.screen),
        left_out=() if check_in.finished else left_out_lines(check_in, library),
        carried_over=check_in.variant == "follow-up" and not was_confirmed_in(check_in),
    )


def _section(screen: str, title: str, lines: tuple[AnswerLine, ...], library: Library, *, done: bool) -> Section:
    rest = tuple(line for line in lines if line.key not in _NAMED or _says_more(line, library))
    # What is ticked counts, gone past or not; "None of these" of before its questions changed does not.
    ticked = (line for line in lines if line.key in _NAMED and line.given and (done or line.ids))
    return Section(
        screen=screen,
        title=title,
        lines=lines,
        named=tuple(name for line in ticked for name in _names(line, library)),
        open=tuple(line.question for line in lines if line.key in (*_NAMED, *_RESTS_ON) and not line.given),
        rest=rest,
        fold=_fold_words(rest),
        done=done,
    )


def _names(line: AnswerLine, library: Library) -> Iterable[str]:
    """Signs and groups go by their names already, precautions by their whole statements."""
    if line.key not in _BY_STATEMENT:
        return line.words
    names = (library.precautions[one].short for one in line.ids)
    return names if line.key == TOLD else (say("quiz.groups.unsure", what=name) for name in names)


def _says_more(line: AnswerLine, library: Library) -> bool:
    return line.key in _BY_STATEMENT and not all(library.precautions[one].short_says_all for one in line.ids)


def _fold_words(rest: Iterable[AnswerLine]) -> str:
    counted = [line.given for line in rest if line.key not in _NAMED]
    if not counted:
        return _("Read all of it")
    answers = sum(counted)
    return ngettext("{n} answer", "{n} answers", answers).format(n=answers) if answers else _("No answers")
