"""What is in the data folder is for its owner alone, also when the folder or a file in it was there before."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import make_url

from acupwa.settings import KEY_FILE, Settings

_FOR_OTHERS = 0o077
_BESIDE_A_DATABASE = ("", "-wal", "-shm", "-journal")


def close_to_others(settings: Settings) -> str | None:
    """Takes from others what they may do with the data folder and the files in it. One line to print where it cannot.

    A folder that has folders in it (`/var`, somebody's home) is not ours alone: there only our own files are closed.
    """
    database = make_url(settings.database_url).database if settings.database_url.startswith("sqlite") else None
    ours = [settings.data_dir / KEY_FILE, settings.data_dir / f".{KEY_FILE}.part"]
    ours += [Path(f"{database}{end}") for end in _BESIDE_A_DATABASE] if database else []
    alone = _is_ours_alone(settings.data_dir)
    files = [*ours, *(_files_in(settings.data_dir) if alone else ())]
    left = [file for file in files if not _close(file, 0o600)]
    if left or not (_close(settings.data_dir, 0o700) if alone else _is_closed(settings.data_dir)):
        return f"ACUPWA_DATA_DIR: others on this machine can look into {settings.data_dir}: give it the mode 0700"
    return None


def _is_ours_alone(folder: Path) -> bool:
    try:
        return not any(entry.is_dir(follow_symlinks=False) for entry in os.scandir(folder))
    except OSError:
        return False


def _files_in(folder: Path) -> Iterator[Path]:
    return (Path(entry.path) for entry in os.scandir(folder) if entry.is_file(follow_symlinks=False))


def _close(path: Path, mode: int) -> bool:
    if _is_closed(path):
        return True
    try:
        path.chmod(mode)
    except OSError:
        return False
    return True


def _is_closed(path: Path) -> bool:
    try:
        return not stat.S_IMODE(path.stat().st_mode) & _FOR_OTHERS
    except OSError:
        return True
