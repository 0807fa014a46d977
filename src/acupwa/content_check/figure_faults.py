"""Every figure that a patient reads stands in what it cites. Pure; for writers (docs/decisions.md, 2).

A sentence answers for its figures with the next citation in its own paragraph, or with the last one before it. Where
a paragraph cites nothing, the whole page's sources answer, with our planner's numbers and the numbers to call.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cached_property

import msgspec

from acupwa.content_check.figure_reader import figures_in, numbers_in
from acupwa.content_check.figures import Figure, stands_in
from acupwa.content_check.lists import FigureException
from acupwa.library.faults import Fault
from acupwa.library.grades import PEOPLE_FOR_HIGH, PEOPLE_FOR_LOW, PEOPLE_FOR_MODERATE
from acupwa.library.model import Claim, Guidance, Library, PopularClaim, ReadingPage, Study
from acupwa.library.page_check import head_lines
from acupwa.library.references import CITATION, DIRECTIVE, claims_in, harms_in, sources_in, split_ids

# What follows is made up, and says so.
_EXAMPLE = re.compile(r"\W*(?:An|For) example\b", re.IGNORECASE)
_LINK_TARGET = re.compile(r"\](?:\([^)\s]*\))")
_STARTS_BLOCK = re.compile(r"[ \t]*(?:#+|[-+>]|\d+[.)])[ \t]+|[ \t]*\|")
_SENTENCE = re.compile(r"(?<=[.!?])(?:[\"”’)*]*)\s+(?=[A-Z“\"(*\[])")


class ShownFigure(msgspec.Struct, frozen=True):
    """A figure that a reader meets, and the ids that answer for it; `loose` where those are all of the page's."""

    file: str
    place: str
    figure: Figure
    ids: tuple[str, ...]
    loose: bool


def figure_faults(library: Library, exceptions: Iterable[FigureException]) -> Iterable[Fault]:
    """Figures without a ground, and exceptions that excuse nothing or give no reason."""
    listed = tuple(exceptions)
    excused = {(one.page, one.figure): index for index, one in enumerate(listed)}
    used: set[int] = set()
    for said in unfounded_figures(library):
        exception = excused.get((_page_name(said), said.figure.words))
        if exception is not None:
            used.add(exception)
            continue
        where = "what the page cites" if said.loose else ", ".join(said.ids) or "no source"
        yield Fault(said.file, said.place, f"the figure “{said.figure.words}” does not stand in {where}")
    for index, one in enumerate(listed):
        if index not in used:
            yield Fault("exceptions.yaml", one.page, f"“{one.figure}” needs no exception")
        if not one.reason.strip():
            yield Fault("exceptions.yaml", one.page, f"“{one.figure}” has no reason")


def unfounded_figures(library: Library) -> Iterable[ShownFigure]:
    """Every figure that does not stand in what answers for it, in the order of the content."""
    grounds = Grounds(library)
    for page in library.pages.values():
        yield from _of_page(page, library, grounds)
    for claim in library.claims.values():
        yield from _of_claim(claim, grounds)
    for popular in library.popular.values():
        yield from _of_popular(popular, library, grounds)
    yield from _of_planner(library.guidance, grounds)


