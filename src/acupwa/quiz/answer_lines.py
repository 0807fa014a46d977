"""All answer lines of a check-in: the one maker of what the review, sharing, the table and the files read. Pure."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from acupwa.library.model import Library
from acupwa.quiz.answer_line import AnswerLine, make_line
from acupwa.quiz.model import Answers, CheckIn
from acupwa.quiz.retired_answers import known_check_in, retired_answers
from acupwa.quiz.rules import screens_of
from acupwa.quiz.screens.registry import screens_by_variant
from acupwa.wording import gettext as _


def answer_lines(check_in: CheckIn, library: Library) -> tuple[AnswerLine, ...]:
    """In the order of the screens, each with its `screen`; at the end the retired answers, whose `screen` is empty."""
    known = known_check_in(check_in, library)
    return (*known_lines(known, library), *_retired_lines(check_in.answers, library))


def known_lines(known: CheckIn, library: Library) -> tuple[AnswerLine, ...]:
    """The same of a check-in that has no retired answers (`known_check_in`)."""
    screens = screens_by_variant(known.variant)
    return tuple(
        msgspec.structs.replace(line, screen=screen)
        for screen in screens_of(known)[:-1]
        for line in screens[screen].lines(known, library)
    )


def _retired_lines(answers: Answers, library: Library) -> Iterable[AnswerLine]:
    """In the words that are left: what it is, and the name under which it is kept."""
    kinds = {
        "conditions": _("A condition"),
        "red_flags": _("A danger sign you ticked"),
        "precautions": _("To know before needles"),
        "unsure": _("Not sure, before needles"),
        "groups": _("A group that you ticked"),
        "side_effects": library.quiz.questions.side_effects.line,
        "changed_since": library.quiz.questions.changed_since.line,
        "main_symptom": _("Closest to your main problem"),
    }
    for key, value in retired_answers(answers, library):
        if key in kinds:
            yield make_line(key, kinds[key], (_plain(value),), ids=(value,))
        else:
            field = "ratings" if key in answers.ratings else "instruments"
            yield make_line(f"{field}.{key}", _plain(key), (value,))


def _plain(key: str) -> str:
    """The name of something that has no other words any more: `early-waking` is "Early waking"."""
    words = key.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]
