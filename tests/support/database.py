"""A migrated database of either kind, sealed with the key of the tests."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
import pytest
from cryptography.fernet import Fernet

from acupwa.db.encryption import KeyRing
from acupwa.db.engine import make_engine
from acupwa.db.migrate import upgrade
from acupwa.db.work import Work
from tests.support.clock import Clock
from tests.support.postgres import running_postgres

KEY = Fernet.generate_key().decode()


class Database:
    """A migrated database of either kind; `work` runs a service function in one transaction."""

    def __init__(self, url: str, clock: Callable[[], datetime], *, is_migrated: bool = False) -> None:
        self.url = url
        if not is_migrated:
            migrate(url)
        self.runner = Work(make_engine(url), KeyRing((KEY,)), clock)

    def work(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return self.runner.run(function, *args, **kwargs)


def migrate(url: str) -> None:
    """A new SQLite file is a copy of one that was migrated once."""
    file = Path(url.removeprefix("sqlite:///"))
    if url.startswith("sqlite:///") and not file.exists():
        file.write_bytes(_migrated_file())
        return
    engine = make_engine(url)
    upgrade(engine)
    engine.dispose()


@cache
def _migrated_file() -> bytes:
    with TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{folder}/new.sqlite3")
        upgrade(engine)
        engine.dispose()
        return Path(folder, "new.sqlite3").read_bytes()


@contextmanager
def database_of(server: str, like: str = "template1") -> Iterator[str]:
    """A new database on a running PostgreSQL, a copy of the one called `like`; its URL."""
    name = f"t{time.time_ns()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'create database "{name}" template "{like}"')
    yield server.removesuffix("/postgres") + f"/{name}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'drop database "{name}" with (force)')


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """One server a test process; a database a test."""
    with running_postgres() as url:
        yield url


@pytest.fixture
def postgres_url(postgres: str) -> Iterator[str]:
    with database_of(postgres) as url:
        yield url


@pytest.fixture(scope="session")
def migrated_postgres(postgres: str) -> Iterator[str]:
    """The name of a migrated database, to be copied: nobody is connected to it."""
    with database_of(postgres) as url:
        migrate("postgresql+psycopg" + url.removeprefix("postgresql"))
        yield url.rpartition("/")[2]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[Database]:
    with ExitStack() as stack:
        if request.param == "sqlite":
            database = Database(f"sqlite:///{tmp_path / 'test.sqlite3'}", clock)
        else:
            model = request.getfixturevalue("migrated_postgres")
            url = stack.enter_context(database_of(request.getfixturevalue("postgres"), model))
            database = Database("postgresql+psycopg" + url.removeprefix("postgresql"), clock, is_migrated=True)
        stack.callback(database.runner.close)
        yield database
