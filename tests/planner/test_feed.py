"""What a subscribed calendar gets, over any life of a plan: the rules, and the file read by two other libraries."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from acupwa.planner.calendar_model import Feed, KeptCalendar
from acupwa.planner.feed import MOST_DELETED, SHOWN_FOR, next_end, parts_of, with_deleted, without_past
from acupwa.planner.ics import CalendarChoices, Part, calendar_file
from acupwa.planner.model import SavedPlan
from acupwa.planner.plan import entries_of
from acupwa.zones import zone_names
from tests.support.calendars import Shown, read_calendar
from tests.support.plan_lives import lives

replace = msgspec.structs.replace
ON = KeptCalendar(feed=Feed(made_at=datetime(2026, 1, 1, tzinfo=UTC)), token_hash=b"x" * 32)
TITLES = {"appointment": "Appointment", "acupuncture": "Acupuncture"}
MINUTES = {"none": (), "hour": (60,), "day": (1440,), "both": (1440, 60)}
choices = st.builds(CalendarChoices, title=st.sampled_from(sorted(TITLES)), alarms=st.sampled_from(sorted(MINUTES)))
zones = st.sampled_from(sorted(zone_names()))


def there(local: datetime, zone: str) -> bool:
    """Whether the clocks of that zone show this time once, on that day."""
    here = local.replace(tzinfo=ZoneInfo(zone))
    back = here.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return back == local and here.utcoffset() == here.replace(fold=1).utcoffset()


def as_due(part: Part, chosen: CalendarChoices) -> dict[str, Shown]:
    return {
        f"{part.key}-{entry.number}@acupwa": Shown(
            sequence=entry.sequence,
            stamp=part.at.astimezone(UTC).replace(microsecond=0),
            start=entry.local.replace(tzinfo=ZoneInfo(part.time_zone)).astimezone(ZoneInfo("UTC")),
            minutes=entry.minutes,
            title=TITLES[chosen.title],
            cancelled=entry.cancelled,
            alarms=() if entry.cancelled else MINUTES[chosen.alarms],
        )
        for entry in part.entries
        if there(entry.local, part.time_zone)
    }


def by_vobject(text: str) -> dict[str, Shown]:
    found = {}
    for event in vobject.readOne(text).vevent_list:
        found[str(event.uid.value)] = Shown(
            sequence=int(event.sequence.value),
            stamp=event.dtstamp.value,
            start=event.dtstart.value.astimezone(ZoneInfo("UTC")),
            minutes=int(event.duration.value.total_seconds()) // 60,
            title=event.summary.value,
            cancelled=event.status.value == "CANCELLED",
            alarms=tuple(int(-alarm.trigger.value.total_seconds()) // 60 for alarm in event.contents.get("valarm", ())),
        )
    return found


@given(life=lives(), chosen=choices, zone=st.none() | zones)
@settings(max_examples=200)
def test_two_libraries_read_the_file_of_any_plan_as_it_is(
    life: tuple[SavedPlan, datetime], chosen: CalendarChoices, zone: str | None
):
    """In its own zone, whose clock its sessions keep to, or in any zone of the world."""
    plan, _now = life
    part = Part(entries=entries_of(plan), key=plan.id, time_zone=zone or plan.request.time_zone, at=plan.updated_at)
    due = as_due(part, chosen)

    text = calendar_file((part,), chosen, subscribed=True)

    for found in (read_calendar(text), by_vobject(text)):
        assert len(found) == len(part.entries)
        assert {uid: one for uid, one in found.items() if uid in due} == due
    assert zone or len(due) == len(part.entries)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_an_empty_calendar_is_one_that_libraries_read():
    text = calendar_file((), CalendarChoices(), subscribed=True)

    assert [one.name for one in Calendar.from_ical(text).subcomponents] == ["VTIMEZONE"]
    assert vobject.readOne(text).vtimezone.tzid.value == "UTC"


@given(life=lives(), chosen=choices)
@settings(max_examples=60)
def test_a_deleted_plan_is_cancelled_above_all_that_was_shown(
    life: tuple[SavedPlan, datetime], chosen: CalendarChoices
):
    plan, now = life
    kept = replace(ON, choices=chosen)
    shown = {f"{part.key}-{one.number}": one for part in parts_of(plan, kept, now) for one in part.entries}
    here = now.astimezone(ZoneInfo(plan.request.time_zone)).replace(tzinfo=None)

    left = with_deleted(kept, plan, now)
    gone = {f"{part.key}-{one.number}": one for part in parts_of(None, left, now) for one in part.entries}

    assert set(gone) == {uid for uid, one in shown.items() if one.local > here}
    assert all(one.cancelled for one in gone.values())
    assert all(one.sequence == shown[uid].sequence + (not shown[uid].cancelled) for uid, one in gone.items())
    assert parts_of(None, left, now + SHOWN_FOR) == ()
    assert (next_end(left) is None) == (not gone)
    assert without_past(left, now + SHOWN_FOR).deleted == ()
    again = {f"{part.key}-{one.number}": one for part in parts_of(plan, left, now) for one in part.entries}
    assert set(again) == set(shown)
    assert all(again[uid].sequence > one.sequence for uid, one in gone.items())


@given(life=lives(), days=st.lists(st.integers(0, 20), max_size=9))
@settings(max_examples=40)
def test_however_many_plans_are_deleted_no_uid_stands_twice_and_it_stays_small(
    life: tuple[SavedPlan, datetime], days: list[int]
):
    plan, now = life
    kept: Any = ON
    for number, after in enumerate(days):
        now += timedelta(days=after)
        kept = with_deleted(kept, replace(plan, id=UUID(int=number % 6)), now)
    uids = [(part.key, one.number) for part in parts_of(plan, kept, now) for one in part.entries]

    assert len(set(uids)) == len(uids)
    assert len(kept.deleted) <= MOST_DELETED
    assert len(kept.raised) <= MOST_DELETED
    assert all(now < one.at + SHOWN_FOR for one in kept.deleted)
