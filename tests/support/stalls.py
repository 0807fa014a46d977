"""A clock that stands while a busy machine holds everything up, so that no deadline is blamed for it."""

from __future__ import annotations

import threading
import time

_BEAT = 0.01
# Less is a thread that waits its turn beside others of this process.
_OVERDUE = 0.02


class _Stalls(threading.Thread):
    seconds = 0.0

    def run(self) -> None:
        while True:
            began, worked = time.monotonic(), time.process_time()
            time.sleep(_BEAT)
            late = time.monotonic() - began - _BEAT
            if late > _OVERDUE:
                # What this process itself worked meanwhile is its own fault.
                self.seconds += max(0.0, late - (time.process_time() - worked))


_stalls = _Stalls(daemon=True)


def time_given() -> float:
    """Seconds that this process was let go on, from a point of no meaning."""
    if not _stalls.ident:
        _stalls.start()
    return time.monotonic() - _stalls.seconds
