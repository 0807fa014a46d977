"""How uvicorn is run: who may hold a connection, how many, and for how long without saying anything."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable
from http import HTTPStatus
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from acupwa.logs import log_fault
from acupwa.networks import networks_of

HEAD_SECONDS = 10.0
# The app answers a late body with a page; this is for a connection whose request was answered, or refused, before it came.
BODY_SECONDS = 75.0
# For an answer that nobody takes off the line.
ANSWER_SECONDS = 60.0
KEEP_ALIVE_SECONDS = 10
MOST_HEAD_BYTES = 32 * 1024
# Below the number of files that a process may have open by default.
MOST_CONNECTIONS = 900
MOST_OF_ONE_PEER = 64
LOOPBACK = ("127.0.0.0/8", "::1/128")


class Connections:
    """Those that are open in this process. A trusted proxy brings many visitors: it may open as many as it likes."""

    def __init__(
        self, trusted: Iterable[str] = LOOPBACK, most: int = MOST_CONNECTIONS, most_of_one: int = MOST_OF_ONE_PEER
    ) -> None:
        self.count = 0
        self._of: Counter[str] = Counter()
        self._most = most
        self._most_of_one = most_of_one
        self._told = False
        self.trust(trusted)

    def trust(self, networks: Iterable[str]) -> None:
        """Addresses or networks of proxies. Raises ValueError for what is neither."""
        self._trusted: list[IPv4Network | IPv6Network] = [ip_network(one, strict=False) for one in networks]

    def add(self, address: str) -> bool:
        """Whether one more may stay. Each is taken off by `discard`, whether it may or not."""
        peer = networks_of(address)[0]
        self.count += 1
        self._of[peer] += 1
        if self.count > self._most:
            return False
        if self._of[peer] <= self._most_of_one or self._is_trusted(address):
            return True
        if not self._told:
            self._told = True
            log_fault("many connections from one peer: if it is a proxy, name it in ACUPWA_TRUSTED_PROXIES")
        return False

    def discard(self, address: str) -> None:
        peer = networks_of(address)[0]
        self.count -= 1
        self._of[peer] -= 1
        if not self._of[peer]:
            del self._of[peer]

    def _is_trusted(self, address: str) -> bool:
        try:
            parsed = ip_address(address.partition("%")[0])
        except ValueError:
            return not address  # a socket of this machine has none
        return any(parsed in network for network in self._trusted if network.version == parsed.version)


class Protocol(HttpToolsProtocol):
    """uvicorn's, which itself sets no limit to how long a head or a body may take, nor to how large a head may be."""

    connections_open = Connections()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._peer = ""
        self._deadline: asyncio.TimerHandle | None = None
        self._watch: asyncio.TimerHandle | None = None
        self._in_message = False
        self._head_bytes = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._peer = self.client[0] if self.client else ""
        if self.connections_open.add(self._peer):
            self._wait(HEAD_SECONDS, self._close)
        else:
            self._answer(503)

    def connection_lost(self, exc: Exception | None) -> None:
        self.connections_open.discard(self._peer)
        self._wait_no_more()
        self._watch_no_more()
        self._unset_keepalive_if_required()
        super().connection_lost(exc)
        # It resumed writing, for whoever waits to send.
        self._watch_no_more()

    def data_received(self, data: bytes) -> None:
        if self.transport.is_closing():
            return
        if not self._in_message and self._deadline is None:
            self._wait(HEAD_SECONDS, self._close)
        super().data_received(data)

    def on_message_begin(self) -> None:
        self._in_message, self._head_bytes = True, 0
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        self._count_head(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._count_head(len(name) + len(value))
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._wait(BODY_SECONDS, self._abort)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._in_message = False
        self._wait_no_more()
        super().on_message_complete()

    def timeout_keep_alive_handler(self) -> None:
        super().timeout_keep_alive_handler()
        self._watch_answer()

    def send_400_response(self, msg: str) -> None:
        """What is no HTTP at all never becomes a request, so no app could answer it."""
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
