"""Where a request is sent, and where it comes from, as RFC 9110 and RFC 6454 write it. Pure; nothing here raises."""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import IPv6Address, ip_address

import msgspec

# What RFC 3986 allows in a name beside these (`%41`, `!`, `;`) is in no name that anybody serves.
_HOST = re.compile(r"(?P<name>[A-Za-z0-9._~-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::(?P<port>[0-9]{0,5}))?")
_ORIGIN = re.compile(r"(?P<scheme>[Hh][Tt][Tt][Pp][Ss]?)://(?P<host>.*)", re.DOTALL)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_LONGEST = 262
_LOOPBACK_NAME = "localhost"


class Host(msgspec.Struct, frozen=True):
    """In small letters, without a full stop at its end; IPv6 in its shortest form, in brackets.

    `port` is from 1 to 65535, None when none was given.
    """

    name: str
    port: int | None = None

    def __str__(self) -> str:
        return self.name if self.port is None else f"{self.name}:{self.port}"


class Origin(msgspec.Struct, frozen=True):
    """`http` or `https`, and a host; its port is None for that of the scheme."""

    scheme: str
    host: Host

    def __str__(self) -> str:
        return f"{self.scheme}://{self.host}"


def read_host(text: str) -> Host | None:
    """None for what is no host with an optional port."""
    return _read_host(text) if len(text) <= _LONGEST else None


@lru_cache(1024)
def _read_host(text: str) -> Host | None:
    found = _HOST.fullmatch(text)
    if not found:
        return None
    port = int(found["port"]) if found["port"] else None
    name = found["name"].lower().removesuffix(".")
    if name.startswith("["):
        try:
            name = f"[{IPv6Address(name[1:-1])}]"
        except ValueError:
            return None
    if not name or name.startswith(".") or ".." in name or (port is not None and not 1 <= port <= 65_535):
        return None
    return Host(name, port)


def read_origin(text: str) -> Origin | None:
    """None for what is no origin of http or https: `null`, a path, a name in it, two of them."""
    found = _ORIGIN.fullmatch(text)
    host = read_host(found["host"]) if found else None
    return make_origin(found["scheme"].lower(), host) if found and host else None


def make_origin(scheme: str, host: Host) -> Origin:
    return Origin(scheme, Host(host.name) if host.port == _DEFAULT_PORTS[scheme] else host)


def is_address(host: Host) -> bool:
    """Whether it is a number, not a name. Browsers also take `127.1` and `0x7f.1` for one."""
    last = host.name.rpartition(".")[2]
    return host.name.startswith("[") or last.isdecimal() or last.startswith("0x")


def is_loopback(host: Host) -> bool:
    """This machine itself, as it calls itself."""
    if host.name == _LOOPBACK_NAME or host.name.endswith(f".{_LOOPBACK_NAME}"):
        return True
    try:
        return ip_address(host.name.strip("[]")).is_loopback
    except ValueError:
        return False
