"""A fair test of one's own: two check-ins with the main number before session 1, a week apart. Pure.

The rule: docs/rules.md, "A fair start". Someone may be starting in a bad week, which can pass by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

import msgspec

from acupwa.library.model import Library
from acupwa.planner.history import standing_steps, steps_of
from acupwa.planner.model import SavedPlan
from acupwa.planner.plan import sessions_of
from acupwa.quiz.model import CheckIn
from acupwa.quiz.rules import main_outcome
from acupwa.sentences import say
from acupwa.wording import weekday_date_words

# The questions look back a week: two numbers that are nearer to each other share days.
WEEK = timedelta(days=7)
ENOUGH = 2
# Our choice: a number of longer ago tells nothing of how the course begins.
NEAR = timedelta(days=42)


class FairStart(msgspec.Struct, frozen=True, kw_only=True):
    """`numbers` is how many finished check-ins with the main number there are before session 1, `days_apart` the days
    from the first of them to the last. `another_from`: the first day for one more, a week after the last and before
    session 1; None when there are two a week apart, when there is none to go on from, and when there is no time.
    """

    numbers: int
    days_apart: int
    another_from: date | None


def fair_start(check_ins: Iterable[CheckIn], begins: datetime, now: datetime, library: Library) -> FairStart:
    """`begins` is when session 1 begins, on the clocks where the sessions are."""
    rated = rated_before(check_ins, begins, library)
    days = [_day(one, begins) for one in rated]
    apart = (days[-1] - days[0]).days if days else 0
    another = max(days[-1] + WEEK, now.astimezone(begins.tzinfo).date()) if days else None
    fits = another is not None and now < begins and another < begins.date() and apart < WEEK.days
    return FairStart(numbers=len(rated), days_apart=apart, another_from=another if fits else None)


def rated_before(check_ins: Iterable[CheckIn], begins: datetime, library: Library) -> tuple[CheckIn, ...]:
    """The finished ones of the last weeks before session 1 in which the main problem was rated, the oldest first."""
    near = [one for one in check_ins if one.finished_at and begins - NEAR <= one.finished_at < begins]
    finished = sorted(near, key=finished_at)
    key = next((main for one in reversed(finished) if (main := main_outcome(one.answers))), None)
    if key is None or key not in library.ratings:
        return ()
    return tuple(one for one in finished if one.answers.ratings.get(key) is not None)


def finished_at(check_in: CheckIn) -> datetime:
    return check_in.finished_at or check_in.updated_at


def first_of_course(plan: SavedPlan) -> int:
    """The number of the session with which the course began that runs, or ran last. A taper belongs to its course."""
    parts = [step.part for step in standing_steps(steps_of(plan)) if step.part and step.part.phase != "taper"]
    return parts[-1].first if parts else 1


def begins_at(plan: SavedPlan) -> datetime | None:
    """When session 1 of that course begins, or began: the first that was not missed. None while none stands."""
    first, missed = first_of_course(plan), {one.number for one in plan.standing if one.log == "missed"}
    return min(
        (one.start for one in sessions_of(plan) if one.number >= first and one.number not in missed), default=None
    )


def fair_words(start: FairStart, begins: datetime) -> str:
    """What is asked for, and why; empty where nothing is."""
    if start.another_from is None:
        return ""
    first = weekday_date_words(start.another_from)
    if start.another_from == begins.date() - timedelta(days=1):
        return say("planner.fair.on", day=first)
    return say("planner.fair.between", first=first, last=weekday_date_words(begins.date() - timedelta(days=1)))


def _day(check_in: CheckIn, begins: datetime) -> date:
    return finished_at(check_in).astimezone(begins.tzinfo).date()
