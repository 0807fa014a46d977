"""Countries: ISO 3166-1 alpha-2 codes and their names. Pure."""

from __future__ import annotations

import unicodedata
from functools import cache

from babel.core import get_global

from acupwa.wording import cldr_locale

_NOT_A_COUNTRY = frozenset(("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"))
COUNTRIES = frozenset(
    code
    for code in map(str, cldr_locale("en").territories)
    if len(code) == 2 and code.isalpha() and code not in _NOT_A_COUNTRY
)


@cache
def countries_by_name(language: str) -> tuple[tuple[str, str], ...]:
    """`(code, name)` of every country, in the order of the names in `language`."""
    names = cldr_locale(language).territories
    return tuple(sorted(((code, names[code]) for code in COUNTRIES), key=lambda pair: _sort_key(pair[1])))


def country_name(code: str, language: str) -> str:
    return str(cldr_locale(language).territories[code])


@cache
def zones_by_country() -> dict[str, tuple[str, ...]]:
    """ISO 3166-1 code → every name that a phone there may give its time zone, older names too."""
    territories, aliases = get_global("zone_territories"), get_global("zone_aliases")
    found: dict[str, set[str]] = {}
    for zone in {*territories, *aliases}:
        country = territories.get(aliases.get(zone, zone))
        if country and "/" in zone:
            found.setdefault(country, set()).add(zone)
    return {country: tuple(sorted(zones)) for country, zones in found.items()}


def _sort_key(name: str) -> str:
    # Åland stands with the As for an English reader.
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
