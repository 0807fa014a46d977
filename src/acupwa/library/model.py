"""The typed content. Frozen values; `load.py` fills them from `content/`, unknown keys refused.

Words a reader sees stand in the content files; this file only says which words there must be.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

import msgspec

Condition = Literal["ra", "sle", "ms", "hashimoto", "psoriasis", "fibromyalgia", "other", "none-yet"]
AgeBand = Literal["under-16", "16-17", "18-39", "40-64", "65-plus"]
Urgency = Literal["emergency-now", "same-day", "within-days"]
Advice = Literal["avoid", "ask-first", "tell-practitioner"]
Scope = Literal["whole", "site", "technique"]
StudyKind = Literal[
    "systematic-review",
    "meta-analysis",
    "network-meta-analysis",
    "rct",
    "observational",
    "cohort",
    "survey",
    "case-series",
    "animal",
    "laboratory",
    "guideline",
    "narrative-review",
]
Finding = Literal["benefit", "mixed", "no-difference", "harm", "mechanism", "position"]
Certainty = Literal["high", "moderate", "low", "very-low", "none"]
Direction = Literal["helps", "may-help", "unclear", "no-better-than-sham", "harm", "nothing-found"]
Verdict = Literal["supported", "partly", "contested", "animal-only", "not-found"]


class Content(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The base of every content value."""


# ------------------------------------------------------------------ evidence


class Sessions(Content, frozen=True, kw_only=True):
    """The dose that a study gave. A field that was not read is None."""

    count: int | None = None
    per_week: float | None = None
    weeks: float | None = None
    minutes: int | None = None
    note: str = ""


class Study(Content, frozen=True, kw_only=True):
    """One published study, review or guideline. Only fields that were read are filled.

    `finding` and `limits` are our own plain words. `alone` is false for work on more than acupuncture, or on
    something else. A retracted or superseded study carries no grade.
    """

    id: str
    title: str | None = None
    authors: str | None = None
    year: int | None = None
    journal: str | None = None
    ref: str | None = None
    doi: str | None = None
    pmid: str | None = None
    kind: StudyKind
    conditions: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    studies: int | None = None
    participants: int | None = None
    sessions: Sessions | None = None
    comparators: tuple[str, ...] = ()
    result: Finding | None = None
    finding: str
    limits: str
    alone: bool = True
    status: Literal["current", "superseded", "retracted"] = "current"
    aliases: tuple[str, ...] = ()

    @property
    def about_people(self) -> bool:
        return self.kind not in ("animal", "laboratory")

    @property
    def sham_controlled(self) -> bool:
        return bool({"sham", "minimal needling", "minimal-needling"} & set(self.comparators))


class Fact(Content, frozen=True, kw_only=True):
    """Something read that is not a study: a guideline, what to expect, self-care, a precaution's ground.

    `basis` says how firm it is: `read` as published, `custom` what practitioners do, `ours` our own caution.
    """

    id: str
    kind: Literal["guideline", "expect", "self-care", "safety", "dose", "measure"]
    says: str
    by: str | None = None
    year: int | None = None
    basis: Literal["read", "partly-read", "custom", "ours"] = "read"
    studies: tuple[str, ...] = ()


class OutcomeName(Content, frozen=True, kw_only=True):
    """What a claim is about, in people's words. `short` is for a narrow place; the file's order is the shown order."""

    id: str
    name: str
    short: str


class Claim(Content, frozen=True, kw_only=True):
    """What studies say of one condition and one outcome, graded by the written rule of docs/content.md."""

    id: str
    condition: str
    outcome: str
    compared_with: str
    certainty: Certainty
    direction: Direction
    says: str
    studies: tuple[str, ...] = ()


class PopularClaim(Content, frozen=True, kw_only=True):
    """A claim as people meet it, with our verdict. `why` is Markdown that cites; the rest is plain text.

    `studies` put the claim itself to the test and carry the verdict; `near` are others that it names or that come
    close. `graded` are ids of our own graded claims. Empty `conditions`: any illness.
    """

    id: str
    group: Literal["condition", "any-condition", "how-it-works"]
    claim: str
    met: str = ""
    verdict: Verdict
    short: str
    why: str
    fair: str
    what_would_change: str
    conditions: tuple[str, ...] = ()
    studies: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    graded: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    reviewed: date
    next_review: date


# ------------------------------------------------------------------ quiz


Call = Literal["emergency", "urgent", "crisis"]


class RedFlag(Content, frozen=True, kw_only=True):
    """A danger sign. `sign` is the whole sign, `short` its heading for a 20-second read, `do` what to do now.

    `call`: the kinds of numbers that stand at it, the first first.
    """

    id: str
    urgency: Urgency
    group: str
    conditions: tuple[str, ...]
    short: str
    sign: str
    why: str
    do: str
    basis: Literal["official", "charity", "professional", "case-reports", "our-reading"]
    call: tuple[Call, ...]


