"""Time zones: which are known, what a country suggests, and whose day it is at a moment. Pure.

A day belongs to a person, so a moment is put into their zone before anything is said of its day.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from importlib import resources
from typing import TypeVar, cast
from zoneinfo import ZoneInfo, available_timezones

import msgspec

T = TypeVar("T")
UNKNOWN = "UTC"


def known_zone(name: str | None) -> str | None:
    """`name` when it is a zone of the tz database, older names too; else None."""
    return name if name in zone_names() else None


def in_zone(moment: datetime, zone: str | None) -> datetime:
    """The same moment on the clocks of `zone`; of UTC where the zone is not known."""
    return moment.astimezone(ZoneInfo(zone or UNKNOWN))


def day_in(zone: str | None, moment: datetime) -> date:
    """The day there at this moment."""
    return in_zone(moment, zone).date()


def days_between(earlier: datetime, later: datetime) -> int:
    """Nights from one to the other, as the calendar counts them. Each stands in the zone whose day it is."""
    return (later.date() - earlier.date()).days


def localised(value: T, zone: str | None) -> T:
    """The same value with every moment in it on the clocks of `zone`: in structs, and in tuples of structs."""
    return cast("T", _localised(value, ZoneInfo(zone or UNKNOWN)))


def _localised(value: object, zone: ZoneInfo) -> object:
    match value:
        case datetime():
            return value.astimezone(zone)
        case msgspec.Struct():
            return _localised_struct(value, zone)
        case (msgspec.Struct(), *_):
            return tuple(_localised(one, zone) for one in value)
    return value


def _localised_struct(value: msgspec.Struct, zone: ZoneInfo) -> msgspec.Struct:
    kept = {name: getattr(value, name) for name in value.__struct_fields__}
    changed = {name: new for name, old in kept.items() if (new := _localised(old, zone)) is not old}
    return msgspec.structs.replace(value, **changed) if changed else value


@cache
def main_zones_by_country() -> dict[str, tuple[str, ...]]:
    """ISO 3166-1 code → its time zones, the one with most people first, as the tz database lists them."""
    found: dict[str, list[str]] = {}
    table = resources.files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8")
    for line in table.splitlines():
        if line and not line.startswith("#"):
            country, _place, zone = line.split("\t")[:3]
            found.setdefault(country, []).append(zone)
    return {country: tuple(zones) for country, zones in found.items()}


def only_zone_of(country: str | None) -> str | None:
    """The zone of a country that has but one; None for any other."""
    zones = main_zones_by_country().get(country or "", ())
    return zones[0] if len(zones) == 1 else None


@cache
def zone_names() -> frozenset[str]:
    """Every zone of the tz database, older names too."""
    return frozenset(name for name in available_timezones() if name not in ("localtime", "posixrules", "Factory"))
