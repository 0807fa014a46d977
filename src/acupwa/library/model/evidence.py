"""Studies and facts, and what they say: the graded claims and the popular ones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

import msgspec

from acupwa.library.model.base import Content

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
# What a study compared acupuncture with. Minimal needling is no sham: its needles do go in. `drug` is a medicine in
# place of acupuncture, `drug-alone` the same medicine without it; `uncontrolled` is before and after, or counting only.
Comparator = Literal[
    "sham",
    "minimal-needling",
    "usual-care",
    "none",
    "waitlist",
    "drug",
    "drug-alone",
    "other-needling",
    "moxibustion",
    "relaxation-training",
    "reflexology",
    "herbal-medicine",
    "uncontrolled",
]
# What a claim compares: one of these, a family of them, or no single one.
Comparison = Literal[Comparator, "sham-or-minimal-needling", "no-acupuncture", "mixed", "other", "any"]
Finding = Literal["benefit", "mixed", "no-difference", "harm", "mechanism", "position"]
Certainty = Literal["high", "moderate", "low", "very-low", "none"]
Direction = Literal["helps", "may-help", "unclear", "no-better-than-sham", "harm", "nothing-found"]
Verdict = Literal["supported", "partly", "contested", "animal-only", "not-found"]


class StudyDose(Content, frozen=True, kw_only=True):
    """The dose that a study gave. A field that was not read is None."""

    count: int | None = None
    per_week: float | None = None
    weeks: float | None = None
    minutes: int | None = None
    note: str = ""


class Study(Content, frozen=True, kw_only=True):
    """One published study, review or guideline. Only fields that were read are filled.

    `finding` and `limits` are our own plain words. `alone` is false for work on more than acupuncture, or on
    something else. A retracted or superseded study carries no grade. `result` is the overall word and `participants`
    everyone; `results` and `people` have them for single comparisons, where they were read, and go before these.
    `find` says in words where to look, for a study whose title, authors and journal would not lead to it.
    """

    id: str
    title: str | None = None
    authors: str | None = None
    year: int | None = None
    journal: str | None = None
    ref: str | None = None
    doi: str | None = None
    pmid: str | None = None
    find: str = ""
    kind: StudyKind
    conditions: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    studies: int | None = None
    participants: int | None = None
    people: Mapping[Comparator, int] = msgspec.field(default_factory=dict)
    sessions: StudyDose | None = None
    comparators: tuple[Comparator, ...] = ()
    result: Finding | None = None
    results: Mapping[Comparator, Finding] = msgspec.field(default_factory=dict)
    finding: str
    limits: str
    alone: bool = True
    status: Literal["current", "superseded", "retracted"] = "current"
    aliases: tuple[str, ...] = ()

    @property
    def about_people(self) -> bool:
        return self.kind not in ("animal", "laboratory")

    @property
    def traceable(self) -> bool:
        """Whether a reader could find it: by a number, a title, a journal with pages or authors, or `find`."""
        in_journal = self.journal and (self.ref or self.authors)
        return bool(self.doi or self.pmid or self.title or in_journal or self.find)

    @property
    def sham_controlled(self) -> bool:
        """Whether some of its people had sham or minimal needling."""
        return bool({"sham", "minimal-needling"} & set(self.comparators))

    def result_against(self, comparator: Comparator) -> Finding | None:
        """What it found in that comparison; None where it was not read."""
        return self.results.get(comparator, self.result)


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
    """What studies say of one condition and one outcome, graded by the written rule of docs/content.md.

    `studies` carry the claim: they count, measured this outcome and made this comparison. `near` are others that it
    names. `not_used` are those that could carry it and do not, each with the reason. `comparison_note` is said after
    the words of the comparison, or in their place for `other`.
    """

    id: str
    condition: str
    outcome: str
    comparator: Comparison
    comparison_note: str = ""
    certainty: Certainty
    direction: Direction
    says: str
    studies: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    not_used: Mapping[str, str] = msgspec.field(default_factory=dict)

    @property
    def named(self) -> tuple[str, ...]:
        """Every study that a reader is led to from it."""
        return (*self.studies, *self.near)


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
