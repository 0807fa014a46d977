"""Checks on loaded content that run at every start: every reference leads somewhere, no grade is above the rule."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from acupwa.library.claim_check import claim_faults, left_out
from acupwa.library.derived_sign_check import derived_sign_faults
from acupwa.library.faults import Fault
from acupwa.library.group_check import group_faults
from acupwa.library.model import Library, PlannerNumber, PlannerWords, Study
from acupwa.library.page_check import head_lines
from acupwa.library.popular import popular_faults
from acupwa.library.references import claims_in, drawings_in, harms_in, sources_in

_EVIDENCE_CONDITIONS = frozenset({"general", "crohns"})
_TO_FIND_BY = "a DOI, a PMID, a title, a journal with pages or authors, or words under find"
_NUMBERS = re.compile(r"(?:10\.\d{4,9}/\S+)? \d*")


def broken_references(library: Library) -> Iterable[Fault]:
    """Every id that points nowhere, and every grade above the rule. Pure."""
    yield from _study_faults(library)
    yield from _claim_faults(library)
    yield from popular_faults(library)
    yield from _page_faults(library)
    yield from _drawing_faults(library)
    yield from _quiz_faults(library)
    yield from group_faults(library)
    yield from derived_sign_faults(library)
    yield from _planner_faults(library)
    yield from _glossary_faults(library)
    yield from _reviewer_faults(library)
    yield from _unknown("search-words.yaml", "signs", library.search_words.signs, library.red_flags, "red flag")


def _is_source(library: Library, id: str) -> bool:
    """Whether a citation leads somewhere: a study (or alias), a fact, `precaution:…` or `flag:…`."""
    kind, _, name = id.partition(":")
    if name:
        return {"precaution": name in library.precautions, "flag": name in library.red_flags}.get(kind, False)
    return id in library.studies or id in library.facts or id in _aliases(library)


def _aliases(library: Library) -> frozenset[str]:
    return frozenset(alias for study in library.studies.values() for alias in study.aliases)


def _unknown(file: str, place: str, ids: Iterable[str], known: Collection[str], what: str) -> Iterable[Fault]:
    for id in ids:
        if id not in known:
            yield Fault(file, place, f"no such {what}: {id}")


def _studies_known(library: Library) -> frozenset[str]:
    return frozenset(library.studies) | _aliases(library)


def _study_faults(library: Library) -> Iterable[Fault]:
    conditions = frozenset(library.conditions) | _EVIDENCE_CONDITIONS
    seen: dict[str, str] = {}
    printed: dict[str, str] = {}
    for id, study in library.studies.items():
        yield from _unknown("studies", id, study.conditions, conditions, "condition")
        yield from _unknown("studies", id, (*study.results, *study.people), study.comparators, "comparator of its own")
        if _hides_a_comparison(study):
            yield Fault("studies", id, "a mixed result, or one with sham among several, needs results, one for each")
        if not _NUMBERS.fullmatch(f"{study.doi or ''} {study.pmid or ''}"):
            yield Fault(
                "studies", id, "a DOI is written as 10.1000/xyz and a PMID as digits, so that none stands twice"
            )
        for number in (one.casefold() for one in (study.doi, study.pmid, study.title) if one):
            if printed.setdefault(number, id) != id:
                yield Fault("studies", id, f"{number} is {printed[number]} already: one study stands once")
        for alias in study.aliases:
            if alias in library.studies or alias in seen:
                yield Fault("studies", id, f"alias {alias} is taken already")
            seen[alias] = id
        for name, text in (("finding", study.finding), ("limits", study.limits)):
            if not text.strip():
                yield Fault("studies", f"{id}.{name}", "is empty")
        if not study.traceable:
            yield Fault("studies", id, f"has nothing to find it by: {_TO_FIND_BY}")
    for id, fact in library.facts.items():
        if id in library.studies:
            yield Fault("facts", id, "this id is a study's already")
        yield from _unknown("facts", id, fact.studies, _studies_known(library), "study")


def _hides_a_comparison(study: Study) -> bool:
    """A trial of several arms whose overall word may be that of another comparison than the one with sham."""
    if study.kind != "rct" or len(study.comparators) < 2:
        return False
    sham = {"sham", "minimal-needling"} & set(study.comparators)
    return not sham <= set(study.results) or (study.result == "mixed" and not study.results)


def _claim_faults(library: Library) -> Iterable[Fault]:
    conditions = frozenset(library.conditions) | _EVIDENCE_CONDITIONS
    studies = {**library.studies, **{alias: one for one in library.studies.values() for alias in one.aliases}}
    unknown = False
    for id, claim in library.claims.items():
        missing = tuple(_unknown("claims", id, (*claim.named, *claim.not_used), studies, "study"))
        unknown = unknown or bool(missing)
        yield from missing
        yield from _unknown("claims", id, (claim.condition,), conditions, "condition")
        yield from _unknown("claims", id, (claim.outcome,), library.outcomes, "outcome")
        if not missing:
            yield from (Fault("claims", id, reason) for reason in claim_faults(claim, studies, library.language))
    if not unknown:
        yield from (
            Fault("claims", id, reason) for id, reason in left_out(library.claims.values(), library.studies.values())
        )


def _page_faults(library: Library) -> Iterable[Fault]:
    for slug, page in library.pages.items():
        file, head = f"reading/{slug}.md", page.head
        yield from _unknown(file, "conditions", head.conditions, library.conditions, "condition")
        yield from _unknown(file, "symptoms", head.symptoms, library.ratings, "rating")
        yield from _unknown(file, "precautions", head.precautions, library.precautions, "precaution")
        yield from _unknown(file, "red_flags", head.red_flags, library.red_flags, "red flag")
        yield from _unknown(file, "related", head.related, library.pages, "page")
        used = claims_in(page.markdown)
        yield from _unknown(file, "claims", (*head.claims, *used), library.claims, "claim")
        yield from _unknown(file, "::harms", harms_in(page.markdown), library.facts, "fact")
        yield from _unknown(file, "::drawing", drawings_in(page.markdown), library.drawings, "drawing")
        for id in sources_in("\n".join((*head_lines(head).values(), page.markdown))):
            if not _is_source(library, id):
                yield Fault(file, f"[@{id}]", "cites nothing that exists")
        if head.next_review < head.reviewed:
            yield Fault(file, "next_review", "lies before reviewed")
        if head.kind == "evidence" and not used:
            yield Fault(file, "::claim", "a page on what studies found must show a graded claim")


def _drawing_faults(library: Library) -> Iterable[Fault]:
    for id, drawing in library.drawings.items():
        for id_cited in sources_in("\n".join(caution.words for caution in drawing.cautions)):
            if not _is_source(library, id_cited):
                yield Fault("drawings.yaml", id, f"[@{id_cited}] cites nothing that exists")


def _quiz_faults(library: Library) -> Iterable[Fault]:
    conditions = frozenset(library.conditions) | {"general"}
    flag_groups = {group.id for group in library.quiz.flag_groups}
    precaution_groups = {group.id for group in library.quiz.precaution_groups}
    for id, flag in library.red_flags.items():
        yield from _unknown("quiz/red-flags.yaml", id, flag.conditions, conditions, "condition")
        yield from _unknown("quiz/red-flags.yaml", id, (flag.group,), flag_groups, "group")
    for id, precaution in library.precautions.items():
        yield from _unknown("quiz/precautions.yaml", id, precaution.conditions, conditions, "condition")
        yield from _unknown("quiz/precautions.yaml", id, (precaution.group,), precaution_groups, "group")
    for id, effect in library.side_effects.items():
        yield from _unknown("quiz/side-effects.yaml", id, effect.facts, library.facts, "fact")
        yield from _unknown("quiz/side-effects.yaml", id, effect.studies, _studies_known(library), "study")
        if not effect.facts and not effect.studies:
            yield Fault("quiz/side-effects.yaml", id, "needs a study or a fact")
    yield from _wording_faults(library)
    yield from _because_faults(library)
    for key, rating in library.ratings.items():
        yield from _unknown("quiz/ratings.yaml", key, (*rating.conditions, *rating.first_for), conditions, "condition")
        yield from _unknown("quiz/ratings.yaml", key, filter(None, [rating.replaced_by]), library.ratings, "rating")
    for id, instrument in library.instruments.items():
        if not instrument.shippable or not instrument.licence.strip() or not instrument.credit.strip():
            yield Fault("quiz/instruments.yaml", id, "may not be shipped without a licence and a credit line")
    yield from _chance_faults(library)
    if not any("*" in line.countries and line.kind == "emergency" for line in library.help_lines):
        yield Fault("quiz/help-lines.yaml", "*", "needs an emergency line for everywhere else")


def _because_faults(library: Library) -> Iterable[Fault]:
    """What goes on after "because you have"."""
    for id, condition in library.conditions.items():
        if not condition.in_sentence:
            yield Fault("conditions.yaml", id, "needs `in_sentence`")
    for key, rating in library.ratings.items():
        if not rating.trouble:
            yield Fault("quiz/ratings.yaml", key, "needs `trouble`")


def _wording_faults(library: Library) -> Iterable[Fault]:
    """Two answers are compared by these marks: one that is wrong compares what was asked in other words."""
    quiz = library.quiz
    released = (*reversed(quiz.earlier_versions), quiz.version)
    for version in released:
        if "-" in version or released.count(version) > 1:
            yield Fault("quiz/quiz.yaml", "version", f"{version}: needs a name of its own, without a hyphen")
    marked = [("quiz/ratings.yaml", key, one.reworded) for key, one in library.ratings.items()]
    marked += [("quiz/instruments.yaml", id, one.reworded) for id, one in library.instruments.items()]
    for file, key, versions in marked:
        if list(versions) != [one for one in released[1:] if one in versions]:
            yield Fault(
                file, key, f"reworded in {', '.join(versions)}: needs versions after the first, the oldest first"
            )


def _chance_faults(library: Library) -> Iterable[Fault]:
    file, known = "quiz/chances.yaml", {*library.ratings, *library.instruments, "*"}
    for id, chances in library.chances.items():
        yield from _unknown(file, id, chances.scores, known, "score")
        for points, (least, most) in chances.of_100.items():
            if points < 1 or not 0 <= least <= most <= 100:
                yield Fault(file, id, f"{points}: needs one point or more, and the least before the most, of 100")
    if not any("*" in chances.scores and chances.from_days == 0 for chances in library.chances.values()):
        yield Fault(file, "*", "needs a line for every other rating, from day 0")


def _planner_faults(library: Library) -> Iterable[Fault]:
    file, known, guidance = "planner/guidance.yaml", _studies_known(library), library.guidance
    grounded: list[tuple[str, PlannerNumber | PlannerWords]] = [
        *guidance.numbers.items(),
        *((words.id, words) for words in (*guidance.reviews, *guidance.decisions, *guidance.afterwards)),
    ]
    for name, one in grounded:
        yield from _unknown(file, name, one.studies, known, "study")
        yield from _unknown(file, name, one.facts, library.facts, "fact")
        if not one.studies and not one.facts and not one.ours:
            yield Fault(file, name, "needs a study, a fact, or `ours: true`")
    for plan in guidance.by_condition:
        yield from _unknown(file, plan.condition, (plan.condition,), library.conditions, "condition")
        yield from _unknown(file, plan.condition, plan.studies, known, "study")
        yield from _unknown(file, plan.condition, plan.facts, library.facts, "fact")
        if plan.caution and plan.caution not in guidance.cautions:
            yield from _unknown(file, plan.condition, (plan.caution,), library.precautions, "caution")
    for sign in guidance.stop_at_once:
        yield from _unknown(file, "stop_at_once", sign.red_flags, library.red_flags, "red flag")
        yield from _unknown(file, "stop_at_once", sign.precautions, library.precautions, "precaution")
    for reason in guidance.pauses:
        yield from _unknown(file, reason.id, filter(None, [reason.precaution]), library.precautions, "precaution")
        yield from _unknown(file, reason.id, reason.red_flags, library.red_flags, "red flag")
        if not reason.precaution and not reason.ours:
            yield Fault(file, reason.id, "needs a precaution, or `ours: true`")
    for protocol in guidance.protocols:
        yield from _unknown(file, protocol.id, filter(None, [protocol.study]), known, "study")
        yield from _unknown(file, protocol.id, filter(None, [protocol.fact]), library.facts, "fact")


def _reviewer_faults(library: Library) -> Iterable[Fault]:
    for id, reviewer in library.reviewers.items():
        yield from _unknown("reviewers.yaml", id, reviewer.pages, library.pages, "page")
        for name in ("name", "role", "interests"):
            if not getattr(reviewer, name).strip():
                yield Fault("reviewers.yaml", f"{id}.{name}", "is empty")


def _glossary_faults(library: Library) -> Iterable[Fault]:
    seen: dict[str, str] = {}
    for id, entry in library.glossary.items():
        for form in (entry.word, *entry.also):
            if form.casefold() in seen:
                yield Fault("glossary.yaml", id, f"{form} is explained at {seen[form.casefold()]} already")
            seen[form.casefold()] = id
