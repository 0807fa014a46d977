"""An answer as bytes: its forms made once, its headers ready, conditional requests answered."""

import gzip
import hashlib
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TypeAlias

import brotli
from litestar.types import Send

from acupwa.web.accepted import best_coding, has_tag
from acupwa.web.security import RawHeaders, Secured, secured

# The smallest first.
CODINGS = ("br", "gzip")
# Headers, content and entity tag.
_Ready: TypeAlias = tuple[RawHeaders, bytes, str]


class Body:
    """One representation in three codings. Compressed at the highest level, when first asked for."""

    def __init__(self, data: bytes, media_type: str, *, compress: bool) -> None:
        self.data = data
        self.media_type = media_type
        self.tag = hashlib.sha256(data).hexdigest()[:12]
        self._compress = compress

    @classmethod
    def of(cls, data: bytes, media_type: str, *, compress: bool = True) -> "Body":
        return cls(data, media_type, compress=compress)

    @cached_property
    def _brotli(self) -> bytes:
        # 10 takes a third of the time of 11 for two per cent more bytes: the first who asks for sizes waits for the whole
        # library. Of scripts there is little, and the worker must stay small.
        return bytes(brotli.compress(self.data, quality=11 if "javascript" in self.media_type else 10))

    @cached_property
    def _gzip(self) -> bytes:
        return gzip.compress(self.data, 9, mtime=0)

    def coded(self, accepted: bytes) -> tuple[bytes, str]:
        """The bytes and the name of their coding; the name is empty for none."""
        coding = best_coding(accepted.decode("latin-1"), CODINGS) if self._compress else ""
        if coding == "br":
            return self._brotli, coding
        return (self._gzip, coding) if coding else (self.data, "")


class BytesAnswer:
    """Sends a Body for GET and HEAD with ETag, 304 and the coding that the client takes."""

    def __init__(
        self, body: Body, cache_control: str, more: Iterable[tuple[str, str]] = (), on_all: RawHeaders | None = None
    ) -> None:
        self.body = body
        self._shared: RawHeaders = [
            (b"cache-control", cache_control.encode()),
            # Before any coding: a phone sees by it that it was not cut off.
            (b"acupwa-length", str(len(body.data)).encode()),
            *((name.encode(), value.encode()) for name, value in more),
        ]
        self._on_all = on_all or []
        self._ready: dict[bytes, _Ready] = {}

    async def __call__(self, method: str, headers: Mapping[bytes, bytes], send: Send) -> None:
        ready, content, tag = self.prepare(headers)
        known = headers.get(b"if-none-match")
        if known is not None and has_tag(known.decode("latin-1"), tag):
            start = Secured(pair for pair in ready if pair[0] not in (b"content-length", b"content-type"))
            await send({"type": "http.response.start", "status": 304, "headers": start})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
            return
        await send({"type": "http.response.start", "status": 200, "headers": ready})
        await send({"type": "http.response.body", "body": b"" if method == "HEAD" else content, "more_body": False})

    def prepare(self, headers: Mapping[bytes, bytes]) -> _Ready:
        """What is sent to whoever asks with these headers; compressed the first time."""
        return self._coded(headers.get(b"accept-encoding", b""))

    def _coded(self, accepted: bytes) -> _Ready:
        found = self._ready.get(accepted)
        if found is None:
            content, coding = self.body.coded(accepted)
            tag = f'"{self.body.tag}-{coding}"' if coding else f'"{self.body.tag}"'
            made: RawHeaders = [
                (b"etag", tag.encode()),
                (b"content-type", self.body.media_type.encode()),
                (b"content-length", str(len(content)).encode()),
                (b"vary", b"accept-encoding"),
                *([(b"content-encoding", coding.encode())] if coding else []),
                *self._shared,
            ]
            found = (secured(made, self._on_all), content, tag)
            if len(self._ready) < 16:
                self._ready[accepted] = found
        return found
