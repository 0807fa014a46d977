"""Requests as bytes over a socket, and the answer that comes back."""

from __future__ import annotations

import socket
import time
from typing import NamedTuple

from tools.fuzz.generator import Wanted

_TIMEOUT = 15.0


class Got(NamedTuple):
    """`status` is 0 when the connection was closed without an answer."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    seconds: float


def as_bytes(wanted: Wanted) -> bytes:
    if wanted.raw:
        return wanted.raw
    lines = [
        f"{wanted.method} {wanted.target} HTTP/1.1",
        *(f"{name}: {value}" for name, value in wanted.headers),
        "connection: close",
    ]
    return "\r\n".join(lines).encode("utf-8", "replace") + b"\r\n\r\n" + wanted.body


def send(port: int, wanted: Wanted) -> Got:
    """One connection, one request. Raises TimeoutError when nothing comes back."""
    began = time.perf_counter()
    with socket.create_connection(("127.0.0.1", port), _TIMEOUT) as connection:
        received = b""
        try:
            connection.sendall(as_bytes(wanted))
            if wanted.raw:
                # Half a request is all that there is: nobody should wait for the rest.
                connection.shutdown(socket.SHUT_WR)
            while piece := connection.recv(65_536):
                received += piece
        except (ConnectionResetError, BrokenPipeError):
            pass
    return _read(received, time.perf_counter() - began)


def _read(received: bytes, seconds: float) -> Got:
    head, _, body = received.partition(b"\r\n\r\n")
    if head.startswith(b"HTTP/1.1 100 "):
        return _read(body, seconds)
    first, *lines = head.decode("latin-1").split("\r\n")
    status = int(first.split()[1]) if first.startswith("HTTP/") else 0
    pairs = (line.partition(":") for line in lines)
    return Got(status, tuple((name.lower(), value.strip()) for name, _, value in pairs), body, seconds)
