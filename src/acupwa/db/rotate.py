"""All answers under the newest key, in small steps, while the server serves."""

from typing import Any

from sqlalchemy import Engine, Table, select, update
from sqlmodel import SQLModel

from acupwa.db.encryption import KeyRing

_AT_ONCE = 200


def reseal_all(engine: Engine, keys: KeyRing) -> int:
    """Encrypt anew whatever is not under the newest key; returns how many rows.

    Each step is a transaction of its own, and a row that somebody changed meanwhile is left as they wrote it, so
    that it may be run at any time and again. Raises SealBroken, with nothing lost, when a row fits none of the keys.
    """
    return sum(_reseal(engine, keys, table) for table in SQLModel.metadata.sorted_tables if "sealed" in table.c)


def _reseal(engine: Engine, keys: KeyRing, table: Table) -> int:
    key = next(iter(table.primary_key))
    last: Any = None
    changed = 0
    while True:
        query = select(key, table.c.sealed).order_by(key).limit(_AT_ONCE)
        with engine.begin() as connection:
            rows = connection.execute(query if last is None else query.where(key > last)).all()
            for id, sealed in rows:
                if keys.is_newest(sealed):
                    continue
                again = update(table).where(key == id, table.c.sealed == sealed).values(sealed=keys.rotate(sealed))
                changed += connection.execute(again).rowcount
        if len(rows) < _AT_ONCE:
            return changed
        last = rows[-1][0]
