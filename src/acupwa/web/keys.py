"""A key in an address."""

from uuid import UUID

from litestar.exceptions import NotFoundException


def read_key(text: str) -> UUID:
    """Raises NotFoundException for what is none: then there is no such page."""
    try:
        return UUID(text)
    except ValueError:
        raise NotFoundException from None
