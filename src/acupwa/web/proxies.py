"""Whom a request is from when proxies stand in between: believed when the peer is one of ours.

Uvicorn's own middleware is not used: it takes rubbish in `X-Forwarded-For` for an address, knows IPv4 in IPv6 as another
one, reads FORWARDED_ALLOW_IPS, and stands only where uvicorn runs the app. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TypeAlias

import msgspec

Address: TypeAlias = IPv4Address | IPv6Address
Network: TypeAlias = IPv4Network | IPv6Network
# By one of these a proxy gives itself away.
FORWARDED = frozenset(
    {b"x-forwarded-for", b"forwarded", b"x-forwarded-proto", b"x-forwarded-host", b"x-real-ip", b"via"}
)
# An IPv6 address with its zone, brackets and port.
_LONGEST = 100
_SCHEMES = ("http", "https")


class Caller(msgspec.Struct, frozen=True):
    """`peer` holds the connection, `address` is whom it speaks for; `scheme` is what the visitor's browser speaks.

    `trusted`: the peer is one of our proxies. `forwarded`: the request says that it came by a proxy.
    """

    peer: str
    address: str
    scheme: str
    trusted: bool
    forwarded: bool


def read_caller(peer: str, scheme: str, headers: Mapping[bytes, bytes], trusted_proxies: tuple[Network, ...]) -> Caller:
    """`headers` by small names, those of one name joined by commas. What cannot be read says nothing."""
    known = read_address(peer)
    forwarded = not FORWARDED.isdisjoint(headers)
    if known is None or not within(known, trusted_proxies):
        return Caller(peer, str(known or peer), scheme, trusted=False, forwarded=forwarded)
    if not forwarded:
        return Caller(peer, str(known), scheme, trusted=True, forwarded=False)
    address, passed = _first_stranger(_list(headers, b"x-forwarded-for"), known, trusted_proxies)
    schemes = _list(headers, b"x-forwarded-proto")
    said = schemes[max(-1 - passed, -len(schemes))].lower() if schemes else scheme
    return Caller(peer, str(address), said if said in _SCHEMES else scheme, trusted=True, forwarded=forwarded)


def read_address(text: str) -> Address | None:
    """`192.0.2.1`, `192.0.2.1:4711`, `2001:db8::1`, `[2001:db8::1]:4711`; IPv4 in IPv6 is IPv4. None for all else."""
    return _read_address(text) if len(text) <= _LONGEST else None


@lru_cache(4096)
def _read_address(text: str) -> Address | None:
    host, port = text.strip(" \t").strip('"'), ""
    if host.startswith("["):
        host, closed, port = host[1:].partition("]")
        if not closed or (port and not port.startswith(":")):
            return None
    elif host.count(":") == 1:
        host, _, port = host.partition(":")
    if port.strip(":") and not (port.strip(":").isascii() and port.strip(":").isdecimal()):
        return None
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address


def read_networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """Those of the settings, which have none but right ones."""
    return tuple(map(ip_network, texts))


@lru_cache(4096)
def within(address: Address, networks: tuple[Network, ...]) -> bool:
    return any(address in network for network in networks)


def _first_stranger(hops: list[str], peer: Address, trusted: tuple[Network, ...]) -> tuple[Address, int]:
    """Counted from the right, where the nearest proxy wrote, and how many of ours stand behind it."""
    address = peer
    for passed, hop in enumerate(reversed(hops)):
        found = read_address(hop)
        if found is None:
            return peer, 0
        address = found
        if not within(found, trusted):
            return found, passed
    return address, max(len(hops) - 1, 0)


def _list(headers: Mapping[bytes, bytes], name: bytes) -> list[str]:
    value = headers.get(name, b"").decode("latin-1")
    return [part.strip(" \t") for part in value.split(",")] if value.strip(" \t") else []
