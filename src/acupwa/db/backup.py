"""The whole state in one file, and back: rows as JSON lines, gzipped. The same file fits SQLite and PostgreSQL.

What is encrypted stays encrypted: the file holds no key, and says which ones it needs.
"""

import base64
import gzip
import hashlib
import os
import zlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

import msgspec
from sqlalchemy import (
    CHAR,
    Connection,
    DateTime,
    Engine,
    LargeBinary,
    TableClause,
    Uuid,
    column,
    func,
    insert,
    inspect,
    select,
)
from sqlalchemy import table as table_clause
from sqlalchemy.types import TypeEngine

from acupwa.db.encryption import key_names
from acupwa.db.engine import reading
from acupwa.db.migrate import NEWEST, UnknownRevision, current_revision, upgrade_to
from acupwa.db.tables import UtcDateTime

FORMAT, VERSION = "acupwa-backup", 1
_AT_ONCE = 500


class BackupError(Exception):
    """One line for the operator: what is wrong with the file or the place."""


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The first line. `keys` are the names of the keys that its answers need, the newest first."""

    format: str
    version: int
    revision: str
    made_at: datetime
    keys: tuple[str, ...]


class Foot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The last line: without it the file was cut short."""

    rows: int
    sha256: str


def back_up(engine: Engine, file: Path, keys: Sequence[str], now: datetime) -> int:
    """Write all rows to a new file, readable by its owner only, from one moment of the database; returns how many.

    At whatever revision the database is: a copy is wanted before an upgrade, when the newer version is there already.
    Safe while others write. Raises BackupError when the file is there already.
    """
    if file.exists():
        raise BackupError(f"{file}: is there already; choose another name")
    part = file.with_name(f".{file.name}.part")
    with reading(engine).connect() as connection, _new_file(part) as raw:
        connection = connection.execution_options(isolation_level=_one_moment(engine))
        revision = current_revision(connection)
        if revision is None:
            raise BackupError("the database is empty: nothing to back up")
        head = Head(FORMAT, VERSION, revision, now, key_names(keys))
        with gzip.GzipFile(fileobj=raw, mode="wb", mtime=0) as out:
            count = _write(out, head, _rows(connection))
        raw.flush()
        os.fsync(raw.fileno())
    part.rename(file)
    return count


def restore(engine: Engine, file: Path, keys: Sequence[str]) -> int:
    """Put a backup into an empty database, whole or not at all, and migrate it; returns how many rows.

    A file of an older revision needs a database that was never migrated: it is brought to the revision of the file,
    filled, then migrated like any other of its age. Raises BackupError when the file is broken or foreign, when its
    keys are missing, or when something is there.
    """
    head, rows = _read(file)
    missing = [name for name in head.keys if name not in key_names(keys)]
    if missing:
        raise BackupError(f"{file}: needs the key {', '.join(missing)}: put it into ACUPWA_SECRET_KEYS")
    with engine.begin() as connection:
        _bring_to(connection, head.revision, file)
        _fill(connection, rows, file)
        upgrade_to(connection, NEWEST)
    return len(rows)


def _bring_to(connection: Connection, revision: str, file: Path) -> None:
    there = current_revision(connection)
    if there not in (None, revision):
        raise BackupError(
            f"{file}: was made at database revision {revision}, this one is at {there}: "
            "restore it into a new database, which is then upgraded"
        )
    try:
        upgrade_to(connection, revision)
    except UnknownRevision:
        raise BackupError(f"{file}: is of a later version of Acupwa (database revision {revision})") from None


def _fill(connection: Connection, rows: Sequence[tuple[str, dict[str, Any]]], file: Path) -> None:
    tables = _tables_there(connection)
    for table in tables:
        if connection.execute(select(func.count()).select_from(table)).scalar():
            raise BackupError(f"the database is not empty: {table.name} has rows; restore into a new one")
    by_table: dict[str, list[dict[str, Any]]] = {}
    for name, row in rows:
        by_table.setdefault(name, []).append(row)
    for table in tables:
        values = [_from_json(table, row, file) for row in by_table.pop(table.name, [])]
        for start in range(0, len(values), _AT_ONCE):
            connection.execute(insert(table), values[start : start + _AT_ONCE])
    if by_table:
        raise BackupError(f"{file}: holds a table that is not known: {', '.join(sorted(by_table))}")


