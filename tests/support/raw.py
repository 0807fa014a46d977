"""Bytes to a server and back, as slowly or as strangely as a test wants."""

from __future__ import annotations

import contextlib
import socket
import time
from typing import NamedTuple
from urllib.parse import urlsplit


class Heard(NamedTuple):
    """All that came until the other side closed, or `seconds` were over."""

    bytes: bytes
    closed: bool
    seconds: float

    @property
    def status(self) -> int:
        return int(self.bytes.split(b" ", 2)[1]) if self.bytes else 0


class Connection:
    def __init__(self, url: str) -> None:
        address = urlsplit(url)
        self._socket = socket.create_connection((address.hostname or "", address.port or 80), timeout=5)

    def send(self, content: bytes) -> Connection:
        self._socket.sendall(content)
        return self

    def hear(self, seconds: float, *, drip: bytes = b"") -> Heard:
        """With `drip`, one byte of it is sent every half second meanwhile."""
        began, heard, closed = time.monotonic(), b"", False
        dripping = iter(drip)
        while not closed and (left := began + seconds - time.monotonic()) > 0:
            self._socket.settimeout(min(left, 0.5))
            try:
                piece = self._socket.recv(65_536)
                heard, closed = heard + piece, not piece
            except TimeoutError:
                if (byte := next(dripping, None)) is not None:
                    self._drip(byte)
            except ConnectionError:
                closed = True
        return Heard(heard, closed, time.monotonic() - began)

    def close(self) -> None:
        self._socket.close()

    def _drip(self, byte: int) -> None:
        with contextlib.suppress(ConnectionError):
            self._socket.sendall(bytes([byte]))
