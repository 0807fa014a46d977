"""To which addresses a push message may go: those of the browsers' push services, and of the operator's. Pure.

A browser tells us the address, so anybody can tell us any. Without rules this server would ask whatever address
somebody names, from inside its network.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

import msgspec

# Of Chrome (jmt17: Chromium as Linux distributions build it), Firefox, Safari and Edge. One with a dot before it
# stands for every name below it, which that company alone gives out.
BROWSER_SERVICES = (
    "fcm.googleapis.com", "jmt17.google.com", ".push.services.mozilla.com", ".push.apple.com", ".notify.windows.com",
)  # fmt: skip
MOST_LETTERS = 2_000
_PORTS = {"https": 443, "http": 80}
_PLAIN = re.compile(r"[!-~]+")
_LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
# No longer than a name may be: whoever resolves it refuses it in ways of its own.
_HOST, _MOST_OF_HOST = re.compile(rf"{_LABEL}(\.{_LABEL})*"), 253
# An IPv4 address inside of one of IPv6: whoever routes these may lead to it.
_NAT64 = ip_network("64:ff9b::/96")
# Set apart by IANA; not every Python that we run on knows all of them. No push service lives there.
_SET_APART = tuple(map(ip_network, (
    "192.0.0.0/24", "192.88.99.0/24", "64:ff9b:1::/48", "2001::/23", "2002::/16", "3fff::/20", "5f00::/16", "fec0::/10",
)))  # fmt: skip


class Endpoint(msgspec.Struct, frozen=True):
    """An address that may be asked."""

    url: str
    origin: str
    host: str
    port: int


def read_endpoint(text: str, own_services: Collection[str] = ()) -> Endpoint | None:
    """None for an address that no message goes to. `own_services` are origins, as `Settings.push_services`."""
    if len(text) > MOST_LETTERS or not _PLAIN.fullmatch(text) or "\\" in text:
        return None
    try:
        parts = urlsplit(text)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return None
    default = _PORTS.get(parts.scheme)
    if default is None or parts.username is not None or parts.password is not None or parts.fragment or port == 0:
        return None
    shown = f"[{host}]" if ":" in host else host
    origin = f"{parts.scheme}://{shown}" + (f":{port}" if port not in (None, default) else "")
    own = origin in own_services
    if not own and (parts.scheme != "https" or port not in (None, default) or not _is_of_a_browser(host)):
        return None
    # What stands after a semicolon would not be sent.
    right = parts.path.startswith("/") and ";" not in parts.path
    return Endpoint(text, origin, host, port or default) if right else None


def is_public(address: str) -> bool:
    """Whether an IP address is one of the net at large, that a message may go to."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    found = _inner(found) or found
    if isinstance(found, IPv6Address) and found.scope_id:
        return False
    apart = found.is_multicast or found.is_reserved or any(found in one for one in _SET_APART)
    return found.is_global and not apart


def _is_of_a_browser(host: str) -> bool:
    if len(host) > _MOST_OF_HOST or not _HOST.fullmatch(host):
        return False
    return any(host == one or (one[0] == "." and host.endswith(one)) for one in BROWSER_SERVICES)


def _inner(found: IPv4Address | IPv6Address) -> IPv4Address | None:
    if isinstance(found, IPv4Address):
        return None
    if found in _NAT64:
        return IPv4Address(int(found) & 0xFFFFFFFF)
    return found.ipv4_mapped
