"""What every table shares: keys, times, the metadata."""

import uuid
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, TypeDecorator
from sqlalchemy.engine import Dialect
from sqlmodel import SQLModel
from uuid_utils.compat import uuid7


def new_key() -> uuid.UUID:
    """A UUIDv7: sorts by time, needs no sequence, can be made anywhere."""
    return uuid7()


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC time on both databases. A time without a zone is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored time needs its zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        stored: datetime = value
        return stored.replace(tzinfo=UTC) if stored.tzinfo is None else stored.astimezone(UTC)


class Row(SQLModel):
    """The base of every table class. Tables never leave their store."""
