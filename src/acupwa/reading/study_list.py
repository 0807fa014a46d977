"""The list of all studies: a line each, strongest kind first, with what the filters look for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

import msgspec

from acupwa.library.model import Library, Study
from acupwa.reading.comparison_words import sham_short
from acupwa.reading.model import FilterOption
from acupwa.reading.sources import study_name, whole_title
from acupwa.reading.study_words import (
    CONDITION_ORDER,
    KindGroup,
    capital,
    condition_short,
    condition_words,
    kind_group,
    kind_group_names,
    marks_of,
    outcome_short,
    people_words,
    result_short,
)
from acupwa.wording import gettext as _


class ListedStudy(msgspec.Struct, frozen=True, kw_only=True):
    """A study in one line. `illness`, `sham` and `result` are what the filters look for."""

    id: str
    name: str
    who: str
    about: str
    found: str
    marks: tuple[str, ...]
    illness: str
    sham: str
    result: str

    @property
    def href(self) -> str:
        return f"/studies/{self.id}"


class ListedKind(msgspec.Struct, frozen=True, kw_only=True):
    """All studies of one kind, newest first."""

    id: KindGroup
    name: str
    studies: tuple[ListedStudy, ...]

    @property
    def option(self) -> FilterOption:
        return self.id, self.name

    @property
    def illnesses(self) -> str:
        return _words(study.illness for study in self.studies)

    @property
    def shams(self) -> str:
        return _words(study.sham for study in self.studies)

    @property
    def results(self) -> str:
        return _words(study.result for study in self.studies)


class StudiesPage(msgspec.Struct, frozen=True, kw_only=True):
    template: ClassVar[str] = "reading/studies.html"
    title: str
    description: str
    kinds: tuple[ListedKind, ...]
    illnesses: tuple[FilterOption, ...]
    shams: tuple[FilterOption, ...]
    results: tuple[FilterOption, ...]
    number: int


def studies_page(library: Library) -> StudiesPage:
    groups: dict[KindGroup, list[Study]] = {}
    for study in sorted(library.studies.values(), key=lambda one: (-(one.year or 0), one.id)):
        groups.setdefault(kind_group(study), []).append(study)
    kinds = tuple(
        ListedKind(id=kind, name=name, studies=tuple(_listed(study, library) for study in groups[kind]))
        for kind, name in kind_group_names().items()
        if kind in groups
    )
    there = {one for study in library.studies.values() for one in _conditions(study)}
    results = {_result(study) for study in library.studies.values()}
    return StudiesPage(
        title=_("Studies"),
        description=_("Every study our pages draw on: who took part, what was done and what was found."),
        kinds=kinds,
        illnesses=tuple((one, condition_words(one, library)) for one in CONDITION_ORDER if one in there),
        shams=(
            ("with-sham", _("Compared with sham (pretend) needles")),
            ("without-sham", _("No, or not stated")),
        ),
        results=tuple(one for one in result_short().items() if one[0] in results),
        number=len(library.studies),
    )


def _listed(study: Study, library: Library) -> ListedStudy:
    illnesses = ", ".join(condition_short(one, library) for one in _conditions(study))
    people = people_words(study)
    return ListedStudy(
        id=study.id,
        name=study_name(study) if study.authors else whole_title(study),
        who=", ".join(part for part in (illnesses, people, _sham(study)) if part),
        about=capital(", ".join(dict.fromkeys(outcome_short(one, library) for one in study.outcomes))),
        found=result_short()[_result(study)],
        marks=marks_of(study),
        illness=" ".join(_conditions(study)),
        sham="with-sham" if "sham" in study.comparators else "without-sham",
        result=_result(study),
    )


def _sham(study: Study) -> str:
    """Said of reviews and trials only, and only where the comparison was read."""
    return sham_short(study) if study.sham_controlled or kind_group(study) in ("review", "trial") else ""


def _conditions(study: Study) -> tuple[str, ...]:
    """What is about no illness of ours is about people in general."""
    known = tuple(one for one in study.conditions if one in CONDITION_ORDER)
    return known or ("general",)


def _result(study: Study) -> str:
    return study.result or "not-clear"


def _words(many: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(" ".join(many).split()))
