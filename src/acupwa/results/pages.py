"""What the page "What you told us" shows, in its order (product.md section 2). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

import msgspec

from acupwa.library.model import Advice, Claim, HelpLine, Library, Urgency
from acupwa.quiz.model import MOOD, PEG, Answers, CheckIn
from acupwa.quiz.safety import Raised
from acupwa.reading.ranking import Listed
from acupwa.reading.sources import alias_map, study_name
from acupwa.reading.study_words import outcome_words
from acupwa.results.assess import (
    DO_NOT_STOP_MEDICINE,
    IMPRESSION,
    SUPPORT_FOR_MOOD,
    Assessment,
)
from acupwa.results.change import Score
from acupwa.results.picture import Line, Picture, draw_ratings
from acupwa.results.questions import Questions, questions_to_ask
from acupwa.results.sentences import (
    because_words,
    brief_change_words,
    change_words,
    rule_words,
    symptom_words,
)
from acupwa.wording import gettext as _
from acupwa.wording import number_words

Kind = Literal["full", "under-16", "none-yet"]

READING_SHOWN = 5
CLAIMS_PER_CONDITION = 3
# What a claim is about, by the rating that it answers; the same word needs no entry.
_OUTCOMES: dict[str, tuple[str, ...]] = {
    "thinking": ("brain-fog", "cognition"),
    "overall": ("quality-of-life",),
    "activity": ("function", "disability"),
    "walking": ("gait", "balance", "walking-balance"),
    "spasm": ("spasticity",),
    "swollen-joints": ("joint-swelling", "swelling"),
    "flare": ("disease-activity", "flares"),
    "tender": ("tenderness",),
}


class Phone(msgspec.Struct, frozen=True, kw_only=True):
    number: str
    label: str


class Sign(msgspec.Struct, frozen=True, kw_only=True):
    """A danger sign and what to do. `because` holds what was answered; empty when the sign says it."""

    says: str
    do: str
    because: tuple[str, ...] = ()


class Care(msgspec.Struct, frozen=True, kw_only=True):
    """One card for each urgency, the strictest first. `title` goes on after "Today: " and its like."""

    urgency: Urgency
    title: str
    signs: tuple[Sign, ...]
    phones: tuple[Phone, ...]


class RatingLine(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the table. `shown` is the figure with its scale, or that it was passed over."""

    name: str
    shown: str
    low: str
    high: str
    main: bool
    own: bool
    change: str = ""


class Sum(msgspec.Struct, frozen=True, kw_only=True):
    """A published questionnaire: the figure, the sum behind it, its name for that range, its credit."""

    name: str
    shown: str
    sum: str
    band: str
    change: str
    credit: str


class NeedleNote(msgspec.Struct, frozen=True, kw_only=True):
    says: str
    why: str


class AdviceGroup(msgspec.Struct, frozen=True, kw_only=True):
    advice: Advice
    title: str
    notes: tuple[NeedleNote, ...]


class StudyLink(msgspec.Struct, frozen=True, kw_only=True):
    href: str
    label: str


