"""What the planner says, each with its sources: a sentence of the content, a number, a trial. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from acupwa.library.model import Library, PlannerNumber, PlannerWords
from acupwa.reading.sources import alias_map, fact_names, study_name
from acupwa.wording import number_words


class Source(msgspec.Struct, frozen=True):
    """A study or a fact. `href` is its page; a fact without one has its words in `note`."""

    name: str
    href: str | None = None
    note: str = ""


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """`value` for a number. `ours`: our own choice, perhaps beside sources."""

    title: str
    says: str
    value: str = ""
    ours: bool = False
    sources: tuple[Source, ...] = ()


class Statements:
    """Statements out of one library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._aliases = alias_map(library)

    def of_words(self, one: PlannerWords) -> Statement:
        sources = self._sources(one.studies, one.facts)
        return Statement(title=one.title, says=one.says.strip(), ours=one.ours, sources=sources)

    def of_number(self, one: PlannerNumber) -> Statement:
        return Statement(
            title=one.name,
            value=number_words(one.value),
            says=one.why.strip(),
            ours=one.ours,
            sources=self._sources(one.studies, one.facts),
        )

    def of_conditions(self, chosen: Sequence[str]) -> Iterable[Statement]:
        """How a course differs for these conditions; for all when none is chosen."""
        for plan in self._library.guidance.by_condition:
            if not chosen or plan.condition in chosen:
                yield Statement(
                    title=self._library.conditions[plan.condition].name,
                    says=plan.says.strip(),
                    sources=self._sources(plan.studies, plan.facts),
                )

    def of_trials(self, chosen: Sequence[str]) -> Iterable[Statement]:
        """The trials in these conditions, and those in long-lasting pain that the course rests on."""
        for one in self._library.guidance.protocols:
            if not chosen or one.condition in (*chosen, "other"):
                studies, facts = [one.study] if one.study else [], [one.fact] if one.fact else []
                named = tuple(Source(source.name, source.href) for source in self._sources(studies, facts))
                yield Statement(title=named[0].name, says=one.says.strip(), sources=named)

    def of_own_trials(self, chosen: Sequence[str]) -> Iterable[Statement]:
        """Those in these conditions alone."""
        own = {one.says.strip() for one in self._library.guidance.protocols if one.condition in chosen}
        return (one for one in self.of_trials(chosen) if one.says in own)

    def _sources(self, studies: Sequence[str], facts: Sequence[str]) -> tuple[Source, ...]:
        found = []
        for name in studies:
            study = self._library.studies[self._aliases.get(name, name)]
            found.append(Source(study_name(study), f"/studies/{study.id}"))
        for name in facts:
            fact = self._library.facts[name]
            by = " ".join(str(part) for part in (fact.by, fact.year) if part)
            if by or not fact.studies:
                found.append(Source(by or fact_names()[fact.kind], note=fact.says.strip()))
            else:
                found += self._sources(fact.studies, ())
        return tuple(dict.fromkeys(found))
