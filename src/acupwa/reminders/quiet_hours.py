"""Quiet hours: whether a moment lies in them, and the quarter of an hour before them. By the clocks on the wall. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from acupwa.reminders.model import QuietHours

# Before they begin: time for a look, and for a push service that is busy to be tried again.
BEFORE = timedelta(minutes=15)
_MINUTE = timedelta(minutes=1)
# Of a day and a change of clocks: hours that were quiet twice, or not at all.
_MOST_MINUTES = 28 * 60


def is_quiet(moment: datetime, quiet: QuietHours | None, zone: ZoneInfo) -> bool:
    """`moment` is aware. The minute at which they begin is quiet, the one at which they end is not."""
    if quiet is None:
        return False
    wall = moment.astimezone(zone).time()
    if quiet.begins < quiet.ends:
        return quiet.begins <= wall < quiet.ends
    return wall >= quiet.begins or wall < quiet.ends


def before_quiet(moment: datetime, quiet: QuietHours | None, zone: ZoneInfo) -> datetime | None:
    """The moment itself where it is not quiet, else a quarter of an hour before they began, or less where others ended
    just before. Never later. None when there is none.
    """
    if quiet is None or not is_quiet(moment, quiet, zone):
        return moment
    minute = moment.astimezone(UTC).replace(second=0, microsecond=0)
    # One by one: clocks that change in between would make a wrong sum of it.
    for _minutes in range(_MOST_MINUTES):
        minute -= _MINUTE
        if not is_quiet(minute, quiet, zone):
            earliest = minute + _MINUTE - BEFORE
            while minute > earliest and not is_quiet(minute - _MINUTE, quiet, zone):
                minute -= _MINUTE
            return minute
    return None


def next_quiet(moment: datetime, latest: datetime, quiet: QuietHours | None, zone: ZoneInfo) -> datetime:
    """When they begin after `moment`, which is not quiet itself; `latest` where that is sooner."""
    if quiet is None:
        return latest
    here, there = moment.astimezone(zone), latest.astimezone(zone)
    if here.utcoffset() == there.utcoffset():
        wall = timedelta(hours=here.hour, minutes=here.minute, seconds=here.second, microseconds=here.microsecond)
        begins = timedelta(hours=quiet.begins.hour, minutes=quiet.begins.minute)
        return min(latest, moment + (begins - wall) % timedelta(days=1))
    minute = moment.astimezone(UTC).replace(second=0, microsecond=0) + _MINUTE
    while minute < latest and not is_quiet(minute, quiet, zone):
        minute += _MINUTE
    return min(minute, latest)
