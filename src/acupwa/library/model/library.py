"""All content as one value."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from acupwa.library.model.condition import ConditionName
from acupwa.library.model.effort import Effort
from acupwa.library.model.evidence import (
    Claim,
    Fact,
    OutcomeName,
    PopularClaim,
    Study,
)
from acupwa.library.model.planner import (
    Guidance,
)
from acupwa.library.model.quiz import (
    Chances,
    Instrument,
    Quiz,
    Rating,
    SideEffect,
)
from acupwa.library.model.reading import (
    Drawing,
    GlossaryEntry,
    ReadingPage,
    Reviewer,
    SearchWords,
)
from acupwa.library.model.safety import DerivedSign, HelpLine, Precaution, RedFlag


class Library(msgspec.Struct, frozen=True, kw_only=True):
    """All content, loaded once. `version` is a hash over every content file."""

    version: str
    language: str
    conditions: Mapping[str, ConditionName]
    outcomes: Mapping[str, OutcomeName]
    quiz: Quiz
    effort: Effort
    red_flags: Mapping[str, RedFlag]
    derived_signs: Mapping[str, DerivedSign]
    help_lines: tuple[HelpLine, ...]
    precautions: Mapping[str, Precaution]
    side_effects: Mapping[str, SideEffect]
    ratings: Mapping[str, Rating]
    instruments: Mapping[str, Instrument]
    studies: Mapping[str, Study]
    facts: Mapping[str, Fact]
    claims: Mapping[str, Claim]
    popular: Mapping[str, PopularClaim]
    pages: Mapping[str, ReadingPage]
    guidance: Guidance
    glossary: Mapping[str, GlossaryEntry]
    drawings: Mapping[str, Drawing] = {}
    reviewers: Mapping[str, Reviewer] = {}
    chances: Mapping[str, Chances] = {}
    search_words: SearchWords = SearchWords()
