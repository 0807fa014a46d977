"""The plan that a person has already, as far as a summary tells of it. Pure."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from acupwa.planner.model import PlannedSession, SavedPlan
from acupwa.sentences import say
from acupwa.wording import time_words, weekday_date_words


class KeptPlan(msgspec.Struct, frozen=True, kw_only=True):
    """`next_session` is the first from today on, by the day where the plan is; None when all are over, and while the plan
    is `on_hold` or once it has `ended`.
    """

    next_session: PlannedSession | None
    on_hold: bool = False
    ended: bool = False


def kept_plan_of(plan: SavedPlan, now: datetime) -> KeptPlan:
    """`now` is aware."""
    today = now.astimezone(ZoneInfo(plan.request.time_zone)).date()
    running = plan.pause is None and plan.ended_at is None
    ahead = next((one for one in plan.standing if one.day >= today), None) if running else None
    return KeptPlan(next_session=ahead, on_hold=plan.pause is not None, ended=plan.ended_at is not None)


def kept_plan_words(kept: KeptPlan, *, open: bool, ask_first: bool) -> str:
    """`open`: these answers let a plan be made. `ask_first`: a doctor has to agree before it."""
    session = kept.next_session
    if not open:
        return say("results.plan.kept_closed")
    if kept.on_hold:
        return say("results.plan.kept_on_hold")
    if kept.ended:
        return say("results.plan.kept_ended")
    if session is None:
        return say("results.plan.kept_over")
    next_one = say("results.plan.kept_next", day=weekday_date_words(session.day), time=time_words(session.local))
    return " ".join((next_one, say("results.plan.kept_ask_first"))) if ask_first else next_one
