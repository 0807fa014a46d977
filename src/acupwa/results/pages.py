"""What the page "What you told us" shows, in its order. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

import msgspec

from acupwa.library.model import Advice, Library
from acupwa.quiz.help_lines import CountryNumbers, Phone, crisis_phones, numbers_by_country
from acupwa.quiz.model import Answers, CheckIn
from acupwa.quiz.rules import Path, is_for_someone_else, path_of
from acupwa.quiz.safety import EMERGENCY, URGENCIES
from acupwa.reading.ranking import ListedPage
from acupwa.results.assess import DO_NOT_STOP_MEDICINE, SUPPORT_FOR_MOOD, Assessment
from acupwa.results.between import Since, since_of
from acupwa.results.care import Care, care_cards
from acupwa.results.findings import Found, findings
from acupwa.results.previous import days_between
from acupwa.results.questions import Questions, questions_to_ask
from acupwa.results.ratings import RatingLine, Sum, picture, rating_lines, rules, sources, sums
from acupwa.results.ratings_picture import Picture
from acupwa.results.red_card import RedCard, red_card
from acupwa.results.sentences import brief_because_words
from acupwa.results.trend import trends_of
from acupwa.results.trend_words import standing_words
from acupwa.wording import gettext as _

READING_SHOWN = 5


class NeedleNote(msgspec.Struct, frozen=True, kw_only=True):
    says: str
    why: str


class AdviceGroup(msgspec.Struct, frozen=True, kw_only=True):
    advice: Advice
    title: str
    notes: tuple[NeedleNote, ...]


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
    `lead` says so when a doctor has to agree first: an open plan must never read as an all-clear.
    """

    open: bool
    lead: str
    because: tuple[str, ...]
    instead: str
    cautions: tuple[CautionLine, ...]


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A clinic whose link was opened before this check-in, and where to decide about sharing."""

    clinic: str
    href: str


class ResultsPage(msgspec.Struct, frozen=True, kw_only=True):
    """With a `red_card` the page is that card; all else is folded away or left out. `care` are the other signs.

    `elsewhere` are the numbers of every country, when the person's is not known.
    """

    template: ClassVar[str] = "results/results.html"
    title: str
    kind: Path
    check_in: str
    for_other: bool
    finished_on: date
    last_time_on: date | None
    quiz_version: str
    content_version: str
    older_signs: bool
    country: str | None
    elsewhere: tuple[CountryNumbers, ...]
    red_card: RedCard | None
    care: tuple[Care, ...]
    keep_medicine: bool
    mood_phones: tuple[Phone, ...]
    support_for_mood: bool
    ratings: tuple[RatingLine, ...]
    picture: Picture | None
    since: Since | None
    since_start: str
    sums: tuple[Sum, ...]
    rules: tuple[str, ...]
    sources: tuple[str, ...]
    problem_words: str | None
    activity_words: str | None
    before_needles: tuple[AdviceGroup, ...]
    found: tuple[Found, ...]
    reading: tuple[ReadingLine, ...]
    plan: PlanPart
    questions: Questions
    asked: tuple[Asked, ...] = ()


def results_page(
    check_in: CheckIn,
    before: Sequence[CheckIn],
    assessment: Assessment,
    library: Library,
    *,
    older_signs: bool = False,
) -> ResultsPage:
    """The page of a finished check-in; `before` are the finished ones before it, the oldest first.

    `older_signs`: a danger sign was ticked that the library has no words for any more.
    """
    answers = check_in.answers
    earlier = before[-1] if before else None
    precautions = [one for ids in assessment.precautions.values() for one in ids]
    finished_at = check_in.finished_at or check_in.updated_at
    return ResultsPage(
        title=_("What you told us"),
        kind=path_of(answers),
        check_in=str(check_in.id),
        for_other=is_for_someone_else(answers),
        finished_on=finished_at.date(),
        last_time_on=earlier.finished_at.date() if earlier and earlier.finished_at else None,
        quiz_version=check_in.quiz_version,
        content_version=check_in.content_version,
        older_signs=older_signs,
        country=answers.country,
        elsewhere=() if answers.country else numbers_by_country(library),
        red_card=red_card(check_in, assessment.red_flags, library, retired=older_signs),
        care=tuple(card for card in care_cards(assessment.red_flags, answers.country, library) if not _red(card)),
        keep_medicine=DO_NOT_STOP_MEDICINE in assessment.notices,
        support_for_mood=SUPPORT_FOR_MOOD in assessment.notices,
        mood_phones=crisis_phones(answers.country, library),
        ratings=rating_lines(answers, assessment, library, days_between(check_in, earlier)),
        picture=picture(answers, library),
        since=since_of(answers, library),
        since_start=_since_start((*before, check_in), library),
        sums=sums(answers, assessment, library),
        rules=rules(assessment, library),
        sources=sources(answers, assessment, library, days_between(check_in, earlier)),
        problem_words=answers.problem_words,
        activity_words=answers.activity_words,
        before_needles=_advice_groups(assessment, library),
        found=findings(answers, library) if path_of(answers) == "full" else (),
        reading=_reading(assessment.reading, answers, library),
        plan=_no_plan(check_in, library) if older_signs else _plan(assessment, answers, library),
        questions=questions_to_ask(answers, precautions, library),
    )


def _red(card: Care) -> bool:
    return card.urgency == EMERGENCY


def _since_start(check_ins: Sequence[CheckIn], library: Library) -> str:
    """Where the main outcome stands beside its start; empty when that would say the same as "since last time"."""
    if len(check_ins) < 3:
        return ""
    main = next((trend for trend in trends_of(check_ins, library) if trend.main), None)
    return standing_words(main) if main and main.standing in ("now", "twice") else ""


def _advice_groups(assessment: Assessment, library: Library) -> tuple[AdviceGroup, ...]:
    titles: dict[Advice, str] = {
        "avoid": _("Avoid: no needles with this, or in this place"),
        "ask-first": _("Ask your doctor or specialist team first"),
        "tell-practitioner": _("Tell the acupuncturist before you start"),
    }
    return tuple(
        AdviceGroup(
            advice=advice,
            title=title,
            notes=tuple(
                NeedleNote(says=library.precautions[one].question.rstrip(".") + ".", why=library.precautions[one].why)
                for one in assessment.precautions[advice]
            ),
        )
        for advice, title in titles.items()
        if assessment.precautions[advice]
    )


def _reading(listed: tuple[ListedPage, ...], answers: Answers, library: Library) -> tuple[ReadingLine, ...]:
    return tuple(
        ReadingLine(
            slug=one.slug,
            title=library.pages[one.slug].head.title,
            minutes=library.pages[one.slug].minutes,
            because=brief_because_words(map(str, one.because), library, answers.problem_words),
        )
        for one in listed[:READING_SHOWN]
    )


def _plan(assessment: Assessment, answers: Answers, library: Library) -> PlanPart:
    gate = assessment.plan
    return PlanPart(
        open=gate.open,
        lead=_plan_lead(bool(assessment.precautions["ask-first"])),
        because=brief_because_words(gate.because, library, answers.problem_words),
        instead=gate.instead,
        cautions=tuple(
            _caution(one.id, library) for one in gate.cautions if f"precautions:{one.id}" not in one.because
        ),
    )


def _no_plan(check_in: CheckIn, library: Library) -> PlanPart:
    """A danger sign without words closes a plan like any other."""
    urgency = check_in.urgency if check_in.urgency in URGENCIES else "same-day"
    advice = library.guidance.closed[f"red_flags:{urgency}"].strip()
    return PlanPart(open=False, lead="", because=(), instead=advice, cautions=())


def _plan_lead(ask_first: bool) -> str:
    if ask_first:
        return _(
            "You can plan a course of visits. But do not start before your doctor or team agrees: "
            "you ticked something to ask them about first."
        )
    return _("You can plan a course of visits.")


def _caution(id: str, library: Library) -> CautionLine:
    own = library.guidance.cautions.get(id)
    if own is not None:
        return CautionLine(title=own.title, says=own.says)
    precaution = library.precautions[id]
    return CautionLine(title=precaution.question, says=precaution.why)
