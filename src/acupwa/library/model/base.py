"""The base of all content."""

from __future__ import annotations

import msgspec


class Content(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The base of every content value."""
