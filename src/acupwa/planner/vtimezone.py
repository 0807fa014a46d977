"""The VTIMEZONE of a zone: yearly rules where the zone keeps to some, else each change by itself.

Outlook wants yearly rules; Morocco has none. icalendar's own generator puts the spring change an hour late.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec

if TYPE_CHECKING:
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

YEARS_OF_PROOF = 8
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Change(msgspec.Struct, frozen=True):
    """The clock is turned. `wall` is naive: what it showed at that moment, before it was turned."""

    wall: datetime
    before: timedelta
    after: timedelta
    summer: bool
    name: str


def timezone_of(zone: ZoneInfo, year: int) -> Timezone:
    """Right from the start of `year` on: for ever where the zone keeps to yearly rules, else two years."""
    from icalendar import Timezone  # see ics.py

    part = Timezone()
    part.add("tzid", zone.key)
    first = _state_at_start(zone, year)
    changes = changes_of(zone, year, YEARS_OF_PROOF)
    rules = _yearly_rules(changes, year)
    if rules:
        for change, rule in rules:
            part.add_component(_observance(change, rule))
        return part
    part.add_component(_observance(first, None))
    for change in changes:
        if change.wall.year <= year + 2:
            part.add_component(_observance(change, None))
    return part


@lru_cache(maxsize=64)
def changes_of(zone: ZoneInfo, year: int, years: int) -> tuple[Change, ...]:
    """All changes from the first day of `year`, in order."""
    return tuple(_changes(zone, datetime(year, 1, 1, tzinfo=UTC), datetime(year + years, 1, 1, tzinfo=UTC)))


def _changes(zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[Change]:
    day = timedelta(days=1)
    while start < end:
        if _offset(start, zone) != _offset(start + day, zone):
            yield _exact_change(start, start + day, zone)
        start += day


def _exact_change(low: datetime, high: datetime, zone: ZoneInfo) -> Change:
    before, after = _offset(low, zone), _offset(high, zone)
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low).total_seconds() // 2)
        low, high = (middle, high) if _offset(middle, zone) == before else (low, middle)
    local, wall = high.astimezone(zone), (high + before).replace(tzinfo=None)
    return Change(wall, before, after, bool(local.dst()), local.tzname() or "")


def _state_at_start(zone: ZoneInfo, year: int) -> Change:
    local = datetime(year, 1, 1, tzinfo=zone)
    offset = local.utcoffset() or timedelta(0)
    return Change(datetime(year, 1, 1), offset, offset, bool(local.dst()), local.tzname() or "")  # noqa: DTZ001


def _offset(at: datetime, zone: ZoneInfo) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta(0)


def _yearly_rules(changes: tuple[Change, ...], year: int) -> list[tuple[Change, dict[str, object]]]:
    """Summer and winter time as yearly rules, when the zone keeps to two in all the years looked at."""
    rules: list[tuple[Change, dict[str, object]]] = []
    for summer in (True, False):
        same = [change for change in changes if change.summer is summer]
        if [change.wall.year for change in same] != list(range(year, year + YEARS_OF_PROOF)):
            return []
        first = same[0]
        steady = {(one.wall.month, one.wall.weekday(), one.wall.time(), one.before, one.after) for one in same}
        weeks = set.intersection(*(_weeks_of(one.wall) for one in same))
        if len(steady) != 1 or not weeks:
            return []
        by_day = f"{min(weeks)}{_DAYS[first.wall.weekday()]}"
        rules.append((first, {"freq": "yearly", "bymonth": first.wall.month, "byday": by_day}))
    return rules


def _weeks_of(wall: datetime) -> set[int]:
    """Which of its weekday in the month a day is, and -1 when it is the last."""
    last = wall.day + 7 > calendar.monthrange(wall.year, wall.month)[1]
    return {(wall.day - 1) // 7 + 1} | ({-1} if last else set())


def _observance(change: Change, rule: dict[str, object] | None) -> TimezoneDaylight | TimezoneStandard:
    from icalendar import TimezoneDaylight, TimezoneStandard

    part = TimezoneDaylight() if change.summer else TimezoneStandard()
    part.add("dtstart", change.wall)
    part.add("tzoffsetfrom", change.before)
    part.add("tzoffsetto", change.after)
    part.add("tzname", change.name)
    if rule:
        part.add("rrule", rule)
    return part
