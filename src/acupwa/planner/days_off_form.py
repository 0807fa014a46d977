"""Days off while a course runs: posted names to days, or what to do about a field. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from acupwa.planner.field_reading import DAYS_AHEAD, read_day
from acupwa.planner.time_off import LONGEST_TIME_OFF
from acupwa.sentences import say
from acupwa.web.declared import Declared, fields_of
from acupwa.web.forms import FieldError, FormData

DAYS_OFF_FIELDS: Declared = fields_of("off_from", "off_to")


def read_days_off(form: FormData, today: date) -> frozenset[date] | FieldError:
    """The first alone is one day. `today` is the day where the sessions are."""
    first = read_day(form.one("off_from"))
    last = read_day(form.one("off_to")) if form.one("off_to") else first
    if first is None:
        return FieldError("off_from", say("planner.faults.first_day_off"))
    if last is None:
        return FieldError("off_to", say("planner.faults.last_day_off"))
    if last < first:
        return FieldError("off_to", say("planner.faults.days_off_turned"))
    if (last - first).days > LONGEST_TIME_OFF:
        return FieldError("off_to", say("planner.faults.days_off_long"))
    if first < today:
        return FieldError("off_from", say("planner.faults.day_past"))
    if first > today + timedelta(days=DAYS_AHEAD):
        return FieldError("off_from", say("planner.faults.within_a_year"))
    return frozenset(first + timedelta(days=n) for n in range((last - first).days + 1))


def days_off_errors(reason: str) -> tuple[FieldError, ...]:
    """`reason` is one of `NotTaken`."""
    words = say("planner.faults.no_room") if reason == "no-room" else say("planner.faults.nothing_new")
    return (FieldError("off_from", words),)
