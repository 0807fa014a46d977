"""The page after a session: how it was, and whether anything came up. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

import msgspec

from acupwa.library.model import Library
from acupwa.planner.after_session import FELT, AfterSession, pauses_asked, signs_asked
from acupwa.planner.log import can_be_logged
from acupwa.planner.model import PlannedSession, SavedPlan
from acupwa.planner.outcome import Told
from acupwa.planner.plan import PlannerState, country_of
from acupwa.quiz.groups import known_groups
from acupwa.quiz.model import Answers
from acupwa.quiz.rules import AFTER_NEEDLES
from acupwa.quiz.screens.danger_signs import SignGroup, sign_group
from acupwa.quiz.standing_signs import standing_signs
from acupwa.sentences import say
from acupwa.web.forms import FieldError
from acupwa.wording import gettext as _
from acupwa.wording import weekday_date_words

# Value, words, a hint that may be empty, and whether it is ticked.
Tick = tuple[str, str, str, bool]


class AfterSessionPage(Told, frozen=True, kw_only=True):
    """`day` is when it was. `signs` is the row of danger signs after needles; `pauses` are what the course waits for,
    `effects` what passes by itself. `danger`: a sign stands already, and nothing here takes it off.
    """

    template: ClassVar[str] = "planner/after_session.html"
    number: int
    day: str
    felt: str
    feelings: tuple[tuple[str, str], ...]
    signs: SignGroup
    pauses: tuple[Tick, ...]
    effects: tuple[Tick, ...]
    danger: bool
    to: str
    country: str | None
    errors: tuple[FieldError, ...] = ()


def after_session_page(
    plan: SavedPlan,
    number: int,
    state: PlannerState,
    library: Library,
    *,
    to: str = "",
    said: AfterSession | None = None,
    errors: tuple[FieldError, ...] = (),
) -> AfterSessionPage:
    """`number` is that of a session that stands. `said` is what a form with faults says; else what was kept is shown."""
    session = next(one for one in plan.standing if one.number == number)
    said = said or AfterSession(felt=session.felt, side_effects=session.followed)
    country = _country(state)
    return AfterSessionPage(
        title=say("planner.after.title"),
        number=number,
        day=weekday_date_words(session.day),
        felt=said.felt or "",
        feelings=tuple(zip(FELT, (_("Good"), _("All right"), _("Bad")), strict=True)),
        signs=_signs(said, country, library),
        pauses=tuple((one.id, one.name, "", one.id in said.pauses) for one in pauses_asked(library)),
        effects=tuple(
            (one.id, one.words, one.do, one.id in said.side_effects) for one in library.side_effects.values()
        ),
        danger=bool(standing_signs(state.check_ins, library).told_in),
        to="today" if to == "today" else "plan",
        country=country,
        errors=errors,
    )


def can_be_told(plan: SavedPlan | None, number: int, now: datetime) -> bool:
    """Whether the page is there: its session stands, and is not to come."""
    return any(one.number == number and can_be_logged(one, plan, now) for one in plan.standing) if plan else False


def session_of(plan: SavedPlan | None, number: int) -> PlannedSession | None:
    return next((one for one in plan.standing if one.number == number), None) if plan else None


def _signs(said: AfterSession, country: str | None, library: Library) -> SignGroup:
    ticked = Answers(red_flags=said.red_flags, groups=(AFTER_NEEDLES,) if said.group else ())
    group = sign_group(known_groups(library)[AFTER_NEEDLES], signs_asked(library), ticked, country, library)
    return msgspec.structs.replace(group, name=_("A danger sign after needles: you may need help now"))


def _country(state: PlannerState) -> str | None:
    return (state.check_in and state.check_in.answers.country) or country_of(state.check_ins)
