"""Push messages, sent. One request each, to an address that is checked when it is connected to; nothing is followed.

The name of a push service is resolved once, every address that it has must be public, and the connection goes to one of
just these, with the certificate of the name. Of the answer only the status counts.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Literal, TypeAlias

import httpcore
import httpx
import msgspec

from acupwa.web.push_endpoint import Endpoint, is_public, read_endpoint
from acupwa.web.push_message import Browser, PushMessage, Sender, body_of, headers_of
from acupwa.web.push_trouble import Troubles

SECONDS = 10.0
# When a message is tried again of which the service did not say when.
HOST_OFF_SECONDS = 60.0
# For the people whom a server looks at, at once, with all of their phones.
_MOST_CONNECTIONS, _MOST_KEPT = 100, 20
MOST_WAIT_SECONDS = 3_600.0
MOST_BYTES = 4_096
_BODY_SECONDS = 1.0
_GONE = (404, 410)
_OK, _REDIRECT, _REFUSED, _TOO_MANY, _FAULT = 200, 300, 400, 429, 500
Resolve: TypeAlias = Callable[[str, int], Awaitable[Sequence[str]]]
# `gone`: no message reaches this browser any more. `later`: it is worth another try. `refused`: this one is not.
What = Literal["sent", "gone", "later", "refused"]


class Posted(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a message. `fault` is a word for the operator, without an address; `wait` in seconds."""

    what: What
    fault: str = ""
    wait: float = 0.0


class NotAllowed(Exception):
    """A name that leads to an address which is not of the net at large."""


async def resolve(host: str, port: int) -> Sequence[str]:
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(one[4][0]) for one in found))


class _Checked(httpcore.AsyncNetworkBackend):
    """Connects to the very addresses that it checked."""

    def __init__(self, own: Collection[tuple[str, int]], resolve: Resolve) -> None:
        self._own = own
        self._resolve = resolve
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        addresses = await self._resolve(host, port)
        if (host, port) not in self._own and not (addresses and all(map(is_public, addresses))):
            raise NotAllowed
        fault: Exception = httpcore.ConnectError("no address")
        for address in addresses:
            try:
                return await self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as one:
                fault = one
        raise fault

    async def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.AsyncNetworkStream:
        raise NotAllowed

    async def sleep(self, seconds: float) -> None:
        await self._inner.sleep(seconds)


class Push:
    """Belongs to one event loop. `own_services` are origins beside those of the browsers (a setting)."""

    def __init__(self, own_services: Collection[str] = (), *, resolve: Resolve = resolve, seconds: float = SECONDS):
        self._services = tuple(own_services)
        self._seconds = seconds
        origins = (read_endpoint(f"{one}/", self._services) for one in self._services)
        self._resolve, self._own = resolve, frozenset((one.host, one.port) for one in origins if one)
        self._troubles = Troubles()
        self._pool: httpcore.AsyncConnectionPool | None = None

    def may_go_to(self, endpoint: str) -> bool:
        return read_endpoint(endpoint, self._services) is not None

    async def send(self, message: PushMessage, browser: Browser, sender: Sender, now: datetime) -> Posted:
        """Within `seconds`, whatever the push service does. Never raises: other phones get theirs."""
        endpoint = read_endpoint(browser.endpoint, self._services)
        if endpoint is None:
            return Posted(what="refused", fault="address")
        left = self._troubles.seconds_off(endpoint.origin)
        if left:
            return Posted(what="later", fault="put off", wait=left)
        cannot_connect = False
        try:
            headers, body = headers_of(message, browser, endpoint, sender, now), body_of(message, browser)
            outcome = await self._post(endpoint, headers, body, now)
        except (NotAllowed, httpcore.LocalProtocolError):
            return Posted(what="refused", fault="address")
        except TimeoutError:
            outcome = Posted(what="later", fault="timeout", wait=HOST_OFF_SECONDS)
        except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, OSError) as fault:
            cannot_connect = isinstance(fault, httpcore.ConnectError | httpcore.ConnectTimeout | OSError)
            outcome = Posted(what="later", fault=type(fault).__name__, wait=HOST_OFF_SECONDS)
        except Exception as fault:
            return Posted(what="refused", fault=type(fault).__name__)
        # One phone may be sent too many: that says nothing of the service.
        if outcome.what != "later" or outcome.fault == str(_TOO_MANY):
            self._troubles.note_answer(endpoint.origin)
        else:
            self._troubles.note_fault(endpoint.origin, endpoint.url, outcome.wait, cannot_connect=cannot_connect)
        return outcome

    async def close(self) -> None:
        pool, self._pool = self._pool, None
        if pool:
            await pool.aclose()

    async def _post(self, endpoint: Endpoint, headers: dict[str, str], body: bytes, now: datetime) -> Posted:
        """What its head says, whatever becomes of the rest. Raises TimeoutError, and what httpcore does."""
        sent = {**headers, "host": endpoint.origin.partition("://")[2], "content-length": str(len(body))}
        outcome = None
        try:
            async with (
                asyncio.timeout(self._seconds),
                self._connections().stream(
                    "POST", endpoint.url, headers=list(sent.items()), content=body, extensions=_timeouts(self._seconds)
                ) as answer,
            ):
                outcome = _outcome_of(answer.status, dict(answer.headers), now)
                await _read_to_the_end(answer)
        except (TimeoutError, httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, OSError):
            if outcome is None:
                raise
        return outcome

    def _connections(self) -> httpcore.AsyncConnectionPool:
        """Not httpx itself: it lets nobody in between a name and its address, and keeps connections by address."""
        if self._pool is None:
            self._pool = httpcore.AsyncConnectionPool(
                ssl_context=httpx.create_ssl_context(),
                max_connections=_MOST_CONNECTIONS,
                max_keepalive_connections=_MOST_KEPT,
                keepalive_expiry=15,
                network_backend=_Checked(self._own, self._resolve),
            )
        return self._pool


async def _read_to_the_end(answer: httpcore.Response) -> None:
    """For the connection alone, which can then be used again; what is long, or long in coming, is not worth it."""
    read = 0
    async with asyncio.timeout(_BODY_SECONDS):
        async for piece in answer.aiter_stream():
            read += len(piece)
            if read > MOST_BYTES:
                return


def _timeouts(seconds: float) -> dict[str, Any]:
    return {"timeout": {"connect": seconds / 2, "read": seconds, "write": seconds, "pool": seconds}}


def _outcome_of(status: int, headers: dict[bytes, bytes], now: datetime) -> Posted:
    if _OK <= status < _REDIRECT:
        return Posted(what="sent")
    if status in _GONE:
        return Posted(what="gone", fault=str(status))
    if status == _TOO_MANY or status >= _FAULT:
        return Posted(what="later", fault=str(status), wait=_wait(headers, now))
    return Posted(what="refused", fault="redirect" if status < _REFUSED else str(status))


def _wait(headers: dict[bytes, bytes], now: datetime) -> float:
    """Retry-After, in seconds or as a date; a minute where there is none that can be read."""
    told = next((value for name, value in headers.items() if name.lower() == b"retry-after"), b"").decode("latin-1")
    if told.isascii() and told.isdecimal():
        seconds = float(told[:9])
    else:
        try:
            seconds = (parsedate_to_datetime(told).astimezone(UTC) - now).total_seconds()
        except (TypeError, ValueError):
            seconds = HOST_OFF_SECONDS
    return min(max(seconds, 1.0), MOST_WAIT_SECONDS)
