"""Migrations by Alembic, from Python: no alembic.ini to find in an installed wheel."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, text

from acupwa.db.engine import reading

NEWEST = "head"
_FOLDER = Path(__file__).parent / "migrations"


class UnknownRevision(Exception):
    """This version of Acupwa has no such migration."""


class DatabaseBehind(Exception):
    """The database does not stand at the newest revision. Its words name what to do, for the operator."""

    def __str__(self) -> str:
        return "the database is behind: run `acupwa db upgrade`"


def upgrade(engine: Engine) -> None:
    """Bring the database to the newest revision; several workers may call it at once."""
    with engine.begin() as connection:
        upgrade_to(connection, NEWEST)


def upgrade_to(connection: Connection, revision: str) -> None:
    """Bring the database to `revision` within the transaction of `connection`. Raises UnknownRevision."""
    if connection.dialect.name == "postgresql":
        # Held to the end of the transaction: the second worker waits, then finds nothing to do.
        connection.execute(text("SELECT pg_advisory_xact_lock(4217001)"))
    config = _config()
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, revision)
    except CommandError:
        raise UnknownRevision(revision) from None


def current_revision(connection: Connection) -> str | None:
    """The revision that the database stands at; None when it was never migrated."""
    return MigrationContext.configure(connection).get_current_revision()


def is_current(engine: Engine) -> bool:
    """Whether the database stands at the newest revision."""
    with reading(engine).connect() as connection:
        return is_newest(connection)


def is_newest(connection: Connection) -> bool:
    return current_revision(connection) == _newest_revision()


def need_current(engine: Engine) -> None:
    """Raises DatabaseBehind, before anything is read from tables that may not be there."""
    if not is_current(engine):
        raise DatabaseBehind


@cache
def _newest_revision() -> str | None:
    return ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    return config
