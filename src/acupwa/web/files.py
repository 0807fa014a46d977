"""An answer that is a file."""

from litestar import Response


def download(content: bytes, media_type: str, name: str, *, inline: bool = False) -> Response[bytes]:
    """A personal file, never stored on the way. `inline`: the browser shows it, and saves it under this name.

    A name is seen by others, in a list of downloads: no word of health stands in it.
    """
    disposition = "inline" if inline else "attachment"
    headers = {"cache-control": "no-store", "content-disposition": f'{disposition}; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)
