"""A multipart form, part by part, in memory: a text is UTF-8, and a file is known as one. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection
from io import BytesIO

import msgspec
from multipart import MultipartParser, MultipartPart  # type: ignore[import-untyped]

from acupwa.web.forms import FormData

UTF_8 = ("utf-8", "utf8", "us-ascii")
# A file's name with its encoding (RFC 8187), which the parser passes over.
_OTHER_SPELLING = re.compile(r";\s*filename\*", re.IGNORECASE)
_AS_IT_IS = ("", "7bit", "8bit", "binary")


class Part(msgspec.Struct, frozen=True):
    """`text` is None where it is not UTF-8, or says that it is something else."""

    name: str
    text: str | None
    is_file: bool


def read_parts(body: bytes, boundary: str, *, most_parts: int, most_bytes: int) -> tuple[Part, ...]:
    """Of a whole body. Raises MultipartError when it is none, or has too many parts or too much in them."""
    parser = MultipartParser(
        BytesIO(body), boundary, part_limit=most_parts, spool_limit=most_bytes, memory_limit=most_bytes, disk_limit=0
    )
    return tuple(_read(part) for part in parser.parts())


def form_of(parts: Collection[Part]) -> FormData:
    return FormData(
        ((part.name, part.text or "") for part in parts),
        files=(part.name for part in parts if part.is_file),
        unread=(part.name for part in parts if part.text is None),
    )


def _read(part: MultipartPart) -> Part:
    is_file = part.filename is not None or bool(_OTHER_SPELLING.search(part.disposition))
    return Part(part.name, _text(part), is_file)


def _text(part: MultipartPart) -> str | None:
    encoding = part.headers.get("Content-Transfer-Encoding", "").strip().lower()
    if part.charset.lower().strip() not in UTF_8 or encoding not in _AS_IT_IS:
        return None
    try:
        return str(part.raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return None
