"""Faults for the operator: lines of JSON on standard error."""

import logging
import sys
import time
from collections.abc import Callable
from functools import cache
from typing import Any


def set_up_logs(level: str) -> None:
    """`level` is one of the settings' names; call it once, before anything is logged."""
    logging.basicConfig(level=logging.getLevelName(level.upper()), stream=sys.stderr, format="%(message)s")


def log_fault(event: str, **more: object) -> None:
    """Never give it what a person typed, nor the message of an exception, which may quote that."""
    _logger().error(event, **more)


def log_warning(event: str, **more: object) -> None:
    """What the operator should change; as careful as `log_fault`."""
    _logger().warning(event, **more)


class Seldom:
    """For faults that anybody can bring about as often as they like: one line within `seconds`, so that nobody fills the log.

    `clock` counts seconds from any point.
    """

    def __init__(self, seconds: float = 10.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._quiet_until = 0.0
        self._suppressed = 0

    def log_fault(self, event: str, **more: object) -> bool:
        """Whether it has a line; that of the next says as `suppressed` how many had none since the one before."""
        now = self._clock()
        if now < self._quiet_until:
            self._suppressed += 1
            return False
        log_fault(event, **more, suppressed=self._suppressed)
        self._quiet_until, self._suppressed = now + self._seconds, 0
        return True


@cache
def _logger() -> Any:
    # Here: structlog brings in all that colours a terminal, and a start has no fault to tell.
    import structlog

    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLogger().getEffectiveLevel()),
        logger_factory=lambda *_args: structlog.PrintLogger(sys.stderr),
    )
    return structlog.get_logger()
