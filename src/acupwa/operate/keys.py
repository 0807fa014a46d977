"""The keys that answers are encrypted with: listed, added, changed. Each returns one line to print."""

import os
from pathlib import Path

from cryptography.fernet import Fernet

import acupwa.operate.tables  # noqa: F401 - all rows are encrypted anew
from acupwa.db.encryption import KeyRing, key_names
from acupwa.db.engine import make_engine
from acupwa.db.migrate import need_current
from acupwa.db.rotate import reseal_all
from acupwa.settings import KEY_FILE, Settings, SettingsError


def list_keys(settings: Settings) -> str:
    return f"newest first: {_names(settings)}"


def add_key(settings: Settings) -> str:
    """A new key in front of those in the data folder. Servers use it after a restart."""
    file = _key_file(settings)
    keys = (Fernet.generate_key().decode(), *settings.secret_keys)
    _write_keys(file, keys)
    return f"the new key is {key_names(keys)[0]}. Now restart the server, then run `acupwa keys rotate`."


def rotate_keys(settings: Settings) -> str:
    """Raises SealBroken, or DatabaseBehind."""
    engine = make_engine(settings.database_url)
    try:
        need_current(engine)
        rows = reseal_all(engine, KeyRing(settings.secret_keys))
    finally:
        engine.dispose()
    return f"{rows} rows are now under the key {key_names(settings.secret_keys)[0]}."


def drop_old_keys(settings: Settings) -> str:
    """Keep the newest key alone, once nothing needs the others. Raises as `rotate_keys`."""
    file = _key_file(settings)
    rotate_keys(settings)
    _write_keys(file, settings.secret_keys[:1])
    return f"only the key {key_names(settings.secret_keys)[0]} is left. Older backups still need the older keys."


def _names(settings: Settings) -> str:
    return ", ".join(key_names(settings.secret_keys))


def _key_file(settings: Settings) -> Path:
    file = settings.data_dir / KEY_FILE
    if not file.exists() or tuple(file.read_text().split()) != settings.secret_keys:
        raise SettingsError("ACUPWA_SECRET_KEYS: the keys come from the environment: change them there, newest first")
    return file


def _write_keys(file: Path, keys: tuple[str, ...]) -> None:
    # Beside it first, then in its place: a crash leaves the old file or the new one.
    part = file.with_name(f".{file.name}.part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
        new.write("\n".join(keys) + "\n")
        new.flush()
        os.fsync(new.fileno())
    part.rename(file)
