"""The input of `acupwa plan`, read to the letter, every fault with its path; and what the command answers."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, time
from typing import Any, Literal, get_args
from uuid import UUID, uuid5

import msgspec

from acupwa.library.model import AgeBand, Library
from acupwa.planner.course import FORTNIGHT, make_course, most_sessions, spacing_fits
from acupwa.planner.currencies import currencies
from acupwa.planner.ics import Entry, calendar_of
from acupwa.planner.model import WEEKDAYS, Course, CourseSession, NoCourse, PlanRequest
from acupwa.planner.safety import with_derived
from acupwa.quiz.groups import known_groups
from acupwa.quiz.reason import Reason, reason_texts
from acupwa.web.reading_input import (
    Reader,
    day,
    list_of,
    many_of,
    matching,
    number_in,
    one_of,
    read_input,
    struct_of,
    whole_number,
)
from acupwa.web.strict_json import Faults
from acupwa.zones import zone_names

DONE, AT_FAULT = 0, 1
FIRST_YEAR, LAST_YEAR = 1970, 2200
MOST_MINUTES = 24 * 60
MOST_MONEY = 1_000_000_000
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
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
    return DONE, calendar_of(entries, key=_key_of(request), time_zone=request.time_zone, now=stamp), []


def _key_of(request: PlanRequest) -> UUID:
    """Requests from before there was a most to spend keep their calendars."""
    fields = msgspec.to_builtins(request)
    if request.max_money is None:
        del fields["max_money"]
    return uuid5(_SAME_REQUEST_SAME_CALENDAR, msgspec.json.encode(fields).decode())


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
    request = read_input(data, _request(library))
    return with_derived(request, library) if isinstance(request, PlanRequest) else request


def _request(library: Library) -> Reader[PlanRequest]:
    numbers = library.guidance.numbers
    usual = {
        "per_week": numbers.per_week_default.value,
        "max_sessions": numbers.sessions_default.value,
        "minutes": numbers.minutes_default.value,
    }
    readers: dict[str, Reader[Any]] = {
        "conditions": many_of(library.conditions, thing="condition", alone="none-yet"),
        "first_day": _first_day,
        "weekdays": many_of(WEEKDAYS, f"is not one of {', '.join(WEEKDAYS)}", thing="weekday"),
        "time": matching(_TIME, "must be a time as HH:MM, from 00:00 to 23:59"),
        "time_zone": one_of(zone_names(), "is not a known time zone"),
        "per_week": whole_number(1, numbers.per_week_max.value),
        "every_weeks": whole_number(1, FORTNIGHT),
        "max_sessions": whole_number(1, numbers.sessions_ceiling.value),
        "minutes": whole_number(1, MOST_MINUTES),
        "travel_minutes": whole_number(0, MOST_MINUTES),
        "days_off": _days_off,
        "price": number_in(0, MOST_MONEY),
        "max_money": number_in(0, MOST_MONEY),
        "currency": one_of(currencies(), "is not an ISO 4217 code"),
        "age_band": one_of(get_args(AgeBand)),
        "main_symptom": one_of(library.ratings),
        "red_flags": many_of(library.red_flags),
        "precautions": many_of(library.precautions),
        "unsure": many_of(library.precautions),
        "groups": many_of(known_groups(library)),
    }
    return _paid(_spaced(struct_of(PlanRequest, readers, usual=usual), library))


def _paid(reader: Reader[PlanRequest]) -> Reader[PlanRequest]:
    """The same, and a most to spend only where the price of a session is known, for one session at the least."""

    def read(value: Any, place: str, faults: Faults) -> PlanRequest | None:
        request = reader(value, place, faults)
        if request and request.max_money is not None:
            if request.price is None:
                faults.add("max_money", "can stand only beside a price")
            elif request.max_money < request.price:
                faults.add("max_money", "must be the price of one session or more")
        return request

    return read


def _spaced(reader: Reader[PlanRequest], library: Library) -> Reader[PlanRequest]:
    """The same, and sessions two weeks apart only where a course can have them."""

    def read(value: Any, place: str, faults: Faults) -> PlanRequest | None:
        request = reader(value, place, faults)
        if request and not spacing_fits(request, library.guidance):
            most = most_sessions(request.every_weeks, library.guidance)
            faults.add("every_weeks", f"can be {FORTNIGHT} only with per_week 1 and max_sessions {most} or fewer")
        return request

    return read


def _first_day(value: Any, place: str, faults: Faults) -> date | None:
    first = day(value, place, faults)
    if first and not FIRST_YEAR <= first.year <= LAST_YEAR:
        faults.add(place, f"must be in the years {FIRST_YEAR} to {LAST_YEAR}")
    return first


def _days_off(value: Any, place: str, faults: Faults) -> tuple[date, ...]:
    return tuple(sorted({one for one in list_of(day)(value, place, faults) or () if one}))
