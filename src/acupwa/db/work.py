"""The one way to the database: `await work(service_function, …)`, or `await work.read(…)` for one that only reads.

The function is plain and synchronous, gets `db` and `now` first, and returns values, never rows. All that it
does is one transaction, in a thread beside the event loop: whatever the database does, the loop does not wait for it.
On SQLite writers have one thread, as the file takes one at a time, and readers others, which wait for no writer.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlmodel import Session

from acupwa.db.encryption import KeyRing
from acupwa.db.engine import POSTGRES_THREADS, SQLITE_READERS, cut_of, reading
from acupwa.db.readiness import DatabaseFile, Readiness
from acupwa.lane import Full, Lane, Late, Turn, turn_of_this_work

P = ParamSpec("P")
T = TypeVar("T")
ATTEMPTS = 3
# In all, for one request: longer than that nobody is told nothing.
MOST_SECONDS = 5.0
MOST_WAITING = 100
_A_NOTE = 0.25


class DatabaseLost(Exception):
    """The database cannot be reached, or stayed busy. Shown as a calm 503."""


class Gone(Exception):
    """What the work is about was deleted meanwhile. Shown as what was never there."""


class Place(Protocol):
    """What a request takes up of a server, beside its wait."""

    def leave(self) -> None: ...
    def come_back(self) -> None: ...


class Patience:
    """The seconds that one request may still wait for the database, over all that it asks of it.

    While it waits for other writers, its `place` is for somebody else.
    """

    def __init__(self, seconds: float | None = None, place: Place | None = None) -> None:
        self.left = MOST_SECONDS if seconds is None else seconds
        self.place = place


patience: ContextVar[Patience | None] = ContextVar("patience", default=None)


def begin_again() -> None:
    """For a long file that is read and sent in pieces: each has all the seconds of a request."""
    waiting = patience.get()
    if waiting:
        waiting.left = MOST_SECONDS


@contextmanager
def away() -> Iterator[None]:
    """While this request waits in a queue of its own, its place is for somebody else."""
    waiting = patience.get()
    place = waiting.place if waiting else None
    if place:
        place.leave()
    try:
        yield
    finally:
        if place:
            place.come_back()


def system_clock() -> datetime:
    return datetime.now(UTC)


class Work:
    """Runs service functions. `clock` gives the aware UTC time that they get as `now`."""

    def __init__(self, engine: Engine, keys: KeyRing, clock: Callable[[], datetime] = system_clock) -> None:
        self.engine = engine
        self.reading = reading(engine)
        self.keys = keys
        self.clock = clock
        self._file = DatabaseFile(engine)
        self._readiness = Readiness(engine, self._file)
        self._sqlite = engine.dialect.name == "sqlite"
        self._writers = Lane(1 if self._sqlite else POSTGRES_THREADS, MOST_WAITING)
        self._readers = Lane(SQLITE_READERS, MOST_WAITING) if self._sqlite else self._writers

    async def __call__(
        self, function: Callable[Concatenate[Session, datetime, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Raises DatabaseLost when it is not done within the time that the request has; then nothing was kept."""
        return await self._wait(self._writers, lambda: self.run(function, *args, **kwargs))

    async def read(
        self, function: Callable[Concatenate[Session, datetime, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """The same for a function that writes nothing, which is enforced: it waits for no writer."""
        return await self._wait(self._readers, lambda: self.run_read(function, *args, **kwargs))

    async def note(
        self, function: Callable[Concatenate[Session, datetime, P], object], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """The same for what is no loss if the database is busy: it is tried for a moment."""
        with suppress(DatabaseLost):
            await self._wait(self._writers, lambda: self.run(function, *args, **kwargs), _A_NOTE)

    def run(self, function: Callable[Concatenate[Session, datetime, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The same, synchronously. Raises DatabaseLost when the database stays out of reach."""
        return self._try(self.engine, lambda db: function(db, self.clock(), *args, **kwargs))

    def run_read(
        self, function: Callable[Concatenate[Session, datetime, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """`read`, synchronously."""
        return self._try(self.reading, lambda db: function(db, self.clock(), *args, **kwargs))

    async def forget_traces(self) -> None:
        """After a deletion: SQLite's write-ahead log still holds the old pages until it is cut."""
        if self._sqlite:
            with suppress(DatabaseLost):
                await self._wait(self._writers, self._cut_log)

    async def is_ready(self) -> bool:
        """Whether answers can be kept now; within two seconds."""
        return await self._readiness.is_ready()

    def close(self) -> None:
        self._readiness.close()
        self._writers.close()
        self._readers.close()
        self.engine.dispose()

    async def _wait(self, lane: Lane, call: Callable[[], T], most: float | None = None) -> T:
        most = MOST_SECONDS if most is None else most
        left, began = patience.get(), time.monotonic()
        try:
            with away() if lane is self._writers else nullcontext():
                return await lane.run(call, min(most, left.left) if left else most)
        except (Full, Late) as fault:
            raise DatabaseLost(type(fault).__name__) from fault
        finally:
            if left:
                left.left = max(0.0, left.left - (time.monotonic() - began))

    def _try(self, engine: Engine, call: Callable[[Session], T]) -> T:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._once(engine, call)
            except (OperationalError, InterfaceError, PoolTimeout) as fault:
                if attempt == ATTEMPTS or not _safe_to_retry(fault):
                    raise DatabaseLost(type(fault).__name__) from fault
                time.sleep(0.05 * attempt)
        raise AssertionError("unreachable")

    def _once(self, engine: Engine, call: Callable[[Session], T]) -> T:
        if engine is self.engine and not self._file.is_same():
            raise DatabaseLost("Moved")
        turn = turn_of_this_work()
        try:
            with Session(engine, expire_on_commit=False) as db:
                db.info["keys"] = self.keys
                _hold(db, turn)
                value = call(db)
                db.flush()
                if engine is self.engine:
                    _commit(db, turn)
                return value
        finally:
            if turn is not None:
                turn.release()

    def _cut_log(self) -> None:
        with self.reading.connect() as connection:
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")


def _hold(db: Session, turn: Turn | None) -> None:
    """Begins, so that a writer waits for the others before it reads anything; a wait for the server can be cut."""
    connection = db.connection()
    if turn is not None and (cut := cut_of(connection)):
        turn.hold(cut)


def _commit(db: Session, turn: Turn | None) -> None:
    if turn is not None and turn.given_up:
        raise DatabaseLost("Late")  # it was told that nothing was kept
    try:
        db.commit()
    except DBAPIError as fault:
        if fault.connection_invalidated:
            # Perhaps it is there, perhaps not: only what left nothing behind may be tried again.
            raise DatabaseLost(type(fault).__name__) from fault
        raise


# PostgreSQL: serialization failure, deadlock, cannot connect now.
_RETRY_STATES = frozenset({"40001", "40P01", "57P03"})


def _safe_to_retry(fault: Exception) -> bool:
    """Only faults that certainly left nothing behind; a connection that was lost in mid-commit never comes here."""
    turn = turn_of_this_work()
    if not isinstance(fault, DBAPIError) or (turn is not None and turn.given_up):
        return False
    return fault.connection_invalidated or getattr(fault.orig, "sqlstate", None) in _RETRY_STATES
