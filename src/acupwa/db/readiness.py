"""Whether answers can be kept now: the database is there, at the newest migration, takes a write, and is still the one
that this process opened.
"""

import asyncio
import os
import time

from sqlalchemy import Connection, Engine

from acupwa.db.engine import SQLITE_BUSY_MS, cut_of, reading
from acupwa.db.migrate import is_newest
from acupwa.lane import Lane, turn_of_this_work

_HOLDS_SECONDS = 1.0
_MOST_SECONDS = 2.0
_BUSY_MS = 1_500


class DatabaseFile:
    """The file of a SQLite database as it was when this process first saw it."""

    def __init__(self, engine: Engine) -> None:
        self._path = engine.url.database if engine.dialect.name == "sqlite" else None
        self._first = self._find()

    def is_same(self) -> bool:
        """False once it was deleted, moved or replaced: what is written to it then is lost at the next start."""
        if self._path is None:
            return True
        found = self._find()
        self._first = self._first or found
        return found == self._first

    def _find(self) -> tuple[int, int] | None:
        if self._path is None:
            return None
        try:
            found = os.stat(self._path)
        except OSError:
            return None
        return found.st_dev, found.st_ino


class Readiness:
    """Looks at the most once a second, one look at a time, in a thread of its own."""

    def __init__(self, engine: Engine, file: DatabaseFile) -> None:
        self._engine = reading(engine)
        self._file = file
        self._lane = Lane(threads=1, most_waiting=0)
        self._look: asyncio.Task[bool] | None = None
        self._looked_at = float("-inf")

    async def is_ready(self) -> bool:
        """Within two seconds, whatever the database does. Never raises."""
        loop, look = asyncio.get_running_loop(), self._look
        fresh = look is not None and look.get_loop() is loop
        if look is None or not fresh or (look.done() and time.monotonic() - self._looked_at > _HOLDS_SECONDS):
            look = self._look = loop.create_task(self._look_now())
        return await asyncio.shield(look)

    def close(self) -> None:
        self._lane.close()

    async def _look_now(self) -> bool:
        try:
            return await self._lane.run(self._is_there, _MOST_SECONDS)
        except Exception:
            return False
        finally:
            self._looked_at = time.monotonic()

    def _is_there(self) -> bool:
        if not self._file.is_same():
            return False
        turn = turn_of_this_work()
        try:
            with self._engine.connect() as connection:
                if turn is not None and (cut := cut_of(connection)):
                    turn.hold(cut)
                newest = is_newest(connection)
                if connection.dialect.name == "sqlite":
                    _try_to_write(connection)
                return newest
        finally:
            if turn is not None:
                turn.release()


def _try_to_write(connection: Connection) -> None:
    connection.exec_driver_sql("ROLLBACK")
    try:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={_BUSY_MS}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        connection.exec_driver_sql("ROLLBACK")
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={SQLITE_BUSY_MS}")
    connection.exec_driver_sql("BEGIN")
