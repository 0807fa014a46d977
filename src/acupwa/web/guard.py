"""The outermost door: whom a request is from and for whom it is, whether it can be read, and the headers of every answer.

Nothing behind it sees a host, a scheme or an address that the settings do not bear out, or a header twice. No fault goes
past it to the server, which would answer without a single header of ours.
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias
from urllib.parse import unquote_to_bytes

import msgspec
from litestar.types import HTTPScope, Message, Receive, Send

from acupwa.logs import log_fault, log_warning
from acupwa.settings import Settings
from acupwa.web.accepted import joined
from acupwa.web.errors import frames_of, new_reference
from acupwa.web.host import Host, Origin, is_address, is_loopback, make_origin, read_host, read_origin
from acupwa.web.proxies import FORWARDED, Caller, read_caller, read_networks
from acupwa.web.security import HSTS, RawHeaders, secured

# Whoever watches a server asks it by its address.
PROBES = frozenset({"/healthz", "/readyz", "/metrics"})
Inner: TypeAlias = Callable[[HTTPScope, Receive, Send], Awaitable[None]]
# What proxies say of a visitor is read here, and nobody behind can believe it. (X-Forwarded-Proto is: for words alone.)
READ_HERE = FORWARDED - {b"x-forwarded-proto"}
BarePage: TypeAlias = Callable[[int, str | None], bytes]
_TARGET = re.compile(rb"(?:[\x21-\x24\x26-\x7e]|%[0-9A-Fa-f]{2})*")
_QUERY = re.compile(rb"[\x21-\x7e]*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_NUMBER = re.compile(rb"[0-9]{1,18}")


class Asked(msgspec.Struct, frozen=True):
    """A request as it is to be read: its caller, the origin it is for, its headers by name."""

    caller: Caller
    own: Origin
    headers: Mapping[bytes, bytes]


class Guard:
    """`bare_page` makes the page of a status and the number of a fault, without looking at any request."""

    def __init__(self, inner: Inner, settings: Settings, bare_page: BarePage) -> None:
        self._inner = inner
        self._trusted = read_networks(settings.trusted_proxies)
        self._public = read_origin(settings.public_url) if settings.public_url else None
        self.on_all: RawHeaders = [HSTS] if self._public and self._public.scheme == "https" else []
        self._bare_page = bare_page
        self._warned = False

    async def __call__(self, scope: HTTPScope, receive: Receive, send: Send) -> None:
        answering = _Answering(send, self.on_all, scope["method"] == "HEAD")
        try:
            asked = self._read(scope)
            if asked is None:
                await answering.page(400, self._bare_page(400, None))
            else:
                await self._inner(_as_asked(scope, asked), receive, answering)
        except Exception as fault:
            reference = new_reference()
            log_fault("fault", reference=reference, kind=type(fault).__name__, where=frames_of(fault))
            if not answering.begun:
                await answering.page(500, self._bare_page(500, reference))

    def refusal(self, status: int) -> tuple[RawHeaders, bytes]:
        page = self._bare_page(status, None)
        return secured(about_page(page), self.on_all), page

    def _read(self, scope: HTTPScope) -> Asked | None:
        """None for what cannot be read, and for a host that is not served."""
        headers = joined(scope["headers"])
        client = scope.get("client")
        caller = read_caller(client[0] if client else "", scope["scheme"], headers, self._trusted)
        if not caller.trusted and (b"x-forwarded-for" in headers or b"forwarded" in headers):
            self._warn(caller)
        if not (_readable_target(scope) and _readable_body(headers)):
            return None
        own = self._own(scope, caller, headers.get(b"host"))
        return Asked(caller, own, headers) if own else None

    def _own(self, scope: HTTPScope, caller: Caller, sent: bytes | None) -> Origin | None:
        """The settings outrank what is sent; without them it is the host that was asked."""
        if sent is None and scope.get("http_version") == "1.1":
            return None
        here = _address_here(scope)
        host = read_host(sent.decode("latin-1")) if sent is not None else here or Host("localhost")
        if host is None:
            return None
        if self._public is None:
            return make_origin(caller.scheme, host)
        named = host.name == self._public.host.name and host.port in (None, 80, 443, self._public.host.port)
        by_proxy = caller.trusted and (is_loopback(host) or (here is not None and host.name == here.name))
        return self._public if named or by_proxy or sent is None or scope["path"] in PROBES else None

    def _warn(self, caller: Caller) -> None:
        """Once: behind a proxy that is not named all visitors are one, and one may lock out all."""
        if not self._warned:
            self._warned = True
            log_warning("proxy not trusted", peer=caller.peer, setting="ACUPWA_TRUSTED_PROXIES")


def about_page(page: bytes) -> RawHeaders:
    return [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", str(len(page)).encode())]


class _Answering:
    """Where an answer goes: its headers made whole; no body for HEAD; nowhere, once the visitor has left."""

    def __init__(self, send: Send, more: RawHeaders, head: bool) -> None:
        self.begun = False
        self._left = False
        self._send = send
        self._more = more
        self._head = head

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            message["headers"] = secured(message["headers"], self._more)
        elif message["type"] == "http.response.body" and self._head:
            message["body"] = b""
        if self._left:
            return
        try:
            await self._send(message)
        except OSError:  # as ASGI has a server tell it
            self._left = True

    async def page(self, status: int, page: bytes) -> None:
        await self({"type": "http.response.start", "status": status, "headers": about_page(page)})
        await self({"type": "http.response.body", "body": page, "more_body": False})


def _as_asked(scope: HTTPScope, asked: Asked) -> HTTPScope:
    kept = {name: value for name, value in asked.headers.items() if name not in READ_HERE}
    headers = {**kept, b"host": str(asked.own.host).encode()}
    return {
        **scope,
        "scheme": asked.own.scheme,
        "client": (asked.caller.address, 0),
        "headers": list(headers.items()),
        "state": {**scope.get("state", {}), "caller": asked.caller},
    }


def _address_here(scope: HTTPScope) -> Host | None:
    """The number that the connection came to, as a proxy that keeps no host names it."""
    name = (scope.get("server") or ("", None))[0]
    found = read_host(f"[{name}]" if ":" in name else name)
    return found if found and is_address(found) else None


def _readable_target(scope: HTTPScope) -> bool:
    """Percent signs that stand for a byte, UTF-8, no control characters.

    What a query says is for its readers: people type addresses, and old pages link to us in other codings.
    """
    raw = scope.get("raw_path")
    if raw is not None:
        path = raw.partition(b"?")[0]
        if not _TARGET.fullmatch(path) or not _is_utf8(path):
            return False
    readable = _QUERY.fullmatch(scope["query_string"]) and scope["path"].startswith("/")
    return bool(readable) and not _CONTROL.search(scope["path"])


def _is_utf8(quoted: bytes) -> bool:
    try:
        unquote_to_bytes(quoted).decode()
    except UnicodeDecodeError:
        return False
    return True


def _readable_body(headers: Mapping[bytes, bytes]) -> bool:
    length = headers.get(b"content-length")
    return length is None or _NUMBER.fullmatch(length) is not None
