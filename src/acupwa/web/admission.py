"""How many personal requests are worked on at once, and how long a body may take to come in.

Whoever comes when it is full waits a second for a place, and is then asked to come again, before any work was done.
Pages for everyone never pass here, and go on.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections import Counter, deque

from litestar.enums import ScopeType
from litestar.exceptions import HTTPException
from litestar.types import ASGIApp, HTTPReceiveMessage, Message, Receive, Scope, Send

from acupwa.db.work import Patience, patience
from acupwa.web.aside import Busy, visitor

MOST_AT_ONCE = 48
PLACE_SECONDS = 1.0
# What the operator asks is answered however full it is.
_ALWAYS = ("/healthz", "/readyz", "/metrics")
BODY_SECONDS = 30.0
MOST_BODY_SECONDS = 60.0
_BYTES_A_SECOND = 64 * 1024
# A form of a person is far smaller; what comes above this is counted, so that half of many files cannot fill the memory.
_SMALL = 64 * 1024
_LARGEST = 6 * 1024 * 1024  # of what is larger, the rest is thrown away as it comes
MOST_HELD = 32 * 1024 * 1024
MOST_HELD_OF_ONE = 12 * 1024 * 1024


class LateBody(HTTPException):
    """What was sent did not come in time. The connection is of no more use."""

    status_code = 408

    def __init__(self) -> None:
        super().__init__(headers={"connection": "close"})


class VisitorLeft(HTTPException):
    """The visitor went away before all was sent: nobody's fault, and nobody reads the answer."""

    status_code = 400


class Admission:
    """One for the whole app; `guard` is its middleware."""

    def __init__(self, most_at_once: int = MOST_AT_ONCE) -> None:
        self.held = 0
        self.held_of: Counter[str] = Counter()
        self._taken = 0
        self._most = most_at_once
        self._waiting: deque[asyncio.Future[None]] = deque()

    def guard(self, app: ASGIApp) -> ASGIApp:
        async def admitted(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != ScopeType.HTTP or scope["path"] in _ALWAYS:
                await app(scope, receive, send)
                return
            body = _Body(self, receive, _address(scope))
            await self._enter()
            patience.set(Patience(place=self))
            visitor.set(_visitor(scope))
            answered = False

            async def send_from_no_place(message: Message) -> None:
                # The work is done: who takes the answer slowly, or not at all, keeps nobody out.
                nonlocal answered
                if not answered:
                    answered = True
                    self.leave()
                await send(message)

            try:
                await app(scope, body.receive, send_from_no_place)
            finally:
                if not answered:
                    self.leave()
                body.let_go()

        return admitted

    def leave(self) -> None:
        """A request is done, or only waits: the place is for the next."""
        self._taken -= 1
        while self._taken < self._most and self._waiting:
            next_one = self._waiting.popleft()
            if not next_one.done():
                self._taken += 1
                next_one.set_result(None)

    def come_back(self) -> None:
        """It goes on, also where there is no place left: it holds what it has done so far."""
        self._taken += 1

    async def _enter(self) -> None:
        if self._taken < self._most:
            self._taken += 1
            return
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(place)
        try:
            async with asyncio.timeout(PLACE_SECONDS):
                await place
        except TimeoutError:
            if place.cancelled():
                raise Busy(headers={"retry-after": "5"}) from None
        except asyncio.CancelledError:
            if not place.cancelled():
                self.leave()
            raise


class _Body:
    """Of one request, as it comes in. While it is waited for, the request takes nobody's place."""

    def __init__(self, admission: Admission, receive: Receive, address: str) -> None:
        self._admission = admission
        self._receive = receive
        self._address = address
        self._began = time.monotonic()
        self._bytes = 0
        self._whole = False

    async def receive(self) -> HTTPReceiveMessage:
        """Raises LateBody, VisitorLeft; Busy where too much is held already."""
        if self._whole:
            return await self._receive()  # type: ignore[return-value]
        self._admission.leave()
        try:
            async with asyncio.timeout(self._seconds_left()):
                message: HTTPReceiveMessage = await self._receive()  # type: ignore[assignment]
        except TimeoutError:
            raise LateBody from None
        finally:
            self._admission.come_back()
        if message["type"] == "http.disconnect":
            raise VisitorLeft
        self._whole = not message.get("more_body", False)
        self._hold(len(message.get("body", b"")))
        return message

    def let_go(self) -> None:
        large = _large(self._bytes)
        self._admission.held -= large
        self._admission.held_of[self._address] -= large
        if not self._admission.held_of[self._address]:
            del self._admission.held_of[self._address]

    def _hold(self, more: int) -> None:
        large = _large(self._bytes + more) - _large(self._bytes)
        self._bytes += more
        self._admission.held += large
        self._admission.held_of[self._address] += large
        if self._admission.held > MOST_HELD or self._admission.held_of[self._address] > MOST_HELD_OF_ONE:
            # The rest is thrown away as it comes: a browser reads no answer before it has sent all.
            raise Busy(headers={"retry-after": "30"})

    def _seconds_left(self) -> float:
        allowed = min(MOST_BODY_SECONDS, BODY_SECONDS + self._bytes / _BYTES_A_SECOND)
        return max(0.0, self._began + allowed - time.monotonic())


def _large(size: int) -> int:
    return min(max(0, size - _SMALL), _LARGEST)


def _address(scope: Scope) -> str:
    client = scope.get("client")
    return client[0] if client else ""


def _visitor(scope: Scope) -> str:
    """The same for all that one browser asks at the same time; kept nowhere."""
    cookies = b";".join(value for name, value in scope["headers"] if name == b"cookie")
    return hashlib.blake2s(cookies, digest_size=8).hexdigest() if cookies else _address(scope)
