"""The calendar file, read again by other libraries."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import vobject
from dateutil.tz import tzical
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from acupwa.library.model import Library
from acupwa.planner.ics import Entry, calendar_of
from acupwa.planner.request_file import run_plan
from acupwa.zones import zone_names
from tests.support.plan_requests import request_fields

MONDAY = datetime.fromisoformat("2027-01-04T09:00")
KEY = UUID(int=7)
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
HEALTH_WORDS = ("acupunct", "needle", "pain", "arthritis", "lupus", "session", "treatment", "health")


def file_of(library: Library, **changes: object) -> str:
    code, text, faults = run_plan(json.dumps(request_fields(**changes)).encode(), library, format="ics")
    assert (code, faults) == (0, [])
    return text


def entries_from(first: datetime, count: int = 4) -> list[Entry]:
    return [Entry(number=n + 1, local=first + timedelta(weeks=n), minutes=40) for n in range(count)]


def test_a_second_library_reads_every_session_at_nine_across_the_clock_change(library: Library):
    calendar = vobject.readOne(file_of(library, first_day="2027-03-08"))
    starts = [event.dtstart.value for event in calendar.vevent_list]
    assert len(starts) == 10
    assert {start.strftime("%H:%M") for start in starts} == {"09:00"}
    assert {start.utcoffset() for start in starts} == {timedelta(0), timedelta(hours=1)}
    assert calendar.method.value == "PUBLISH"


def test_it_has_the_time_zone_with_yearly_rules(library: Library):
    text = file_of(library)
    assert "BEGIN:VTIMEZONE\r\nTZID:Europe/London\r\n" in text
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3" in text
    assert "DTSTART;TZID=Europe/London:20270104T090000" in text


def test_lines_end_in_crlf_and_are_75_bytes_or_less(library: Library):
    lines = file_of(library).split("\r\n")
    assert all("\n" not in line and len(line.encode()) <= 75 for line in lines)


def test_it_says_nothing_of_health(library: Library):
    text = file_of(library).lower()
    assert not [word for word in HEALTH_WORDS if word in text]
    assert {str(e["summary"]) for e in Calendar.from_ical(file_of(library)).walk("VEVENT")} == {"Appointment"}


def test_the_same_request_gives_the_same_file(library: Library):
    assert file_of(library) == file_of(library)


def test_each_session_has_its_own_lasting_uid():
    first = calendar_of(entries_from(MONDAY), key=KEY, time_zone="UTC", now=NOW)
    later = calendar_of(entries_from(MONDAY + timedelta(days=30, hours=2)), key=KEY, time_zone="UTC", now=NOW)
    uids = [[str(e["uid"]) for e in Calendar.from_ical(text).walk("VEVENT")] for text in (first, later)]
    assert uids[0] == uids[1]
    assert len(set(uids[0])) == 4


def test_moved_and_cancelled_sessions_say_so():
    entries = [
        Entry(number=1, local=MONDAY + timedelta(days=2), minutes=40, sequence=2),
        Entry(number=2, local=MONDAY + timedelta(days=7), minutes=40, sequence=1, cancelled=True),
    ]
    text = calendar_of(entries, key=KEY, time_zone="Europe/London", now=NOW)
    moved, cancelled = Calendar.from_ical(text).walk("VEVENT")
    assert (moved["sequence"], str(moved["status"])) == (2, "CONFIRMED")
    assert (cancelled["sequence"], str(cancelled["status"])) == (1, "CANCELLED")


@given(zone=st.sampled_from(sorted(zone_names())), week=st.integers(0, 60))
def test_the_written_time_zone_gives_the_offsets_of_the_real_one(zone: str, week: int):
    first = MONDAY + timedelta(weeks=week)
    text = calendar_of(entries_from(first, 26), key=KEY, time_zone=zone, now=NOW)
    begin, end = text.index("BEGIN:VTIMEZONE"), text.index("END:VTIMEZONE") + len("END:VTIMEZONE")
    written = tzical(io.StringIO(text[begin:end].replace("\r\n", "\n"))).get()
    for local in (first + timedelta(weeks=n) for n in range(26)):
        real = local.replace(tzinfo=ZoneInfo(zone))
        assert local.replace(tzinfo=written).utcoffset() == real.utcoffset()


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Australia/Sydney", "Africa/Casablanca"])
def test_the_hour_of_the_clock_change_is_right(zone: str):
    text = calendar_of(entries_from(MONDAY, 1), key=KEY, time_zone=zone, now=NOW)
    begin, end = text.index("BEGIN:VTIMEZONE"), text.index("END:VTIMEZONE") + len("END:VTIMEZONE")
    written = tzical(io.StringIO(text[begin:end].replace("\r\n", "\n"))).get()
    hour = datetime.fromisoformat("2027-01-01")
    while hour.year == 2027:
        real = hour.replace(tzinfo=ZoneInfo(zone))
        exists = real.astimezone(UTC).astimezone(real.tzinfo).replace(tzinfo=None) == hour
        if exists and real.replace(fold=1).utcoffset() == real.utcoffset():
            assert hour.replace(tzinfo=written).utcoffset() == real.utcoffset(), hour
        hour += timedelta(hours=1)