class HelpLine(Content, frozen=True, kw_only=True):
    """A number to call. `countries` are ISO 3166-1 alpha-2 codes; `*` is everywhere.

    `unsure`: it was read second-hand only, so it is told in words, never as a button. `common`: one of the few that
    stand on pages that are the same for everyone.
    """

    id: str
    countries: tuple[str, ...]
    kind: Call
    number: str
    purpose: str
    unsure: bool = False
    common: bool = False


class Precaution(Content, frozen=True, kw_only=True):
    """Something to know before a needle. `question` is a plain statement that a person can tick.

    `passing`: true for some days only, so that a follow-up does not take it over from the last check-in.
    `say` is what a medicine is called in an emergency call. `lowers_immunity`, `harms_unborn`: a medicine that makes a danger sign of a fever, of a pregnancy.
    """

    id: str
    advice: Advice
    scope: Scope
    group: str
    conditions: tuple[str, ...]
    question: str
    why: str
    basis: Literal["direct", "partly-inferred"]
    say: str = ""
    asked: bool = True
    blood_thinner: bool = False
    passing: bool = False
    lowers_immunity: bool = False
    harms_unborn: bool = False


class Thresholds(Content, frozen=True, kw_only=True):
    """Absolute change in one person that counts as small, and as clear (product.md section 2)."""

    small: float
    clear: float


class Rating(Content, frozen=True, kw_only=True):
    """A 0-10 rating, 0 the best. `key` is its name in answers; `item` the instrument entry it comes from."""

    key: str
    item: str
    name: str
    text: str
    low: str
    high: str
    recall: str
    conditions: tuple[str, ...] = ()
    asked: Literal["always", "by-condition", "when-pain-is-zero", "as-main-problem", "with-peg"] = "always"
    validated: bool = False
    thresholds: Thresholds
    source: str


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


class Choice(Content, frozen=True, kw_only=True):
    value: int
    text: str


class InstrumentItem(Content, frozen=True, kw_only=True):
    id: str
    text: str
    low: str = ""
    high: str = ""
    loinc: str | None = None


class Band(Content, frozen=True, kw_only=True):
    low: int
    high: int
    label: str


class Instrument(Content, frozen=True, kw_only=True):
    """A published questionnaire whose words may be shipped: the licence and the credit line are data."""

    id: str
    name: str
    intro: str = ""
    recall: str
    low: int
    high: int
    items: tuple[InstrumentItem, ...]
    choices: tuple[Choice, ...] = ()
    bands: tuple[Band, ...] = ()
    thresholds: Thresholds | None = None
    licence: str
    credit: str
    shippable: bool
    loinc: str | None = None


class Screen(Content, frozen=True, kw_only=True):
    id: str
    title: str
    lead: str = ""
    minutes_left: float


class Group(Content, frozen=True, kw_only=True):
    id: str
    name: str


class Consent(Content, frozen=True, kw_only=True):
    version: str
    text: tuple[str, ...]


class AnsweringFor(Content, frozen=True, kw_only=True):
    id: str
    name: str


class Quiz(Content, frozen=True, kw_only=True):
    """The quiz as a whole. `version` changes whenever the words of an item change.

    `changes` are what else may have changed since the last check-in.
    """

    version: str
    reviewed: date
    screens: tuple[Screen, ...]
    follow_up: tuple[Screen, ...]
    changes: tuple[Group, ...]
    flag_groups: tuple[Group, ...]
    precaution_groups: tuple[Group, ...]
    consent: Consent


class SideEffect(Content, frozen=True, kw_only=True):
    """Something that can follow a session and is no danger sign. `do` is what to do about it."""

    id: str
    words: str
    do: str
    facts: tuple[str, ...] = ()
    studies: tuple[str, ...] = ()


class ConditionName(Content, frozen=True, kw_only=True):
    id: Condition
    name: str
    short: str
    hint: str = ""


# ------------------------------------------------------------------ planner


PLANNER_NUMBERS = (
    "per_week_default",
    "per_week_max",
    "days_apart",
    "sessions_default",
    "sessions_low",
    "sessions_ceiling",
    "minutes_default",
    "window_weeks",
    "safety_after",
    "light_after",
    "light_when_more_than",
    "decide_after",
    "decide_latest",
    "finish_percent",
    "extend_percent",
    "extend_sessions",
)


class PlannerNumber(Content, frozen=True, kw_only=True):
    """One number of the planner with the ground it stands on: trials, or `our choice` said in `why`."""

    value: float
    name: str
    why: str
    studies: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    ours: bool = False


class ConditionPlan(Content, frozen=True, kw_only=True):
    """How a course differs for one condition. `caution` is the id of a PlanCaution or of a precaution."""

    condition: str
    says: str
    studies: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    experimental: bool = False
    caution: str | None = None


class Protocol(Content, frozen=True, kw_only=True):
    """The dose of one trial, for the picture of what trials gave. Ranges are (low, high)."""

    id: str
    condition: str
    study: str | None = None
    fact: str | None = None
    says: str
    sessions: tuple[int, int] | None = None
    per_week: tuple[float, float] | None = None
    weeks: tuple[float, float] | None = None
    minutes: int | None = None


