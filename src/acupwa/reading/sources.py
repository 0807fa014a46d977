"""The numbered sources of one page: what a citation leads to. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

import msgspec

from acupwa.library.faults import content_error
from acupwa.library.model import Claim, Fact, Library, Precaution, RedFlag, Study
from acupwa.wording import gettext as _

SourceKind = Literal["study", "fact", "precaution", "red-flag"]


class StudyLink(msgspec.Struct, frozen=True):
    """A study by its short name, such as `White 2001`. `number` is its place in a page's sources."""

    id: str
    name: str
    number: int | None = None

    @property
    def href(self) -> str:
        return f"/studies/{self.id}"

    @property
    def label(self) -> str:
        return self.name


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the list of sources. Empty text was not read, and is not shown."""

    number: int
    id: str
    kind: SourceKind
    name: str
    title: str = ""
    where: str = ""
    note: str = ""
    href: str | None = None
    links: tuple[tuple[str, str], ...] = ()
    studies: tuple[StudyLink, ...] = ()


class Sources:
    """Numbers sources in the order in which a page cites them."""

    def __init__(self, library: Library, place: str) -> None:
        self._library = library
        self._place = place
        self._numbers: dict[str, int] = {}
        self._aliases = alias_map(library)

    def number(self, id: str) -> int:
        """The number of this source, a new one on first sight. Raises ContentError for an unknown id."""
        known = self._aliases.get(id, id)
        if known not in self._numbers:
            self._source(known)
            self._numbers[known] = len(self._numbers) + 1
        return self._numbers[known]

    def study(self, id: str) -> StudyLink:
        number = self.number(id)
        study = self._library.studies[self._aliases.get(id, id)]
        return StudyLink(study.id, study_name(study), number)

    def name(self, id: str) -> str:
        return self._source(self._aliases.get(id, id)).name

    def all(self) -> tuple[Source, ...]:
        return tuple(self._source(known) for known in self._numbers)

    def _source(self, id: str) -> Source:
        library, number = self._library, self._numbers.get(id, 0)
        kind, _colon, name = id.partition(":")
        if id in library.studies:
            return _of_study(library.studies[id], number)
        if id in library.facts:
            return self._of_fact(library.facts[id], number)
        if kind == "precaution" and name in library.precautions:
            return _of_precaution(library.precautions[name], id, number)
        if kind == "flag" and name in library.red_flags:
            return _of_red_flag(library.red_flags[name], id, number)
        raise content_error(self._place, f"[@{id}]", "cites nothing that exists")

    def _of_fact(self, fact: Fact, number: int) -> Source:
        of_fact = (self._library.studies[self._aliases.get(study, study)] for study in fact.studies)
        studies = tuple(StudyLink(study.id, study_name(study)) for study in of_fact)
        by = " ".join(str(part) for part in (fact.by, fact.year) if part)
        return Source(
            number=number,
            id=fact.id,
            kind="fact",
            name=by or fact_names()[fact.kind],
            note=fact_basis()[fact.basis],
            studies=studies,
        )


def alias_map(library: Library) -> dict[str, str]:
    """Every other name of a study → its id."""
    return {alias: study.id for study in library.studies.values() for alias in study.aliases}


def study_links(claims: Iterable[Claim], library: Library) -> dict[str, tuple[StudyLink, ...]]:
    """The studies of each claim, by its id."""
    aliases = alias_map(library)
    return {
        claim.id: tuple(
            StudyLink(study.id, study_name(study))
            for study in (library.studies[aliases.get(one, one)] for one in claim.named)
        )
        for claim in claims
    }


def study_name(study: Study) -> str:
    """`White 2001`, or the start of its title where the authors were not read."""
    if study.authors:
        first = study.authors.split(",")[0].strip()
        # Family name first, initials after: "White A" → "White"; a group's name is kept whole.
        words = first.split()
        if len(words) > 1 and words[-1].isupper() and len(words[-1]) <= 4:
            first = " ".join(words[:-1])
    else:
        first = _shortened(study.title) if study.title else study.journal or _("A study")
    return f"{first} {study.year}" if study.year else first


def published_in(study: Study) -> str:
    """`BMJ 323(7311):485-486`, as far as it was read."""
    return " ".join(part for part in (study.journal, study.ref) if part)


def outside_links(study: Study) -> tuple[tuple[str, str], ...]:
    """(words, address) of the DOI and PMID, as far as they were read."""
    links = []
    if study.doi:
        links.append((f"DOI {study.doi}", f"https://doi.org/{study.doi}"))
    if study.pmid:
        links.append((f"PMID {study.pmid}", f"https://pubmed.ncbi.nlm.nih.gov/{study.pmid}/"))
    return tuple(links)


def find_words(study: Study) -> str:
    """How to find a study that has no DOI and no PMID, from what was read of it. Empty for one that has."""
    if study.doi or study.pmid:
        return ""
    if study.find:
        return _("To find it: {how}").format(how=study.find)
    where, what = published_in(study) if study.journal else "", _to_search_for(study)
    if what and where:
        return _("To find it: search for {what} in {where}.").format(what=what, where=where)
    if what:
        return _("To find it: search for {what}.").format(what=what)
    year = str(study.year or "")
    where = where if not year or year in where else f"{where} ({year})"
    return _("To find it: look in {where}.").format(where=where) if where else ""


def _to_search_for(study: Study) -> str:
    """`“Its title” (White 2001)`, as far as it was read, and the pages of a journal whose name was not."""
    by = study_name(study) if study.authors else str(study.year or "")
    pages = f", {study.ref}" if study.ref and not study.journal else ""
    if study.title:
        title = f"“{study.title.strip().rstrip('.')}”"
        return f"{title} ({by}){pages}" if by else f"{title}{pages}"
    return f"{by}{pages}" if study.authors else ""


def whole_title(study: Study) -> str:
    """What a study without known authors goes by in a list: its title, or where it stood."""
    name = study.title or study.journal or _("A study")
    return f"{name} ({study.year})" if study.year else name


def _of_study(study: Study, number: int) -> Source:
    return Source(
        number=number,
        id=study.id,
        kind="study",
        name=study_name(study) if study.authors else whole_title(study),
        title=(study.title or "") if study.authors else "",
        where=published_in(study) if study.authors or study.title else "",
        note=find_words(study) if study.find else "",
        href=f"/studies/{study.id}",
        links=outside_links(study),
    )


def _of_precaution(precaution: Precaution, id: str, number: int) -> Source:
    name = _("Our check before needles: {statement}").format(statement=brief(precaution.question))
    note = _("A source that we read says this.")
    if precaution.basis != "direct":
        note = _("Partly our own precaution.")
    return Source(number=number, id=id, kind="precaution", name=name, note=note)


def _of_red_flag(flag: RedFlag, id: str, number: int) -> Source:
    name = _("Our list of danger signs: {sign}").format(sign=brief(flag.short))
    return Source(number=number, id=id, kind="red-flag", name=name, note=flag_basis()[flag.basis])


def brief(words: str) -> str:
    """A statement without what explains it: `You take a blood thinner: warfarin, …` up to the colon."""
    return re.split(r"[:;]| \(", words.strip(), maxsplit=1)[0].rstrip(". ")


def _shortened(title: str, words: int = 7) -> str:
    parts = title.split()
    return title if len(parts) <= words else " ".join(parts[:words]).rstrip(",:;") + "…"


# Functions, not constants: the words depend on the reader's language.
def fact_names() -> dict[str, str]:
    return {
        "guideline": _("A guideline"),
        "expect": _("What to expect"),
        "self-care": _("Things to do yourself"),
        "safety": _("Safety figures"),
        "dose": _("How often and how long"),
        "measure": _("How change is measured"),
    }


def fact_basis() -> dict[str, str]:
    return {
        "read": _("Published. We read it."),
        "partly-read": _("Published. We have only read part of it, or a report by others."),
        "custom": _("What practitioners commonly do. It has not been tested."),
        "ours": _("Our own choice or caution."),
    }


def flag_basis() -> dict[str, str]:
    return {
        "official": _("Official health advice."),
        "charity": _("Advice of a patients’ charity."),
        "professional": _("Advice of a professional body."),
        "case-reports": _("From reports of single cases."),
        "our-reading": _("Our own view, to be on the safe side."),
    }
