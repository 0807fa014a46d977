"""Countries: ISO 3166-1 alpha-2 codes and their names. Pure."""

from __future__ import annotations

import unicodedata
from functools import cache

from babel import Locale

_NOT_A_COUNTRY = frozenset(("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"))
COUNTRIES = frozenset(
    code
    for code in map(str, Locale("en").territories)
    if len(code) == 2 and code.isalpha() and code not in _NOT_A_COUNTRY
)


@cache
def countries_by_name(language: str) -> tuple[tuple[str, str], ...]:
    """`(code, name)` of every country, in the order of the names in `language`."""
    names = Locale.parse(language).territories
    return tuple(sorted(((code, names[code]) for code in COUNTRIES), key=lambda pair: _sort_key(pair[1])))


def country_name(code: str, language: str) -> str:
    return str(Locale.parse(language).territories[code])


def guess_country(accept_language: str) -> str | None:
    """The region of the first language that names one: `en-GB,en;q=0.8` gives GB. Only a first guess."""
    for part in accept_language.split(","):
        for piece in part.partition(";")[0].strip().split("-")[1:]:
            if len(piece) == 2 and piece.upper() in COUNTRIES:
                return piece.upper()
    return None


def _sort_key(name: str) -> str:
    # Åland stands with the As for an English reader.
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
