"""What Today knows of a person, and the things that can wait for them."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Literal

import msgspec

from acupwa.planner.gate import Gate
from acupwa.planner.model import PlannedSession, SavedPlan
from acupwa.quiz.model import CheckIn
from acupwa.quiz.position import Position
from acupwa.quiz.standing_signs import StandingSigns
from acupwa.reading.model import ListState
from acupwa.reading.ranking import ListedPage

Tab = Literal["today", "check-in", "plan", "read", "you"]
ClinicAsk = Literal["again", "first", "share", "plan", "pages"]
DueFor = Literal["closed", "held", "before", "second", "light", "decide"]


class ClinicWaits(msgspec.Struct, frozen=True, kw_only=True):
    """What a clinic asks for, or sent: a short check-in `again`, a `first` one, to `share` it; a `plan`, `pages`.

    `href` leads to it. Of `again` it is the address of the reminder, to which its answers are added.
    """

    clinic: str
    what: ClinicAsk
    href: str

    @property
    def tab(self) -> Tab:
        return "check-in" if self.what in ("again", "first") else "you"


class KnownPerson(msgspec.Struct, frozen=True, kw_only=True):
    """`check_ins` are all of theirs, drafts too, the newest first. Moments are on the clocks where they are.

    A draft counts as gone `draft_days` after it was last changed, but for its danger signs. `reminded`: a reminder of a
    clinic is shown that was not noted as shown today.
    """

    now: datetime
    draft_days: int
    check_ins: tuple[CheckIn, ...] = ()
    plan: SavedPlan | None = None
    marks: ListState = ListState()
    clinics: tuple[ClinicWaits, ...] = ()
    reminded: bool = False

    @property
    def newest(self) -> CheckIn | None:
        """The newest finished check-in, which also the gate of a plan goes by."""
        return max((one for one in self.check_ins if one.finished), key=lambda one: one.place, default=None)


class DangerStands(msgspec.Struct, frozen=True):
    tab: ClassVar[Tab | None] = "today"
    signs: StandingSigns


class DraftWaits(msgspec.Struct, frozen=True):
    """`position`: on which screen it goes on."""

    tab: ClassVar[Tab | None] = "check-in"
    draft: CheckIn
    position: Position


class SafetyCheck(msgspec.Struct, frozen=True):
    """The first session of a course that the person went to, of which they have not said what came after."""

    tab: ClassVar[Tab | None] = "plan"
    session: PlannedSession


class SessionToLog(msgspec.Struct, frozen=True):
    """A session that is over, of which nothing was said. `days_ago`: 0 for today."""

    tab: ClassVar[Tab | None] = "plan"
    session: PlannedSession
    days_ago: int


class SessionSoon(msgspec.Struct, frozen=True):
    """A session today or tomorrow. `closed`: the answers stand against it; `ask_first`: a doctor is asked first."""

    tab: ClassVar[Tab | None] = None
    session: PlannedSession
    tomorrow: bool
    closed: bool
    ask_first: bool


class CheckInDue(msgspec.Struct, frozen=True):
    """A check-in that the plan waits for: before or after session `number`; `paused`, as its gate is closed; `held`, as
    it is on hold and a week has gone by; `second`: one more before session 1, for a fair start.
    """

    tab: ClassVar[Tab | None] = "check-in"
    why: DueFor
    number: int


class GoOn(msgspec.Struct, frozen=True):
    """A course on hold that can go on: a check-in was finished since, and the gate is open. `left`: its sessions."""

    tab: ClassVar[Tab | None] = "plan"
    left: int


class Settling(msgspec.Struct, frozen=True):
    """A course that was put on hold less than a week ago. Nobody is pushed: it never comes first."""

    tab: ClassVar[Tab | None] = None


class TalkReady(msgspec.Struct, frozen=True):
    """The check-in for the decision after session `number` is done: now it can be talked over."""

    tab: ClassVar[Tab | None] = "plan"
    number: int


class NoPlan(msgspec.Struct, frozen=True):
    """A check-in without a plan, and what the gate says of one."""

    tab: ClassVar[Tab | None] = None
    check_in: CheckIn
    gate: Gate
    ask_first: bool


class ReadNext(msgspec.Struct, frozen=True):
    tab: ClassVar[Tab | None] = None
    page: ListedPage


class NothingDue(msgspec.Struct, frozen=True):
    """`session` is the next of the plan, None when there is none to come."""

    tab: ClassVar[Tab | None] = None
    session: PlannedSession | None


class SessionToTell(msgspec.Struct, frozen=True):
    """A later one of the last days: it can be told how it was, and is never the next thing."""

    tab: ClassVar[Tab | None] = None
    session: PlannedSession


class Newcomer(msgspec.Struct, frozen=True):
    """Somebody without a finished check-in."""

    tab: ClassVar[Tab | None] = None


Thing = (
    DangerStands
    | DraftWaits
    | SafetyCheck
    | SessionToLog
    | SessionSoon
    | ClinicWaits
    | CheckInDue
    | GoOn
    | TalkReady
    | NoPlan
    | ReadNext
    | NothingDue
    | Newcomer
    | SessionToTell
    | Settling
)
# In the order in which they come.
KINDS: tuple[type[Thing], ...] = (
    DangerStands, DraftWaits, SafetyCheck, SessionToLog, SessionSoon, ClinicWaits, CheckInDue, GoOn, TalkReady, NoPlan,
    ReadNext, NothingDue, Newcomer, SessionToTell, Settling,
)  # fmt: skip