class PlanCaution(Content, frozen=True, kw_only=True):
    """Something to know about a plan that is made all the same."""

    title: str
    says: str


class PlannerWords(Content, frozen=True, kw_only=True):
    """A review, an outcome of the decision, or a step after the course, with its ground."""

    id: str
    title: str
    says: str
    studies: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    ours: bool = False


class StopSign(Content, frozen=True, kw_only=True):
    """A reason to have no more needles for now, with the danger signs and precautions that it stands for."""

    says: str
    red_flags: tuple[str, ...] = ()
    precautions: tuple[str, ...] = ()


class Guidance(Content, frozen=True, kw_only=True):
    """`closed` says what to do instead, by `key:id`, by key, or by `red_flags:<urgency>`."""

    numbers: Mapping[str, PlannerNumber]
    by_condition: tuple[ConditionPlan, ...]
    protocols: tuple[Protocol, ...]
    reviews: tuple[PlannerWords, ...]
    decisions: tuple[PlannerWords, ...]
    afterwards: tuple[PlannerWords, ...]
    cautions: Mapping[str, PlanCaution]
    closed: Mapping[str, str]
    stop_at_once: tuple[StopSign, ...]


# ------------------------------------------------------------------ reading


class Change(Content, frozen=True, kw_only=True):
    date: date
    note: str


class BottomLine(Content, frozen=True, kw_only=True):
    """The summary box of a page."""

    line: str
    may: str
    does_not: str
    safety: str
    ask: str


class Article(Content, frozen=True, kw_only=True):
    """The head of a reading page; its words follow in Markdown.

    `precautions`, `red_flags`, `symptoms` (rating keys), `conditions` and `ages` say whom it concerns.
    """

    title: str
    group: Literal["condition", "how-it-works", "the-course", "safety", "deciding"]
    kind: Literal["overview", "evidence", "needles", "general"]
    order: int
    summary: str
    bottom_line: BottomLine
    short: tuple[str, ...]
    conditions: tuple[str, ...] = ()
    ages: tuple[AgeBand, ...] = ()
    symptoms: tuple[str, ...] = ()
    precautions: tuple[str, ...] = ()
    red_flags: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    safety: bool = False
    general: bool = False
    picture: str | None = None
    reviewed: date
    next_review: date
    changes: tuple[Change, ...]


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A reading page as loaded: its head, its Markdown, and what can be counted from them."""

    slug: str
    head: Article
    markdown: str
    sources: tuple[str, ...]
    minutes: int
    hash: str


class GlossaryEntry(Content, frozen=True, kw_only=True):
    """A hard word. `mark` is false where pages mostly use the word in its everyday sense."""

    id: str
    word: str
    says: str
    also: tuple[str, ...] = ()
    mark: bool = True


class Caution(Content, frozen=True, kw_only=True):
    """A warning that stands right beside a drawing. `words` cite."""

    kind: Literal["avoid", "ask", "note"]
    words: str


class Drawing(Content, frozen=True, kw_only=True):
    """A drawing for the text of a page: `id` is a file of `components/figures`, `shows` says the same in words."""

    id: str
    shows: str
    cautions: tuple[Caution, ...] = ()


class FigureException(Content, frozen=True, kw_only=True):
    """A figure that needs no source, and why. `page` is a page's slug, or the id of a claim."""

    page: str
    figure: str
    reason: str


class SearchWords(Content, frozen=True, kw_only=True):
    """Words that people type. `meanings` map them to ours; a line of `danger` or `crisis` needs all of its words.

    The search takes the parts of the danger signs as well, but for those in `no_danger`. `signs` map the id of a
    danger sign to what people type for it: all words of a line lead first to that sign.
    """

    ignored: tuple[str, ...] = ()
    meanings: Mapping[str, str] = {}
    danger: tuple[str, ...] = ()
    no_danger: tuple[str, ...] = ()
    signs: Mapping[str, tuple[str, ...]] = {}
    crisis: tuple[str, ...] = ()


# ------------------------------------------------------------------ all of it


class Library(msgspec.Struct, frozen=True, kw_only=True):
    """All content, loaded once. `version` is a hash over every content file."""

    version: str
    language: str
    conditions: Mapping[str, ConditionName]
    outcomes: Mapping[str, OutcomeName]
    quiz: Quiz
    red_flags: Mapping[str, RedFlag]
    help_lines: tuple[HelpLine, ...]
    precautions: Mapping[str, Precaution]
    side_effects: Mapping[str, SideEffect]
    ratings: Mapping[str, Rating]
    instruments: Mapping[str, Instrument]
    studies: Mapping[str, Study]
    facts: Mapping[str, Fact]
    claims: Mapping[str, Claim]
    popular: Mapping[str, PopularClaim]
    pages: Mapping[str, Page]
    guidance: Guidance
    glossary: Mapping[str, GlossaryEntry]
    drawings: Mapping[str, Drawing] = {}
    chances: Mapping[str, Chances] = {}
    search_words: SearchWords = SearchWords()
