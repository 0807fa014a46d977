"""Static files as bytes: read once, compressed once, addressed by their hash.

All style sheets are served as one file, `app.css`: one request on a first visit.
"""

import hashlib
import mimetypes
import re
from pathlib import Path

from acupwa.web.bytes import Body

_FIRST_SHEETS = ("tokens", "base", "layout", "components")
_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".txt": "text/plain; charset=utf-8",
}
_TEXT = frozenset({".js", ".css", ".svg", ".webmanifest", ".txt", ".json"})
_COMMENT = re.compile(rb"/\*.*?\*/", re.DOTALL)
_YEAR = "public, max-age=31536000, immutable"
_ASK = "public, no-cache"


class Assets:
    """What stands under `/static/`. Unknown names are not there: nothing outside the folder can be named."""

    def __init__(self, folder: Path) -> None:
        self._files: dict[str, Body] = {}
        for file in sorted(folder.rglob("*")):
            if file.is_file() and not file.name.startswith("."):
                name = file.relative_to(folder).as_posix()
                self._files[name] = _body(name, file.read_bytes())
        self._files["app.css"] = _body("app.css", _one_sheet(folder / "css"))

    def url(self, name: str) -> str:
        """The address of a file with its hash. Raises KeyError for a name that is not there."""
        return f"/static/{name}?v={_version(self._files[name])}"

    def find(self, name: str, version: str) -> tuple[Body, str] | None:
        """The file and how long it may be kept: a year only under its own hash."""
        body = self._files.get(name)
        if body is None:
            return None
        return body, _YEAR if version == _version(body) else _ASK

    def text(self, name: str) -> str:
        """What stands in a file of text. Raises KeyError for a name that is not there."""
        return self._files[name].data.decode()

    def names(self) -> tuple[str, ...]:
        return tuple(self._files)

    @property
    def version(self) -> str:
        """A hash over all of them."""
        joined = "".join(f"{name}{body.tag}" for name, body in sorted(self._files.items()))
        return hashlib.sha256(joined.encode()).hexdigest()[:12]


def _version(body: Body) -> str:
    """Short, as the worker of each phone has the addresses of all: two of one file are the same once in 16 million."""
    return body.tag[:6]


def _one_sheet(folder: Path) -> bytes:
    files = {file.stem: file for file in folder.glob("*.css")}
    order = [name for name in _FIRST_SHEETS if name in files]
    order += sorted(set(files) - set(_FIRST_SHEETS))
    joined = b"\n".join(files[name].read_bytes() for name in order)
    # With its headers it then fits into the ten packets that a new connection sends before it waits for an answer.
    return _COMMENT.sub(b"", joined)


def _body(name: str, data: bytes) -> Body:
    suffix = Path(name).suffix
    media_type = _TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Body.of(data, media_type, compress=suffix in _TEXT)