class Grounds:
    """The figures of each entry that can be cited, read when first asked for."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._by_id: dict[str, frozenset[Figure]] = {}
        self._studies: dict[str, Study] = {
            name: study for study in library.studies.values() for name in (study.id, *study.aliases)
        }

    def of(self, ids: Iterable[str]) -> frozenset[Figure]:
        return frozenset().union(*(self._of_one(id) for id in ids))

    def sources_among(self, ids: Iterable[str]) -> int:
        """How many sources these ids are, counting the studies behind a fact."""
        behind = {study for id in ids if id in self.library.facts for study in self.library.facts[id].studies}
        return max(len(set(ids)), len({*behind, *ids} & set(self._studies)))

    @cached_property
    def anywhere(self) -> frozenset[Figure]:
        """What any page may say without a citation: our planner's numbers and the numbers to call."""
        guidance, lines = self.library.guidance, self.library.help_lines
        texts = [f"{line.number}. {line.purpose}" for line in lines]
        texts += [f"{number.value} {number.name}. {number.why}" for _name, number in guidance.numbers.items()]
        texts += [words.says for words in (*guidance.reviews, *guidance.decisions, *guidance.afterwards)]
        rule = (PEOPLE_FOR_HIGH, PEOPLE_FOR_MODERATE, PEOPLE_FOR_LOW)
        return _figures_of(texts) | self.planner | {_plain(people, "people") for people in rule}

    @cached_property
    def planner(self) -> frozenset[Figure]:
        return _planner_figures(self.library)

    def _of_one(self, id: str) -> frozenset[Figure]:
        if id not in self._by_id:
            self._by_id[id] = self._read(id)
        return self._by_id[id]

    def _read(self, id: str) -> frozenset[Figure]:
        kind, _, name = id.partition(":")
        library = self.library
        if kind == "precaution" and name in library.precautions:
            one = library.precautions[name]
            return _figures_of((one.question, one.why))
        if kind == "flag" and name in library.red_flags:
            flag = library.red_flags[name]
            return _figures_of((flag.short, flag.sign, flag.why, flag.do))
        if id in library.facts:
            fact = library.facts[id]
            own = _figures_of((fact.says, fact.by or "")) | _years(fact.year)
            return own.union(*(self._of_one(study) for study in fact.studies))
        return figures_of_study(self._studies[id]) if id in self._studies else frozenset()


def figures_of_study(study: Study) -> frozenset[Figure]:
    """The figures of any field that a reader of the study's page is shown."""
    sessions = study.sessions
    dose: Mapping[str, float | None] = {}
    texts = [study.title or "", study.finding, study.limits]
    if sessions:
        dose = {
            "session": sessions.count,
            "a week": sessions.per_week,
            "days": sessions.weeks and sessions.weeks * 7,
            "minutes": sessions.minutes,
        }
        texts.append(sessions.note)
    counts = {"people": study.participants, "study": study.studies, **dose}
    fields = frozenset(_plain(value, unit) for unit, value in counts.items() if value is not None)
    return _figures_of(texts) | fields | _years(study.year)


def _figures_of(texts: Iterable[str]) -> frozenset[Figure]:
    return frozenset(figure for text in texts for figure in numbers_in(text))


def _plain(value: float, unit: str) -> Figure:
    return Figure(value=Fraction(str(value)), unit=unit, words=f"{value:g}")


def _years(year: int | None) -> frozenset[Figure]:
    return frozenset((_plain(year, "year"),)) if year else frozenset()


def _planner_figures(library: Library) -> frozenset[Figure]:
    """The planner's numbers with the units that their names stand for."""
    units = {"per_week": "a week", "sessions": "session", "minutes": "minutes", "after": "session", "latest": "session"}
    return frozenset(
        _plain(number.value, unit)
        for name, number in library.guidance.numbers.items()
        for part, unit in units.items()
        if part in name
    )


# ------------------------------------------------------------ what readers meet


def _of_page(page: ReadingPage, library: Library, grounds: Grounds) -> Iterable[ShownFigure]:
    file, head = f"reading/{page.slug}.md", page.head
    lines = head_lines(head)
    cited = (*page.sources, *(id for words in lines.values() for id in sources_in(words)))
    shown = (library.claims[id] for id in (*head.claims, *claims_in(page.markdown)) if id in library.claims)
    whole_page = (
        *cited,
        *harms_in(page.markdown),
        *(study for claim in shown for study in claim.named),
        *(f"precaution:{id}" for id in head.precautions),
        *(f"flag:{id}" for id in head.red_flags),
    )
    for place, words in lines.items():
        yield from _of_paragraph(file, place, words, whole_page, grounds)
    for line, words in _paragraphs(page.markdown):
        yield from _of_paragraph(file, f"line {line} of the text", words, whole_page, grounds)


def _of_claim(claim: Claim, grounds: Grounds) -> Iterable[ShownFigure]:
    yield from _missing("claims", claim.id, f"{claim.says} {claim.comparison_note}", claim.named, grounds)


