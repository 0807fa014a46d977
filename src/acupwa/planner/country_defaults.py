"""What a country suggests for a plan: its time zone, its money and its public holidays. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

from babel.numbers import get_currency_name, get_territory_currencies

from acupwa.library.model import Guidance
from acupwa.planner.course import search_weeks
from acupwa.planner.currencies import money_in_use
from acupwa.planner.model import PlanRequest
from acupwa.zones import main_zones_by_country


@cache
def all_zones() -> tuple[str, ...]:
    return tuple(sorted({zone for zones in main_zones_by_country().values() for zone in zones} | {"UTC"}))


def home_country(answered: str | None, zone: str | None) -> str | None:
    """The country that a person named, else that of their time zone; never guessed by language."""
    return answered or _country_by_zone().get(zone or "")


def zone_for(country: str | None, told: str | None) -> str:
    """The zone that the phone told, where it is one of the country or none is known; else the country's largest, or
    empty.
    """
    zones = main_zones_by_country().get(country or "", ())
    if told and (told in zones or not zones):
        return told
    return zones[0] if zones else ""


def currency_of(country: str | None, on: date) -> str:
    """The money people pay with there, as an ISO 4217 code; empty where it is not known."""
    try:
        codes = get_territory_currencies(country, on, on) if country else []
    except KeyError:
        codes = []
    return codes[0] if codes else ""


@cache
def _country_by_zone() -> dict[str, str]:
    return {zone: country for country, zones in main_zones_by_country().items() for zone in zones}


@cache
def currency_choices(locale: str) -> tuple[tuple[str, str], ...]:
    """(code, name) of all money in use, by name."""
    named = ((code, f"{get_currency_name(code, locale=locale)} ({code})") for code in money_in_use())
    return tuple(sorted(named, key=lambda pair: pair[1].casefold()))


@cache
def has_holidays(country: str | None) -> bool:
    import holidays

    return country is not None and country in holidays.list_supported_countries(include_aliases=False)


def public_holidays(country: str, first: date, last: date) -> frozenset[date]:
    """Those of the whole country between two days; a region may have more."""
    # Here: the package is large, and only few plans ask for it.
    import holidays

    years = range(first.year, last.year + 1)
    days: Iterable[date] = holidays.country_holidays(country, years=years)
    return frozenset(day for day in days if first <= day <= last)


def holidays_of(country: str | None, request: PlanRequest, guidance: Guidance) -> frozenset[date]:
    """Those on which a session of the request could lie; none without a country."""
    weeks = timedelta(weeks=search_weeks(request.every_weeks, guidance))
    return public_holidays(country, request.first_day, request.first_day + weeks) if country else frozenset()
