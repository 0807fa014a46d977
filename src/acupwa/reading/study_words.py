"""A study in words for people who read no studies. Functions, as the reader's language decides."""

from __future__ import annotations

from typing import Literal

from acupwa.library.model import Certainty, Direction, Finding, Library, Study, StudyKind
from acupwa.wording import gettext as _
from acupwa.wording import ngettext, number_words

KindGroup = Literal["review", "trial", "people", "lab", "advice"]
CONDITION_ORDER = ("ra", "sle", "ms", "hashimoto", "psoriasis", "fibromyalgia", "crohns", "other", "general")

_GROUP_OF: dict[StudyKind, KindGroup] = {
    "systematic-review": "review",
    "meta-analysis": "review",
    "network-meta-analysis": "review",
    "rct": "trial",
    "observational": "people",
    "cohort": "people",
    "survey": "people",
    "case-series": "people",
    "animal": "lab",
    "laboratory": "lab",
    "guideline": "advice",
    "narrative-review": "advice",
}
_MARKERS = ("crp", "esr", "il-6", "tnf-a")


def kind_group(study: Study) -> KindGroup:
    return _GROUP_OF[study.kind]


def kind_group_names() -> dict[KindGroup, str]:
    return {
        "review": _("Reviews of trials"),
        "trial": _("Trials"),
        "people": _("Other studies of people"),
        "lab": _("Animals and laboratory"),
        "advice": _("Guidelines and overviews"),
    }


def kind_words(kind: StudyKind) -> str:
    return {
        "systematic-review": _("A review that searched for every trial"),
        "meta-analysis": _("A review that combined the results of trials"),
        "network-meta-analysis": _("A review that compared many treatments with each other"),
        "rct": _("A trial: people were put into groups by chance"),
        "observational": _("People were observed. They were not put into groups by chance"),
        "cohort": _("People were followed over time. They were not put into groups by chance"),
        "survey": _("A survey: many sessions or people were counted"),
        "case-series": _("Reports of single cases"),
        "animal": _("A study in animals"),
        "laboratory": _("A laboratory study"),
        "guideline": _("A guideline"),
        "narrative-review": _("A narrative review: experts describe studies, and add nothing up"),
    }[kind]


def condition_words(condition: str, library: Library) -> str:
    """`ra` → `Rheumatoid arthritis (RA)`; two more names are used for evidence only."""
    evidence_only = {
        "crohns": _("Crohn’s disease and colitis"),
        "general": _("People in general, or another condition"),
    }
    found = library.conditions.get(condition)
    return evidence_only.get(condition) or (found.name if found else plain(condition))


def condition_short(condition: str, library: Library) -> str:
    """The same for a narrow place, such as a filter."""
    evidence_only = {"crohns": _("Crohn’s"), "general": _("Others")}
    found = library.conditions.get(condition)
    return evidence_only.get(condition) or (found.short if found else plain(condition))


def outcome_words(outcome: str, library: Library) -> str:
    """What was measured, for the middle of a sentence, such as `crp` → `inflammation in the blood (CRP)`.

    A study may say more exactly than a claim which marker of the blood it took.
    """
    found = library.outcomes.get(outcome)
    if found:
        return found.name[:1].lower() + found.name[1:]
    return {
        "crp": _("inflammation in the blood (CRP)"),
        "esr": _("inflammation in the blood (ESR)"),
        "gut": _("the gut"),
        "il-6": _("IL-6, a signal of inflammation"),
        "tnf-a": _("TNF-alpha, a signal of inflammation"),
    }.get(outcome) or plain(outcome)


def outcome_short(outcome: str, library: Library) -> str:
    """The same for a line of a list; the markers of the blood are all signs of inflammation."""
    found = library.outcomes.get("inflammation" if outcome in _MARKERS else outcome)
    if found:
        return found.short[:1].lower() + found.short[1:]
    return plain(outcome)


def direction_words() -> dict[Direction, str]:
    return {
        "helps": _("Helps"),
        "may-help": _("May help"),
        "unclear": _("Unclear"),
        "no-better-than-sham": _("No better than sham"),
        "harm": _("Can harm"),
        "nothing-found": _("Nothing found"),
    }


def certainty_words() -> dict[Certainty, str]:
    """The strength of the evidence. Our own words, as our rule is not GRADE's."""
    return {
        "high": _("Strong evidence"),
        "moderate": _("Fair evidence"),
        "low": _("Weak evidence"),
        "very-low": _("Very weak evidence"),
        "none": _("No evidence found"),
    }


def result_words(result: Finding | None) -> str:
    if result is None:
        return _("We have not read a clear result")
    return {
        "benefit": _("Better than what it was compared with"),
        "mixed": _("Mixed: some results were better, some were not"),
        "no-difference": _("No difference"),
        "harm": _("About harm"),
        "mechanism": _("About how it might work, not whether it helps"),
        "position": _("Advice or a statement, not a test"),
    }[result]


def result_short() -> dict[str, str]:
    """What it found, for a line of a list. A study whose result was not read is `not-clear`."""
    return {
        "benefit": _("Better"),
        "mixed": _("Mixed"),
        "no-difference": _("No difference"),
        "harm": _("About harm"),
        "mechanism": _("How it may work"),
        "position": _("Advice"),
        "not-clear": _("Not clear"),
    }


def people_words(study: Study) -> str | None:
    """How many took part; None when it was not read."""
    if study.participants is None:
        return None
    number = number_words(study.participants)
    if study.kind == "animal":
        return ngettext("{n} animal", "{n} animals", study.participants).format(n=number)
    return ngettext("{n} person", "{n} people", study.participants).format(n=number)


def dose_words(study: Study) -> tuple[str, ...]:
    """The dose in short phrases; empty when none of it was read."""
    dose = study.sessions
    if dose is None:
        return ()
    phrases = []
    if dose.count is not None:
        phrases.append(ngettext("{n} session", "{n} sessions", dose.count).format(n=number_words(dose.count)))
    if dose.per_week is not None:
        phrases.append(_("{n} a week").format(n=number_words(dose.per_week)))
    if dose.weeks is not None:
        phrases.append(ngettext("over {n} week", "over {n} weeks", int(dose.weeks)).format(n=number_words(dose.weeks)))
    if dose.minutes is not None:
        phrases.append(ngettext("{n} minute each", "{n} minutes each", dose.minutes).format(n=dose.minutes))
    return tuple(phrases)


def warnings_of(study: Study) -> tuple[str, ...]:
    """What a reader must know first."""
    found = []
    if study.status == "retracted":
        found.append(_("Withdrawn (retracted) by its journal. It does not count here."))
    if study.status == "superseded":
        found.append(_("Replaced by newer work. It does not count here."))
    if study.kind == "animal":
        found.append(_("Done in animals. It cannot tell us what happens in people."))
    if study.kind == "laboratory":
        found.append(_("Done in a laboratory. It cannot tell us what happens in people."))
    if not study.alone:
        found.append(_("Not about usual acupuncture alone, so it does not count here."))
    return tuple(found)


def marks_of(study: Study) -> tuple[str, ...]:
    """The same warnings for a line of a list."""
    marks = []
    if study.kind == "animal":
        marks.append(_("animals"))
    if study.kind == "laboratory":
        marks.append(_("laboratory"))
    if not study.alone:
        marks.append(_("not acupuncture alone"))
    if study.status != "current":
        marks.append(_("retracted") if study.status == "retracted" else _("replaced"))
    return tuple(marks)


def plain(words: str) -> str:
    return words.replace("-", " ")


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]
