"""The whole state to a file and back. Each returns one line to print."""

from datetime import UTC, datetime
from pathlib import Path

from acupwa.db.backup import back_up, restore
from acupwa.db.encryption import key_names
from acupwa.db.engine import make_engine
from acupwa.settings import Settings


def make_backup(settings: Settings, file: Path) -> str:
    """Raises BackupError."""
    keys = ", ".join(key_names(settings.secret_keys))
    engine = make_engine(settings.database_url)
    try:
        rows = back_up(engine, file, settings.secret_keys, datetime.now(UTC))
    finally:
        engine.dispose()
    return f"{file}: {rows} rows. It needs the key {keys} to be read; the key is not in it."


def restore_backup(settings: Settings, file: Path) -> str:
    """Raises BackupError, with nothing changed."""
    engine = make_engine(settings.database_url)
    try:
        rows = restore(engine, file, settings.secret_keys)
    finally:
        engine.dispose()
    return f"{rows} rows restored"
