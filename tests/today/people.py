"""People of whom Today knows something: check-ins, plans and sessions on days counted from one Monday."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from acupwa.library.load import load_library
from acupwa.planner.model import PlannedSession, PlanRequest, SavedPlan
from acupwa.quiz.completion import finish
from acupwa.quiz.model import CheckIn
from acupwa.today.model import KnownPerson
from tests.support.answers import make_answers, make_draft

LIBRARY = load_library()
# A Monday, at ten; sessions are at nine.
START = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
DRAFT_DAYS = 30
RATED = {"ratings": {"pain": 7}, "main_symptom": "pain", "acupuncture_before": "no"}
replace = msgspec.structs.replace


def at(day: float) -> datetime:
    return START + timedelta(days=day)


def draft(day: float, *signs: str, seen: tuple[str, ...] = ("right-now", "about-you"), **given: Any) -> CheckIn:
    id = UUID(f"019aaf00-0000-7000-8000-{int(day * 100) + 10_000:012d}")
    answers = make_answers(**{**RATED, "red_flags": signs, **given})
    return make_draft(answers, id=id, created_at=at(day), updated_at=at(day), seen=seen)


def finished(day: float, *signs: str, **given: Any) -> CheckIn:
    return finish(draft(day, *signs, **given), at(day), LIBRARY)


def plan(first: int, count: int = 10, *, told: bool = False, **logs: str) -> SavedPlan:
    """One session a week, the first on day `first`. `logs`: what was said of one, as `s1="went"`; `told`: also what came after."""
    sessions = tuple(
        PlannedSession(
            number=number, day=at(first + 7 * (number - 1)).date(), time="09:00", minutes=40, phase="course",
            log=logs.get(f"s{number}"), logged_at=at(first) if f"s{number}" in logs else None,
            told=told and logs.get(f"s{number}") == "went",
        )
        for number in range(1, count + 1)
    )  # fmt: skip
    request = PlanRequest(
        conditions=("ra",), first_day=sessions[0].day, weekdays=("mon",), time="09:00", time_zone="UTC", per_week=1,
        max_sessions=count, minutes=40,
    )  # fmt: skip
    return SavedPlan(
        id=UUID("019aaf00-0000-7000-8000-000000000099"), request=request, sessions=sessions, own_days_off=(),
        country=None, content_version="0a1b", language="en", created_at=START, updated_at=START,
    )  # fmt: skip


def person(day: float, *check_ins: CheckIn, **given: Any) -> KnownPerson:
    newest_first = tuple(sorted(check_ins, key=lambda one: (one.created_at, one.id), reverse=True))
    return KnownPerson(now=at(day), draft_days=DRAFT_DAYS, check_ins=newest_first, **given)
