"""What a summary says, as data: the source of its blocks. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec

from acupwa.library.model import Library
from acupwa.planner.gate import advice_for
from acupwa.quiz.help_lines import CountryNumbers, Phone, crisis_phones, numbers_by_country, phones_of
from acupwa.quiz.model import Answers, CheckIn
from acupwa.quiz.reason_words import brief_because_words
from acupwa.quiz.rules import BEFORE_NEEDLES, Path, is_for_someone_else, missing_screens, path_of
from acupwa.quiz.safety import EMERGENCY, FEVER, URGENCIES, derive, strictest
from acupwa.reading.ranking import ListedPage
from acupwa.results.advice import AdviceGroup, CautionLine, advice_groups, caution_line, titles_for_the_person
from acupwa.results.advice_changed import advice_changed
from acupwa.results.assess import DO_NOT_STOP_MEDICINE, SUPPORT_FOR_MOOD, Assessment
from acupwa.results.findings import Found, findings
from acupwa.results.interval import Interval, interval_of
from acupwa.results.kept_plan import KeptPlan, kept_plan_words
from acupwa.results.other_care import ToldCare, other_care, retired_sign
from acupwa.results.questions import Questions, questions_to_ask
from acupwa.results.ratings import Ratings, make_ratings
from acupwa.results.red_card import RedCard, SignsTold, red_card
from acupwa.results.signs_elsewhere import SignsElsewhere, nothing_elsewhere
from acupwa.sentences import say
from acupwa.wording import gettext as _

READING_SHOWN = 5
_ON_SAFETY = ("lately", BEFORE_NEEDLES)
# What these answers ask for stands before the plan already.
_SAID_BEFORE = frozenset({"precautions", "unsure", "groups"})


class ReadingLine(msgspec.Struct, frozen=True, kw_only=True):
    slug: str
    title: str
    minutes: int
    because: tuple[str, ...]


class PlanPart(msgspec.Struct, frozen=True, kw_only=True):
    """`open` leads to the planner; else `because` and `instead` say why there is none.

    `cautions` are those of the condition; what was ticked stands under "before any needle" already.
    `lead` says so when a doctor has to agree first: an open plan must never read as an all-clear. `kept` takes its
    place for whoever has a plan already.
    """

    open: bool
    lead: str
    because: tuple[str, ...]
    instead: str
    cautions: tuple[CautionLine, ...]
    kept: str = ""
    ask_first: bool = False


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """With a `red_card` the summary is that card; all else is folded away or left out. `care` are the other signs.

    `sent_on`: when it came in, of one that waited on a phone; of such a one `undated` says that nobody knows when it was
    answered.
    `advice_changed`: of what the advice is another today than when they answered. `elsewhere` are the numbers of every
    country, when the person's is not known. `retired_signs`: a red flag was ticked that the library has no words for
    any more: `retired_in` is where; its `day` is told when that is another check-in. `still_to_ask` is the first screen on safety that a new condition asks for and nobody has answered.
    `call_with_fever`: a precaution says to call when there is a fever. `helped`: in another check-in a danger sign was
    told of which they had help; it stands against a plan still.
    """

    title: str
    path: Path
    check_in: str
    for_someone_else: bool
    finished_on: date
    sent_on: date | None
    undated: bool
    previous_on: date | None
    quiz_version: str
    content_version: str
    advice_changed: tuple[str, ...]
    retired_signs: bool
    retired_in: SignsTold | None
    helped: bool
    still_to_ask: str | None
    country: str | None
    elsewhere: tuple[CountryNumbers, ...]
    red_card: RedCard | None
    care: tuple[ToldCare, ...]
    keep_medicine: bool
    mood_phones: tuple[Phone, ...]
    call_with_fever: bool
    emergency_phones: tuple[Phone, ...]
    support_for_mood: bool
    ratings: Ratings
    interval: Interval | None
    before_needles: tuple[AdviceGroup, ...]
    found: tuple[Found, ...]
    reading: tuple[ReadingLine, ...]
    plan: PlanPart
    questions: Questions

    @property
    def urgent(self) -> bool:
        """Whether a danger sign was ticked or follows from the answers."""
        return bool(self.red_card or self.care or self.retired_signs)


def make_summary(
    check_in: CheckIn,
    all_previous: Sequence[CheckIn],
    assessment: Assessment,
    library: Library,
    *,
    retired_signs: bool = False,
    kept_plan: KeptPlan | None = None,
    elsewhere: SignsElsewhere | None = None,
) -> Summary:
    """Of a finished check-in; `all_previous` are the finished ones before it, the oldest first.

    `elsewhere`: what the other check-ins of the person say of danger signs.
    """
    answers, previous = check_in.answers, all_previous[-1] if all_previous else None
    elsewhere = elsewhere or nothing_elsewhere(check_in, assessment.plan, library)
    return Summary(
        title=_("Your summary"),
        path=path_of(answers),
        check_in=str(check_in.id),
        for_someone_else=is_for_someone_else(answers),
        finished_on=(check_in.finished_at or check_in.updated_at).date(),
        sent_on=check_in.received_at.date() if check_in.received_at else None,
        undated=check_in.undated,
        previous_on=previous.finished_at.date() if previous and previous.finished_at else None,
        quiz_version=check_in.quiz_version,
        content_version=check_in.content_version,
        advice_changed=advice_changed(check_in, library),
        still_to_ask=_still_to_ask(check_in),
        **_signs(check_in, assessment, library, elsewhere, retired=retired_signs),
        keep_medicine=DO_NOT_STOP_MEDICINE in assessment.notices,
        support_for_mood=SUPPORT_FOR_MOOD in assessment.notices,
        ratings=make_ratings(check_in, all_previous, assessment, library),
        interval=interval_of(answers, library),
        before_needles=_before_needles(assessment, library),
        found=findings(answers, library) if path_of(answers) == "full" else (),
        reading=_reading(assessment.reading, answers, library),
        plan=_plan_part(check_in, assessment, library, kept_plan, elsewhere, retired_signs=retired_signs),
        questions=questions_to_ask(answers, _told(assessment), library),
    )


def _signs(
    check_in: CheckIn, assessment: Assessment, library: Library, elsewhere: SignsElsewhere, *, retired: bool
) -> dict[str, Any]:
    """The fields of danger signs, and of the numbers to call."""
    own, told_in, country = assessment.red_flags, elsewhere.told_in, elsewhere.country
    retired_in = retired_sign(check_in, told_in, retired=retired)
    return {
        "retired_signs": retired_in is not None,
        "retired_in": retired_in,
        "red_card": red_card(check_in, own, library, country, retired=retired, told_in=told_in),
        "care": other_care(own, told_in, country, library),
        "call_with_fever": _call_with_fever(check_in.answers, library),
        "helped": elsewhere.helped,
        "country": country,
        "elsewhere": () if country else numbers_by_country(library),
        "emergency_phones": phones_of("emergency", country, library),
        "mood_phones": crisis_phones(country, library),
    }


def _still_to_ask(check_in: CheckIn) -> str | None:
    """What was not asked is no answer: it must not read as "none". Where the screens are not known, nothing is said."""
    missing = missing_screens(check_in) if check_in.variant == "full" and check_in.seen else ()
    return next((screen for screen in missing if screen in _ON_SAFETY), None)


def _told(assessment: Assessment) -> list[str]:
    return [one for ids in assessment.precautions.values() for one in ids if one in assessment.told]


def _before_needles(assessment: Assessment, library: Library) -> tuple[AdviceGroup, ...]:
    unsure, groups = assessment.unsure, assessment.groups
    return advice_groups(_told(assessment), titles_for_the_person(), library, unsure=unsure, groups=groups)


def _call_with_fever(answers: Answers, library: Library) -> bool:
    """Whether a fever would be an emergency: then the words on a precaution say to call, and the number stands there."""
    with_fever = msgspec.structs.replace(answers, precautions=(*answers.precautions, FEVER))
    return strictest(derive(with_fever, library).flag_ids, library) == EMERGENCY


def _reading(listed: tuple[ListedPage, ...], answers: Answers, library: Library) -> tuple[ReadingLine, ...]:
    return tuple(
        ReadingLine(
            slug=one.slug,
            title=library.pages[one.slug].head.title,
            minutes=library.pages[one.slug].minutes,
            because=brief_because_words(one.because, library, answers.problem_words),
        )
        for one in listed[:READING_SHOWN]
    )


def _plan_part(
    check_in: CheckIn,
    assessment: Assessment,
    library: Library,
    kept: KeptPlan | None,
    elsewhere: SignsElsewhere,
    *,
    retired_signs: bool,
) -> PlanPart:
    """A red flag without words closes a plan like any other."""
    plan = _plan(assessment, check_in.answers, library, elsewhere)
    if retired_signs:
        urgency = check_in.urgency if check_in.urgency in URGENCIES else "same-day"
        advice = library.guidance.closed[f"red_flags:{urgency}"].strip()
        plan = PlanPart(open=False, lead="", because=(), instead=advice, cautions=())
    return _with_kept(plan, kept) if kept else plan


def _plan(assessment: Assessment, answers: Answers, library: Library, elsewhere: SignsElsewhere) -> PlanPart:
    gate = elsewhere.gate
    return PlanPart(
        open=gate.open,
        lead=_plan_lead(ask_first=bool(assessment.precautions["ask-first"])),
        ask_first=bool(assessment.precautions["ask-first"]),
        because=brief_because_words(gate.because, library, answers.problem_words),
        instead=" ".join(advice_for(gate.because, library, elsewhere.standing)),
        cautions=tuple(
            caution_line(one.id, library)
            for one in gate.cautions
            if _SAID_BEFORE.isdisjoint(because.kind for because in one.because)
        ),
    )


def _with_kept(plan: PlanPart, kept: KeptPlan) -> PlanPart:
    return msgspec.structs.replace(plan, kept=kept_plan_words(kept, open=plan.open, ask_first=plan.ask_first))


def _plan_lead(*, ask_first: bool) -> str:
    if ask_first:
        return say("results.plan.ask_first")
    return say("results.plan.open")
