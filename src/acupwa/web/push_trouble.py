"""Push services that are in trouble, and so are asked no more for a while: nobody else waits for them."""

from __future__ import annotations

import time
from collections.abc import Callable

import msgspec

# One address may be bad, and hang, by itself; so many in a row are the service's own trouble.
MOST_FAULTS = 3
MOST_SECONDS = 300.0


class _Trouble(msgspec.Struct, frozen=True):
    addresses: frozenset[str]
    off_until: float
    noted_at: float


class Troubles:
    """By the origin of a service. What is over is forgotten: origins are what visitors tell."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._by_origin: dict[str, _Trouble] = {}

    def seconds_off(self, origin: str) -> float:
        found = self._by_origin.get(origin)
        return max(0.0, found.off_until - self._clock()) if found else 0.0

    def note_answer(self, origin: str) -> None:
        """It is there."""
        self._by_origin.pop(origin, None)

    def note_fault(self, origin: str, address: str, seconds: float, *, cannot_connect: bool) -> None:
        """`seconds` is how long it is to be left alone, as far as one may say so."""
        now = self._clock()
        self._by_origin = {
            one: trouble for one, trouble in self._by_origin.items() if now < trouble.noted_at + MOST_SECONDS
        }
        before = self._by_origin.get(origin)
        addresses = (before.addresses if before else frozenset()) | {address}
        off = cannot_connect or len(addresses) >= MOST_FAULTS
        off_until = now + min(seconds, MOST_SECONDS) if off else 0.0
        self._by_origin[origin] = _Trouble(addresses if not off else frozenset(), off_until, now)
