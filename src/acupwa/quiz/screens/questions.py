"""What the screens share: the answers that a screen shows, and the kinds of questions that several ask. Pure."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from acupwa.library.model import Instrument, Question, Rating
from acupwa.quiz.answer_line import rating_words
from acupwa.quiz.answer_reader import SKIP
from acupwa.quiz.model import Answers, CheckIn
from acupwa.sentences import say
from acupwa.web.declared import Declared, fields_of, many_of

# Value, words and a hint, which may be empty.
Option = tuple[str, str, str]


class ScreenAnswers(msgspec.Struct, frozen=True, kw_only=True):
    """The answers so far as a screen shows them: those that are stored, or those of a form that has faults.

    `typed` are words that were too long. `country` is that of the previous check-in until another is chosen.
    """

    check_in: CheckIn
    answers: Answers
    typed: dict[str, str]
    country: str | None
    previous: CheckIn | None


class RatingQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """One 0-10 question. `value` is None, `skip` or the number as text.

    `first_for`: who is asked it at once, where everyone's questions stand on one page.
    """

    name: str
    legend: str
    low: str
    high: str
    value: str | None
    first_for: str = ""

    @property
    def under_the_days(self) -> tuple[str, str, str]:
        """`legend` below a heading that says the 7 days: what is shown, what is heard with it, what is shown after that.

        All is shown of a question that looks back otherwise.
        """
        days = say("quiz.screen.last_7_days")
        before, opening, after = self.legend.partition(f"{days}, ")
        if opening and not before:
            return "", opening, after[:1].upper() + after[1:]
        return self.legend.partition(f" {days[:1].lower()}{days[1:]}")


class ChoiceQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """One question of an instrument that is answered by a choice. `value` as above."""

    name: str
    legend: str
    value: str | None


def rating_question(rating: Rating, answers: Answers) -> RatingQuestion:
    return RatingQuestion(
        name=f"ratings.{rating.key}",
        legend=rating_words(rating, answers),
        low=rating.low,
        high=rating.high,
        value=number_value(answers.ratings[rating.key]) if rating.key in answers.ratings else None,
    )


def item_questions(instrument: Instrument, on: ScreenAnswers) -> tuple[RatingQuestion, ...]:
    """The items of an instrument that is answered by numbers."""
    return tuple(
        RatingQuestion(
            name=f"instruments.{instrument.id}.{number}", legend=item.text, low=item.low, high=item.high, value=value
        )
        for number, (item, value) in enumerate(zip(instrument.items, _item_values(instrument, on), strict=True), 1)
    )


def choice_questions(instrument: Instrument, on: ScreenAnswers) -> tuple[ChoiceQuestion, ...]:
    """The items of an instrument that is answered by choices."""
    return tuple(
        ChoiceQuestion(name=f"instruments.{instrument.id}.{number}", legend=item.text, value=value)
        for number, (item, value) in enumerate(zip(instrument.items, _item_values(instrument, on), strict=True), 1)
    )


def instrument_fields(instrument: Instrument) -> Declared:
    """Its items by their numbers, or all under one name."""
    name = f"instruments.{instrument.id}"
    items = (f"{name}.{number}" for number in range(1, len(instrument.items) + 1))
    return {**fields_of(*items), **many_of(name)}


def choices_of(instrument: Instrument, skip: str) -> tuple[Option, ...]:
    """The choices of an instrument, and in the words `skip` that one prefers not to say."""
    return (*((str(choice.value), choice.text, "") for choice in instrument.choices), (SKIP, skip, ""))


def options_of(question: Question) -> tuple[Option, ...]:
    return tuple((value, choice.words, choice.hint) for value, choice in question.choices.items())


def chosen(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()


def _item_values(instrument: Instrument, on: ScreenAnswers) -> Sequence[str | None]:
    items = on.answers.instruments.get(instrument.id)
    if items is None:
        return (None,) * len(instrument.items)
    open_items = on.check_in.open_items
    return tuple(
        None if item is None and f"{instrument.id}.{number}" in open_items else number_value(item)
        for number, item in enumerate(items, 1)
    )


def number_value(value: int | None) -> str:
    return SKIP if value is None else str(value)
