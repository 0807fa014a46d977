"""The last screen: every answer in words with its change link, and what to do first. Pure."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from acupwa.library.model import Library
from acupwa.quiz.answer_line import AnswerLine
from acupwa.quiz.answer_lines import answer_lines
from acupwa.quiz.care import Care, care_of
from acupwa.quiz.confirming import was_confirmed_in
from acupwa.quiz.left_out import left_out_lines
from acupwa.quiz.model import CheckIn
from acupwa.quiz.retired_answers import known_check_in
from acupwa.quiz.rules import Path, path_of, screens_by_id, screens_of
from acupwa.sentences import say
from acupwa.wording import gettext as _


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """The answers of one screen. `done` is false while it was not gone past."""

    screen: str
    title: str
    lines: tuple[AnswerLine, ...]
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
            Section(
                screen=screen,
                title=titles[screen].title,
                lines=tuple(line for line in lines if line.screen == screen),
                done=screen in check_in.seen or (check_in.finished and check_in.variant == "follow-up"),
            )
            for screen in screens_of(check_in)[:-1]
        ),
        retired=tuple(line for line in lines if not line.screen),
        left_out=() if check_in.finished else left_out_lines(check_in, library),
        carried_over=check_in.variant == "follow-up" and not was_confirmed_in(check_in),
    )
