"""A day and a time out of a text field. Pure."""

from __future__ import annotations

import re
from datetime import date, timedelta

from acupwa.sentences import say
from acupwa.web.forms import FieldError

DAYS_AHEAD = 366
# Far enough from the ends of the calendar that a day can be counted on from, and that every zone has its rules.
FIRST_YEAR, LAST_YEAR = 1970, 2200
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)", re.ASCII)


def read_day(text: str) -> date | None:
    """`2027-01-04`; None for anything else, and for a day before 1970 or after 2200."""
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None
    return day if day and FIRST_YEAR <= day.year <= LAST_YEAR else None


def read_day_ahead(text: str, today: date, nothing: str) -> date | FieldError:
    """The field `day`: from today on, within a year. `nothing` is what to do where it holds no day."""
    day = read_day(text)
    if day is None:
        return FieldError("day", nothing)
    if day < today:
        return FieldError("day", say("planner.faults.day_past"))
    if day > today + timedelta(days=DAYS_AHEAD):
        return FieldError("day", say("planner.faults.within_a_year"))
    return day


def read_time(text: str, errors: list[FieldError]) -> str:
    """HH:MM, also out of `9.30`. Adds what to do to `errors` when it is no time."""
    match = _TIME.fullmatch(text)
    if not match:
        errors.append(FieldError("time", say("planner.faults.time")))
        return ""
    return f"{int(match[1]):02}:{match[2]}"
