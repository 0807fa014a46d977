"""A course as an iCalendar file that any calendar reads. Neutral words only: a calendar is seen by others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from acupwa.planner.vtimezone import timezone_of
from acupwa.wording import gettext as _

if TYPE_CHECKING:
    from icalendar import Alarm, Calendar, Event

PRODUCT = "-//Acupwa//Planner//EN"
MEDIA_TYPE = "text/calendar"
# How often whoever subscribed is to look again. Some look less often, whatever is said here.
LOOK_AGAIN = timedelta(hours=6)
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)

Title = Literal["appointment", "acupuncture"]
Alarms = Literal["none", "hour", "day", "both"]
_BEFORE: dict[Alarms, tuple[timedelta, ...]] = {
    "none": (),
    "hour": (_HOUR,),
    "day": (_DAY,),
    "both": (_DAY, _HOUR),
}


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One session for a calendar. `local` is naive, in the calendar's zone.

    `sequence` grows with each change: a calendar that has the session already moves it, and makes no second.
    """

    number: int
    local: datetime
    minutes: int
    sequence: int = 0
    cancelled: bool = False


class CalendarChoices(msgspec.Struct, frozen=True, kw_only=True):
    """What an entry is called, and when the calendar tells of it beforehand. Neutral and silent unless chosen."""

    title: Title = "appointment"
    alarms: Alarms = "none"


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """The entries of one plan. `key` makes their UIDs; the same key gives the same ones. `at` is when something of
    them last changed.
    """

    entries: tuple[Entry, ...]
    key: UUID
    time_zone: str
    at: datetime


def calendar_of(
    entries: Sequence[Entry],
    *,
    key: UUID,
    time_zone: str,
    now: datetime,
    choices: CalendarChoices | None = None,
) -> str:
    """The file of one plan, with CRLF ends and folded lines."""
    part = Part(entries=tuple(entries), key=key, time_zone=time_zone, at=now)
    return calendar_file((part,), choices or CalendarChoices())


def calendar_file(parts: Sequence[Part], choices: CalendarChoices, *, subscribed: bool = False) -> str:
    """The file of all these plans. `subscribed`: it says how often to look again."""
    # Here: the package takes a while to import, and the first to ask for a calendar can wait for it.
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Appointments"))
    if parts:
        calendar.add("x-wr-timezone", parts[0].time_zone)
    if subscribed:
        _add_pace(calendar)
    for zone, year in _zones(parts).items():
        calendar.add_component(timezone_of(ZoneInfo(zone), year))
    for part in parts:
        for entry in part.entries:
            calendar.add_component(_event(entry, part, choices))
    return bytes(calendar.to_ical()).decode("utf-8")


def _zones(parts: Sequence[Part]) -> dict[str, int]:
    """The zones that entries stand in, each from the year before its first one. A calendar has to have something in
    it: an empty one has the zone of everyone.
    """
    years: dict[str, int] = {}
    for part in parts:
        for entry in part.entries:
            year = entry.local.year - 1
            years[part.time_zone] = min(year, years.get(part.time_zone, year))
    return years or {"UTC": 2000}


def _add_pace(calendar: Calendar) -> None:
    from icalendar import vDuration

    pace = vDuration(LOOK_AGAIN)
    pace.params["VALUE"] = "DURATION"
    calendar.add("refresh-interval", pace)
    calendar.add("x-published-ttl", vDuration(LOOK_AGAIN))


def _event(entry: Entry, part: Part, choices: CalendarChoices) -> Event:
    from icalendar import Event

    event, at = Event(), part.at.astimezone(UTC)
    title = _title(choices.title)
    event.add("uid", f"{part.key}-{entry.number}@acupwa")
    event.add("dtstamp", at)
    event.add("last-modified", at)
    event.add("sequence", entry.sequence)
    event.add("summary", title)
    event.add("dtstart", entry.local.replace(tzinfo=ZoneInfo(part.time_zone)))
    event.add("duration", timedelta(minutes=entry.minutes))
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if entry.cancelled else "OPAQUE")
    event.add("class", "PRIVATE")
    if not entry.cancelled:
        for alarm in _alarms(choices.alarms, title):
            event.add_component(alarm)
    return event


def _title(title: Title) -> str:
    return _("Acupuncture") if title == "acupuncture" else _("Appointment")


def _alarms(alarms: Alarms, title: str) -> Iterator[Alarm]:
    from icalendar import Alarm

    for before in _BEFORE[alarms]:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", title)
        alarm.add("trigger", -before)
        yield alarm
