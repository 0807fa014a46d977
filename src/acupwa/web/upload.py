"""A form that may carry a file, read in memory: what a person sends is never written to a disk on the way."""

from multipart import MultipartError  # type: ignore[import-untyped]

from acupwa.web.aside import aside
from acupwa.web.forms import FormData
from acupwa.web.inject import AnyRequest
from acupwa.web.parts import form_of, read_parts
from acupwa.web.rendering import UnsupportedMediaType

_MOST_PARTS = 8
_BESIDE_THE_FILE = 64 * 1024


class TooLarge(Exception):
    """More was sent than is taken."""


class NotText(Exception):
    """What was sent cannot be read as UTF-8 text, or the form itself is broken."""


async def read_upload(request: AnyRequest, most_bytes: int) -> FormData:
    """The fields of a multipart form; a file is its text. Raises TooLarge, NotText; 415 for another content type.

    A body that is too large is read to its end and thrown away piece by piece, so that the browser gets to see the
    answer; the handler's `request_max_body_size` is where that ends.
    """
    media_type, options = request.content_type
    boundary = options.get("boundary")
    if media_type != "multipart/form-data" or not boundary:
        raise UnsupportedMediaType("send a form with a file")
    body, most = bytearray(), most_bytes + _BESIDE_THE_FILE
    async for piece in request.stream():
        if len(body) <= most:
            body += piece
    if len(body) > most:
        raise TooLarge
    return await aside(_parts, bytes(body), boundary, most_bytes)


def _parts(body: bytes, boundary: str, most_bytes: int) -> FormData:
    try:
        parts = read_parts(body, boundary, most_parts=_MOST_PARTS, most_bytes=most_bytes + _BESIDE_THE_FILE)
    except MultipartError:
        raise NotText from None
    if any(part.text is None for part in parts):
        raise NotText
    if any(len((part.text or "").encode()) > most_bytes for part in parts):
        raise TooLarge
    return form_of(parts)
