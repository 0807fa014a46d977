"""What stands between a phone and the app: a proxy with the app behind it, or gone; a portal; a network gone silent."""

from __future__ import annotations

import asyncio
import contextlib
import re
import ssl
from collections.abc import Iterator
from random import Random
from typing import NamedTuple

LOGIN = "<!doctype html><title>Free Wi-Fi</title><h1>Sign in to our Wi-Fi</h1>"
OURS = "Acupwa: 1\r\nCache-Control: no-store\r\n"


class Asked(NamedTuple):
    method: str
    path: str
    cookie: str


def answer(status: str, body: str = "", headers: str = "", length: int | None = None) -> bytes:
    given = f"Content-Type: text/html\r\nContent-Length: {len(body) if length is None else length}\r\n{headers}"
    return f"HTTP/1.1 {status}\r\n{given}Connection: close\r\n\r\n{body}".encode()


# Each as the bytes it sends. What has more length than bytes goes on waiting, as a stalled network does.
ANSWERS = {
    "502 of a proxy": answer("502 Bad Gateway", "<h1>502 Bad Gateway</h1>"),
    "503 of a proxy": answer("503 Service Unavailable", "<h1>Busy</h1>", "Retry-After: 60\r\n"),
    "511 of a portal": answer("511 Network Authentication Required", LOGIN),
    "404 of a proxy": answer("404 Not Found", "<h1>No such site</h1>"),
    "a portal's page": answer("200 OK", LOGIN),
    "a portal's redirect here": answer("302 Found", "", "Location: /login\r\n"),
    "500 of ours": answer("500 Internal Server Error", "<h1>Something went wrong</h1>", OURS),
    "silence": b"",
    "a slow portal": answer("200 OK", LOGIN, length=100_000),
    "ours, stalled": answer("200 OK", "<!doctype html><h1>Half", OURS, length=100_000),
}
# A connection that ends: before its request has been read; when the request has been read, and the app has not heard of it; when the app has done what it
# was asked for and its whole answer is lost, or what comes after some byte of it.
GONE, UNHEARD, UNTOLD, BROKEN_OFF = "gone", "cut before the app", "cut after the app", "cut inside the answer"
_CONNECTION = re.compile(rb"\r\nConnection:[^\r]*", re.IGNORECASE)


class StandIn:
    """Listens at one port. `mode` is "the app" (passed on, and noted in `asked`), a cut (above) or a name of `answers`.

    With `tls` it is spoken to by TLS. `delay` is how many seconds the app is slow. What is asked for at an address that is `held` waits until it no longer is.
    """

    def __init__(self, app_port: int, tls: ssl.SSLContext | None = None) -> None:
        self.mode = "the app"
        self.answers = dict(ANSWERS)
        self.in_place_of: dict[str, str] = {}
        self.asked: list[Asked] = []
        self.delay = 0.0
        self.held: set[str] = set()
        self.random = Random(1)
        self.port = 0
        self._app_port = app_port
        self._tls = tls
        # Browsers open connections ahead, and ask for nothing yet.
        self._open: dict[asyncio.StreamWriter, Asked | None] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server

    @property
    def url(self) -> str:
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self.port}"

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self._tls)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks)

    async def change(self, mode: str) -> None:
        """Another mode, and nothing left over of the last one."""
        self.mode = mode
        for writer in list(self._open):
            writer.close()

    @property
    def waiting(self) -> set[str]:
        """What was asked for and is still hoped for."""
        return {one.path for one in self._open.values() if one}

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open[writer] = None
        task: asyncio.Task[None] = asyncio.current_task()  # type: ignore[assignment]
        self._tasks.add(task)
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            head = await reader.readuntil(b"\r\n\r\n")
            asked = _asked(head)
            self._open[writer] = asked
            self.asked.append(asked)
            path = asked.path.partition("?")[0]
            mode = self.in_place_of.get(f"{asked.method} {path}", self.in_place_of.get(path, self.mode))
            if mode in (GONE, UNHEARD, UNTOLD, BROKEN_OFF):
                await self._cut(mode, head, reader, writer)
            elif mode == "the app":
                await asyncio.sleep(self.delay)
                while asked.path in self.held:
                    await asyncio.sleep(0.05)
                await self._pass_on(head, reader, writer)
            else:
                await self._answer(self.answers[mode], reader, writer)
        self._open.pop(writer, None)
        self._tasks.discard(task)
        writer.close()

    async def _pass_on(self, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await self._asked_of_app(head, await reader.readexactly(_length(head)))
        while content := await there.read(65536):
            await _give(writer, content)
        back.close()

    async def _cut(self, mode: str, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if mode == GONE:
            return
        body = await reader.readexactly(_length(head))
        if mode == UNHEARD:
            return
        there, back = await self._asked_of_app(head, body)
        content = await there.read(-1)
        back.close()
        if mode == BROKEN_OFF:
            await _give(writer, content[: self.random.randrange(len(content) or 1)])

    async def _asked_of_app(self, head: bytes, body: bytes) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        there, back = await asyncio.open_connection("127.0.0.1", self._app_port)
        back.write(_CONNECTION.sub(b"", head).replace(b"\r\n", b"\r\nConnection: close\r\n", 1) + body)
        return there, back

    async def _answer(self, content: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _give(writer, content)
        if _length(content) != len(content.partition(b"\r\n\r\n")[2]) or not content:
            await reader.read()


async def _give(writer: asyncio.StreamWriter, content: bytes) -> None:
    """To whoever has gone nothing: a TLS connection that is closed cannot be written to at all."""
    if writer.is_closing():
        raise ConnectionResetError
    writer.write(content)
    await writer.drain()


def _asked(head: bytes) -> Asked:
    first, *rest = head.decode("latin-1").split("\r\n")
    method, path, _ = first.split(" ")
    cookies = [line.partition(": ")[2] for line in rest if line.lower().startswith("cookie:")]
    return Asked(method, path, "; ".join(cookies))


def _length(head: bytes) -> int:
    for line in head.partition(b"\r\n\r\n")[0].split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    return 0


@contextlib.contextmanager
def standing_in(app_port: int, loop: asyncio.AbstractEventLoop, tls: ssl.SSLContext | None = None) -> Iterator[StandIn]:
    made = StandIn(app_port, tls)
    asyncio.run_coroutine_threadsafe(made.start(), loop).result(10)
    yield made
    asyncio.run_coroutine_threadsafe(made.stop(), loop).result(10)
