"""What the templates of the studies get."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

import msgspec

from acupwa.library.grades import counted
from acupwa.library.model import Claim, Library, Study
from acupwa.library.references import claims_in
from acupwa.reading.comparison_words import other_comparators, sham_short, sham_words
from acupwa.reading.pages import PageLink, page_link
from acupwa.reading.sources import alias_map, find_words, outside_links, published_in, study_name, whole_title
from acupwa.reading.study_words import (
    KindGroup,
    condition_words,
    dose_words,
    kind_group,
    kind_group_names,
    kind_words,
    marks_of,
    outcome_words,
    people_words,
    result_words,
    warnings_of,
)


class StudyLine(msgspec.Struct, frozen=True, kw_only=True):
    """A study in a few words, where a page shows what it rests on."""

    id: str
    name: str
    title: str
    kind: KindGroup
    kind_name: str
    people: str
    result: str
    sham: str
    marks: tuple[str, ...]

    @property
    def href(self) -> str:
        return f"/studies/{self.id}"


class StudyPage(msgspec.Struct, frozen=True, kw_only=True):
    """`title` is the short name; `full_title` and the rest are empty where they were not read.

    `find` says how to find a study without `links`.
    `claims` are those that it carries; `named_in` those that name it and do not rest on it,
    each with the reason where one is written. They are shown without a grade.
    """

    template: ClassVar[str] = "reading/study.html"
    title: str
    description: str
    study: Study
    full_title: str
    published: str
    links: tuple[tuple[str, str], ...]
    find: str
    warnings: tuple[str, ...]
    kind: str
    conditions: tuple[str, ...]
    people: str | None
    dose: tuple[str, ...]
    dose_note: str
    sham: str
    compared_with: tuple[str, ...]
    outcomes: tuple[str, ...]
    result: str
    claims: tuple[Claim, ...]
    named_in: tuple[tuple[Claim, str], ...]
    pages: tuple[PageLink, ...]


def study_pages(library: Library) -> Iterable[StudyPage]:
    carried, named, pages = _carried_claims(library), _naming_claims(library), _cited_by_pages(library)
    titles = _titles(library)
    for study in library.studies.values():
        yield StudyPage(
            title=titles[study.id],
            description=study.finding,
            study=study,
            full_title=study.title or "",
            published=published_in(study),
            links=outside_links(study),
            find=find_words(study),
            warnings=warnings_of(study),
            kind=kind_words(study.kind),
            conditions=tuple(condition_words(one, library) for one in study.conditions),
            people=people_words(study),
            dose=dose_words(study),
            dose_note=study.sessions.note if study.sessions else "",
            sham=sham_words(study),
            compared_with=other_comparators(study),
            outcomes=tuple(outcome_words(one, library) for one in study.outcomes),
            result=result_words(study.result),
            claims=tuple(carried.get(study.id, ())),
            named_in=tuple(named.get(study.id, ())),
            pages=tuple(pages.get(study.id, ())),
        )


def find_study_of_alias(library: Library, alias: str) -> str | None:
    """The id of the study that also goes by `alias`."""
    return alias_map(library).get(alias)


def study_line(study: Study) -> StudyLine:
    group = kind_group(study)
    return StudyLine(
        id=study.id,
        name=study_name(study) if study.authors else whole_title(study),
        title=(study.title or "") if study.authors else "",
        kind=group,
        kind_name=kind_group_names()[group],
        people=people_words(study) or "",
        result=result_words(study.result),
        sham=sham_short(study) if study.sham_controlled else "",
        marks=marks_of(study),
    )


def _titles(library: Library) -> dict[str, str]:
    """Short names; where two studies share one, the journal tells them apart."""
    names = {study.id: study_name(study) for study in library.studies.values()}
    count: dict[str, int] = {}
    for name in names.values():
        count[name] = count.get(name, 0) + 1
    return {study: _title(name, library.studies[study], count[name] > 1) for study, name in names.items()}


def _title(name: str, study: Study, shared: bool) -> str:
    return f"{name} ({study.journal})" if shared and study.journal else name


def _carried_claims(library: Library) -> dict[str, list[Claim]]:
    """The claims that rest on a study, by its id. A study that does not count carries none."""
    counting = {study.id for study in counted(library.studies.values())}
    found = _by_study(library, ((claim, claim.studies) for claim in library.claims.values()))
    return {study: claims for study, claims in found.items() if study in counting}


def _naming_claims(library: Library) -> dict[str, list[tuple[Claim, str]]]:
    """(claim, why it does not use it) of the claims that name a study and do not rest on it, by its id."""
    carried = _carried_claims(library)
    found = _by_study(library, ((claim, (*claim.named, *claim.not_used)) for claim in library.claims.values()))
    return {
        study: [(claim, claim.not_used.get(study, "")) for claim in claims if claim not in carried.get(study, ())]
        for study, claims in found.items()
    }


def _by_study(library: Library, cited: Iterable[tuple[Claim, Iterable[str]]]) -> dict[str, list[Claim]]:
    aliases = alias_map(library)
    found: dict[str, list[Claim]] = {}
    for claim, studies in cited:
        for study in studies:
            found.setdefault(aliases.get(study, study), []).append(claim)
    return found


def _cited_by_pages(library: Library) -> dict[str, list[PageLink]]:
    aliases: dict[str, str] = alias_map(library)
    found: dict[str, list[PageLink]] = {}
    for page in library.pages.values():
        shown = dict.fromkeys([*page.head.claims, *claims_in(page.markdown)])
        cited = [*page.sources, *(study for claim in shown for study in library.claims[claim].named)]
        for study in dict.fromkeys(aliases.get(one, one) for one in cited):
            if study in library.studies:
                found.setdefault(study, []).append(page_link(page))
    return found
