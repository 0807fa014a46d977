"""What the page of a plan offers beside its course: a fair start, the talk, what comes after. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from acupwa.library.model import Library
from acupwa.planner.earlier_course import course_before
from acupwa.planner.fair_start import begins_at, fair_start, fair_words
from acupwa.planner.log import states_of, to_come
from acupwa.planner.model import PlannedSession, SavedPlan
from acupwa.planner.stages import open_decision, restart_offered, taper_offered
from acupwa.planner.statements import Statement, Statements
from acupwa.quiz.model import CheckIn
from acupwa.wording import weekday_date_words
from acupwa.zones import day_in


class StagesView(msgspec.Struct, frozen=True, kw_only=True):
    """`fair` asks for a second check-in before session 1. `talk` is the number of the session after which it is time to
    decide; 0 for none. `over`: no session is to come; `ended` is the day on which the course was ended, if it was. `lived`: a session has been, so that there is something to sum up. `before` is
    the number with which the course before began; 0 for none.
    """

    fair: str
    talk: int
    over: bool
    ended: str
    lived: bool
    before: int
    taper: bool
    short: bool
    afterwards: tuple[Statement, ...]


def stages_view(plan: SavedPlan, finished: Sequence[CheckIn], now: datetime, library: Library) -> StagesView:
    guidance, begins, statements = library.guidance, begins_at(plan), Statements(library)
    session = open_decision(plan, now, guidance)
    start = fair_start(finished, begins, now, library) if begins and not plan.pause else None
    return StagesView(
        fair=fair_words(start, begins) if start and begins else "",
        talk=session.number if session else 0,
        over=not to_come(plan, now) and not plan.pause,
        ended=weekday_date_words(day_in(plan.request.time_zone, plan.ended_at)) if plan.ended_at else "",
        lived=bool(sessions_lived(plan, now)),
        before=course_before(plan),
        taper=taper_offered(plan, now, guidance),
        short=restart_offered(plan, now),
        afterwards=tuple(statements.of_words(one) for one in guidance.afterwards),
    )


def sessions_lived(plan: SavedPlan, now: datetime) -> tuple[PlannedSession, ...]:
    """Those that were noted, or are over."""
    states = states_of(plan, now)
    return tuple(one for one in plan.standing if states[one.number] in ("went", "missed", "over"))
