"""The input of `acupwa plan`, read to the letter, every fault with its path; and what the command answers."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any, Literal, get_args
from uuid import UUID, uuid5
from zoneinfo import available_timezones

import msgspec
from babel.numbers import list_currencies

from acupwa.library.model import AgeBand, Library
from acupwa.library.strict_json import WHOLE, Faults, path_to, read_json, shown_text
from acupwa.planner.course import make_course
from acupwa.planner.ics import Entry, calendar_of
from acupwa.planner.model import WEEKDAYS, Course, CourseSession, NoCourse, PlanRequest
from acupwa.planner.safety import with_derived
from acupwa.quiz.reason import Reason, reason_texts

DONE, AT_FAULT = 0, 1
REQUIRED = ("conditions", "first_day", "weekdays", "time", "time_zone")
FIRST_YEAR, LAST_YEAR = 1970, 2200
MOST_MINUTES = 24 * 60
MOST_MONEY = 1_000_000_000
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_NOT_ZONES = {"localtime", "Factory", "posixrules"}
_SAME_REQUEST_SAME_CALENDAR = UUID("6f1d3a0e-8d0b-5c60-9a2a-3f6f9a4f0c11")


def run_plan(
    data: bytes, library: Library, *, format: Literal["json", "ics"] = "json", now: datetime | None = None
) -> tuple[int, str, list[str]]:
    """Exit code, standard output, lines of standard error. `now` stamps the calendar (default: first day)."""
    request = read_plan_request(data, library)
    if not isinstance(request, PlanRequest):
        return AT_FAULT, "", list(request)
    course = make_course(request, library)
    if format == "json":
        return DONE, json.dumps(as_json(course), ensure_ascii=False, indent=1), []
    if isinstance(course, NoCourse):
        return AT_FAULT, "", [_no_calendar(reason) for reason in course.because]
    stamp = now or datetime.combine(request.first_day, time(), tzinfo=UTC)
    entries = [
        Entry(number=session.number, local=session.local, minutes=session.minutes) for session in course.sessions
    ]
    key = uuid5(_SAME_REQUEST_SAME_CALENDAR, msgspec.json.encode(request).decode())
    return DONE, calendar_of(entries, key=key, time_zone=request.time_zone, now=stamp), []


def _no_calendar(reason: Reason) -> str:
    return f"{reason.kind}: no plan is made, so there is no calendar ({reason.id})"


def as_json(course: Course | NoCourse) -> dict[str, Any]:
    """The output of `acupwa plan`."""
    if isinstance(course, NoCourse):
        return {"made": False, "because": list(reason_texts(course.because)), "instead": course.instead}
    money = course.totals.money
    return {
        "made": True,
        "sessions": [_session(session) for session in course.sessions],
        "reviews": [msgspec.to_builtins(review) for review in course.reviews],
        "totals": {
            "sessions": course.totals.sessions,
            "hours": course.totals.hours,
            "money": int(money) if money is not None and money.is_integer() else money,
        },
        "grounds": list(course.grounds),
        "cautions": [{"id": one.id, "because": list(reason_texts(one.because))} for one in course.cautions],
    }


def _session(session: CourseSession) -> dict[str, Any]:
    return {
        "number": session.number,
        "start": session.start.isoformat(),
        "local": session.local.isoformat(timespec="minutes"),
        "minutes": session.minutes,
        "phase": session.phase,
    }


def read_plan_request(data: str | bytes, library: Library) -> PlanRequest | tuple[str, ...]:
    """The request, with the derived flags and precautions; or its faults, one line each."""
    faults = Faults()
    fields = read_json(data, faults)
    if faults and fields is None:
        return faults.lines()
    if not isinstance(fields, dict):
        faults.add(WHOLE, "must be an object")
        return faults.lines()
    request = _Reader(fields, library, faults).request()
    if faults or request is None:
        return faults.lines()
    return with_derived(request, library)


@cache
def time_zones() -> frozenset[str]:
    """The names of all time zones that this machine knows."""
    return frozenset(available_timezones() - _NOT_ZONES)


@cache
def currencies() -> frozenset[str]:
    """ISO 4217 codes."""
    return frozenset(list_currencies())


class _Reader:
    def __init__(self, fields: dict[str, Any], library: Library, faults: Faults) -> None:
        self._fields = fields
        self._library = library
        self._faults = faults

    def request(self) -> PlanRequest | None:
        for key in self._fields:
            if key not in PlanRequest.__struct_fields__:
                self._faults.add(path_to("", key), "is not a known key")
        for key in REQUIRED:
            if key not in self._fields:
                self._faults.add(key, "is required")
        guidance = self._library.guidance
        per_week, per_week_max = guidance.numbers.per_week_default.value, guidance.numbers.per_week_max.value
        sessions, ceiling = guidance.numbers.sessions_default.value, guidance.numbers.sessions_ceiling.value
        given: dict[str, Any] = {
            "conditions": self._conditions(),
            "first_day": self._first_day(),
            "weekdays": self._weekdays(),
            "time": self._time(),
            "time_zone": self._one_of("time_zone", time_zones(), "is not a known time zone"),
            "per_week": self._whole("per_week", per_week, 1, per_week_max),
            "max_sessions": self._whole("max_sessions", sessions, 1, ceiling),
            "minutes": self._whole("minutes", guidance.numbers.minutes_default.value, 1, MOST_MINUTES),
            "travel_minutes": self._whole("travel_minutes", 0, 0, MOST_MINUTES),
            "days_off": self._days_off(),
            "price": self._price(),
            "currency": self._one_of("currency", currencies(), "is not an ISO 4217 code"),
            "age_band": self._one_of("age_band", get_args(AgeBand)),
            "main_symptom": self._one_of("main_symptom", self._library.ratings),
            "red_flags": self._many("red_flags", self._library.red_flags),
            "precautions": self._many("precautions", self._library.precautions),
        }
        return None if self._faults else PlanRequest(**given)

    def _conditions(self) -> tuple[str, ...]:
        chosen = self._many("conditions", self._library.conditions)
        if self._fields.get("conditions") == []:
            self._faults.add("conditions", "must name one condition or more")
        if "none-yet" in chosen and len(chosen) > 1:
            self._faults.add("conditions", "none-yet cannot stand beside another condition")
        return chosen

    def _weekdays(self) -> tuple[str, ...]:
        if self._fields.get("weekdays") == []:
            self._faults.add("weekdays", "must name one weekday or more")
        return self._many("weekdays", WEEKDAYS, f"is not one of {', '.join(WEEKDAYS)}")

    def _first_day(self) -> date | None:
        if "first_day" not in self._fields:
            return None
        day = self._date(self._fields["first_day"], "first_day")
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            self._faults.add("first_day", f"must be in the years {FIRST_YEAR} to {LAST_YEAR}")
        return day

    def _days_off(self) -> tuple[date, ...]:
        days = [self._date(value, f"days_off[{index}]") for index, value in enumerate(self._list("days_off"))]
        return tuple(sorted({day for day in days if day}))

    def _date(self, value: Any, path: str) -> date | None:
        if isinstance(value, str) and _DATE.fullmatch(value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                self._faults.add(path, f"{shown_text(value)} is not a day of the calendar")
                return None
        self._faults.add(path, "must be a day as YYYY-MM-DD")
        return None

    def _time(self) -> str | None:
        if "time" not in self._fields:
            return None
        value = self._fields["time"]
        if not isinstance(value, str) or not _TIME.fullmatch(value):
            self._faults.add("time", "must be a time as HH:MM, from 00:00 to 23:59")
            return None
        return value

    def _price(self) -> float | None:
        if "price" not in self._fields:
            return None
        value = self._fields["price"]
        # True is an int to Python.
        if type(value) not in (int, float) or not 0 <= value <= MOST_MONEY:
            self._faults.add("price", f"must be a number from 0 to {MOST_MONEY}")
            return None
        return float(value)

    def _whole(self, key: str, default: int, low: int, high: int) -> int:
        value = self._fields.get(key, default)
        if type(value) is not int or not low <= value <= high:
            self._faults.add(key, f"must be a whole number from {low} to {high}")
            return default
        return value

    def _one_of(self, key: str, allowed: Collection[str], otherwise: str = "") -> str | None:
        if key not in self._fields:
            return None
        value = self._fields[key]
        if not isinstance(value, str):
            self._faults.add(key, "must be text")
            return None
        if value not in allowed:
            self._faults.add(key, f"{shown_text(value)} {otherwise or 'is not one of ' + ', '.join(allowed)}")
            return None
        return value

    def _many(self, key: str, allowed: Collection[str], otherwise: str = "is not a known id") -> tuple[str, ...]:
        chosen: dict[str, None] = {}
        for index, value in enumerate(self._list(key)):
            place = f"{key}[{index}]"
            if not isinstance(value, str):
                self._faults.add(place, "must be text")
            elif value not in allowed:
                self._faults.add(place, f"{shown_text(value)} {otherwise}")
            else:
                chosen[value] = None
        return tuple(chosen)

    def _list(self, key: str) -> list[Any]:
        value = self._fields.get(key, [])
        if isinstance(value, list):
            return value
        self._faults.add(key, "must be a list")
        return []
