"""A course as an iCalendar file that any calendar reads. Neutral words only: a calendar is seen by others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from acupwa.planner.vtimezone import timezone_of
from acupwa.wording import gettext as _

if TYPE_CHECKING:
    from icalendar import Event

PRODUCT = "-//Acupwa//Planner//EN"
MEDIA_TYPE = "text/calendar"


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One session for a calendar. `local` is naive, in the calendar's zone.

    `sequence` grows with each change: a calendar that has the session already moves it, and makes no second.
    """

    number: int
    local: datetime
    minutes: int
    sequence: int = 0
    cancelled: bool = False


def calendar_of(entries: Sequence[Entry], *, key: UUID, time_zone: str, now: datetime) -> str:
    """The file, with CRLF ends and folded lines. `key` makes the UIDs; the same key gives the same ones."""
    # Here: the package takes a while to import, and the first to ask for a calendar can wait for it.
    from icalendar import Calendar

    zone = ZoneInfo(time_zone)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Appointments"))
    calendar.add("x-wr-timezone", time_zone)
    if entries:
        first = min(entry.local for entry in entries)
        calendar.add_component(timezone_of(zone, first.year - 1))
    for entry in entries:
        calendar.add_component(_event(entry, key, zone, now.astimezone(UTC)))
    return bytes(calendar.to_ical()).decode("utf-8")


def _event(entry: Entry, key: UUID, zone: ZoneInfo, now: datetime) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{key}-{entry.number}@acupwa")
    event.add("dtstamp", now)
    event.add("last-modified", now)
    event.add("sequence", entry.sequence)
    event.add("summary", _("Appointment"))
    event.add("dtstart", entry.local.replace(tzinfo=zone))
    event.add("duration", timedelta(minutes=entry.minutes))
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if entry.cancelled else "OPAQUE")
    event.add("class", "PRIVATE")
    return event
