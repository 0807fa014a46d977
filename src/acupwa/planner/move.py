"""One session of a plan on another day. The rule: docs/rules.md, "A plan that is lived". Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from acupwa.library.model import Guidance
from acupwa.planner.course import clock_time, free_days, moment, waits_in
from acupwa.planner.history import laid_at
from acupwa.planner.model import NoSuchSession, PlannedSession, SavedPlan, Step
from acupwa.planner.plan import sessions_of

NotMoved = Literal[
    "past",
    "over",
    "too-near-before",
    "too-near-after",
    "day-off",
    "week-full",
    "no-such-time",
    "no-room",
    "logged",
    "not-running",
]


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """Session `number` goes to `day` at `time` (HH:MM), local to the plan's time zone. With `rest` the later sessions
    are spread anew after it.

    `now` is when it was asked for, on the clocks of that zone.
    """

    number: int
    day: date
    time: str
    rest: bool
    now: datetime


def move_session(plan: SavedPlan, now: datetime, *, move: Move, guidance: Guidance) -> Step | NotMoved | NoSuchSession:
    """The step, at `now` in UTC, that moves this one; or why it cannot be.

    The gap, the days off and the most in a week are kept; the chosen weekdays bind only the later ones.
    """
    sessions = plan.standing
    index = next((i for i, one in enumerate(sessions) if one.number == move.number), None)
    if index is None:
        return "no-such-session"
    earlier, later = sessions[:index], sessions[index + 1 :]
    if plan.pause or plan.ended_at:
        return "not-running"
    if any(one.log for one in sessions[index:]):
        return "logged"
    fault = _fault_of(plan, move, earlier, () if move.rest else later, guidance)
    if fault:
        return fault
    if move.rest:
        days = list(islice(_days_after(plan, move, guidance), len(later)))
        if len(days) < len(later):
            return "no-room"
        later = tuple(_on(one, day, plan.request.time) for one, day in zip(later, days, strict=True))
    changed = [one for one in (_on(sessions[index], move.day, move.time), *later) if one not in sessions]
    return Step(
        kind="moved",
        at=now,
        number=move.number,
        rest=move.rest,
        laid=tuple(map(laid_at, changed)),
    )


def earliest_day(plan: SavedPlan, number: int, now: datetime, guidance: Guidance) -> date:
    """The first day to which session `number` can be moved with its time as it is. `now` as in a move."""
    (session,) = (one for one in plan.standing if one.number == number)
    earlier = [one.day for one in plan.standing if one.number < number]
    apart = timedelta(days=guidance.numbers.days_apart.value)
    ahead = now.date() + timedelta(days=_is_over(now.date(), session.time, now))
    return max([ahead, *(day + apart for day in earlier)])


def _days_after(plan: SavedPlan, move: Move, guidance: Guidance) -> Iterator[date]:
    """The days for those that come after it."""
    taken = [*(one.day for one in plan.standing if one.number < move.number), move.day]
    place = sum(one.counts for one in sessions_of(plan) if one.number <= move.number)
    return free_days(plan.request, guidance, first_day=move.day, taken=taken, waits=waits_in(plan.part, place))


def _fault_of(
    plan: SavedPlan,
    move: Move,
    earlier: Sequence[PlannedSession],
    later: Sequence[PlannedSession],
    guidance: Guidance,
) -> NotMoved | None:
    apart = timedelta(days=guidance.numbers.days_apart.value)
    monday = move.day - timedelta(days=move.day.weekday())
    in_week = sum(monday <= one.day < monday + timedelta(days=7) for one in (*earlier, *later))
    skipped = moment(move.day, clock_time(move.time), ZoneInfo(plan.request.time_zone)) is None
    checks: tuple[tuple[bool, NotMoved], ...] = (
        (move.day < move.now.date(), "past"),
        (_is_over(move.day, move.time, move.now), "over"),
        (bool(earlier) and move.day - earlier[-1].day < apart, "too-near-before"),
        (bool(later) and later[0].day - move.day < apart, "too-near-after"),
        (move.day in plan.request.days_off, "day-off"),
        (in_week >= guidance.numbers.per_week_max.value, "week-full"),
        (skipped, "no-such-time"),
    )
    return next((fault for fails, fault in checks if fails), None)


def _is_over(day: date, time: str, now: datetime) -> bool:
    """Whether that time on that day, in the zone of `now`, has come already."""
    at = datetime.combine(day, clock_time(time), tzinfo=now.tzinfo)
    # Between two times of one zone Python compares the clocks on the wall, which go back once a year.
    return at.astimezone(UTC) <= now.astimezone(UTC)


def _on(session: PlannedSession, day: date, time: str) -> PlannedSession:
    if (session.day, session.time) == (day, time):
        return session
    return msgspec.structs.replace(session, day=day, time=time, moved=True)
