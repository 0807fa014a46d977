"""An answer that is a file."""

from collections.abc import AsyncIterator

from litestar import Response
from litestar.response import Stream


def download(content: bytes, media_type: str, name: str, *, inline: bool = False) -> Response[bytes]:
    """A personal file, never stored on the way. `inline`: the browser shows it, and saves it under this name.

    A name is seen by others, in a list of downloads: no word of health stands in it.
    """
    return Response(content, media_type=media_type, headers=_headers("inline" if inline else "attachment", name))


def download_in_pieces(pieces: AsyncIterator[bytes], media_type: str, name: str) -> Stream:
    """The same for a file that is long: each piece goes before the next one is made."""
    return Stream(pieces, media_type=media_type, headers=_headers("attachment", name))


def _headers(disposition: str, name: str) -> dict[str, str]:
    return {"cache-control": "no-store", "content-disposition": f'{disposition}; filename="{name}"'}
