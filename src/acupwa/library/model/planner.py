"""What the planner goes by: its numbers, what trials gave, and when to stop."""

from __future__ import annotations

from collections.abc import Mapping

from acupwa.library.model.base import Content

PLANNER_NUMBERS = (
    "per_week_default",
    "per_week_max",
    "days_apart",
    "sessions_default",
    "sessions_low",
    "sessions_ceiling",
    "minutes_default",
    "window_weeks",
    "safety_after",
    "light_after",
    "light_when_more_than",
    "decide_after",
    "decide_latest",
    "finish_percent",
    "extend_percent",
    "extend_sessions",
)


class PlannerNumber(Content, frozen=True, kw_only=True):
    """One number of the planner with the ground it stands on: trials, or `our choice` said in `why`."""

    value: float
    name: str
    why: str
    studies: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    ours: bool = False


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
    """A review, an outcome of the decision, or a step after the course, with its ground."""

    id: str
    title: str
    says: str
    studies: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    ours: bool = False


class StopSign(Content, frozen=True, kw_only=True):
    """A reason to have no more needles for now, with the danger signs and precautions that it stands for."""

    says: str
    red_flags: tuple[str, ...] = ()
    precautions: tuple[str, ...] = ()


class Guidance(Content, frozen=True, kw_only=True):
    """`closed` says what to do instead, by `key:id`, by key, or by `red_flags:<urgency>`."""

    numbers: Mapping[str, PlannerNumber]
    by_condition: tuple[ConditionPlan, ...]
    protocols: tuple[Protocol, ...]
    reviews: tuple[PlannerWords, ...]
    decisions: tuple[PlannerWords, ...]
    afterwards: tuple[PlannerWords, ...]
    cautions: Mapping[str, PlanCaution]
    closed: Mapping[str, str]
    stop_at_once: tuple[StopSign, ...]
