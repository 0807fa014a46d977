"""Who may stand in the trail of a clinic."""

from __future__ import annotations

from uuid import UUID

import msgspec


class Doer(msgspec.Struct, frozen=True, kw_only=True):
    """An account of the clinic, also one that was removed. `email` is empty where it is not known any more."""

    id: UUID
    name: str
    email: str
    removed: bool = False
