"""The page on which a person begins a check-in, carries one on, and finds those of before. No HTML here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

import msgspec

from acupwa.library.model import Library
from acupwa.quiz.answer_line import number_words_of
from acupwa.quiz.care import Care
from acupwa.quiz.consent import consent_lines
from acupwa.quiz.minutes import about_words
from acupwa.quiz.model import CheckIn, Variant
from acupwa.quiz.overview import Overview, draft_to_carry_on, variants_offered
from acupwa.quiz.position import position
from acupwa.quiz.rules import OWN_PROBLEM, main_outcome, next_screen
from acupwa.quiz.standing_signs import country_of_signs, newest_first, standing_signs
from acupwa.quiz.urgent_care import urgent_care
from acupwa.sentences import say
from acupwa.wording import date_words, weekday_date_words
from acupwa.wording import gettext as _

MOST_SHOWN = 5


class DraftCard(msgspec.Struct, frozen=True, kw_only=True):
    """A check-in on its way. `step` of `steps` is where it goes on; a follow-up has one step. `day` is in words."""

    href: str
    step: int
    steps: int
    day: str
    paused: bool


class PastCheckIn(msgspec.Struct, frozen=True, kw_only=True):
    """`main` is the main problem with its number, empty where there is none."""

    href: str
    day: str
    kind: str
    main: str


class CheckInPage(msgspec.Struct, frozen=True, kw_only=True):
    """`offers` are what may be begun, the first first, `minutes` how long each takes, in words. `last_day` is that of
    the newest one, in words; a year later `year_ago` says why the full one goes first. `agreed` is the day of the
    consent, empty when it is due. `care` is what to do for the danger signs that stand.
    """

    template: ClassVar[str] = "quiz/check_in.html"
    title: str
    care: tuple[Care, ...]
    country: str | None
    draft: DraftCard | None
    offers: tuple[Variant, ...]
    minutes: Mapping[Variant, str]
    last_day: str
    year_ago: bool
    past: tuple[PastCheckIn, ...]
    earlier: tuple[PastCheckIn, ...]
    agreed: str
    consent: tuple[str, ...]
    consent_version: str


def check_in_page(
    overview: Overview, library: Library, now: datetime, draft_days: int, person_days: int
) -> CheckInPage:
    """The moments of `overview` and `now` stand in the zone of the person; the days are this server's."""
    draft = draft_to_carry_on(overview, now, draft_days)
    newest = overview.newest
    standing = standing_signs(overview.check_ins, library)
    country = country_of_signs(standing.told_in, newest_first(overview.check_ins))
    offers = variants_offered(newest, now)
    past = tuple(_past(one, library) for one in overview.finished)
    return CheckInPage(
        title=_("Check-in"),
        care=urgent_care(overview.check_ins, country, library),
        country=country,
        draft=_draft_card(draft, overview, library) if draft else None,
        offers=offers,
        minutes={variant: about_words(variant, library) for variant in offers},
        last_day=weekday_date_words(newest.finished_at.date()) if newest and newest.finished_at else "",
        year_ago=offers == ("full", "follow-up"),
        past=past[:MOST_SHOWN],
        earlier=past[MOST_SHOWN:],
        agreed=date_words(overview.consent.given_at) if overview.consent else "",
        consent=consent_lines(library, draft_days, person_days),
        consent_version=library.quiz.consent.version,
    )


def _draft_card(draft: CheckIn, overview: Overview, library: Library) -> DraftCard:
    place = position(draft, next_screen(draft), library)
    one_page = draft.variant == "follow-up"
    return DraftCard(
        href=f"/quiz/{draft.id}",
        step=1 if one_page else place.step,
        steps=1 if one_page else place.steps,
        day=weekday_date_words(draft.updated_at.date()),
        paused=overview.paused,
    )


def _past(check_in: CheckIn, library: Library) -> PastCheckIn:
    return PastCheckIn(
        href=f"/results/{check_in.id}",
        day=date_words(check_in.finished_at or check_in.updated_at),
        kind=_("Follow-up") if check_in.variant == "follow-up" else _("Full check-in"),
        main=_main_words(check_in, library),
    )


def _main_words(check_in: CheckIn, library: Library) -> str:
    """In the person's own words where they have any."""
    answers = check_in.answers
    main = main_outcome(answers)
    value = answers.ratings.get(main) if main else None
    if main is None or value is None or main not in library.ratings:
        return ""
    own = answers.problem_words if main == OWN_PROBLEM else ""
    return say("quiz.check_in.number", problem=own or library.ratings[main].name, number=number_words_of(value))
