"""How a line of the trail names an account that goes: by its address and its key. Pure."""

from __future__ import annotations

from uuid import UUID


def removed_account(email: str, id: UUID) -> str:
    """What the line is about. No address holds a space."""
    return f"{email} {id}"


def read_removed(about: str) -> tuple[UUID, str] | None:
    """The key and the address; None for a line from before the key stood in it."""
    email, _space, key = about.partition(" ")
    try:
        return UUID(key), email
    except ValueError:
        return None
