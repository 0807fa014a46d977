"""The planner's forms: posted names to a plan request, or what to do about a field. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import TypeVar

import msgspec

from acupwa.library.model import Library
from acupwa.planner.country_defaults import has_holidays, public_holidays
from acupwa.planner.course import number
from acupwa.planner.model import WEEKDAYS, PlanRequest
from acupwa.planner.plan import AskedPlan
from acupwa.planner.safety import with_derived
from acupwa.planner.zones_and_currencies import currencies, time_zones
from acupwa.quiz.model import Answers
from acupwa.web.forms import FieldError, FormData
from acupwa.wording import date_words
from acupwa.wording import gettext as _

T = TypeVar("T")
OFF_ROWS = 12
LONGEST_BREAK = 200
DAYS_AHEAD = 366
SHORTEST_VISIT, LONGEST_VISIT = 5, 240
LONGEST_WAY = 600
DEAREST = 10_000_000
_TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)", re.ASCII)
_PRICE = re.compile(r"\d{1,8}(?:[.,]\d{1,2})?", re.ASCII)
_WHOLE = re.compile(r"\d{1,4}", re.ASCII)


class AskedMove(msgspec.Struct, frozen=True, kw_only=True):
    day: date
    time: str
    rest: bool


class _Faults(Exception):
    """One field is at fault."""


def parse_plan_form(
    form: FormData, answers: Answers, library: Library, today: date
) -> AskedPlan | tuple[FieldError, ...]:
    """What the person asked for, for the conditions and precautions of their check-in."""
    errors: list[FieldError] = []

    def read(field: str, reader: Callable[[], T]) -> T | None:
        try:
            return reader()
        except _Faults as fault:
            errors.append(FieldError(field, str(fault)))
            return None

    guidance = library.guidance
    ceiling, per_week_max = number(guidance, "sessions_ceiling"), number(guidance, "per_week_max")
    first_day = read("first_day", lambda: _first_day(form, today))
    weekdays = read("weekdays", lambda: _weekdays(form))
    at = read("time", lambda: _time(form.one("time")))
    zone = read("time_zone", lambda: _zone(form))
    per_week = read("per_week", lambda: _whole(form, "per_week", 1, per_week_max, number(guidance, "per_week_default")))
    sessions = read(
        "max_sessions", lambda: _whole(form, "max_sessions", 1, ceiling, number(guidance, "sessions_default"))
    )
    minutes = read(
        "minutes",
        lambda: _whole(form, "minutes", SHORTEST_VISIT, LONGEST_VISIT, number(guidance, "minutes_default")),
    )
    travel = read("travel_minutes", lambda: _whole(form, "travel_minutes", 0, LONGEST_WAY, 0))
    price = read("price", lambda: _price(form))
    currency = read("currency", lambda: _currency(form))
    off: set[date] = set()
    for row in range(OFF_ROWS):
        off |= read(f"off_from.{row}", lambda row=row: _break(form, row)) or set()  # type: ignore[misc]
    off |= read("days_off", lambda: _listed_days(form)) or set()
    if errors or not (first_day and weekdays and at and zone and per_week and sessions and minutes):
        return tuple(errors)
    country = answers.country if form.one("leave_out_holidays") and has_holidays(answers.country) else None
    own_days_off = tuple(sorted(off))
    if country:
        last = first_day + timedelta(weeks=number(guidance, "window_weeks"))
        off |= public_holidays(country, first_day, last)
    request = PlanRequest(
        conditions=answers.conditions,
        first_day=first_day,
        weekdays=weekdays,
        time=at,
        time_zone=zone,
        per_week=per_week,
        max_sessions=sessions,
        minutes=minutes,
        days_off=tuple(sorted(off)),
        price=price,
        currency=currency,
        travel_minutes=travel or 0,
        age_band=answers.age_band,
        red_flags=answers.red_flags,
        precautions=answers.precautions,
        main_symptom=answers.main_symptom,
    )
    return AskedPlan(request=with_derived(request, library), own_days_off=own_days_off, country=country)


def parse_move_form(form: FormData, today: date) -> AskedMove | tuple[FieldError, ...]:
    errors = []
    day, at = _day(form.one("day")), ""
    if day is None or not today <= day <= today + timedelta(days=DAYS_AHEAD):
        errors.append(FieldError("day", _("Choose the new day, from today on")))
    try:
        at = _time(form.one("time"))
    except _Faults as fault:
        errors.append(FieldError("time", str(fault)))
    if form.one("which") not in ("this", "rest"):
        errors.append(FieldError("which", _("Choose whether the later visits move too")))
    if errors or day is None:
        return tuple(errors)
    return AskedMove(day=day, time=at, rest=form.one("which") == "rest")


def move_errors(reason: str, earliest: date) -> tuple[FieldError, ...]:
    """What to do about a day to which a visit cannot be moved."""
    words: Mapping[str, str] = {
        "past": _("Choose a day from today on"),
        "too-near-before": _("Choose {day} or later: it is too near to the visit before").format(
            day=date_words(earliest)
        ),
        "too-near-after": _("It is too near to the next visit: choose an earlier day, or move the rest too"),
        "day-off": _("This is one of your days off: choose another day"),
        "week-full": _("This week has its most visits already: choose another week"),
        "no-such-time": _("The clocks change on that day and skip this time: choose another time"),
        "no-room": _("The later visits do not fit after that day: choose an earlier one"),
    }
    return (FieldError("day", words[reason]),)


def _first_day(form: FormData, today: date) -> date:
    day = _day(form.one("first_day"))
    if day is None:
        raise _Faults(_("Choose the first day on which you could go"))
    if day < today:
        raise _Faults(_("Choose today or a later day"))
    if day > today + timedelta(days=DAYS_AHEAD):
        raise _Faults(_("Choose a day within the next year"))
    return day


def _weekdays(form: FormData) -> tuple[str, ...]:
    chosen = set(form.many("weekdays"))
    if not chosen or not chosen <= set(WEEKDAYS):
        raise _Faults(_("Tick one weekday or more"))
    return tuple(day for day in WEEKDAYS if day in chosen)


def _time(text: str) -> str:
    match = _TIME.fullmatch(text)
    if not match:
        raise _Faults(_("Give a time such as 09:00 or 14:30"))
    return f"{int(match[1]):02}:{match[2]}"


def _zone(form: FormData) -> str:
    zone = form.one("time_zone")
    if zone not in time_zones():
        raise _Faults(_("Choose your time zone from the list"))
    return zone


def _whole(form: FormData, field: str, low: int, high: int, default: int) -> int:
    text = form.one(field)
    if not text:
        return default
    if not _WHOLE.fullmatch(text) or not low <= int(text) <= high:
        raise _Faults(_("Give a whole number from {low} to {high}").format(low=low, high=high))
    return int(text)


def _price(form: FormData) -> float | None:
    text = form.one("price").replace(" ", "")
    if not text:
        return None
    if not _PRICE.fullmatch(text) or float(text.replace(",", ".")) > DEAREST:
        raise _Faults(_("Give the price as a number, such as 45 or 37.50"))
    return float(text.replace(",", "."))


def _currency(form: FormData) -> str | None:
    code = form.one("currency")
    if not code and not form.one("price"):
        return None
    if code not in currencies():
        raise _Faults(_("Choose the money from the list"))
    return code


def _break(form: FormData, row: int) -> set[date]:
    from_text, to_text = form.one(f"off_from.{row}"), form.one(f"off_to.{row}")
    if not from_text and not to_text:
        return set()
    first = _day(from_text)
    last = _day(to_text) if to_text else first
    if first is None or last is None:
        raise _Faults(_("Give the first day off, and the last one if there are more"))
    if last < first:
        raise _Faults(_("The last day off lies before the first one"))
    if (last - first).days > LONGEST_BREAK:
        raise _Faults(_("A time off can be up to 200 days"))
    return {first + timedelta(days=n) for n in range((last - first).days + 1)}


def _listed_days(form: FormData) -> set[date]:
    days = {_day(text) for text in form.many("days_off")}
    if None in days or len(days) > DAYS_AHEAD:
        raise _Faults(_("Give days off as dates"))
    return {day for day in days if day}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) else None
    except ValueError:
        return None
