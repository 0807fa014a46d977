"""The time zones and currencies that a plan may have."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

from babel.numbers import list_currencies

_NOT_ZONES = {"localtime", "Factory", "posixrules"}


@cache
def time_zones() -> frozenset[str]:
    """The names of all time zones that this machine knows."""
    return frozenset(available_timezones() - _NOT_ZONES)


@cache
def currencies() -> frozenset[str]:
    """ISO 4217 codes."""
    return frozenset(list_currencies())
