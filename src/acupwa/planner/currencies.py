"""The currencies that a plan may have."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

from babel.core import get_global
from babel.numbers import list_currencies


@cache
def currencies() -> frozenset[str]:
    """ISO 4217 codes, also those of no money that anybody pays with: XXX, gold, what is no longer used."""
    return frozenset(list_currencies())


@cache
def money_in_use() -> frozenset[str]:
    """What people pay with somewhere today; a form offers these."""
    return frozenset(code for code, end in _legal_tender() if end is None)


def money_used_since(day: date) -> frozenset[str]:
    """What people paid with somewhere on that day or later."""
    return frozenset(code for code, end in _legal_tender() if end is None or end >= day)


def _legal_tender() -> Iterator[tuple[str, date | None]]:
    """Each with the last day on which it was one, in one country after the other."""
    for currencies_there in get_global("territory_currencies").values():
        for code, _start, end, tender in currencies_there:
            if tender:
                yield code, date(*end) if end else None
