"""Where a clinic is: its time zone, and the country that this says. Pure."""

from __future__ import annotations

from functools import cache

from babel.core import get_global

from acupwa.zones import known_zone, zone_names

# Old names and machines' own: nobody is there.
_NOWHERE = ("Etc/", "SystemV/", "US/", "posix/", "right/")


@cache
def all_zones() -> tuple[str, ...]:
    """The zones to choose from: places, and UTC."""
    known = get_global("zone_territories")
    aliases = {zone for zone, main in get_global("zone_aliases").items() if main != zone}
    return tuple(
        sorted(
            {"UTC"}
            | {
                zone
                for zone in zone_names()
                if "/" in zone and not zone.startswith(_NOWHERE) and (zone in known or zone in aliases)
            }
        )
    )


def country_of(zone: str) -> str | None:
    """ISO 3166-1 alpha-2; None for UTC and the like."""
    known = get_global("zone_territories")
    country = known.get(zone) or known.get(get_global("zone_aliases").get(zone, ""))
    return country if country and len(country) == 2 and country.isalpha() and country != "ZZ" else None


def zone_options(chosen: str) -> tuple[tuple[str, str], ...]:
    """All of them in words; and the one that is `chosen`, should it go by an older name."""
    zones = all_zones() if chosen in all_zones() or not known_zone(chosen) else (chosen, *all_zones())
    return tuple((zone, zone.replace("_", " ")) for zone in zones)
