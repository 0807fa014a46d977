"""Quiet hours: whether a moment lies in them, and the last minute before them. By the clocks on the wall. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from acupwa.reminders.model import QuietHours

_MINUTE, _INSTANT = timedelta(minutes=1), timedelta(microseconds=1)
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
    """The moment itself where it is not quiet, else the last minute before; never later. None when there is none."""
    if quiet is None or not is_quiet(moment, quiet, zone):
        return moment
    minute = moment.astimezone(UTC).replace(second=0, microsecond=0)
    # One by one: clocks that change in between would make a wrong sum of it.
    for _minutes in range(_MOST_MINUTES):
        if not is_quiet(minute, quiet, zone):
            return minute
        minute -= _MINUTE
    return None


def until_quiet(moment: datetime, latest: datetime, quiet: QuietHours | None, zone: ZoneInfo) -> datetime:
    """`latest`, or the moment after `moment` at which they begin, whichever comes first. `moment` is not quiet itself."""
    minute = moment.astimezone(UTC).replace(second=0, microsecond=0) + _MINUTE
    while minute <= latest:
        if is_quiet(minute, quiet, zone):
            return minute - _INSTANT
        minute += _MINUTE
    return latest
