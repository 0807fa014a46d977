"""The one way to the database: `await work(service_function, …)`.

The function is plain and synchronous, gets `db` and `now` first, and returns values, never rows. All that it
does is one transaction. On SQLite it runs in place: its queries are short and indexed, and a thread costs more
than they do. On PostgreSQL it runs in a bounded thread pool.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Concatenate, ParamSpec, TypeVar

from anyio import CapacityLimiter, to_thread
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlmodel import Session

from acupwa.db.encryption import KeyRing
from acupwa.db.engine import POSTGRES_THREADS

P = ParamSpec("P")
T = TypeVar("T")
ATTEMPTS = 3


class DatabaseLost(Exception):
    """The database cannot be reached, or stayed busy. Shown as a calm 503."""


class Gone(Exception):
    """What the work is about was deleted meanwhile. Shown as what was never there."""


def system_clock() -> datetime:
    return datetime.now(UTC)


class Work:
    """Runs service functions. `clock` gives the aware UTC time that they get as `now`."""

    def __init__(self, engine: Engine, keys: KeyRing, clock: Callable[[], datetime] = system_clock) -> None:
        self.engine = engine
        self.keys = keys
        self.clock = clock
        self._in_place = engine.dialect.name == "sqlite"
        self._threads: CapacityLimiter | None = None

    async def __call__(
        self,
        function: Callable[Concatenate[Session, datetime, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        if self._in_place:
            return self.run(function, *args, **kwargs)
        if self._threads is None:
            self._threads = CapacityLimiter(POSTGRES_THREADS)
        return await to_thread.run_sync(lambda: self.run(function, *args, **kwargs), limiter=self._threads)

    def run(
        self,
        function: Callable[Concatenate[Session, datetime, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """The same, synchronously. Raises DatabaseLost when the database stays out of reach."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._once(function, *args, **kwargs)
            except (OperationalError, InterfaceError, PoolTimeout) as fault:
                if attempt == ATTEMPTS or not _safe_to_retry(fault):
                    raise DatabaseLost(type(fault).__name__) from fault
                time.sleep(0.05 * attempt)
        raise AssertionError("unreachable")

    def _once(
        self,
        function: Callable[Concatenate[Session, datetime, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        with Session(self.engine, expire_on_commit=False) as db:
            db.info["keys"] = self.keys
            value = function(db, self.clock(), *args, **kwargs)
            db.commit()
            return value

    def forget_traces(self) -> None:
        """After a deletion: SQLite's write-ahead log still holds the old pages until it is cut."""
        if self._in_place:
            with self.engine.connect() as connection:
                connection.exec_driver_sql("COMMIT")
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
                connection.exec_driver_sql("BEGIN")

    def close(self) -> None:
        self.engine.dispose()


# PostgreSQL: serialization failure, deadlock, cannot connect now, connection does not exist (before any statement).
_RETRY_STATES = frozenset({"40001", "40P01", "57P03"})


def _safe_to_retry(fault: Exception) -> bool:
    """Only faults that certainly left nothing behind: a lost connection in mid-commit is not among them."""
    if not isinstance(fault, DBAPIError):
        return False
    if getattr(fault.orig, "sqlstate", None) in _RETRY_STATES:
        return True
    return "database is locked" in str(fault.orig)
