"""Which addresses are one place: whoever has one of them has them all. Pure."""

from __future__ import annotations

import ipaddress

# What one home or phone gets in IPv6, what one customer gets, and what a small provider gets.
_PREFIXES = (64, 56, 48)
# A network that holds more of them may do more, but not as much as all of them: how many times a number, for each.
TIMES = (1, 2, 4)


def networks_of(address: str) -> tuple[str, ...]:
    """The networks of an address, the smallest first: IPv4 has itself alone; what is no address is all one place."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return ("unknown",)
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return (str(parsed.ipv4_mapped),)
        return tuple(str(ipaddress.ip_network((parsed, prefix), strict=False)) for prefix in _PREFIXES)
    return (str(parsed),)
