"""One answer as data and in words: what the review, the summary, sharing, the table and the files read. Pure.

Here are the lines of the kinds of questions that several screens ask.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from acupwa.library.model import Instrument, Library, Question, Rating
from acupwa.quiz.model import Answers, CheckIn
from acupwa.wording import gettext as _

RED_FLAGS = "red_flags"


class AnswerLine(msgspec.Struct, frozen=True, kw_only=True):
    """One answer as data and in words. The words are to be read, and nothing is ever decided by them.

    `key` is the field of `Answers` that it tells: `red_flags`, `ratings.pain`, `instruments.peg.1`; where "None of
    these" was ticked it is the mark for that (`none_lately`). `ids` are what was ticked in that field, `flags` the
    red flags among all that it tells. `words` say the answer, one for each tick; with `given` false they say that
    there is none. `private`: for the person alone. `screen` is where it was asked, empty for retired answers.
    """

    key: str
    question: str
    words: tuple[str, ...]
    given: bool
    screen: str = ""
    ids: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    private: bool = False


def make_line(
    key: str,
    question: str,
    words: tuple[str, ...],
    *,
    ids: tuple[str, ...] = (),
    flags: tuple[str, ...] = (),
    private: bool = False,
) -> AnswerLine:
    """A line of one answer; without `words` it says that there is none."""
    said = words or (_("Not answered"),)
    return AnswerLine(key=key, question=question, words=said, given=bool(words), ids=ids, flags=flags, private=private)


def line_or_none(line: AnswerLine, mark: str, answers: Answers) -> AnswerLine:
    """The line of what was ticked; where nothing was, "None of these" if that was. `mark` is its field of `Answers`."""
    if line.given or not getattr(answers, mark):
        return line
    return msgspec.structs.replace(line, key=mark, words=(_("None of these"),), given=True)


def unsure_line(precautions: tuple[str, ...], library: Library) -> AnswerLine:
    """The precautions of which the person is not sure."""
    words = tuple(library.precautions[one].question for one in precautions)
    return make_line("unsure", library.quiz.questions.unsure.line, words, ids=precautions)


def text_line(key: str, question: str, text: str | None) -> AnswerLine:
    return make_line(key, question, (text,) if text else ())


def choice_line(key: str, question: Question, value: str | None) -> AnswerLine:
    choice = question.choices.get(value or "")
    return text_line(key, question.line, choice.words if choice else None)


def rating_lines(ratings: Iterable[Rating], answers: Answers) -> tuple[AnswerLine, ...]:
    return tuple(
        make_line(
            f"ratings.{rating.key}",
            rating_words(rating, answers),
            (number_words_of(answers.ratings[rating.key]),) if rating.key in answers.ratings else (),
        )
        for rating in ratings
    )


def rating_words(rating: Rating, answers: Answers) -> str:
    """The person's own words stand in the question about their main problem."""
    return rating.text.replace("{words}", answers.problem_words or _("your main problem"))


def item_lines(instrument: Instrument, check_in: CheckIn) -> tuple[AnswerLine, ...]:
    """A line for each item; one that stayed open was not answered."""
    items = check_in.answers.instruments.get(instrument.id)
    lines = []
    for number, item in enumerate(instrument.items, 1):
        open_item = items is None or f"{instrument.id}.{number}" in check_in.open_items
        words = () if items is None or open_item else (_item_words(instrument, items[number - 1]),)
        lines.append(make_line(f"instruments.{instrument.id}.{number}", item.text, words))
    return tuple(lines)


def _item_words(instrument: Instrument, value: int | None) -> str:
    if value is None or not instrument.choices:
        return number_words_of(value)
    return next(choice.text for choice in instrument.choices if choice.value == value)


def number_words_of(value: int | None) -> str:
    return _("Prefer not to say") if value is None else _("{value} of 10").format(value=value)
