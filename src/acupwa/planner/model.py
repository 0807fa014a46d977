"""The values of the planner. Frozen; days and times are local to the request's time zone."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Literal
from uuid import UUID

import msgspec

from acupwa.library.model import AgeBand
from acupwa.planner.gate import Caution
from acupwa.quiz.reason import Reason

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Phase = Literal["course", "extension", "taper", "short"]
ReviewKind = Literal["safety", "light", "decide"]
SessionLog = Literal["went", "missed"]
NoSuchSession = Literal["no-such-session"]
EndedAs = Literal["finished", "stopped"]
Felt = Literal["good", "all-right", "bad"]
StepKind = Literal[
    "carried", "made", "changed", "logged", "moved", "replanned", "paused", "resumed", "days-off", "extended", "tapered",
    "finished", "restarted", "undone",
]  # fmt: skip


class PlanRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What a plan is made from; the names are those of the `plan` format.

    `time` is HH:MM. `every_weeks` 2, with one session a week at most: once every two weeks. `minutes` is one session, `travel_minutes` the whole way there and back. `price` is for one
    session in `currency` (ISO 4217), `max_money` the most that all of them may cost.
    """

    conditions: tuple[str, ...]
    first_day: date
    weekdays: tuple[str, ...]
    time: str
    time_zone: str
    per_week: int
    max_sessions: int
    minutes: int
    every_weeks: int = 1
    days_off: tuple[date, ...] = ()
    price: float | None = None
    max_money: float | None = None
    currency: str | None = None
    travel_minutes: int = 0
    age_band: AgeBand | None = None
    red_flags: tuple[str, ...] = ()
    precautions: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    main_symptom: str | None = None


class CourseSession(msgspec.Struct, frozen=True, kw_only=True):
    """One session. `local` (naive) is what the clock on the wall shows, `start` the same with its offset.

    One that was missed, or is of an earlier part of the course, does not count towards how many there may be.
    """

    number: int
    local: datetime
    start: datetime
    minutes: int
    phase: Phase
    counts: bool = True


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


class PlannedSession(msgspec.Struct, frozen=True, kw_only=True):
    """One session. `day` and `time` (HH:MM) are local to the plan's time zone.

    `log`: what the person said became of it, at `logged_at` (UTC); both are None until then. A session that was logged
    neither moves nor falls away. `felt` is how it was, `followed` the ids of what came after it; `told`: they were asked
    what came after, so that nothing named means that nothing did. `left_open`: the newest moment (UTC) at which it began
    with nothing noted of it before a change put it elsewhere or took it away: nobody but the person knows whether they
    went then.
    """

    number: int
    day: date
    time: str
    minutes: int
    phase: Phase
    sequence: int = 0
    cancelled: bool = False
    moved: bool = False
    log: SessionLog | None = None
    logged_at: datetime | None = None
    felt: Felt | None = None
    followed: tuple[str, ...] = ()
    told: bool = False
    left_open: datetime | None = None

    @property
    def local(self) -> datetime:
        return datetime.combine(self.day, time.fromisoformat(self.time))


class AskedPlan(msgspec.Struct, frozen=True, kw_only=True):
    """A plan before its course is made. `country` (ISO 3166-1) when its public holidays are to be left out.

    The days off of `request` are `own_days_off` and those holidays.
    """

    request: PlanRequest
    own_days_off: tuple[date, ...]
    country: str | None


class Laid(msgspec.Struct, frozen=True, kw_only=True):
    """Where a step put a session."""

    number: int
    day: date
    time: str
    minutes: int
    phase: Phase
    moved: bool = False


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """The part of the course that runs, from session `first` on: the course with its extension, a taper, a short one."""

    first: int = 1
    phase: Literal["course", "taper", "short"] = "course"


class Pause(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """No sessions since then (UTC). `reason` is the id of one of the guidance's pauses, `also` are those told with it."""

    reason: str
    since: datetime
    also: tuple[str, ...] = ()

    @property
    def reasons(self) -> tuple[str, ...]:
        return (self.reason, *self.also)


class Step(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that happened to a plan, at a moment in UTC. It is kept as what it came to, not as what was asked for:
    which sessions it laid where and which it dropped. So a plan comes out of its steps the same under any rules.

    `number` is the session that it is about; `rest`: the later ones went along. Only `carried`, the first step of a plan
    that is older than its steps, has `sessions` and `ended_at`. `ended_as`: of `finished`, what the person said it was.
    """

    kind: StepKind
    at: datetime
    asked: AskedPlan | None = None
    content_version: str = ""
    language: str = ""
    sessions: tuple[PlannedSession, ...] = ()
    laid: tuple[Laid, ...] = ()
    dropped: tuple[int, ...] = ()
    number: int | None = None
    rest: bool = False
    log: SessionLog | None = None
    felt: Felt | None = None
    followed: tuple[str, ...] = ()
    told: bool = False
    pause: Pause | None = None
    ended_at: datetime | None = None
    ended_as: EndedAs | None = None
    part: Part | None = None


class SavedPlan(msgspec.Struct, frozen=True, kw_only=True):
    """`request` is what was asked for; its days off are `own_days_off` and the public holidays of `country`.

    `country` (ISO 3166-1) is None when no holidays are left out. Times are UTC. All of it follows from `steps`
    (`planner.history`), the oldest first; a plan that is older than its steps has none.
    """

    id: UUID
    request: PlanRequest
    sessions: tuple[PlannedSession, ...] = msgspec.field(name="visits")
    own_days_off: tuple[date, ...]
    country: str | None
    content_version: str
    language: str
    created_at: datetime
    updated_at: datetime
    part: Part = Part()
    pause: Pause | None = None
    ended_at: datetime | None = None
    steps: tuple[Step, ...] = ()

    @property
    def standing(self) -> tuple[PlannedSession, ...]:
        """The sessions that were not cancelled, in order; also those that are over."""
        return tuple(session for session in self.sessions if not session.cancelled)