def _tables_there(connection: Connection) -> tuple[TableClause, ...]:
    """As the database itself has them, at whatever revision; those that others lean on first."""
    found = inspect(connection)
    names = [name for name, _keys in found.get_sorted_table_and_fkc_names() if name not in (None, "alembic_version")]
    return tuple(
        table_clause(name, *(column(one["name"], _type(one["type"])) for one in found.get_columns(name)))
        for name in names
        if name
    )


def _type(found: TypeEngine[Any]) -> TypeEngine[Any]:
    """Of a column, as our tables declare it: SQLite keeps a key as CHAR(32) and a time without its zone."""
    match found:
        case DateTime():
            return UtcDateTime()
        case CHAR(length=32):
            return Uuid()
        case _:
            return found


def _one_moment(engine: Engine) -> Any:
    # On SQLite a reading transaction sees one moment anyway.
    return "REPEATABLE READ" if engine.dialect.name == "postgresql" else "SERIALIZABLE"


def _new_file(file: Path) -> BinaryIO:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    return os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _rows(connection: Connection) -> Iterator[tuple[str, dict[str, Any]]]:
    keys = inspect(connection).get_multi_pk_constraint()
    for table in _tables_there(connection):
        order = [table.columns[name] for name in keys[None, table.name]["constrained_columns"]]
        found = connection.execution_options(yield_per=_AT_ONCE).execute(select(table).order_by(*order))
        for row in found.mappings():
            yield str(table.name), {str(name): _to_json(value) for name, value in row.items()}


def _write(out: gzip.GzipFile, head: Head, rows: Iterator[tuple[str, dict[str, Any]]]) -> int:
    digest, count = hashlib.sha256(), 0

    def line(value: Any) -> None:
        data = msgspec.json.encode(value) + b"\n"
        digest.update(data)
        out.write(data)

    line(head)
    for name, row in rows:
        line([name, row])
        count += 1
    out.write(msgspec.json.encode(Foot(count, digest.hexdigest())) + b"\n")
    return count


def _read(file: Path) -> tuple[Head, list[tuple[str, dict[str, Any]]]]:
    try:
        with gzip.open(file, "rb") as source:
            lines = source.read().splitlines(keepends=True)
    except OSError as fault:
        raise BackupError(f"{file}: cannot be read ({fault.strerror or 'not a backup'})") from None
    except (EOFError, zlib.error):
        raise BackupError(f"{file}: is broken or cut short") from None
    if len(lines) < 2:
        raise BackupError(f"{file}: is not a backup of Acupwa")
    try:
        head = msgspec.json.decode(lines[0], type=Head)
    except msgspec.MsgspecError:
        raise BackupError(f"{file}: is not a backup of Acupwa") from None
    if head.format != FORMAT or head.version != VERSION:
        raise BackupError(f"{file}: is of another kind or of a later version")
    try:
        foot = msgspec.json.decode(lines[-1], type=Foot)
        rows = [msgspec.json.decode(line, type=tuple[str, dict[str, Any]]) for line in lines[1:-1]]
    except msgspec.MsgspecError:
        raise BackupError(f"{file}: is broken or cut short") from None
    if foot.rows != len(rows) or foot.sha256 != hashlib.sha256(b"".join(lines[:-1])).hexdigest():
        raise BackupError(f"{file}: is broken or was changed")
    return head, rows


def _to_json(value: Any) -> Any:
    match value:
        case bytes() | memoryview():
            return base64.b64encode(bytes(value)).decode()
        case datetime():
            return value.isoformat()
        case UUID():
            return str(value)
        case _:
            return value


def _from_json(table: TableClause, row: dict[str, Any], file: Path) -> dict[str, Any]:
    """The values as the columns take them. Raises BackupError for a column that is not there."""
    unknown = set(row) - {column.name for column in table.columns}
    if unknown:
        raise BackupError(f"{file}: {table.name} has no {', '.join(sorted(unknown))}")
    return {name: _value(table, name, value) for name, value in row.items()}


def _value(table: TableClause, name: str, value: Any) -> Any:
    if value is None:
        return None
    match table.columns[name].type:
        case LargeBinary():
            return base64.b64decode(value)
        case UtcDateTime():
            return datetime.fromisoformat(value)
        case Uuid():
            return UUID(value)
        case _:
            return value
