"""What the planner goes by: its numbers, what trials gave, and when to stop."""

from __future__ import annotations

from collections.abc import Mapping

from acupwa.library.model.base import Content


class PlannerNumber(Content, frozen=True, kw_only=True):
    """One number of the planner with the ground it stands on: trials, or `our choice` said in `why`."""

    value: int
    name: str
    why: str
    studies: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    ours: bool = False


class PlannerNumbers(Content, frozen=True, kw_only=True):
    """The numbers of a course. Sessions, days and weeks are counted; `_percent` is of the rating before session 1.

    `safety_after`, `light_after`, `decide_after` and `decide_latest` are numbers of sessions.
    """

    per_week_default: PlannerNumber
    per_week_max: PlannerNumber
    days_apart: PlannerNumber
    sessions_default: PlannerNumber
    sessions_low: PlannerNumber
    sessions_ceiling: PlannerNumber
    minutes_default: PlannerNumber
    window_weeks: PlannerNumber
    fortnight_sessions: PlannerNumber
    fortnight_window_weeks: PlannerNumber
    safety_after: PlannerNumber
    light_after: PlannerNumber
    light_when_more_than: PlannerNumber
    decide_after: PlannerNumber
    decide_latest: PlannerNumber
    extend_sessions: PlannerNumber
    taper_sessions: PlannerNumber
    taper_weeks: PlannerNumber
    short_least: PlannerNumber
    short_most: PlannerNumber

    def items(self) -> tuple[tuple[str, PlannerNumber], ...]:
        """Each with its name, in the order of the fields."""
        return tuple((name, getattr(self, name)) for name in self.__struct_fields__)


class ConditionPlan(Content, frozen=True, kw_only=True):
    """How a course differs for one condition. `caution` is the id of a PlanCaution or of a precaution."""

    condition: str
    says: str
    studies: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    experimental: bool = False
    caution: str | None = None


class Protocol(Content, frozen=True, kw_only=True):
    """The dose of one trial, for the picture of what trials gave. Ranges are (low, high)."""

    id: str
    condition: str
    study: str | None = None
    fact: str | None = None
    says: str
    sessions: tuple[int, int] | None = None
    per_week: tuple[float, float] | None = None
    weeks: tuple[float, float] | None = None
    minutes: int | None = None


class PlanCaution(Content, frozen=True, kw_only=True):
    """Something to know about a plan that is made all the same."""

    title: str
    says: str


class PlannerWords(Content, frozen=True, kw_only=True):
    """A review, what trials did at the time to decide, or a step after the course, with its ground."""

    id: str
    title: str
    says: str
    studies: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    ours: bool = False


class PauseReason(Content, frozen=True, kw_only=True):
    """Why a course waits. `precaution` says more of it, with its evidence; `in_log`: asked after each session, and pauses
    the course by itself. `why` stands in place of the words of the precaution, which are for before needles. `red_flags`:
    the danger signs that what it `says` rests on.
    """

    id: str
    name: str
    says: str
    precaution: str | None = None
    red_flags: tuple[str, ...] = ()
    why: str = ""
    in_log: bool = False
    ours: bool = False


class StopSign(Content, frozen=True, kw_only=True):
    """A reason to have no more needles for now, with the danger signs and precautions that it stands for."""

    says: str
    red_flags: tuple[str, ...] = ()
    precautions: tuple[str, ...] = ()


class Guidance(Content, frozen=True, kw_only=True):
    """`closed` says what to do instead, by `key:id`, by key, or by `red_flags:<urgency>`."""

    numbers: PlannerNumbers
    by_condition: tuple[ConditionPlan, ...]
    protocols: tuple[Protocol, ...]
    reviews: tuple[PlannerWords, ...]
    decisions: tuple[PlannerWords, ...]
    afterwards: tuple[PlannerWords, ...]
    cautions: Mapping[str, PlanCaution]
    closed: Mapping[str, str]
    stop_at_once: tuple[StopSign, ...]
    pauses: tuple[PauseReason, ...]
