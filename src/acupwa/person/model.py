"""The anonymous person: a random key in a cookie, nothing else."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec


class Person(msgspec.Struct, frozen=True):
    id: UUID
    created_at: datetime


class Consent(msgspec.Struct, frozen=True, kw_only=True):
    """What the person agreed to, in the words that they saw."""

    version: str
    language: str
    wording: str
    given_at: datetime
    withdrawn_at: datetime | None = None
