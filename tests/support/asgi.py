"""One request, exactly as it is written, to an ASGI app: httpx would put right what is malformed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from urllib.parse import unquote

Pairs = Sequence[tuple[str, str]]


class Answer(NamedTuple):
    status: int
    raw_headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def headers(self) -> dict[str, str]:
        """The last of each name."""
        return dict(self.raw_headers)

    @property
    def text(self) -> str:
        return self.body.decode()


async def answer_of(
    app: Any,
    method: str,
    target: str,
    headers: Iterable[tuple[str, str]] = (("host", "localhost"),),
    body: bytes = b"",
    peer: str | None = "127.0.0.1",
    server: str = "127.0.0.1",
) -> Answer:
    """`target` is the path and query as they stand in the first line of a request; `peer` None for one that is not known."""
    raw_path, _, query = target.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(raw_path),
        "raw_path": raw_path.encode("latin-1"),
        "query_string": query.encode("latin-1"),
        "root_path": "",
        "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers],
        "client": (peer, 50_000) if peer is not None else None,
        "server": (server, 8000),
        "state": {},
    }
    sent: list[Any] = []
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Any:
        return waiting.pop() if waiting else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope, receive, send)
    start = next(message for message in sent if message["type"] == "http.response.start")
    told = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in start["headers"])
    content = b"".join(m.get("body", b"") for m in sent if m["type"] == "http.response.body")
    return Answer(start["status"], told, content)


class Asgi:
    """The same from a test, on the loop that the app runs on."""

    def __init__(self, app: Any, loop: asyncio.AbstractEventLoop) -> None:
        self.app = app
        self._loop = loop

    def __call__(self, method: str, target: str, headers: Pairs = (("host", "localhost"),), **more: Any) -> Answer:
        asked = answer_of(self.app, method, target, headers, **more)
        return asyncio.run_coroutine_threadsafe(asked, self._loop).result(60)
