"""A person's reminders over days, looked at as the runner does: at the moment that a look gave, or when they wake it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from acupwa.planner.model import SavedPlan
from acupwa.reminders.model import Choices, Clock, Due, QuietHours, Told
from acupwa.reminders.moments import look
from acupwa.today.model import KnownPerson
from acupwa.zones import localised
from tests.today.people import LIBRARY, person, plan

replace = msgspec.structs.replace
ANY_HOUR = Choices(quiet=None)
NIGHT = QuietHours(time(21), time(8))


def quiet(begins: str, ends: str) -> QuietHours:
    return QuietHours(time.fromisoformat(begins), time.fromisoformat(ends))


def plan_at(hour: str, zone: str = "UTC", first: int = 3, count: int = 2, **logs: str) -> SavedPlan:
    """Sessions at `hour`, a week apart, from day `first` on."""
    made = plan(first, count, **logs)
    request = replace(made.request, time=hour, time_zone=zone)
    sessions = tuple(replace(one, time=hour) for one in made.sessions)
    return replace(made, request=request, sessions=sessions, created_at=datetime(2026, 1, 1, tzinfo=UTC))


class Sent(msgspec.Struct, frozen=True):
    at: datetime
    due: Due

    @property
    def told(self) -> tuple[str, str]:
        """On UTC's clocks, as `03 08:00`."""
        return self.at.strftime("%d %H:%M"), self.due.says


def live(
    known: Callable[[datetime], KnownPerson],
    begins: datetime,
    ends: datetime,
    choices: Choices = ANY_HOUR,
    told: Told = Told(),
    delay: Callable[[], timedelta] = timedelta,
    wakes: tuple[datetime, ...] = (),
) -> list[Sent]:
    """All that is sent from `begins` on. `wakes` are moments at which something of the person changes."""
    clock, now, sent = Clock(choices=choices, looked_until=begins), begins, []
    while now < ends:
        found = look(known(now), clock, told, LIBRARY)
        sent += [Sent(now, one) for one in found.due]
        clock = replace(clock, looked_until=now, noticed=found.noticed, seen=found.seen)
        following = min([found.next, *(one for one in wakes if one > now)])
        assert now < following <= now + timedelta(hours=24)
        now = following + delay()
    return sent


def known_at(*check_ins: Any, zone: str = "UTC", **given: Any) -> Callable[[datetime], KnownPerson]:
    """The same person at any moment: check-ins that were finished by then."""

    def known(now: datetime) -> KnownPerson:
        there = [one for one in check_ins if one.created_at <= now]
        found = replace(person(0, *there, **given), now=now.astimezone(ZoneInfo(zone)))
        return localised(found, zone)

    return known
