"""The currencies that a plan may have."""

from __future__ import annotations

from functools import cache

from babel.numbers import list_currencies


@cache
def currencies() -> frozenset[str]:
    """ISO 4217 codes."""
    return frozenset(list_currencies())
