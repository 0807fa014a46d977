"""A filled form, read: a plan as it is asked for, or what to do about each field. Pure.

A field at fault adds its `FieldError` and gives a stand-in, which goes no further.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TypedDict

from msgspec.structs import replace

from acupwa.library.model import Guidance, Library
from acupwa.planner.country_defaults import currency_of, has_holidays, holidays_of, home_country
from acupwa.planner.course import FORTNIGHT, most_in_part, most_sessions
from acupwa.planner.currencies import money_in_use
from acupwa.planner.field_reading import DAYS_AHEAD, read_day, read_time
from acupwa.planner.model import WEEKDAYS, AskedPlan, Phase, PlanRequest
from acupwa.planner.plan_fields import FORTNIGHTLY, OFF_ROWS, FormValues, price_text
from acupwa.planner.safety import safety_of
from acupwa.planner.time_off import LONGEST_TIME_OFF
from acupwa.quiz.model import Answers
from acupwa.sentences import say
from acupwa.web.forms import FieldError
from acupwa.wording import gettext as _
from acupwa.wording import number_words
from acupwa.zones import day_in, known_zone

# Beside the rows, as many days as all of them could hold.
MOST_LISTED = OFF_ROWS * (LONGEST_TIME_OFF + 1)
SESSION_MINUTES, TRAVEL_MINUTES = range(5, 241), range(601)
DEAREST, MOST_MONEY, DECIMALS = 10_000_000, 150_000_000, 2
_MONEY = re.compile(r"(-?)(\d{1,12})(?:\.(\d{1,12}))?", re.ASCII)
_WHOLE = re.compile(r"\d{1,4}", re.ASCII)

Errors = list[FieldError]


def read_plan_form(
    values: FormValues, answers: Answers, library: Library, now: datetime, phase: Phase = "course"
) -> AskedPlan | tuple[FieldError, ...]:
    """What the person asked for. `answers` hold the red flags and precautions that follow from others.

    Whether a day is past is asked in the zone that they chose. `phase` is that of the part of the course it is for.
    """
    errors: Errors = []
    today = day_in(known_zone(values.time_zone), now)
    guidance, numbers = library.guidance, library.guidance.numbers
    every_weeks = FORTNIGHT if values.per_week == FORTNIGHTLY else 1
    often = values.per_week if every_weeks == 1 else "1"
    per_week, most = range(1, numbers.per_week_max.value + 1), _most(every_weeks, phase, guidance)
    request = PlanRequest(
        conditions=answers.conditions,
        first_day=_first_day(values.first_day, today, errors),
        weekdays=_weekdays(values.weekdays, errors),
        time=read_time(values.time, errors),
        time_zone=_time_zone(values.time_zone, errors),
        every_weeks=every_weeks,
        per_week=_whole("per_week", often, per_week, numbers.per_week_default.value, errors),
        max_sessions=_whole(
            "max_sessions", values.max_sessions, range(1, most + 1), min(most, numbers.sessions_default.value), errors
        ),
        minutes=_whole("minutes", values.minutes, SESSION_MINUTES, numbers.minutes_default.value, errors),
        travel_minutes=_whole("travel_minutes", values.travel_minutes, TRAVEL_MINUTES, 0, errors),
        **_money(values, errors),
        currency=_currency(values, answers.country, today, errors),
        **safety_of(answers),
    )
    own_days_off = _days_off(values, errors)
    if errors:
        return tuple(errors)
    home = home_country(answers.country, request.time_zone)
    country = home if values.holidays and has_holidays(home) else None
    return AskedPlan(
        request=replace(request, days_off=tuple(sorted(own_days_off | holidays_of(country, request, guidance)))),
        own_days_off=tuple(sorted(own_days_off)),
        country=country,
    )


def _most(every_weeks: int, phase: Phase, guidance: Guidance) -> int:
    return min(most_sessions(every_weeks, guidance), most_in_part(phase, guidance))


def _first_day(text: str, today: date, errors: Errors) -> date:
    day = read_day(text)
    if day is None:
        errors.append(FieldError("first_day", say(_no_day(text, "planner.faults.first_day"))))
    elif day < today:
        errors.append(FieldError("first_day", say("planner.faults.first_day_past")))
    elif day > today + timedelta(days=DAYS_AHEAD):
        errors.append(FieldError("first_day", say("planner.faults.within_a_year")))
    return day or today


def _no_day(text: str, nothing: str) -> str:
    """The key of what to say of a text that is no day; `nothing` where there is no text."""
    return "planner.faults.no_such_day" if text else nothing


def _weekdays(chosen: tuple[str, ...], errors: Errors) -> tuple[str, ...]:
    if not chosen or not set(chosen) <= set(WEEKDAYS):
        errors.append(FieldError("weekdays", say("planner.faults.weekdays")))
    return tuple(day for day in WEEKDAYS if day in chosen)


def _time_zone(zone: str, errors: Errors) -> str:
    if known_zone(zone) is None:
        errors.append(FieldError("time_zone", say("planner.faults.time_zone")))
    return zone


def _whole(field: str, text: str, allowed: range, default: int, errors: Errors) -> int:
    if not text:
        return default
    if _WHOLE.fullmatch(text) and int(text) in allowed:
        return int(text)
    words = say("planner.faults.whole_number", low=allowed[0], high=allowed[-1])
    errors.append(FieldError(field, words))
    return default


class _Money(TypedDict):
    price: float | None
    max_money: float | None


def _money(values: FormValues, errors: Errors) -> _Money:
    before = len(errors)
    price = read_price(values.price, errors)
    if len(errors) > before:
        # What cannot be read is told alone: whether the money pays for a session is not known then.
        return _Money(price=None, max_money=_read_money("max_money", values.max_money, MOST_MONEY, errors))
    return _Money(price=price, max_money=read_max_money(values.max_money, price, errors))


def read_price(typed: str, errors: Errors) -> float | None:
    """`45`, `37.50` or `37,50`; None for nothing, and for what is no price, which is added to `errors`."""
    return _read_money("price", typed, DEAREST, errors)


def read_max_money(typed: str, price: float | None, errors: Errors) -> float | None:
    """The most to spend: it needs a price, and pays for one session at least."""
    most = _read_money("max_money", typed, MOST_MONEY, errors)
    if most is not None and price is None:
        errors.append(FieldError("max_money", say("planner.faults.max_money_alone")))
    elif most is not None and price is not None and most < price:
        errors.append(FieldError("max_money", say("planner.faults.max_money_low", price=price_text(price))))
    return most


def _read_money(field: str, typed: str, most: int, errors: Errors) -> float | None:
    text = "".join(typed.split()).replace(",", ".").replace("\N{MINUS SIGN}", "-")
    if not text:
        return None
    match = _MONEY.fullmatch(text)
    fault = _money_fault(match, most, _("Price of one session") if field == "price" else say("planner.form.max_money"))
    if fault or match is None:
        errors.append(FieldError(field, fault))
        return None
    return float(text)


def _money_fault(match: re.Match[str] | None, most: int, what: str) -> str:
    if match is None:
        return say("planner.faults.money", what=what)
    if match[1]:
        return say("planner.faults.money_below_nothing", what=what)
    if len(match[3] or "") > DECIMALS:
        return say("planner.faults.money_decimals", what=what)
    if float(match[0]) > most:
        return say("planner.faults.money_too_much", what=what, most=number_words(most))
    return ""


def _currency(values: FormValues, country: str | None, today: date, errors: Errors) -> str | None:
    """As chosen, else that of the country."""
    if not values.currency and not values.price:
        return None
    currency = values.currency or currency_of(home_country(country, values.time_zone), today)
    if currency not in money_in_use():
        errors.append(FieldError("currency", say("planner.faults.currency")))
    return currency


def _days_off(values: FormValues, errors: Errors) -> frozenset[date]:
    off: set[date] = set()
    for row, (first, last) in enumerate(values.off):
        if first or last:
            off |= _row_off(f"off_from.{row}", first, last, errors)
    listed = {read_day(text) for text in values.days_off}
    if None in listed or len(listed) > MOST_LISTED:
        # They come from hidden fields, so the message stands at the first row of days off.
        errors.append(FieldError("off_from.0", say("planner.faults.days_off")))
    return frozenset(off | {day for day in listed if day})


def _row_off(field: str, from_text: str, to_text: str, errors: Errors) -> set[date]:
    first = read_day(from_text)
    last = read_day(to_text) if to_text else first
    if first is None:
        errors.append(FieldError(field, say(_no_day(from_text, "planner.faults.first_day_off"))))
        return set()
    if last is None:
        errors.append(FieldError(field.replace("from", "to"), say("planner.faults.no_such_day")))
        return set()
    if last < first:
        errors.append(FieldError(field, say("planner.faults.days_off_turned")))
        return set()
    if (last - first).days > LONGEST_TIME_OFF:
        errors.append(FieldError(field, say("planner.faults.days_off_long")))
        return set()
    return {first + timedelta(days=n) for n in range((last - first).days + 1)}
