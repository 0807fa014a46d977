"""Answers that would not be kept when a check-in is finished, as their question is not asked with the others. Pure.

Nobody loses one unheard: the review says them before, and a quiz that was sent on one page comes back with them named.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from acupwa.library.model import Library
from acupwa.quiz.answer_line import AnswerLine, make_line, rating_lines, text_line, unsure_line
from acupwa.quiz.model import PEG, Answers, CheckIn
from acupwa.quiz.rules import PAIN, complete
from acupwa.quiz.safety import derive
from acupwa.quiz.screens.registry import screens_by_variant
from acupwa.quiz.stiffness import minutes_line

_SEVERAL = ("ratings", "instruments", "precautions", "unsure")


def left_out(answers: Answers, open_items: Iterable[str], library: Library) -> tuple[str, ...]:
    """The fields of what `complete` leaves out: `ratings.itch`, `instruments.peg.2`, `precautions`, `note`.

    "None of these" says nothing that could be lost. All ids must be known to `library`.
    """
    open_items = tuple(open_items)
    kept = complete(answers, open_items, library)
    plain = (
        field.name
        for field in msgspec.structs.fields(Answers)
        if field.name not in _SEVERAL
        and not field.name.startswith("none_")
        and getattr(answers, field.name) not in (None, (), getattr(kept, field.name))
    )
    return (
        *(f"ratings.{key}" for key in answers.ratings if key not in kept.ratings),
        *_items_left_out(answers, kept, open_items),
        *(("precautions",) if _precautions_left_out(answers, kept, library) else ()),
        *(("unsure",) if _unsure_left_out(answers, kept, library) else ()),
        *plain,
    )


def left_out_lines(check_in: CheckIn, library: Library) -> tuple[AnswerLine, ...]:
    """The same in words. The check-in has no retired answers (`known_check_in`)."""
    answers = check_in.answers
    names = left_out(answers, check_in.open_items, library)
    kept = complete(answers, check_in.open_items, library)
    precautions = _precautions_left_out(answers, kept, library)
    words = library.quiz.questions
    main = library.ratings.get(answers.main_symptom or "")
    lines = (
        *rating_lines(library.ratings.values(), answers),
        minutes_line(answers, library),
        make_line(
            "precautions",
            words.precautions.line,
            tuple(library.precautions[one].question for one in precautions),
            ids=precautions,
        ),
        unsure_line(_unsure_left_out(answers, kept, library), library),
        text_line("main_symptom", words.main_symptom.line, main.name if main else None),
        *(line for screen in screens_by_variant(check_in.variant).values() for line in screen.lines(check_in, library)),
    )
    first = {line.key: line for line in reversed(lines) if line.key in names}
    return tuple(first[name] for name in names if name in first)


def _items_left_out(answers: Answers, kept: Answers, open_items: tuple[str, ...]) -> Iterable[str]:
    """The first item of PEG is kept as the rating of pain."""
    for id, items in answers.instruments.items():
        if id in kept.instruments:
            continue
        for number in range(1, len(items) + 1):
            is_kept = (id, number) == (PEG, 1) and PAIN in kept.ratings
            if f"{id}.{number}" not in open_items and not is_kept:
                yield f"instruments.{id}.{number}"


def _precautions_left_out(answers: Answers, kept: Answers, library: Library) -> tuple[str, ...]:
    """One that follows from the age is said in any case."""
    said = derive(kept, library).precautions
    return tuple(one for one in answers.precautions if one not in said)


def _unsure_left_out(answers: Answers, kept: Answers, library: Library) -> tuple[str, ...]:
    said = derive(kept, library)
    return tuple(one for one in answers.unsure if one not in (*said.precautions, *said.unsure))
