"""A QR code as the outline of an SVG, for paper: it leads from a printed page back to its address. Pure."""

from __future__ import annotations

import io
import re

import msgspec

_SIZE = re.compile(r'viewBox="0 0 (\d+) \d+"')
_LINES = re.compile(r' d="([^"]+)"')


class QrPicture(msgspec.Struct, frozen=True):
    """`lines` is a path to stroke, one unit wide, in a square of `size` units that holds the quiet zone."""

    size: int
    lines: str


def qr_picture(address: str) -> QrPicture:
    """Correction level M: 15 % may be smudged. Raises ValueError for an address too long for any QR code."""
    # Here: only paper needs it.
    import segno

    written = io.BytesIO()
    segno.make_qr(address, error="m", boost_error=False).save(written, kind="svg", border=4, omitsize=True)
    svg = written.getvalue().decode()
    size, lines = _SIZE.search(svg), _LINES.search(svg)
    if size is None or lines is None:
        raise ValueError("segno wrote its picture in another way")
    return QrPicture(int(size[1]), lines[1])
