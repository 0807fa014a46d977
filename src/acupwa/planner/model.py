"""The values of the planner. Frozen; days and times are local to the request's time zone."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

import msgspec

from acupwa.library.model import AgeBand
from acupwa.planner.gate import Caution
from acupwa.quiz.reason import Reason

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Phase = Literal["course", "extension"]
ReviewKind = Literal["safety", "light", "decide"]


class PlanRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What a plan is made from; the names are those of the `plan` format.

    `time` is HH:MM. `minutes` is one session, `travel_minutes` the whole way there and back. `price` is for one
    session in `currency` (ISO 4217).
    """

    conditions: tuple[str, ...]
    first_day: date
    weekdays: tuple[str, ...]
    time: str
    time_zone: str
    per_week: int
    max_sessions: int
    minutes: int
    days_off: tuple[date, ...] = ()
    price: float | None = None
    currency: str | None = None
    travel_minutes: int = 0
    age_band: AgeBand | None = None
    red_flags: tuple[str, ...] = ()
    precautions: tuple[str, ...] = ()
    main_symptom: str | None = None


class CourseSession(msgspec.Struct, frozen=True, kw_only=True):
    """One session. `local` (naive) is what the clock on the wall shows, `start` the same with its offset."""

    number: int
    local: datetime
    start: datetime
    minutes: int
    phase: Phase


class Review(msgspec.Struct, frozen=True, kw_only=True):
    after_session: int
    kind: ReviewKind


class Totals(msgspec.Struct, frozen=True, kw_only=True):
    """`hours` has one decimal and counts the sessions and the way. `money` is None when no price was given."""

    sessions: int
    hours: float
    money: float | None


class Course(msgspec.Struct, frozen=True, kw_only=True):
    sessions: tuple[CourseSession, ...]
    reviews: tuple[Review, ...]
    totals: Totals
    grounds: tuple[str, ...]
    cautions: tuple[Caution, ...]


class NoCourse(msgspec.Struct, frozen=True, kw_only=True):
    """Why no plan is made, and what to do instead."""

    because: tuple[Reason, ...]
    instead: str
