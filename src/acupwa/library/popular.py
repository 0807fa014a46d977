"""Checks on popular claims: every id leads somewhere, and no verdict says more than its studies carry."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from acupwa.library.faults import Fault
from acupwa.library.grades import counted
from acupwa.library.model import Library, PopularClaim, Study
from acupwa.library.references import claims_in, drawings_in, faults_in, harms_in, sources_in

# A claim is the heading of its page: longer ones do not fit a phone.
MAX_CLAIM_LENGTH = 160


def popular_faults(library: Library) -> Iterable[Fault]:
    """What keeps a popular claim from being shown. Pure; runs at each start."""
    for id, popular in library.popular.items():
        for reason in (*_form_faults(popular), *_id_faults(popular, library)):
            yield Fault("popular", id, reason)
        for reason in _verdict_faults(popular, _studies(popular.studies, library)):
            yield Fault("popular", f"{id}.verdict", reason)


def _form_faults(popular: PopularClaim) -> Iterable[str]:
    for name in ("claim", "short", "why", "fair", "what_would_change"):
        if not getattr(popular, name).strip():
            yield f"{name} is empty"
    if len(popular.claim) > MAX_CLAIM_LENGTH:
        yield f"claim is longer than {MAX_CLAIM_LENGTH} letters"
    if popular.group == "condition" and len(popular.conditions) != 1:
        yield "group condition goes with exactly one condition"
    if popular.next_review < popular.reviewed:
        yield "next_review lies before reviewed"
    for line, text in faults_in(popular.why):
        yield f"line {line} of why is neither a citation nor a directive: {text}"
    if claims_in(popular.why) or harms_in(popular.why) or drawings_in(popular.why):
        yield "why holds no directives; name graded claims under graded"
    if re.search(r"^\s*#", popular.why, re.MULTILINE):
        yield "why holds no headings"


def _id_faults(popular: PopularClaim, library: Library) -> Iterable[str]:
    known_studies = {*library.studies, *(alias for one in library.studies.values() for alias in one.aliases)}
    known: tuple[tuple[str, Iterable[str], Collection[str]], ...] = (
        ("condition", popular.conditions, library.conditions),
        ("study", (*popular.studies, *popular.near), known_studies),
        ("fact", popular.facts, library.facts),
        ("graded claim", popular.graded, library.claims),
        ("page", popular.pages, library.pages),
    )
    for what, ids, there in known:
        yield from (f"no such {what}: {id}" for id in ids if id not in there)
    for id in popular.studies:
        if id in popular.near:
            yield f"{id} stands under both studies and near"
    listed = {*popular.studies, *popular.near, *popular.facts}
    cited = sources_in(popular.why)
    yield from (f"why cites {id}, which is not listed" for id in cited if id not in listed)
    yield from (f"{id} is listed, but why does not say what it found" for id in sorted(listed - set(cited)))


def _verdict_faults(popular: PopularClaim, studies: tuple[Study, ...]) -> Iterable[str]:
    people = any(study.about_people for study in studies)
    match popular.verdict:
        case "supported" if not counted(studies):
            yield "supported needs a study of people that counts: acupuncture alone, not retracted"
        case "animal-only" if not any(study.kind == "animal" for study in studies):
            yield "animal-only needs a study in animals"
        case "animal-only" if people:
            yield "animal-only goes with no study of people under studies"
        case "not-found" if studies:
            yield "not-found goes with no study under studies; put those that come close under near"
        case "partly" | "contested" if not people:
            yield f"{popular.verdict} needs a study of people"


def _studies(ids: Iterable[str], library: Library) -> tuple[Study, ...]:
    by_alias = {alias: study for study in library.studies.values() for alias in study.aliases}
    found = (library.studies.get(id) or by_alias.get(id) for id in ids)
    return tuple(study for study in found if study)
