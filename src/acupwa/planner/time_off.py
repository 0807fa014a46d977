"""Days off as the rows of a form: the first day and the last. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from acupwa.planner.field_reading import read_day

# The last day of a row is so many days after its first, at most.
LONGEST_TIME_OFF = 200


def listed_rows(listed: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Single days as rows; one that cannot be read keeps a row of its own."""
    days = {text: read_day(text) for text in listed}
    unread = tuple((text, "") for text, day in days.items() if day is None)
    rows = _in_rows([day for day in days.values() if day])
    return (*((row[0].isoformat(), row[-1].isoformat() if len(row) > 1 else "") for row in rows), *unread)


def not_past(days: Sequence[date], today: date) -> tuple[date, ...]:
    """Without time off that is over; of one that lasts all stays."""
    return tuple(day for row in _in_rows(days) for day in row if row[-1] >= today)


def _in_rows(days: Sequence[date]) -> list[list[date]]:
    """Those that follow each other together, as many as a row takes."""
    rows: list[list[date]] = []
    for day in sorted(days):
        if rows and day - rows[-1][-1] == timedelta(days=1) and (day - rows[-1][0]).days <= LONGEST_TIME_OFF:
            rows[-1].append(day)
        else:
            rows.append([day])
    return rows


def days_in(first: str, last: str) -> tuple[str, ...]:
    """What cannot be read stays as it is."""
    begin, end = read_day(first), read_day(last)
    if begin is None or end is None:
        return (first,)
    return tuple((begin + timedelta(days=n)).isoformat() for n in range((end - begin).days + 1))
