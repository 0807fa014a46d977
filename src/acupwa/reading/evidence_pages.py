"""What the template of the evidence map gets: the picture, its legend, and the same in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

import msgspec

from acupwa.library.model import Certainty, Claim, Direction, Library
from acupwa.reading.comparison_words import comparison_words
from acupwa.reading.evidence_map import (
    LARGE_FROM,
    MEDIUM_FROM,
    RADII,
    RINGS,
    EvidenceMap,
    MapMark,
    Size,
    cells_of,
    evidence_map,
    people_in_largest,
    place_of,
)
from acupwa.reading.model import FilterOption
from acupwa.reading.sources import StudyLink, study_links
from acupwa.reading.study_words import (
    CONDITION_ORDER,
    certainty_words,
    condition_short,
    condition_words,
    direction_words,
)
from acupwa.wording import gettext as _
from acupwa.wording import ngettext, number_words


class ClaimLine(msgspec.Struct, frozen=True, kw_only=True):
    """A claim in words. `place` is the id that the map leads to; only a cell's first answer has it."""

    claim: Claim
    place: str
    about: str
    compared_with: str
    people: str
    studies: tuple[StudyLink, ...]


class ConditionSection(msgspec.Struct, frozen=True, kw_only=True):
    """All answers for one condition."""

    id: str
    name: str
    short: str
    answers: tuple[ClaimLine, ...]
    page: str | None

    @property
    def outcomes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(answer.claim.outcome for answer in self.answers))


class MapColumn(msgspec.Struct, frozen=True, kw_only=True):
    """A column of the map."""

    id: str
    name: str
    short: str


class EvidencePage(msgspec.Struct, frozen=True, kw_only=True):
    template: ClassVar[str] = "reading/evidence.html"
    title: str
    description: str
    map: EvidenceMap
    heads: tuple[MapColumn, ...]
    labels: Mapping[str, str]
    sections: tuple[ConditionSection, ...]
    directions: tuple[tuple[Direction, str], ...]
    certainties: tuple[tuple[int, str], ...]
    sizes: tuple[tuple[Size, float, str], ...]
    rings: tuple[float, ...] = RINGS
    conditions: tuple[FilterOption, ...]
    outcomes: tuple[FilterOption, ...]
    number: int


class OthersPage(msgspec.Struct, frozen=True, kw_only=True):
    template: ClassVar[str] = "reading/evidence_others.html"
    title: str
    description: str
    sections: tuple[ConditionSection, ...]
    outcomes: tuple[FilterOption, ...]
    number: int


def evidence_page(library: Library) -> EvidencePage:
    drawn = evidence_map(library)
    sections = tuple(one for one in _sections(library) if one.id in drawn.columns)
    return EvidencePage(
        title=_("Evidence map"),
        description=_("What studies of acupuncture found for six conditions, in one picture and in words."),
        map=drawn,
        heads=tuple(
            MapColumn(
                id=condition,
                name=condition_words(condition, library),
                short=condition_short(condition, library),
            )
            for condition in drawn.columns
        ),
        labels={mark.href: _label(mark, library) for row in drawn.rows for mark in row.marks},
        sections=sections,
        directions=tuple(direction_words().items()),
        certainties=_certainties(),
        sizes=_sizes(),
        conditions=tuple((section.id, section.name) for section in sections),
        outcomes=_outcomes(sections, library),
        number=sum(len(section.answers) for section in sections),
    )


def others_page(library: Library) -> OthersPage:
    """Every claim that is about no illness of the map: harms in general, other people, other illnesses."""
    columns = evidence_map(library).columns
    sections = tuple(one for one in reversed(tuple(_sections(library))) if one.id not in columns)
    return OthersPage(
        title=_("Harm, and other people"),
        description=_("Harm of needles in general, and what studies found in other people and other conditions."),
        sections=sections,
        outcomes=_outcomes(sections, library),
        number=sum(len(section.answers) for section in sections),
    )


def _outcomes(sections: tuple[ConditionSection, ...], library: Library) -> tuple[FilterOption, ...]:
    there = {outcome for section in sections for outcome in section.outcomes}
    return tuple((one.id, one.name) for one in library.outcomes.values() if one.id in there)


def _sections(library: Library) -> Iterable[ConditionSection]:
    cells = cells_of(library)
    found = dict.fromkeys(condition for condition, _outcome in cells)
    for condition in sorted(found, key=_order):
        answers = tuple(
            answer
            for outcome in library.outcomes
            for answer in _answers(condition, outcome, cells.get((condition, outcome), ()), library)
        )
        yield ConditionSection(
            id=condition,
            name=condition_words(condition, library),
            short=condition_short(condition, library),
            answers=answers,
            page=_page_of(condition, library),
        )


def _page_of(condition: str, library: Library) -> str | None:
    """The page on what studies found for it: the first in the order of the library."""
    pages = [
        page for page in library.pages.values() if page.head.kind == "evidence" and page.head.conditions == (condition,)
    ]
    return f"/read/{min(pages, key=lambda page: page.head.order).slug}" if pages else None


def _order(condition: str) -> int:
    return CONDITION_ORDER.index(condition) if condition in CONDITION_ORDER else len(CONDITION_ORDER)


def _answers(condition: str, outcome: str, claims: tuple[Claim, ...], library: Library) -> Iterable[ClaimLine]:
    studies = study_links(claims, library)
    for number, claim in enumerate(claims):
        yield ClaimLine(
            claim=claim,
            place="" if number else place_of(condition, outcome),
            about=library.outcomes[outcome].name,
            compared_with=comparison_words(claim),
            people=_people(claim, library),
            studies=studies[claim.id],
        )


def _people(claim: Claim, library: Library) -> str:
    if claim.direction == "nothing-found":
        return ""
    people = people_in_largest(claim, library)
    if people is None:
        return _("Number of people unknown")
    return ngettext("Largest study: {n} person", "Largest study: {n} people", people).format(n=number_words(people))


def _label(mark: MapMark, library: Library) -> str:
    first = _("{condition}, {outcome}: {direction}, {certainty}").format(
        condition=condition_short(mark.condition, library),
        outcome=library.outcomes[mark.outcome].short,
        direction=direction_words()[mark.direction],
        certainty=certainty_words()[mark.certainty],
    )
    if mark.direction == "nothing-found":
        first = first.rpartition(",")[0]
    if not mark.more:
        return first
    more = ngettext("and {n} more finding", "and {n} more findings", mark.more).format(n=mark.more)
    return f"{first}, {more}"


def _certainties() -> tuple[tuple[int, str], ...]:
    order: tuple[Certainty, ...] = ("very-low", "low", "moderate", "high")
    names = certainty_words()
    return tuple((number + 1, names[one]) for number, one in enumerate(order))


def _sizes() -> tuple[tuple[Size, float, str], ...]:
    words: dict[Size, str] = {
        "small": _("Under {number}, or unknown").format(number=number_words(MEDIUM_FROM)),
        "medium": _("{low} to {high}").format(low=number_words(MEDIUM_FROM), high=number_words(LARGE_FROM - 1)),
        "large": _("{number} or more").format(number=number_words(LARGE_FROM)),
    }
    return tuple((size, RADII[size], words[size]) for size in words)
