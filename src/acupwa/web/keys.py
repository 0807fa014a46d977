"""A key in an address."""

from uuid import UUID

from litestar.exceptions import NotFoundException


def read_key(text: str) -> UUID:
    """Raises NotFoundException for what is none: then there is no such page."""
    key = find_key(text)
    if key is None:
        raise NotFoundException
    return key


def find_key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
