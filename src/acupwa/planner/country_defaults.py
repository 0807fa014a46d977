"""What a country suggests for a plan: its time zone, its money and its public holidays. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

from babel.numbers import get_currency_name, get_territory_currencies

from acupwa.planner.currencies import money_in_use
from acupwa.zones import main_zones_by_country

DEFAULT_ZONE = "Europe/London"
DEFAULT_CURRENCY = "GBP"


@cache
def all_zones() -> tuple[str, ...]:
    return tuple(sorted({zone for zones in main_zones_by_country().values() for zone in zones} | {"UTC"}))


def zone_of(country: str | None) -> str:
    return main_zones_by_country().get(country or "", (DEFAULT_ZONE,))[0]


def currency_of(country: str | None, on: date) -> str:
    """The money people pay with there, as an ISO 4217 code."""
    try:
        codes = get_territory_currencies(country, on, on) if country else []
    except KeyError:
        codes = []
    return codes[0] if codes else DEFAULT_CURRENCY


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
