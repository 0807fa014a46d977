"""What the quiz asks."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from acupwa.library.model.base import Content

AgeBand = Literal["under-16", "16-17", "18-39", "40-64", "65-plus"]


class Thresholds(Content, frozen=True, kw_only=True):
    """Absolute change in one person that counts as small, and as clear (docs/rules.md, Change).

    `borrowed`: they were found for another question, so people are told the difference in numbers and no verdict.
    """

    small: float
    clear: float
    borrowed: bool = False


class Rating(Content, frozen=True, kw_only=True):
    """A 0-10 rating, 0 the best. `key` is its name in answers; `item` the instrument entry it comes from.

    `reworded`: the versions of the quiz in which its words changed their meaning, the oldest first. `replaced_by` is the
    rating that is asked in its place; one that is `never` asked is still read and shown where it was answered.
    `trouble` goes on after "you have", for whoever rated it above 0. `first_for`: the conditions whose people are asked
    it at once, `general` for everyone; others may add it.
    """

    key: str
    item: str
    name: str
    text: str
    low: str
    high: str
    recall: str
    conditions: tuple[str, ...] = ()
    asked: Literal["always", "by-condition", "when-pain-is-zero", "as-main-problem", "with-peg", "never"] = "always"
    first_for: tuple[str, ...] = ()
    validated: bool = False
    thresholds: Thresholds
    source: str
    trouble: str = ""
    reworded: tuple[str, ...] = ()
    replaced_by: str = ""


class Chances(Content, frozen=True, kw_only=True):
    """Of 100 people with nothing really changed, how many give two answers that many points apart or more.

    `scores` are keys of ratings or of an instrument, `*` every other rating. `from_days` is the least number of days
    between the two. `of_100` holds, by whole points up or down, the least and the most that are known.
    """

    id: str
    scores: tuple[str, ...]
    from_days: int
    of_100: dict[int, tuple[int, int]]
    source: str


class InstrumentChoice(Content, frozen=True, kw_only=True):
    """One answer of an instrument whose items are not rated 0 to 10. `value` counts in its score."""

    value: int
    text: str


class InstrumentItem(Content, frozen=True, kw_only=True):
    """`low` and `high` are the words at the ends of a 0-10 scale. `loinc` is None where no code was verified."""

    id: str
    text: str
    low: str = ""
    high: str = ""
    loinc: str | None = None


class Band(Content, frozen=True, kw_only=True):
    """The published name of a range of scores, both ends included."""

    low: int
    high: int
    label: str


class Instrument(Content, frozen=True, kw_only=True):
    """A published questionnaire whose words may be shipped: the licence and the credit line are data.

    `reworded`: as of a rating.
    """

    id: str
    name: str
    intro: str = ""
    recall: str
    low: int
    high: int
    items: tuple[InstrumentItem, ...]
    choices: tuple[InstrumentChoice, ...] = ()
    bands: tuple[Band, ...] = ()
    thresholds: Thresholds | None = None
    licence: str
    credit: str
    shippable: bool
    loinc: str | None = None
    reworded: tuple[str, ...] = ()


class Screen(Content, frozen=True, kw_only=True):
    """One step of a check-in."""

    id: str
    title: str
    lead: str = ""


class Group(Content, frozen=True, kw_only=True):
    """A heading in a list of things to tick. `lately_of`: it holds what is no emergency in that group of danger signs."""

    id: str
    name: str
    lately_of: str = ""


class Change(Content, frozen=True, kw_only=True):
    """What may have changed since last time. `asks_precautions`: what to know before needles is gone through again."""

    id: str
    name: str
    asks_precautions: bool = False


class ConsentText(Content, frozen=True, kw_only=True):
    """The words that a person agrees to, by paragraph. `version` changes with them, and is kept with each consent."""

    version: str
    text: tuple[str, ...]


class QuestionChoice(Content, frozen=True, kw_only=True):
    words: str
    hint: str = ""


class Question(Content, frozen=True, kw_only=True):
    """One of the quiz's own questions. `asks` stands on the screen, `line` before the answer when it is read again.

    `asks_also`: for when other words fit (which, says the field of `Questions`). `in_files`: for FHIR, where the words
    must hold without the screen around them; empty where `asks` does. `choices` are by the value that is kept.
    """

    asks: str
    line: str
    asks_also: str = ""
    in_files: str = ""
    hint: str = ""
    choices: dict[str, QuestionChoice] = msgspec.field(default_factory=dict)


class Questions(Content, frozen=True, kw_only=True):
    """Each under the name of the answer. `none_…`: that nothing of a list is true, in words for files.

    `asks_also` of the age is for answers about someone else, of the red flags for the emergency signs, of the sessions
    with the `{day}` of the previous check-in. `groups` stands before those that were ticked with nothing chosen inside.
    """

    answering_for: Question
    age_band: Question
    country: Question
    conditions: Question
    red_flags: Question
    none_right_now: str
    none_lately: str
    stiffness_minutes: Question
    precautions: Question
    unsure: Question
    groups: str
    none_before_needles: str
    problem_words: Question
    main_symptom: Question
    activity_words: Question
    acupuncture_before: Question
    stopping_medicine: Question
    sessions_since: Question
    side_effects: Question
    none_side_effects: str
    changed_since: Question
    none_changed: str
    note: Question


class Quiz(Content, frozen=True, kw_only=True):
    """The quiz as a whole. `version` changes whenever the words of an item change.

    `changes` are what else may have changed since the last check-in. `earlier_versions` and `earlier_consents` are all
    that were ever released, the newest first: phones that were offline still bring answers to those.
    """

    version: str
    earlier_versions: tuple[str, ...] = ()
    reviewed: date
    screens: tuple[Screen, ...]
    follow_up: tuple[Screen, ...]
    questions: Questions
    changes: tuple[Change, ...]
    flag_groups: tuple[Group, ...]
    precaution_groups: tuple[Group, ...]
    consent: ConsentText
    earlier_consents: tuple[ConsentText, ...] = ()


class SideEffect(Content, frozen=True, kw_only=True):
    """Something that can follow a session and is no danger sign. `do` is what to do about it."""

    id: str
    words: str
    do: str
    facts: tuple[str, ...] = ()
    studies: tuple[str, ...] = ()
