"""The screen "about you": who the answers are about, their age, country and conditions. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import ClassVar, get_args

import msgspec

from acupwa.library.model import AgeBand, Library, Questions
from acupwa.quiz.answer_line import AnswerLine, choice_line, make_line, text_line
from acupwa.quiz.answer_reader import AnswerReader
from acupwa.quiz.countries import COUNTRIES, countries_by_name, country_name, zones_by_country
from acupwa.quiz.model import AnsweringFor, CheckIn
from acupwa.quiz.screens.questions import Option, ScreenAnswers, chosen, options_of
from acupwa.sentences import say
from acupwa.web.declared import Declared, fields_of, many_of
from acupwa.wording import gettext as _

# Whom most people answer for: chosen beforehand, and seen before anything else is asked.
_MOST: AnsweringFor = "myself"


class AboutYou(msgspec.Struct, frozen=True, kw_only=True):
    """`zones` are the time zones of each country, for a phone to find its own; empty when a country is known."""

    template: ClassVar[str] = "quiz/screens/about_you.html"
    words: Questions
    for_whom: tuple[Option, ...]
    for_whom_chosen: tuple[str, ...]
    ages: tuple[Option, ...]
    age_chosen: tuple[str, ...]
    countries: tuple[tuple[str, str], ...]
    country: str
    zones: dict[str, tuple[str, ...]]
    conditions: tuple[Option, ...]
    conditions_chosen: tuple[str, ...]


def ask(on: ScreenAnswers, library: Library) -> AboutYou:
    words = library.quiz.questions
    return AboutYou(
        words=words,
        for_whom=options_of(words.answering_for),
        for_whom_chosen=(on.answers.answering_for or _MOST,),
        ages=options_of(words.age_band),
        age_chosen=chosen(on.answers.age_band),
        countries=(("", _("Choose a country")), *countries_by_name(library.language)),
        country=on.country or "",
        zones={} if on.country else zones_by_country(),
        conditions=tuple((condition.id, condition.name, condition.hint) for condition in library.conditions.values()),
        conditions_chosen=on.answers.conditions,
    )


def fields(_library: Library, _asks: Collection[str]) -> Declared:
    return {**fields_of("answering_for", "age_band", "country"), **many_of("conditions")}


def read(reader: AnswerReader) -> None:
    reader.choice("answering_for", get_args(AnsweringFor), say("quiz.faults.answering_for"))
    reader.choice("age_band", get_args(AgeBand), say("quiz.faults.age"), must=True)
    _read_country(reader)
    conditions = reader.ticks("conditions", reader.library.conditions)
    if not conditions:
        reader.error("conditions", say("quiz.faults.conditions"))
    elif "none-yet" in conditions and len(conditions) > 1:
        reader.error("conditions", say("quiz.faults.no_diagnosis_and_condition"))


def lines(check_in: CheckIn, library: Library) -> Iterable[AnswerLine]:
    answers, words = check_in.answers, library.quiz.questions
    yield choice_line("answering_for", words.answering_for, answers.answering_for)
    yield choice_line("age_band", words.age_band, answers.age_band)
    country = country_name(answers.country, library.language) if answers.country else None
    yield text_line("country", words.country.line, country)
    names = tuple(library.conditions[one].name for one in answers.conditions)
    yield make_line("conditions", words.conditions.line, names, ids=answers.conditions)


def _read_country(reader: AnswerReader) -> None:
    given = reader.posted.get("country", "").upper()
    if given in COUNTRIES:
        reader.answers["country"] = given
    elif given:
        reader.error("country", say("quiz.faults.country"))
    elif "country" in reader.posted:
        reader.answers["country"] = None
