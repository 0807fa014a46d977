"""One engine a process. SQLite is set up to lose nothing that was answered; PostgreSQL to keep nobody waiting for ever."""

import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlmodel import create_engine

SQLITE_BUSY_MS = 5_000
SQLITE_READERS = 3
POSTGRES_THREADS = 8
# Beside those of the threads: long work, and the question whether the database is there.
_MORE_CONNECTIONS = 3
_SERVER_OPTIONS = (
    "-c statement_timeout={most_ms} -c lock_timeout={most_ms} -c idle_in_transaction_session_timeout=60000"
)
# Seconds after which a connection whose other end is gone without a word counts as lost.
_GONE = {
    "connect_timeout": 3,
    "keepalives": 1,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}
# What may be said to a database by those who only read from it; a savepoint changes nothing.
_READS = ("SELECT", "PRAGMA", "SHOW", "SAVEPOINT", "RELEASE", "ROLLBACK")


class WroteWhileReading(Exception):
    """A fault of ours: `work.read` was given a function that writes."""


def make_engine(database_url: str, *, most_seconds: int | None = None) -> Engine:
    """`most_seconds` is how long a statement may take, or wait for a lock, on PostgreSQL: None, as long as it needs."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        if url.database:
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(url, connect_args={"check_same_thread": False}, pool_size=8)
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    limits = (
        {"options": _SERVER_OPTIONS.format(most_ms=most_seconds * 1000)}
        if most_seconds and "options" not in url.query
        else {}
    )
    # No ping before each use: it may hang too, and `Work` tries once more when a connection turns out to be lost.
    return create_engine(
        url,
        pool_size=POSTGRES_THREADS + _MORE_CONNECTIONS,
        max_overflow=0,
        pool_timeout=1,
        connect_args={**_GONE, **limits},
    )


def reading(engine: Engine) -> Engine:
    """The same connections for those who only read: they wait for no writer, and a statement that writes is refused."""
    made = engine.execution_options(acupwa_reads=True)
    event.listen(made, "before_cursor_execute", _refuse_writes)
    return made


def cut_of(connection: Connection) -> Callable[[], None] | None:
    """What ends a wait for the server in another thread; None on SQLite, which waits for nobody but writers."""
    if connection.dialect.name != "postgresql":
        return None
    number: int = connection.connection.dbapi_connection.pgconn.socket  # type: ignore[union-attr]

    def cut() -> None:
        try:
            with socket.socket(fileno=socket.dup(number)) as same:
                same.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # it is closed already

    return cut


def _set_up_sqlite(connection: DBAPIConnection, _record: Any) -> None:
    # The driver must not begin transactions by itself: _begin_sqlite does, so that DDL is part of one.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={SQLITE_BUSY_MS}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes its place before it reads: else the step from reading to writing may be refused at once.
    reads = connection.get_execution_options().get("acupwa_reads")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _refuse_writes(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
    if not statement.lstrip().upper().startswith((*_READS, "BEGIN")):
        raise WroteWhileReading
