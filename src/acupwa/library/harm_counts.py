"""How many of 10,000 people or treatments a fact speaks of. Pure."""

from __future__ import annotations

import re

import msgspec

COUNTED_OF = 10_000

_COUNT = r"(?P<count>\d[\d,]*(?:\.\d+)?)"
_OF = r"(?:in|per|of|out of)(?:\s+every)?\s+10,000\s+(?P<unit>[a-z]+)"
_SAYS = re.compile(rf"{_COUNT}\s+(?:[a-z-]+\s+){{0,3}}?{_OF}", re.IGNORECASE)
# The other order: "in every 10,000 treatments, about 14 ..."
_SAYS_BACKWARDS = re.compile(rf"{_OF}[,:]?\s+(?:about\s+|around\s+)?{_COUNT}", re.IGNORECASE)


class HarmCount(msgspec.Struct, frozen=True):
    """`count` of 10,000 `unit` (people, treatments …), from 0 to 10,000."""

    count: float
    unit: str


def find_harm_count(says: str) -> HarmCount | None:
    """The number of 10,000 that a fact gives, or None when it gives none (or more than 10,000)."""
    found = _SAYS.search(says) or _SAYS_BACKWARDS.search(says)
    if found is None:
        return None
    count = float(found["count"].replace(",", ""))
    return None if count > COUNTED_OF else HarmCount(count, found["unit"].lower())
