"""How uvicorn is run: how long a connection may say nothing, and how much of what it says is looked at."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import httptools
from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from acupwa.operate.connections import Connections
from acupwa.operate.request_head import need_one_reading

if TYPE_CHECKING:
    from uvicorn._types import ASGI3Application

HEAD_SECONDS = 10.0
# The app answers a late body with a page; this is for a connection whose request was answered, or refused, before it came.
BODY_SECONDS = 75.0
# For an answer that nobody takes off the line.
ANSWER_SECONDS = 60.0
KEEP_ALIVE_SECONDS = 10
MOST_HEAD_BYTES = 32 * 1024
# Read at once: no more requests than fit into it, 14 of the shortest, wait behind one that is not answered yet.
PIECE_BYTES = 256


class _Flow(FlowControl):
    """uvicorn's, which reads on with every answer, however much is still to be looked at, and asks this of the gone."""

    full = False

    def pause_reading(self) -> None:
        if not self._transport.is_closing():
            super().pause_reading()

    def resume_reading(self) -> None:
        if not self.full and not self._transport.is_closing():
            super().resume_reading()


class Protocol(HttpToolsProtocol):
    """uvicorn's, which itself sets no limit to how long a head or a body may take, to how large a head may be, nor to how
    many requests one read may bring.

    While requests wait for the one before them, nothing more is taken from the connection. Whoever breaks off, or writes
    what could be read in two ways, gets the answers that are due and is let go.
    """

    connections_open = Connections()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._peer = ""
        self._deadline: asyncio.TimerHandle | None = None
        self._watch: asyncio.TimerHandle | None = None
        self._in_message = self._in_body = False
        self._head_bytes = 0
        self._body_left = 0
        self._unread = memoryview(b"")
        self._worked_on: RequestResponseCycle | None = None
        self.app = self._answer_who_is_there

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.flow: _Flow = _Flow(transport)
        self._peer = self.client[0] if self.client else ""
        if self.connections_open.add(self, self._peer):
            self._wait(HEAD_SECONDS, self._close)
        else:
            self._answer(503)

    def connection_lost(self, exc: Exception | None) -> None:
        self.connections_open.discard(self)
        self._wait_no_more()
        self._watch_no_more()
        self._unset_keepalive_if_required()
        self._unread = memoryview(b"")
        self.pipeline.clear()
        if self._worked_on is not None:
            self._leave(self._worked_on)
        super().connection_lost(exc)
        # It resumed writing, for whoever waits to send.
        self._watch_no_more()

    def data_received(self, data: bytes) -> None:
        if self.transport.is_closing():
            return
        self._unread = memoryview(bytes(self._unread) + data if self._unread else data)
        self._read_on()

    def on_response_complete(self) -> None:
        self.flow.full = False
        super().on_response_complete()
        self._read_on()

    def _read_on(self) -> None:
        """As far as the first request that has to wait."""
        while self._unread and not self.pipeline and not self.transport.is_closing():
            self._unset_keepalive_if_required()
            if not self._in_message:
                self._wait_for_head()
            # Of a body whose length is known, all that is there.
            size = max(PIECE_BYTES, self._body_left)
            unread, self._unread = self._unread, self._unread[size:]
            try:
                self.parser.feed_data(unread[:size])
            except httptools.HttpParserUpgrade as asked:
                # To speak another protocol: we go on in ours.
                self._unread = unread[asked.args[0] :]
            except httptools.HttpParserError:
                self._unread = memoryview(b"")
                self.send_400_response("")
        self.flow.full = bool(self._unread or self.pipeline)
        if self.flow.full:
            self.flow.pause_reading()

    def on_message_begin(self) -> None:
        self._in_message, self._in_body, self._head_bytes = True, False, 0
        self._wait_for_head()
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        self._count_head(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._count_head(len(name) + len(value))
        if not self._in_body:  # what stands after one is no header of the request
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        need_one_reading(self.parser.get_http_version(), self.url, self.headers)
        super().on_headers_complete()
        self._wait(BODY_SECONDS, self._abort)
        self._in_body = True
        self._body_left = next((int(value) for name, value in self.headers if name == b"content-length"), 0)

    def on_body(self, body: bytes) -> None:
        self._body_left = max(0, self._body_left - len(body))
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._in_message = self._in_body = False
        self._body_left = 0
        self._wait_no_more()
        super().on_message_complete()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        self._worked_on = cycle
        super()._start_asgi_task(cycle, app)

    async def _answer_who_is_there(self, scope: Any, receive: Any, send: Any) -> None:
        """Nothing is written to a connection that is gone: uvicorn makes a fault of it."""
        cycle = self._worked_on

        async def send_if_there(message: Any) -> None:
            if cycle is not None and self.transport.is_closing():
                self._leave(cycle)
            await send(message)

        await self.config.loaded_app(scope, receive, send_if_there)

    @staticmethod
    def _leave(cycle: RequestResponseCycle) -> None:
        """uvicorn tells it only to the last one that was asked for."""
        if not cycle.response_complete:
            cycle.disconnected = True
            cycle.message_event.set()

    def timeout_keep_alive_handler(self) -> None:
        super().timeout_keep_alive_handler()
        self._watch_answer()

    def send_400_response(self, msg: str) -> None:
        """What is no HTTP at all never becomes a request, so no app could answer it."""
        due = self.cycle is not None and not self.cycle.response_complete
        if due and not self._in_body:
            self.cycle.keep_alive = False
        elif self.pipeline or (due and self.cycle.response_started):
            self.transport.close()
        else:
            self._answer(431 if self._head_bytes > MOST_HEAD_BYTES else 400)

    def _count_head(self, more: int) -> None:
        self._head_bytes += more
        if self._head_bytes > MOST_HEAD_BYTES:
            raise ValueError("too large")  # the parser makes a fault of the request of it

    def _answer(self, status: int) -> None:
        """With a page of ours and the headers of every answer."""
        headers, page = self.config.loaded_app.refusal(status)
        more = [(b"retry-after", b"60")] if status == 503 else []
        shown = [*headers, *more, (b"connection", b"close")]
        first = f"HTTP/1.1 {status} {HTTPStatus(status).phrase}".encode()
        lines = [first, *(name + b": " + value for name, value in shown), b"", page]
        self.transport.write(b"\r\n".join(lines))
        self.transport.close()

    def _wait_for_head(self) -> None:
        if self._deadline is None:
            self._wait(HEAD_SECONDS, self._close)

    def _wait(self, seconds: float, then: Callable[[], None]) -> None:
        self._wait_no_more()
        self._deadline = self.loop.call_later(seconds, then)

    def _wait_no_more(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _close(self) -> None:
        """The next request was begun and not finished; one before it may still be worked on."""
        if self.cycle is None or self.cycle.response_complete:
            self.transport.close()
        else:
            self._wait(HEAD_SECONDS, self._close)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._watch_answer()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._watch_no_more()

    def _watch_answer(self) -> None:
        """Sending, and closing, wait for the other side, for ever if it takes nothing: each time something has to go."""
        left = self.transport.get_write_buffer_size()

        def look() -> None:
            if self.transport.get_write_buffer_size() < left:
                self._watch_answer()
            else:
                self.transport.abort()

        self._watch_no_more()
        self._watch = self.loop.call_later(ANSWER_SECONDS, look)

    def _watch_no_more(self) -> None:
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None

    def is_waiting(self) -> bool:
        return self._deadline is not None or self.cycle is None or self.cycle.response_complete

    def end(self) -> None:
        self._abort()

    def _abort(self) -> None:
        self.transport.abort()


def options(host: str, port: int) -> dict[str, Any]:
    """For `uvicorn.run`."""
    return {
        "host": host,
        "port": port,
        "http": Protocol,
        "loop": "auto",
        "ws": "none",
        "log_level": "error",  # what is no HTTP is no fault of ours
        "access_log": False,  # addresses of pages say what someone reads
        "proxy_headers": False,  # web/proxies.py reads them, under any server
        "server_header": False,
        "timeout_keep_alive": KEEP_ALIVE_SECONDS,
        "timeout_graceful_shutdown": 10,
        "backlog": 1_024,
    }
