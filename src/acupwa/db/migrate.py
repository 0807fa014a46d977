"""Migrations by Alembic, from Python: no alembic.ini to find in an installed wheel."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

_FOLDER = Path(__file__).parent / "migrations"


def upgrade(engine: Engine) -> None:
    """Bring the database to the newest revision; several workers may call it at once."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            # Held to the end of the transaction: the second worker waits, then finds nothing to do.
            connection.execute(text("SELECT pg_advisory_xact_lock(4217001)"))
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def current_revision(connection: Connection) -> str | None:
    """The revision that the database stands at; None when it was never migrated."""
    return MigrationContext.configure(connection).get_current_revision()


def is_current(engine: Engine) -> bool:
    """Whether the database stands at the newest revision."""
    with engine.connect() as connection:
        found = current_revision(connection)
    return found == ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    return config
