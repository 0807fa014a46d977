"""All answers under the newest key, in small steps, while the server serves."""

from typing import Any

from sqlalchemy import Column, Engine, Table, select, update
from sqlmodel import SQLModel

from acupwa.db.encryption import KeyRing

_AT_ONCE = 200
# The columns that hold what is encrypted.
SEALED = ("sealed", "totp")


def reseal_all(engine: Engine, keys: KeyRing) -> int:
    """Encrypt anew whatever is not under the newest key; returns how many rows.

    Each step is a transaction of its own, and a row that somebody changed meanwhile is left as they wrote it, so
    that it may be run at any time and again. Raises SealBroken, with nothing lost, when a row fits none of the keys.
    """
    tables = SQLModel.metadata.sorted_tables
    return sum(_reseal(engine, keys, table, table.c[name]) for table in tables for name in SEALED if name in table.c)


def _reseal(engine: Engine, keys: KeyRing, table: Table, column: Column[Any]) -> int:
    key = next(iter(table.primary_key))
    last: Any = None
    changed = 0
    while True:
        query = select(key, column).where(column.is_not(None)).order_by(key).limit(_AT_ONCE)
        with engine.begin() as connection:
            rows = connection.execute(query if last is None else query.where(key > last)).all()
            for id, sealed in rows:
                if keys.is_newest(sealed):
                    continue
                again = update(table).where(key == id, column == sealed).values({column.name: keys.rotate(sealed)})
                changed += connection.execute(again).rowcount
        if len(rows) < _AT_ONCE:
            return changed
        last = rows[-1][0]