def _of_popular(popular: PopularClaim, library: Library, grounds: Grounds) -> Iterable[ShownFigure]:
    graded = (library.claims[id] for id in popular.graded if id in library.claims)
    listed = (*popular.studies, *popular.near, *popular.facts, *(study for one in graded for study in one.named))
    quoted = _figures_of((popular.claim, popular.met))
    for name in ("short", "fair", "what_would_change"):
        yield from _missing("popular", f"{popular.id}.{name}", getattr(popular, name), listed, grounds, quoted)
    for _line, words in _paragraphs(popular.why):
        yield from _of_paragraph("popular", f"{popular.id}.why", words, listed, grounds, quoted)


def _of_planner(guidance: Guidance, grounds: Grounds) -> Iterable[ShownFigure]:
    """What the planner says beside its numbers. What is our own choice, and says so, needs no source."""
    said: list[tuple[str, str, tuple[str, ...]]] = [
        *((name, one.why, (*one.studies, *one.facts)) for name, one in guidance.numbers.items() if not one.ours),
        *((plan.condition, plan.says, (*plan.studies, *plan.facts)) for plan in guidance.by_condition),
        *((one.id, one.says, tuple(filter(None, (one.study, one.fact)))) for one in guidance.protocols),
        *(
            (words.id, words.says, (*words.studies, *words.facts))
            for words in (*guidance.reviews, *guidance.decisions, *guidance.afterwards)
            if not words.ours
        ),
    ]
    for place, words, ids in said:
        yield from _missing("planner/guidance.yaml", place, words, ids, grounds, grounds.planner)


def _of_paragraph(
    file: str,
    place: str,
    words: str,
    whole_page: tuple[str, ...],
    grounds: Grounds,
    also: frozenset[Figure] = frozenset(),
) -> Iterable[ShownFigure]:
    answering: tuple[str, ...] = ()
    sentences: list[tuple[str, tuple[str, ...]]] = []
    for sentence in reversed(_SENTENCE.split(words)):
        answering = sources_in(sentence) or answering
        sentences.append((sentence, answering))
    cited = [*CITATION.finditer(words)]
    last = split_ids("@" + cited[-1][1]) if cited else ()
    if not cited and _EXAMPLE.match(words):
        return
    for sentence, ids in reversed(sentences):
        found = ids or last
        ours = also if CITATION.search(sentence) else also | grounds.anywhere
        yield from _missing(file, place, sentence, found or whole_page, grounds, ours, loose=not found)


def _missing(
    file: str,
    place: str,
    words: str,
    ids: tuple[str, ...],
    grounds: Grounds,
    also: frozenset[Figure] = frozenset(),
    *,
    loose: bool = False,
) -> Iterable[ShownFigure]:
    figures = figures_in(CITATION.sub("", words))
    if not figures:
        return
    there = grounds.of(ids) | also
    studies = grounds.sources_among(ids)
    for figure in figures:
        # "Two trials" beside two citations counts the citations.
        counts_sources = figure.unit == "study" and figure.value <= studies
        if not counts_sources and not stands_in(figure, there):
            yield ShownFigure(file, place, figure, ids, loose)


def _paragraphs(markdown: str) -> Iterable[tuple[int, str]]:
    """(line from 1, words with their citations) of each paragraph, heading, list item and row of a table.

    Read by lines: the page's own parser would take most of the time of the whole check.
    """
    bare = _LINK_TARGET.sub("]", DIRECTIVE.sub("", markdown)).replace("*", "")
    begun, words = 0, ""
    for number, line in enumerate(bare.split("\n"), start=1):
        starts = _STARTS_BLOCK.match(line)
        if words and (starts or not line.strip()):
            yield begun, words
            words = ""
        if line.strip():
            begun = begun if words else number
            words = f"{words} {line[starts.end() :] if starts else line}".strip()
    if words:
        yield begun, words


def _page_name(said: ShownFigure) -> str:
    is_page = said.file.startswith("reading/")
    return said.file.removeprefix("reading/").removesuffix(".md") if is_page else said.place.split(".")[0]