class ClaimLine(msgspec.Struct, frozen=True, kw_only=True):
    claim: Claim
    outcome: str
    studies: tuple[StudyLink, ...]


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What studies found for one condition; `slug` is the page with all of it, if there is one."""

    condition: str
    claims: tuple[ClaimLine, ...]
    because: tuple[str, ...]
    slug: str | None


class ReadingLine(msgspec.Struct, frozen=True, kw_only=True):
    slug: str
    title: str
    minutes: int
    because: tuple[str, ...]


class CautionLine(msgspec.Struct, frozen=True, kw_only=True):
    title: str
    says: str


class PlanPart(msgspec.Struct, frozen=True, kw_only=True):
    """`open` leads to the planner; else `because` and `instead` say why there is none.

    `cautions` are those of the condition; what was ticked stands under "before any needle" already.
    """

    open: bool
    because: tuple[str, ...]
    instead: str
    cautions: tuple[CautionLine, ...]


class ResultsPage(msgspec.Struct, frozen=True, kw_only=True):
    title: str
    kind: Kind
    check_in: str
    for_other: bool
    finished_on: date
    last_time_on: date | None
    quiz_version: str
    content_version: str
    care: tuple[Care, ...]
    keep_medicine: bool
    mood_phones: tuple[Phone, ...]
    support_for_mood: bool
    ratings: tuple[RatingLine, ...]
    picture: Picture | None
    sums: tuple[Sum, ...]
    rules: tuple[str, ...]
    problem_words: str | None
    activity_words: str | None
    before_needles: tuple[AdviceGroup, ...]
    found: tuple[Found, ...]
    reading: tuple[ReadingLine, ...]
    plan: PlanPart
    questions: Questions


def results_page(
    check_in: CheckIn, earlier: CheckIn | None, assessment: Assessment, library: Library
) -> ResultsPage:
    """The page of a finished check-in; `earlier` is the one that it stands beside, if any."""
    answers = check_in.answers
    lines = _rating_lines(answers, assessment, library)
    precautions = [one for ids in assessment.precautions.values() for one in ids]
    finished_at = check_in.finished_at or check_in.updated_at
    return ResultsPage(
        title=_("What you told us"),
        kind=_kind(answers),
        check_in=str(check_in.id),
        for_other=answers.answering_for in ("someone-i-care-for", "my-child"),
        finished_on=finished_at.date(),
        last_time_on=earlier.finished_at.date() if earlier and earlier.finished_at else None,
        quiz_version=check_in.quiz_version,
        content_version=check_in.content_version,
        care=_care(assessment.red_flags, answers.country, library),
        keep_medicine=DO_NOT_STOP_MEDICINE in assessment.notices,
        support_for_mood=SUPPORT_FOR_MOOD in assessment.notices,
        mood_phones=phones_of("crisis", answers.country, library),
        ratings=lines,
        picture=_picture(answers, library),
        sums=_sums(answers, assessment, library),
        rules=_rules(assessment, library),
        problem_words=answers.problem_words,
        activity_words=answers.activity_words,
        before_needles=_advice_groups(assessment, library),
        found=_found(answers, library),
        reading=_reading(assessment.reading, answers, library),
        plan=_plan(assessment, answers, library),
        questions=questions_to_ask(answers, precautions, library),
    )


def phones_of(kind: str, country: str | None, library: Library) -> tuple[Phone, ...]:
    """The numbers of one kind for a country, else those for everywhere; all from the content."""
    of_kind = [line for line in library.help_lines if line.kind == kind]
    here = [line for line in of_kind if country in line.countries]
    return tuple(_phone(line) for line in here or [line for line in of_kind if "*" in line.countries])


def _phone(line: HelpLine) -> Phone:
    return Phone(number=line.number, label=line.purpose)


def _kind(answers: Answers) -> Kind:
    if answers.age_band == "under-16":
        return "under-16"
    return "none-yet" if "none-yet" in answers.conditions else "full"


# ------------------------------------------------------------------ what to do now


def _care(raised: Iterable[Raised], country: str | None, library: Library) -> tuple[Care, ...]:
    titles: dict[Urgency, str] = {
        "emergency-now": _("get emergency help"),
        "same-day": _("get medical advice"),
        "within-days": _("see your doctor"),
    }
    cards = []
    for urgency, title in titles.items():
        signs = tuple(_sign(one, library) for one in raised if one.urgency == urgency)
        if signs:
            crisis = any(library.red_flags[one.id].crisis for one in raised if one.urgency == urgency)
            phones = _phones_for(urgency, crisis, country, library)
            cards.append(Care(urgency=urgency, title=title, signs=signs, phones=phones))
    return tuple(cards)


def _phones_for(urgency: Urgency, crisis: bool, country: str | None, library: Library) -> tuple[Phone, ...]:
    kinds = {"emergency-now": ("emergency",), "same-day": ("urgent",), "within-days": ()}[urgency]
    return tuple(
        phone
        for kind in (*kinds, *(("crisis",) if crisis else ()))
        for phone in phones_of(kind, country, library)
    )


def _sign(raised: Raised, library: Library) -> Sign:
    flag = library.red_flags[raised.id]
    because = because_words(raised.because, library) if raised.derived else ()
    return Sign(says=flag.short, do=flag.do, because=because)


# ------------------------------------------------------------------ ratings


def _ordered_ratings(answers: Answers, library: Library) -> list[str]:
    """The main outcome first, then the order of the quiz."""
    given = [key for key in library.ratings if key in answers.ratings]
    return sorted(given, key=lambda key: key != answers.main_symptom)


def _picture(answers: Answers, library: Library) -> Picture | None:
    keys = _ordered_ratings(answers, library)
    if not any(answers.ratings[key] is not None for key in keys):
        return None
    return draw_ratings(
        [
            Line(
                name=symptom_words(key, library, answers.problem_words),
                value=answers.ratings[key],
                main=key == answers.main_symptom,
            )
            for key in keys
        ]
    )


def _rating_lines(answers: Answers, assessment: Assessment, library: Library) -> tuple[RatingLine, ...]:
    lines: list[RatingLine] = []
    for key in _ordered_ratings(answers, library):
        rating, score = library.ratings[key], assessment.scores[key]
        # The first line is the main outcome: it alone is told at length, never the best-looking one.
        words = change_words if not lines else brief_change_words
        lines.append(
            RatingLine(
                name=symptom_words(key, library, answers.problem_words),
                shown=_of(score.value, 10),
                low=rating.low,
                high=rating.high,
                main=key == answers.main_symptom,
                own=not rating.validated,
                change=words(score),
            )
        )
    return tuple(lines)


def _rules(assessment: Assessment, library: Library) -> tuple[str, ...]:
    names = {key: rating.name for key, rating in library.ratings.items()}
    names[PEG] = library.instruments[PEG].name
    return rule_words((names[key], score) for key, score in assessment.scores.items() if key in names)


def _of(value: float | None, most: int) -> str:
    if value is None:
        return _("Not answered")
    return _("{value} of {most}").format(value=number_words(value), most=most)


def _sums(answers: Answers, assessment: Assessment, library: Library) -> tuple[Sum, ...]:
    made = []
    for key in (PEG, MOOD, IMPRESSION):
        if key in assessment.scores:
            made.append(_sum(key, answers.instruments[key], assessment.scores[key], library))
    return tuple(made)


def _sum(key: str, given: tuple[int | None, ...], score: Score, library: Library) -> Sum:
    instrument = library.instruments[key]
    return Sum(
        name=instrument.name,
        shown=_of(score.value, {PEG: 10, MOOD: 12}.get(key, 7)),
        sum="" if score.value is None else _sum_words(key, given),
        band=_band_words(key, score, library),
        change=brief_change_words(score) if key == PEG else "",
        credit=instrument.credit,
    )


def _sum_words(key: str, given: tuple[int | None, ...]) -> str:
    figures = " + ".join(str(one) for one in given if one is not None)
    if key == PEG:
        return _("({figures}) ÷ 3").format(figures=figures)
    return figures if len(given) > 1 else ""


def _band_words(key: str, score: Score, library: Library) -> str:
    band = next((one for one in library.instruments[key].bands if one.label == score.band), None)
    if band is None:
        return ""
    if key == IMPRESSION:
        return band.label
    return _("The authors call {low} to {high} “{label}”.").format(
        low=band.low, high=band.high, label=band.label
    )


# ------------------------------------------------------------------ needles, studies, reading, plan


def _advice_groups(assessment: Assessment, library: Library) -> tuple[AdviceGroup, ...]:
    titles: dict[Advice, str] = {
        "avoid": _("Do not have needles with this, or there"),
        "ask-first": _("Ask your doctor or specialist team first"),
        "tell-practitioner": _("Tell the acupuncturist before you start"),
    }
    return tuple(
        AdviceGroup(
            advice=advice,
            title=title,
            notes=tuple(
                NeedleNote(says=library.precautions[one].question, why=library.precautions[one].why)
                for one in assessment.precautions[advice]
            ),
        )
        for advice, title in titles.items()
        if assessment.precautions[advice]
    )


def _found(answers: Answers, library: Library) -> tuple[Found, ...]:
    if _kind(answers) != "full":
        return ()
    return tuple(
        Found(
            condition=library.conditions[condition].name,
            claims=tuple(_claim_line(claim, library) for claim in claims),
            because=because_words(
                (f"conditions:{condition}", f"main_symptom:{answers.main_symptom}"),
                library,
                answers.problem_words,
            ),
            slug=_evidence_page(condition, library),
        )
        for condition in answers.conditions
        if (claims := claims_for(condition, answers.main_symptom, library))
    )


def claims_for(condition: str, main_symptom: str | None, library: Library) -> tuple[Claim, ...]:
    """The first claims of a condition: on the main symptom, then on what a person feels, then the rest."""
    wanted = _outcomes_of(main_symptom) if main_symptom else ()
    felt = {outcome for key in library.ratings for outcome in _outcomes_of(key)}
    of_condition = [claim for claim in library.claims.values() if claim.condition == condition]
    ordered = sorted(of_condition, key=lambda claim: (claim.outcome not in wanted, claim.outcome not in felt))
    return tuple(ordered[:CLAIMS_PER_CONDITION])


def _outcomes_of(rating: str) -> tuple[str, ...]:
    return (rating, *_OUTCOMES.get(rating, ()))


def _claim_line(claim: Claim, library: Library) -> ClaimLine:
    aliases = alias_map(library)
    studies = (library.studies[aliases.get(study, study)] for study in claim.studies)
    return ClaimLine(
        claim=claim,
        outcome=outcome_words(claim.outcome),
        studies=tuple(StudyLink(href=f"/studies/{one.id}", label=study_name(one)) for one in studies),
    )


def _evidence_page(condition: str, library: Library) -> str | None:
    pages = (
        page.slug
        for page in library.pages.values()
        if page.head.kind == "evidence" and condition in page.head.conditions
    )
    return next(pages, None)


def _reading(listed: tuple[Listed, ...], answers: Answers, library: Library) -> tuple[ReadingLine, ...]:
    return tuple(
        ReadingLine(
            slug=one.slug,
            title=library.pages[one.slug].head.title,
            minutes=library.pages[one.slug].minutes,
            because=because_words(one.because, library, answers.problem_words),
        )
        for one in listed[:READING_SHOWN]
    )


def _plan(assessment: Assessment, answers: Answers, library: Library) -> PlanPart:
    gate = assessment.plan
    return PlanPart(
        open=gate.open,
        because=because_words(gate.because, library, answers.problem_words),
        instead=gate.instead,
        cautions=tuple(
            _caution(one.id, library) for one in gate.cautions if f"precautions:{one.id}" not in one.because
        ),
    )


def _caution(id: str, library: Library) -> CautionLine:
    own = library.guidance.cautions.get(id)
    if own is not None:
        return CautionLine(title=own.title, says=own.says)
    precaution = library.precautions[id]
    return CautionLine(title=precaution.question, says=precaution.why)
